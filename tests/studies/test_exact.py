"""The exact solver against closed forms it shares nothing with, and against both clocks on crises drawn at random.

Every comparison is within five standard errors and what whole minutes may cost, or to nine decimals where nothing is drawn.
The limits of ``configs/limit`` that lie in the class are solved from the same files that ``verify`` plays.
"""

import contextlib
import json
import math
from fractions import Fraction

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from sim import load
from sim.cli import main
from sim.engine import event_loop, kernel
from sim.model.numerics.philox import aside, happens, toll, unit_wait, wait, which
from sim.model.rules.waiting_time import delay, how_long
from sim.model.setting.crisis import Crisis
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.state import NEVER as NEVER_DUE
from sim.model.state import sooner
from sim.studies.exact import first_passage
from sim.studies.exact.canonical_state import Between, Pending
from sim.studies.exact.events_of_interest import events_of_interest, in_turn
from sim.studies.exact.markov_chain import _Exploration, chain
from sim.studies.exact.solution import solution
from sim.studies.exact.symbolic_chance import Question, SymbolicChance, Unsolvable, Wait, branches

DAY = 1440.0
NEVER = 1e9  # days
LAGS = {f"{name}_lag_spread": 1.0 for name in ("attack", "strike", "state", "protest")}


def by(found, name, days):
    """Probability that what a watch is for has come by each of ``days``."""
    return first_passage.curve(first_passage.flow(found, events_of_interest(found.moves)[name]), np.array(days) * DAY)[0]


def near(value, expected):
    return value == pytest.approx(expected, abs=1e-9)


# chances left open


def test_every_answer_is_tried_and_a_question_asked_again_remembers():
    def play(chance):
        u = Question(chance)
        return happens(u, 0.5), happens(u, 0.25), happens(u, 0.75)

    assert {outcome: p for p, outcome in branches(play)} == {
        (True, True, True): Fraction(1, 4), (True, False, True): Fraction(1, 4),
        (False, False, True): Fraction(1, 4), (False, False, False): Fraction(1, 4),
    }  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1))
def test_an_answer_is_as_likely_as_plain_chance_gives_it(one, two):
    low, high = sorted((one, two))
    odds = {answer: p for p, answer in branches(lambda chance: which(Question(chance), low, high))}
    assert [odds.get(answer, 0) for answer in range(3)] == [Fraction(low), Fraction(high) - Fraction(low), 1 - Fraction(high)]
    aslant = {answer: p for p, answer in branches(lambda chance: aside(Question(chance), low, 1.0 - high))}
    assert aslant.get(-1, 0) == Fraction(low)
    assert float(aslant.get(1, 0)) == pytest.approx(1.0 - high)
    assert sum(odds.values()) == sum(aslant.values()) == 1


def test_a_race_goes_to_the_faster_in_proportion_and_ends_at_the_joint_rate():
    def play(chance):
        slow, fast = Wait(chance, 1.0), Wait(chance, 3.0)
        first = sooner(slow, fast)
        return first is fast, first.rate

    assert {outcome: p for p, outcome in branches(play)} == {(True, 4.0): Fraction(3, 4), (False, 4.0): Fraction(1, 4)}


def test_waits_of_every_name_have_the_rate_of_their_law():
    u = Question(SymbolicChance())
    assert (unit_wait(u).rate, wait(u, 4.0, 2.0).rate) == (1.0, 0.5)
    assert how_long(u, delay.code("weibull"), 60.0, 1.0).rate == pytest.approx(math.log(2) / 60.0)
    assert how_long(u, delay.code("lognormal"), 60.0, 0.0) == 60.0
    assert (wait(u, 0.0, 1.0), wait(u, math.inf, 1.0)) == (0.0, math.inf)


@pytest.mark.parametrize("misuse", [lambda u: 1.0 - u, float, lambda u: u**2, lambda u: u < 0.5, math.sqrt])
def test_a_question_is_no_number(misuse):
    with pytest.raises(TypeError):
        misuse(Question(SymbolicChance()))


def test_what_is_drawn_from_another_law_is_refused():
    u = Question(SymbolicChance())
    with pytest.raises(Unsolvable, match="every wait must be exponential"):
        how_long(u, delay.code("lognormal"), 60.0, 1.0)
    with pytest.raises(Unsolvable, match="deaths must be given"):
        toll(u, 0.0, 6.0, 1.5, 100.0)
    assert toll(u, 3.7, 0.0, 1.5, 100.0) == 3


def test_a_fixed_wait_cannot_race_an_open_one():
    one = Wait(SymbolicChance(), 1.0)
    assert sooner(one, 1) == sooner(1, one) == 1
    assert sooner(one, NEVER_DUE) is one
    with pytest.raises(Unsolvable, match=r"must be exponential or at most a minute, got one of 2 hours"):
        sooner(120, one)


# closed forms


@pytest.mark.parametrize("protest", [0.0, 16.0, 1000.0])
def test_an_answer_races_the_first_contact(quiet, protest):
    b = quiet(Nation, retaliation="tit_for_tat", strike_lag=48 * math.log(2), protest_lag=protest, hold_fire=1.0, **LAGS)
    found = solution(quiet(opening="strike_by_a", b=b, diplomacy=quiet(Diplomacy, contact=2.0)))
    assert near(found.ever["answer_at"], (0.5, 1.0))
    assert near(found.by("answer_at", 7.0), 0.5 * (1 - math.exp(-7.0)))


def test_a_run_of_answers_is_geometric(quiet):
    fair = quiet(Nation, retaliation="tit_for_tat", strike_lag=10.0, generosity=0.5, **LAGS)
    found = chain(quiet(opening="strike_by_a", a=fair, b=fair, diplomacy=quiet(Diplomacy, contact=NEVER)))
    strike = events_of_interest(found.moves)["first_strike_at"][0][0][0]
    for n in range(1, 12):
        assert near(first_passage.ever(first_passage.flow(found, in_turn(*[strike] * n)))[0], 0.5 ** (n - 1))


@pytest.mark.parametrize(("signalling", "steps"), [("silent", 4), ("hard_line", 5)])
def test_the_channel_takes_a_hypoexponential_time(quiet, signalling, steps):
    means = {"contact": 1.0, "statement": 3.0, "envoys": 4.0, "visit": 2.0, "agreement": 0.5}
    used = [mean for name, mean in means.items() if steps == 5 or name != "envoys"]
    b = quiet(Nation, signalling=signalling, strike_lag=48.0, **LAGS)
    agreed = quiet(Mechanism, in_force="agreement")
    found = chain(quiet(opening="strike_by_a", b=b, diplomacy=quiet(Diplomacy, **means), mechanism=agreed))
    phases = np.diag([-1 / mean for mean in used]) + np.diag([1 / mean for mean in used[:-1]], 1)
    days = [0.5, 3.0, 10.0, 40.0]
    assert near(by(found, "agreement_at", days), [1 - expm(phases * day)[0].sum() for day in days])
    p, minutes = first_passage.ever(first_passage.flow(found, events_of_interest(found.moves)["agreement_at"]))
    assert near((p, minutes / DAY), (1.0, sum(used)))


def test_a_climb_is_a_pure_birth_chain(quiet):
    """Overmatch answers a rung higher each time, unless a contact holds its fire first: 6, 7, 8, war, against a matrix."""
    over = quiet(Nation, retaliation="overmatch", strike_lag=24.0, state_lag=60.0, hold_fire=1.0, **LAGS)
    found = chain(quiet(opening="strike_by_a", a=over, b=over, diplomacy=quiet(Diplomacy, contact=3.0, statement=NEVER)))
    quick, slow, off = math.log(2), math.log(2) / 2.5, 1 / 3
    rates = np.zeros((4, 4))
    rates[0, 1], rates[1, 2], rates[2, 3] = quick, slow, slow
    generator = rates - np.diag([quick + off, slow + off, slow + off, 0.0])
    days = [0.3, 1.0, 5.0, 20.0]
    assert near(by(found, "war_at", days), [expm(generator * day)[0, 3] for day in days])
    ever = first_passage.ever(first_passage.flow(found, events_of_interest(found.moves)["peak>=9"]))[0]
    assert near(ever, quick / (quick + off) * (slow / (slow + off)) ** 2)
    share = first_passage.long_run(first_passage.flow(found))
    assert near(share.sum(), 1.0)


def test_the_ladder_is_a_birth_and_death_chain():
    """Up at .25, down at .5 in units of 100 days, from rung 5 to 9: the matrix exponential, and the gambler's ruin."""
    found = chain(load("limit=ladder"))
    rates = np.zeros((10, 10))
    for rung in range(1, 9):
        rates[rung, rung + 1], rates[rung, rung - 1] = 0.25, 0.5
    generator = rates - np.diag(rates.sum(1))
    units = np.array([7.0, 14.0, 30.0, 90.0])
    top = by(found, "war_at", 100 * units)
    assert near(top, [expm(generator * t)[5, 9] for t in units])
    assert top[2] == pytest.approx(0.054683, abs=1e-6)
    war, down = (
        first_passage.ever(first_passage.flow(found, events_of_interest(found.moves)[name])) for name in ("war_at", "normal_at")
    )
    assert war[0] == pytest.approx(0.06066536, abs=1e-8)
    absorbed = (war[0] * war[1] + down[0] * down[1]) / (100 * DAY)
    assert absorbed == pytest.approx(17.816, abs=5e-4)


def test_a_contest_in_nerves_ends_in_disaster_once_in_nine():
    assert near(solution(load("limit=brinkmanship")).ever["war_at"][0], 1 / 9)


@pytest.mark.parametrize(("generosity", "peace"), [(0.0, 0.475), (1 / 3, 0.83125)])
def test_sittings_at_poisson_times_have_their_own_equilibrium(generosity, peace):
    """Tit-for-tat that errs one time in twenty keeps the peace .475 of the time, and generous .83125."""
    found = solution(load("limit=reviews", f"a.generosity={generosity}", f"b.generosity={generosity}"))
    assert near(found.postures[0], peace)
    assert near(found.postures.sum(), 1.0)


def test_attacks_are_poisson_and_crises_renew_for_ever(quiet):
    """Attacks at 1 a month, patrolled down to .75; a crisis lasts for a contact (1 d) and a statement (3 d)."""
    crisis = quiet(
        militants_a=quiet(Militants, rate=12.0), mechanism=quiet(Mechanism, patrols=0.25),
        diplomacy=quiet(Diplomacy, contact=1.0, statement=3.0), a=quiet(Nation, hit_rate=1.0, false_alarm=1.0, **LAGS),
    )  # fmt: skip
    found = solution(crisis)
    rate = 12.0 * 0.75 / 365.0
    assert near(found.by("peak>=4", 30.0), 1 - math.exp(-30.0 * rate))
    assert near(found.shares[4], 4.0 / (4.0 + 1 / rate))
    assert near(found.shares[0], 1 - found.shares[4])
    assert near(found.ever["peak>=4"], (1.0, 1 / rate))


def test_zero_provocation_is_peace_for_ever(quiet):
    found = solution(quiet())
    assert (found.states, found.moves) == (1, 0)
    assert found.shares[0] == 1.0
    assert all(p == 0.0 and math.isnan(days) for p, days in found.ever.values())


def test_correlated_leaderships_are_of_one_type(quiet):
    """Committed by one draw: answered for ever or never; correlated, by both sides alike. P(war) is then known at once."""
    stern = quiet(Nation, retaliation="overmatch", strike_lag=5.0, state_lag=5.0, generosity=0.75, commitment=1.0, **LAGS)
    for correlation, expected in ((1.0, 0.25), (0.0, 0.25**2)):
        crisis = quiet(
            opening="strike_by_a",
            a=stern,
            b=stern,
            type_correlation=correlation,
            diplomacy=quiet(Diplomacy, contact=NEVER),
        )
        assert near(solution(crisis).ever["war_at"][0], expected)


@pytest.mark.parametrize("rule", ["tit_for_tat", "threshold"])
def test_the_resort_to_force_counts_the_dead_whatever_the_rule_sees_of_them(quiet, rule):
    """Three dead where three make half of the resort: 3 / (3 + 3), also for a rule that asks only whether there are any."""
    a = quiet(Nation, retaliation=rule, attack_lag=24.0, resort=1.0, resort_deaths=3.0, trust=0.0, **LAGS)
    crisis = quiet(opening="attack_on_a", opening_dead=3, a=a, diplomacy=quiet(Diplomacy, contact=NEVER))
    assert near(solution(crisis).ever["first_strike_at"][0], 0.5)


# against both clocks

RULES = ("tit_for_tat", "tit_for_two_tats", "contrite", "grim", "win_stay_lose_shift", "overmatch", "graduated", "restraint",
         "escalate_to_deescalate")  # fmt: skip
WORDS = ("silent", "downplay", "two_track", "mirror", "hard_line", "graduated")


@st.composite
def nations(draw, quiet):
    """A nation in the solvable class."""

    def pick(*values):
        return draw(st.sampled_from(values))

    return quiet(
        Nation, retaliation=pick(*RULES), signalling=pick(*WORDS), message_error=pick(0.0, 0.0, 0.2), patience=pick(0, 0, 1),
        strike_lag=pick(5.0, 24.0, 48.0), state_lag=pick(0.0, 24.0), protest_lag=pick(0.0, 16.0), attack_lag=24.0, **LAGS,
        generosity=pick(0.0, 0.3), commitment=pick(0.0, 0.0, 0.5), undershoot=pick(0.0, 0.0, 0.2), exceed=pick(0.0, 0.1),
        execution_error=pick(0.0, 0.0, 0.1), perception_error=pick(0.0, 0.0, 0.1), hold_fire=pick(0.0, 0.5),
        notice=pick(0.0, 0.3), trust=pick(0.0, 1.0), resort=0.5, hit_rate=0.9, false_alarm=pick(0.2, 0.9), cap=pick(7, 9),
        review=pick(0.0, 0.0, 0.0, 24.0), review_spread=1.0, accident=pick(0.0, 0.05),
        failure=pick(0.0, 0.1), phantom=pick(0.0, 0.0, 0.05), miss=pick(0.0, 0.0, 0.1), follow_up=pick(0.0, 0.0, 0.0, 0.3),
        follow_lag=pick(0.0, 24.0), follow_lag_spread=1.0, display=pick(0.0, 0.0, 0.3), dread=pick(0.0, 0.5),
        discount=pick(0.0, 0.0, 0.5), war_by_death=pick(0.0, 0.05),
    )  # fmt: skip


@st.composite
def solvable(draw, quiet):
    """A crisis in the solvable class."""

    def pick(*values):
        return draw(st.sampled_from(values))

    attacked = quiet(Militants, rate=12.0, deaths_least=3.0, complicity=0.5, direction=0.5)
    return quiet(
        opening=pick("strike_by_a", "strike_by_b"), opening_rung=pick(6, 7), opening_dead=pick(0, 2), horizon=60.0,
        a=draw(nations(quiet)), b=draw(nations(quiet)), type_correlation=pick(0.0, 0.5),
        militants_a=pick(attacked, quiet(Militants), quiet(Militants)),
        diplomacy=quiet(Diplomacy, contact=pick(1.0, 5.0), statement=6.0, envoys=3.5, visit=2.5, agreement=0.5,
                        walk_back=pick(0, 0, 1), settles=pick(1.0, 0.4), recall_delay=pick(0.0, 1.0)),
        mechanism=quiet(Mechanism, contact_gain=pick(0.0, 1.0), perception_cut=pick(0.0, 0.5)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def agreed():
    """How many crises have been compared."""
    count = []
    yield count
    assert len(count) >= 6


@settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_both_clocks_agree_with_the_exact_answer(quiet, agreed, data):
    crisis = data.draw(solvable(quiet))
    found = exact = None
    with contextlib.suppress(Unsolvable):  # all are in the class; some have too many states for a quick test
        found = chain(crisis, limit=500)
        exact = {
            name: float(by(found, name, [crisis.horizon])[0]) for name in events_of_interest(found.moves)
        }  # or all waits are 0
    if found is None or exact is None:
        return
    agreed.append(crisis)
    many = dict(zip(kernel.ROW, kernel.simulate(crisis, 4, 20_000).T, strict=True))
    told = [event_loop.trace(crisis, 5, run).row for run in range(20)]
    few = {name: np.array([row[name] for row in told]) for name in told[0]}
    for name, p in exact.items():
        for columns in (many, few):
            came = columns["peak"] >= int(name[6:]) if name.startswith("peak") else columns[name] >= 0
            error = math.sqrt(max(p * (1 - p), 1 / len(came)) / len(came))
            assert abs(came.mean() - p) <= 5 * error + 1e-3, (name, p, came.mean())


# what must hold of any chain


@pytest.fixture(scope="module")
def small(quiet):
    """A chain with errors of every kind, committed leaderships and militants."""
    one = quiet(
        Nation, retaliation="contrite", signalling="mirror", strike_lag=24.0, protest_lag=16.0, generosity=0.3, commitment=0.5,
        perception_error=0.1, execution_error=0.1, hold_fire=0.2, cap=7, **LAGS,
    )  # fmt: skip
    return quiet(
        opening="strike_by_a", a=one, b=quiet(Nation, retaliation="tit_for_tat", strike_lag=5.0, **LAGS), type_correlation=0.5
    )


def test_the_ways_on_from_every_state_have_probability_one_in_all(small):
    exploration = _Exploration(small, 5000)
    assert sum(p for p, _ in branches(exploration.open)) == 1
    found = exploration.chain()
    for state in found.states[:200]:
        for who, _ in exploration.canonical.pending(state):
            assert sum(exploration.ways(state, who).values()) == 1
    total = np.bincount(found.moves.source, found.moves.weight, len(found.states))
    assert near(total[found.instant], 1.0)


def leaves(value):
    """The numbers a snapshot is made of."""
    if isinstance(value, tuple):
        for one in value:
            yield from leaves(one)
    else:
        yield value


def test_nothing_open_leaks_into_a_state(small):
    found = chain(small)
    assert {type(leaf) for state in found.states for leaf in leaves(state)} <= {int, float}
    assert len(set(found.states)) == len(found.states)
    assert any(isinstance(state.a.commitment_type, Between) for state in found.states if hasattr(state, "a"))
    assert any(isinstance(state.due.channel, Pending) for state in found.states if hasattr(state, "due"))


def test_uniformisation_is_the_matrix_exponential(quiet):
    one = quiet(Nation, retaliation="overmatch", strike_lag=1.0, state_lag=50.0, undershoot=0.2, hold_fire=0.5, cap=8, **LAGS)
    found = chain(quiet(opening="strike_by_b", a=one, b=one))
    flow = first_passage.flow(found, events_of_interest(found.moves)["visit_at"])
    rates = flow.rates.toarray()
    generator = rates - np.diag(rates.sum(1))
    found, error = first_passage.distributions(flow, [60.0, 3 * DAY, 100 * DAY])
    assert error < 1e-10
    for minutes, row in zip((60.0, 3 * DAY, 100 * DAY), found, strict=True):
        assert np.abs(row - flow.start @ expm(generator * minutes)).max() < 1e-10


# refusals


REFUSED = {
    "a.strike_lag_spread must be 1 (an exponential wait), or a.strike_lag 0 (none), got 0.5": {"a": {"strike_lag_spread": 0.5}},
    "b.delay must be weibull (exponential at spread 1), got 'lognormal'": {"b": {"delay": "lognormal"}},
    "a.preparation must be at most a minute (0.0167 hours), got 4": {"a": {"preparation": 4.0}},
    "b.strike_deaths must be 0 (no deaths drawn from a distribution), got 6": {"b": {"strike_deaths": 6.0}},
    "a.pressure_half_life must be .inf (nothing fades), or a.humiliation": {
        "a": {"generosity": 0.1, "humiliation": 1.0, "pressure_half_life": 14.0}
    },
    "a.harm_half_life must be .inf (nothing fades), or nobody ask for the ledger": {
        "a": {"harm_half_life": 9.0}, "diplomacy": {"burden": 1.0}
    },
    "b.harm_half_life must be .inf": {"b": {"harm_half_life": 9.0, "retaliation": "measure_for_measure"}},
    "militants_b.offspring must be 0 (no excitation that fades), got 0.2": {"militants_b": {"rate": 1.0, "offspring": 0.2}},
    "militants_a.deaths_scale must be 0": {"militants_a": {"rate": 1.0, "deaths_scale": 2.0}},
    "militants_a.radicalisation must be 0 where the opening strike kills, got 0.1": {
        "militants_a": {"radicalisation": 0.1}, "opening_dead": 2
    },
    "mechanism.half_life must be .inf (nothing fades), got 30": {"mechanism": {"half_life": 30.0, "notice": 0.5}},
    "mechanism.clarification must be 0": {"mechanism": {"clarification": 1.0}},
    "mechanism.meeting_interval must be 0": {"mechanism": {"meeting_interval": 30.0}},
    "mechanism.inquiry_delay must be 0 (no fixed wait), or mechanism.inquiry 0, got 72": {
        "mechanism": {"inquiry": 0.5, "inquiry_delay": 72.0}
    },
}  # fmt: skip
PARTS = {"a": Nation, "b": Nation, "militants_a": Militants, "militants_b": Militants, "diplomacy": Diplomacy}
PARTS |= {"mechanism": Mechanism}


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_solved_is_refused_by_name(quiet, line):
    sides = {"a": {}, "b": {}} | REFUSED[line]
    tit = {"retaliation": "tit_for_tat", "strike_lag": 5.0, "state_lag": 5.0, **LAGS}
    parts = {name: quiet(PARTS[name], **(tit if name in "ab" else {}) | numbers) if name in PARTS else numbers
             for name, numbers in sides.items()}  # fmt: skip
    with pytest.raises(Unsolvable) as refused:
        chain(quiet(opening="strike_by_a", **parts))
    assert len(refused.value.lines) == 1
    assert refused.value.lines[0].startswith(line)


def test_every_problem_has_its_line():
    with pytest.raises(Unsolvable) as refused:
        chain(Crisis(opening="strike_by_a"))
    assert len(refused.value.lines) == len(set(refused.value.lines)) > 15


def test_too_many_states_name_what_grows(quiet):
    """A ledger that is asked for takes another value with every strike."""
    one = quiet(Nation, retaliation="tit_for_tat", strike_lag=5.0, undershoot=0.3, exceed=0.3, cap=8, harm_step=0.3, **LAGS)
    crisis = quiet(opening="strike_by_a", a=one, b=one, diplomacy=quiet(Diplomacy, imbalance=1.0))
    with pytest.raises(
        Unsolvable, match=r"most_states must be at least the number of states \([ab].account.ledger alone takes"
    ):
        chain(crisis, limit=300)


def test_acts_without_end_in_one_moment_are_refused(quiet):
    hasty = quiet(Nation, retaliation="tit_for_tat")
    with pytest.raises(Unsolvable, match="acts follow upon acts without end in one moment"):
        solution(quiet(opening="strike_by_a", a=hasty, b=hasty))


# the command


@pytest.fixture
def somewhere(tmp_path, monkeypatch):
    """Run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


FIRM = {"perception_error": 0, "execution_error": 0, "undershoot": 0, "signalling": "silent"}
TINY = ["exact", "a.exceed=0", "b.exceed=0.1", *(f"{x}.{name}={value}" for x in "ab" for name, value in FIRM.items())]


def test_the_command_solves_draws_and_stands_beside_played_runs(somewhere, capsys):
    assert main.main([*TINY, "out=here", "runs=4000"]) == 0
    said = capsys.readouterr().out
    assert "solved exactly" in said
    assert "4,000 runs, by day 365" in said
    summary = json.loads((somewhere / "here" / "summary.json").read_text())
    war = summary["quantities"]["war_at"]
    assert war["simulated"][1] <= war["by the horizon"] <= war["simulated"][2]
    assert summary["error below"] < 1e-10
    assert sum(summary["long-run share of time at rung"]) == pytest.approx(1.0)
    table = pq.read_table(somewhere / "here" / "table.parquet").to_pylist()
    last = [row["value"] for row in table if row["quantity"] == "war_at" and row["day"] == 365.0]
    assert last == [war["by the horizon"]]
    assert (somewhere / "here" / "curves.png").is_file()


@pytest.mark.usefixtures("undrawn")
def test_the_command_writes_the_same_bytes_again(somewhere):
    for out in ("one", "two"):
        assert main.main([*TINY, f"out={out}"]) == 0
    for name in ("exact.txt", "table.parquet", "summary.json"):
        assert (somewhere / "one" / name).read_bytes() == (somewhere / "two" / name).read_bytes(), name


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("a.strike_lag_spread=0.5", "a.strike_lag_spread must be 1 (an exponential wait), or a.strike_lag 0 (none), got 0.5"),
        ("most_states=20", "most_states must be at least the number of states ("),
        ("most_states=0", "most_states must be a whole number in [1, 1e+07], got 0"),
        ("runs=-1", "runs must be a whole number in [0, 1e+10], got -1"),
    ],
)
def test_the_command_refuses_in_one_line(somewhere, capsys, asked, line):
    assert main.main(["exact", asked]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert said[0].startswith(f"escalation: {line}")
    assert not list(somewhere.iterdir())
