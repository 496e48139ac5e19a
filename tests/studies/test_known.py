"""Limits with known answers: the engine meets them, a broken engine does not, and the exact side is right by itself."""

import importlib.util
import math
from itertools import count as counter
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import kstest

import sim
from sim.cli import main
from sim.design.paths import CONFIGS
from sim.engine import kernel
from sim.model.events import beliefs, contact, council, hawkes, militant_attack, strike, talks
from sim.model.numerics.philox import chance_of, uniforms
from sim.model.outcome_columns import ROW, WIDTH
from sim.model.parameter import parameters, plain
from sim.model.payoff import closed
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.setting.payoff_weights import Weights
from sim.model.state import due_of, next_actor
from sim.model.tally import blank, elapsed, tallied
from sim.model.transition import act, opening
from sim.studies.known_answers import attacks, ladder, limits, reciprocity
from sim.studies.known_answers.limits import LIMITS, plans, set_on, verified
from sim.studies.known_answers.quantity import Quantity, bound, compared
from sim.studies.known_answers.text import opening as opening_words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def crises():
    """The crisis of every limit's configuration."""
    return {limit.name: sim.load(f"limit={limit.name}") for limit in LIMITS}


@pytest.fixture(scope="session")
def every(crises):
    """Every plan."""
    return plans(crises)


# the engine


@pytest.mark.parametrize("scale", [0.1, pytest.param(1.0, marks=pytest.mark.slow)])
def test_every_limit_holds(every, scale):
    found = list(verified(every, 1, scale))
    assert [c for c in found if not c.holds] == []
    assert len(found) > 150


@pytest.mark.slow
def test_the_page_shows_these_numbers(every):
    found = list(verified(every, 1))
    spec = importlib.util.spec_from_file_location("known_answers", ROOT / "docs" / "known_answers.py")
    written = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(written)
    assert (ROOT / "docs" / "known_answers.md").read_text(encoding="utf-8") == written.page(every, found), (
        "run python docs/known_answers.py"
    )


def test_what_is_compared_is_counted_rightly(every):
    counts = sum(len(plan.quantities) for plan in every), len(every), len(LIMITS)
    said = "{} quantities whose exact value is known, in {} settings of {} limits".format(*counts)
    assert opening_words(every, 5.0, 1).replace("\n", " ").startswith(said)
    assert "{} quantities in {} settings of {} limits".format(*counts) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_configuration_of_a_limit_is_compared():
    assert {path.stem for path in (CONFIGS / "limit").glob("*.yaml")} == {limit.name for limit in LIMITS}


@pytest.mark.parametrize("kind", [Nation, Militants, Diplomacy, Weights])
def test_the_silent_world_rests_on_no_default(kind, quiet):
    """Each of its numbers is the one the tests call quiet, so that a new calibration leaves the limits alone."""
    silent = sim.load("scenario=silent")
    part = {Nation: silent.a, Militants: silent.militants_b, Diplomacy: silent.diplomacy, Weights: silent.weights}[kind]
    for name, parameter in parameters(kind).items():
        if parameter.kind != "text" and parameter.unit != "days":
            assert getattr(part, name) == getattr(quiet(kind), name), name


def test_attacks_are_exponential_in_their_own_time(crises):
    """The time-rescaling theorem: gaps of a Hawkes process, in integrated rate, are unit exponential (Ogata 1988)."""
    crisis = crises["hawkes"]
    base, decay, offspring = attacks.rates(crisis.militants_a)
    log, rescaled = kernel.acts(crisis, 3, 60), []
    for run in range(60):
        days = log["at"][log["run"] == run] / 1440.0
        spent = base * days + [offspring * np.sum(1.0 - np.exp(-decay * (t - days[days < t]))) for t in days]
        rescaled.append(np.diff(spent, prepend=0.0))
    gaps = np.concatenate(rescaled)
    assert len(gaps) > 3_000
    assert kstest(gaps, "expon").pvalue > 1e-6
    assert kstest(gaps * 1.15, "expon").pvalue < 1e-6  # and would notice


# the exact side, against the oracles and against itself


def test_the_ladder_is_the_oracles():
    assert ladder.top_by(0.25, 0.5, 5, 9, 30) == pytest.approx(0.054683, abs=5e-7)
    assert ladder.top(0.25, 0.5, 5, 9) == pytest.approx(0.06066536, abs=5e-9)
    assert ladder.mean_end(0.25, 0.5, 5, 9) == pytest.approx(17.816, abs=5e-4)
    assert ladder.top(1.0, 2.0, 1, 20) == pytest.approx(9.536752e-7, rel=1e-6)
    assert ladder.top_by(1.0, 1.5, 3, 9, 20.0) == pytest.approx(0.0611430755, abs=1e-9)


def test_attacks_are_the_oracles():
    mean, variance = attacks.moments(0.1, 0.1, 0.5, 365.0)
    assert mean == pytest.approx(71.0, abs=5e-4)
    poisson = attacks.moments(0.1, 0.1, 0.0, 365.0)
    assert poisson == pytest.approx((36.5, 36.5))
    assert variance / mean > 3.5  # nearly 1 / (1 - n)^2
    assert attacks.spared(0.025, 50.0, 0.5, 365.0, 0.1) == pytest.approx(1 - 0.79873, abs=2e-4)
    assert sum(attacks.borel(0.5, k) for k in range(1, 200)) == pytest.approx(1.0)


ORACLES = [
    ("rounds", "tit_for_tat", 0.0, "slips", (0.5, 2.25)),
    ("rounds", "tit_for_tat", 1 / 3, "slips", (0.875, 2.859375)),
    ("rounds", "win_stay_lose_shift", 0.0, "slips", (0.8645, 2.7765)),
    ("rounds", "tit_for_two_tats", 0.0, "slips", (0.947192, 2.944174)),
    ("rounds", "contrite", 0.0, "slips", (0.9090909, None)),
    ("rounds", "contrite", 0.0, "errs", (0.5, None)),
    ("reviews", "tit_for_tat", 0.0, "slips", (0.5, 2.025)),
    ("reviews", "tit_for_tat", 1 / 3, "slips", (0.875, 2.79375)),
]


@pytest.mark.parametrize(("limit", "rule", "generosity", "noise", "expected"), ORACLES)
def test_reciprocity_in_the_long_run_is_the_oracles(crises, limit, rule, generosity, noise, expected):
    kind = limits.EXECUTION if noise == "slips" else limits.PERCEPTION
    crisis = set_on(crises[limit], (("*.retaliation", rule), ("*.generosity", generosity), *kind))
    step = reciprocity.round_of if limit == "rounds" else reciprocity.turn_of
    shares = reciprocity.stationary(reciprocity.chain(crisis, step))
    assert shares[True, True] + shares[True, False] == pytest.approx(expected[0], abs=1e-6)
    if expected[1]:
        assert reciprocity.payoff(shares) == pytest.approx(expected[1], abs=1e-6)


def test_the_oracles_of_poisson_times(crises):
    """Both cooperate (1 - noise) / 2 of the time under tit-for-tat, and .83125 where it is generous."""
    for generosity, both in ((0.0, 0.475), (1 / 3, 0.83125)):
        crisis = set_on(crises["reviews"], (("*.generosity", generosity),))
        shares = reciprocity.stationary(reciprocity.chain(crisis, reciprocity.turn_of))
        assert shares[True, True] == pytest.approx(both, abs=1e-9)


# the comparison


def test_a_comparison_knows_chance_from_error():
    sample = np.random.default_rng(1).random(10_000) < 0.3
    right = compared("x", Quantity("p", 0.3, lambda c: c), sample, 5.0, "")
    wrong = compared("x", Quantity("p", 0.33, lambda c: c), sample, 5.0, "")
    assert right.holds
    assert not wrong.holds
    assert wrong.z < -5
    sure = compared("x", Quantity("p", 1.0, lambda c: c), np.ones(10), 5.0, "")
    assert sure.holds
    assert not compared("x", Quantity("p", 1.0, lambda c: c), np.r_[np.ones(9), 0.0], 5.0, "").holds
    assert bound(1) == pytest.approx(4.8916, abs=1e-3)


# a broken engine

RUNS = {
    "peace": 50, "ties": 20, "ladder": 300, "answers": 400, "brinkmanship": 600, "crises": 300, "thinning": 100,
    "cluster": 400, "fading": 2_000, "trust": 200, "talks": 500, "rounds": 30, "free_talk": 40,
}  # fmt: skip


def by_hand(crisis, seed, runs):
    """What ``kernel.simulate`` gives, in plain Python: slow, and open to sabotage."""
    setting, rows = plain(crisis), []
    for run in range(runs):
        chance, t = chance_of(seed, run), [0.0] * WIDTH
        state = opening(setting, chance)
        blank(t)
        while due_of(state.due, who := BROKEN.get("next_actor", next_actor)(state.due)) <= int(setting.horizon):
            elapsed(t, state, due_of(state.due, who))
            state = act(state, who, setting, chance)
            tallied(t, state.latest)
        closed(t, state, int(setting.horizon), setting.weights)
        rows.append(t[: len(ROW)])
    return np.array(rows)


BROKEN = {}


def failures(every, *names):
    """Which of the limits of those names fail, played by hand."""
    play = {"trust": limits.trust.played, "free_talk": lambda *asked: limits.nulls.paired(*asked, by_hand)}
    first = {plan.limit.name: plan for plan in reversed(every)}
    chosen = [first[name]._replace(limit=first[name].limit._replace(runs=RUNS[name], play=play.get(name))) for name in names]
    return {c.limit for c in verified(chosen, 1, played=by_hand) if not c.holds}


def highest_first(due):
    """Ties to the highest actor."""
    return max(range(6), key=lambda who: (-due_of(due, who), who))


ASKED = counter()


def in_order(chance, actor, count, part):
    """Chances in the order they are asked for, and not by name."""
    return uniforms(chance_of(1, next(ASKED)), 0, 0, 0)


lets_pass, next_attack, judged = council._lets_pass, hawkes.next_attack, beliefs.judged
WITH_CHANCES = (militant_attack, council, beliefs, strike, talks)
SABOTAGE = {
    "ties go to the highest actor": ("ties", (), "next_actor", highest_first),
    "perception is off by one": ("ladder", (strike,), "perceived", lambda rung, error, discounted, u: min(rung + 1, 8)),
    "chances are drawn in order": ("free_talk", WITH_CHANCES, "uniforms", in_order),
    "a half-life is taken for a mean life": (
        "fading", (talks, beliefs), "decayed", lambda x, minutes, half_life: x * math.exp(-minutes / half_life)
    ),
    "excitation is a factor off": ("cluster", (militant_attack,), "LN2", 1.0),
    "trust moves the wrong way": (
        "trust", (militant_attack,), "judged", lambda t, guilty, *rates: judged(t, not guilty, *rates)
    ),
    "talks take every step twice as fast": (
        "talks", (talks, contact), "wait", lambda u, mean, haste: -0.5 * math.log(u) * mean / haste
    ),
    "generosity is its opposite": ("answers", (council,), "_lets_pass", lambda *asked: not lets_pass(*asked)),
    "nothing ever slips": ("rounds", (council,), "slipped", lambda rung, nation, u: rung),
    "attacks come twice as fast": (
        "crises", (militant_attack,), "next_attack", lambda group, m: group.since + (next_attack(group, m) - group.since) // 2
    ),
    "what is walked back is still answered": ("ladder", (talks,), "eased", lambda side, due, *rest: (side, due)),
    "war is out of reach": ("brinkmanship", (strike,), "executed", lambda ordered, error, u: min(ordered, 8)),
    "a follow-up is forgotten": ("answers", (strike,), "CLASH", 10),
}  # fmt: skip


def test_a_sound_engine_passes_by_hand(every):
    assert failures(every, *RUNS) == set()


@pytest.mark.parametrize("fault", SABOTAGE)
def test_a_broken_engine_is_noticed(fault, every, monkeypatch):
    limit, modules, name, replacement = SABOTAGE[fault]
    if not modules:
        monkeypatch.setitem(BROKEN, name, replacement)
    for module in modules:
        monkeypatch.setattr(module, name, replacement)
    assert failures(every, limit)


# the command


@pytest.mark.usefixtures("undrawn")
def test_verify_says_what_it_found(tmp_path, capsys):
    assert main.main(["verify", "scale=0.01", f"out={tmp_path / 'v'}"]) == 0
    said = capsys.readouterr().out
    assert "All" in said
    assert "P(top by 30)" in said


@pytest.mark.usefixtures("undrawn")
def test_verify_exits_1_where_one_fails(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", [limit for limit in LIMITS if limit.name in ("ladder", "rounds", "reviews")])
    monkeypatch.setattr(ladder, "top", lambda *a: 0.9)
    assert main.main(["verify", "scale=0.01", f"out={tmp_path / 'v'}"]) == 1
    assert "FAIL" in capsys.readouterr().out
