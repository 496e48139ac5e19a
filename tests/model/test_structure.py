"""What the model's structure promises (docs/decisions.md, after "what the numbers were fitted to"): a test each."""

import dataclasses

import numpy as np
import pytest

import sim
from sim.engine import kernel
from sim.engine.kernel import ROW
from sim.model.events.casualties import at_rung
from sim.model.events.mechanism import exists, meeting
from sim.model.events.strike import killed, perceived
from sim.model.ladder import SANCTUARY_STRIKE, STATE_STRIKE, WAR
from sim.model.numerics.philox import toll
from sim.model.parameter import DAY, POLICY, parameters, parts, plain
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.nation import Nation
from sim.model.state import ACTED, MechanismState

RUNS, LEVELS = 1000, np.linspace(0.001, 0.999, 500)
COLUMN = {name: j for j, name in enumerate(ROW)}


@pytest.fixture(scope="module")
def dyad():
    return sim.load("scenario=headline_dyad")


def rows(crisis, runs=RUNS):
    return kernel.simulate(crisis, 1, runs)


def both(crisis, **fields):
    """The crisis with fields of both nations set."""
    for name, value in fields.items():
        crisis = with_number(with_number(crisis, f"a.{name}", value), f"b.{name}", value)
    return crisis


def column(crisis, *names, runs=RUNS):
    """The sum of some columns, run by run."""
    return rows(crisis, runs)[:, [COLUMN[name] for name in names]].sum(1)


def test_none_is_nothing(dyad):
    """It is never in force and never agreed; so nobody shares under an agreement, in whichever way it would be in force."""
    assert not exists(plain(Mechanism()))
    shares = both(dyad, sharing="under_agreement")
    assert column(shares, "tips_a", "tips_b").sum() == 0
    assert (rows(dyad)[:, COLUMN["agreement_at"]] < 0).all()
    assert np.array_equal(rows(shares), rows(dyad))
    assert all(exists(plain(sim.load(f"mechanism={name}").mechanism)) for name in ("hotline", "joint_patrols", "shuttle_talk"))


def test_a_rate_counts_the_attacks_that_others_set_off(dyad):
    quiet = dataclasses.replace(dyad, opening="none", horizon=3650.0)
    for offspring in (0.0, 0.5):
        crisis = with_number(with_number(quiet, "militants_a.offspring", offspring), "militants_a.rate", 2.0)
        crisis = with_number(crisis, "militants_b.rate", 0.0)
        crisis = both(crisis, resort=0.0, hit=0.0)
        attacks = column(crisis, "attacks_a", runs=400)
        assert attacks.mean() == pytest.approx(20.0, abs=5 * attacks.std() / np.sqrt(400))


def test_only_nationals_of_the_host_stir_its_militants_up(dyad):
    """Kin of the striker's origin do not: whatever radicalisation is, where all dead are kin every run is as it was."""
    kin = both(dyad, own_origin=1.0, exceed=0.0, exceed_by_death=0.0, execution_error=0.0, perception_error=0.0, undershoot=0.0)
    kin = dataclasses.replace(kin, opening_dead=0, opening_kin=9)
    for crisis, alike in ((kin, True), (both(kin, own_origin=0.0), False)):
        stirred = with_number(with_number(crisis, "militants_a.radicalisation", 1.0), "militants_b.radicalisation", 1.0)
        assert np.array_equal(rows(stirred), rows(crisis)) == alike


def test_militants_killed_and_kin_are_told_apart_by_whether_the_group_was_hit(dyad):
    kin = both(dyad, own_origin=1.0)
    assert column(both(kin, hit=1.0), "killed_kin").sum() > 0  # of border clashes, which are aimed at no group
    acts = kernel.acts(kin, 1, RUNS)
    of = (acts["kind"] == ACTED) & (acts["dead_kin"] > 0)
    assert acts["dead_kin"][of & (acts["hit"] > 0)].sum() == column(kin, "killed_militants").sum() > 0
    assert acts["dead_kin"][of & (acts["hit"] == 0)].sum() == column(kin, "killed_kin").sum() > 0


def test_many_acts_on_a_states_own_kill_nobody_and_a_strike_on_militants_does_as_it_did():
    nation = plain(Nation(bloodless=0.4, own_origin=0.0))
    for rung in (5, STATE_STRIKE, 8):
        spared = [sum(killed(nation, rung, False, u, 0.5, 0.9)) == 0 for u in LEVELS]
        assert np.mean(spared) == pytest.approx(0.4, abs=0.01)
    for rung in (SANCTUARY_STRIKE, WAR):
        assert all(sum(killed(nation, rung, False, u, 0.5, 0.9)) > 0 for u in LEVELS)


def test_a_bloodless_strike_is_seen_no_higher_than_a_bloody_one():
    for rung in range(5, 9):
        for u in LEVELS[::25]:
            assert perceived(rung, 0.2, True, u) <= perceived(rung, 0.2, False, u)
    assert perceived(7, 0.0, True, 0.5) == 6
    assert perceived(WAR, 0.2, True, 0.5) == WAR


def test_deaths_have_the_tail_and_the_end_their_fields_say():
    """Lomax given that it stays below the most: its quantiles by the closed form, nothing above, nothing piled up there."""
    for least, scale, tail, most in ((6.0, 6.0, 1.4, 1200.0), (0.0, 30.0, 3.0, 150.0)):
        drawn = np.array([toll(u, least, scale, tail, most) for u in LEVELS])
        beyond = (scale / (scale + most - least)) ** tail
        closed = least + scale * ((beyond + LEVELS * (1 - beyond)) ** (-1 / tail) - 1)
        assert np.array_equal(drawn, np.floor(closed))
        assert drawn.max() <= most
        assert (drawn == most).mean() <= 0.002
    nation = plain(Nation())
    mosts = [at_rung(nation.deaths_most, nation.most_growth, rung) for rung in range(5, 9)]
    assert mosts == pytest.approx([50.0, 150.0, 450.0, 1350.0])


def test_a_side_may_strike_again_of_its_own_by_default_and_not_at_once(dyad):
    """Two of three next uses of force are the same side's in the data; a repeat comes ``follow_least`` later, or after."""
    assert 0.58 <= Nation().follow_up <= 0.95
    alone = both(dyad, generosity=1.0, commitment=0.0, humiliation=0.0, pressure_by_death=0.0, audience_cost=0.0, resort=0.0)
    acts = kernel.acts(both(alone, retaliation="restraint"), 1, RUNS)
    force = (acts["kind"] == ACTED) & (acts["rung"] >= 5)
    run, at, who = (acts[name][force] for name in ("run", "at", "who"))
    gaps = (at[1:] - at[:-1])[(run[1:] == run[:-1]) & (who[1:] == who[:-1])]
    assert len(gaps) > RUNS
    assert gaps.min() >= 60 * Nation().follow_least
    short = column(both(dyad, follow_up=0.0), "strikes_a", "strikes_b").mean()
    assert short < 0.5 * column(dyad, "strikes_a", "strikes_b").mean()


def test_contacts_come_slower_while_an_ambassador_is_away(dyad):
    contact = [np.median(reached(with_number(dyad, "diplomacy.recall_delay", x), "contact_at")) for x in (0.0, 5.0)]
    assert contact[0] < contact[1]


def test_a_run_may_open_late_in_a_quarrel(dyad):
    """With the channel closed, an ambassador recalled, a grievance in the account, in bad standing: each shows."""
    closed = reached(with_number(dyad, "diplomacy.closed", 10.0), "contact_at")
    assert closed.min() >= 10.0 * DAY
    for key, value in (("a.recalled", 1), ("b.grievance", 5.0), ("b.trust", 0.05)):
        assert not np.array_equal(rows(with_number(dyad, key, value)), rows(dyad)), key
    contrite = both(dyad, retaliation="contrite")
    assert not np.array_equal(rows(with_number(contrite, "b.standing", "bad")), rows(contrite))


def reached(crisis, name):
    at = rows(crisis)[:, COLUMN[name]]
    return np.where(at < 0, np.inf, at)


def test_meetings_leave_half_lives_a_meaning():
    """A meeting restores a share of what is lost, so that more is left the longer the half-life, and never all of it."""
    left = []
    for half_life in (10.0, 30.0, 90.0):
        m = plain(Mechanism(half_life=half_life, meeting_interval=30.0, renewal=0.5, compliance=0.8))
        after = meeting(MechanismState(since=0), m, int(30 * DAY))
        gone = 1 - 0.5 ** (30.0 / half_life)
        assert after.strength == pytest.approx(1 - gone + 0.4 * gone)
        left.append(after.strength)
    assert left == sorted(left)


def test_there_are_two_ways_into_war(dyad):
    """From a sustained exchange, where ``dread`` keeps most from it, and outright; with neither there is none."""
    hot = dataclasses.replace(dyad, opening_rung=8, opening_dead=100)
    shut = both(hot, dread=1.0, war_by_death=0.0, war_by_blow=0.0)
    assert column(shut, "peak").max() < WAR
    assert (column(both(shut, dread=0.0, exceed=0.9), "peak") == WAR).any()
    outright = both(shut, war_by_death=0.002, exceed=0.0, exceed_by_death=0.0, execution_error=0.0)
    assert (column(outright, "peak") == WAR).any()


def test_a_whole_number_that_is_a_policy_says_so():
    """Where one unit more changes the game (patience, reprisal) the field is marked a policy, and ignorance never draws it."""
    whole = {
        f"{part}.{name}": parameter
        for part, kind in parts(Crisis).items()
        for name, parameter in parameters(kind).items()
        if parameter.kind == "whole"
    }
    drawn = {key for key, parameter in whole.items() if parameter.plausible}
    assert drawn == {"a.cap", "b.cap"}
    for name in ("patience", "reprisal"):
        assert whole[f"a.{name}"].held == POLICY
        assert "policy" in whole[f"a.{name}"].meaning


def test_a_strike_seen_too_high_is_counted(dyad):
    assert column(both(dyad, perception_error=0.0), "overread").sum() == 0
    acts = kernel.acts(dyad, 1, RUNS)
    seen = (acts["kind"] == ACTED) & (acts["rung"] >= 5) & (acts["seen"] > acts["rung"])
    assert column(dyad, "overread").sum() == seen.sum() > 0
