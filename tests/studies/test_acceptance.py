"""Which plausible numbers the targets accept: implausibility with known answers, a small set made and read, the shipped one."""

import math
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.design.accepted_set import accepted_set
from sim.runs.rules_mark import rules_mark
from sim.studies.calibration.acceptance import acceptance, candidates, targets_mark
from sim.studies.calibration.implausibility import (
    CUTOFF,
    DISCREPANCY,
    accepted,
    distances,
    implausibilities,
    limit,
    ruled_out,
)  # fmt: skip
from sim.studies.calibration.options import TargetOptions
from sim.studies.calibration.target import FITTED, HELD_OUT, Basis, Target, quantile, share
from sim.studies.calibration.targets import targets

BASIS = Basis("x")


@pytest.fixture(scope="module")
def dyad():
    return sim.load("scenario=headline_dyad")


@pytest.fixture(scope="module")
def settlement():
    return sim.load("mechanism=settlement").mechanism


def implausibility(*some, discrepancy=DISCREPANCY):
    return implausibilities(distances(some, len(some)), discrepancy)


def test_a_share_is_as_far_as_its_cases_and_the_runs_allow():
    near, far = (share(BASIS, "q", FITTED, 0.5, 100, k, 10**6) for k in (0.5e6, 0.7e6))
    assert implausibility(near)[0] == pytest.approx(0.0, abs=0.01)
    gap = 2 * math.asin(math.sqrt(0.7)) - math.pi / 2
    assert implausibility(far, discrepancy=0.0)[0] == pytest.approx(gap / 0.1, rel=0.06)  # the variance of 100 cases: .01
    assert implausibility(far, discrepancy=0.1)[0] == pytest.approx(gap / math.sqrt(0.02), rel=0.06)


def test_a_ratio_is_compared_on_the_logarithm():
    ends = (math.exp(-0.5 * 1.959964), math.exp(0.5 * 1.959964))
    one = Target("q", "x", FITTED, 1.0, *ends, 10, math.e, math.e, math.e, 10, True)
    assert implausibility(one, discrepancy=0.0)[0] == pytest.approx(2.0, rel=1e-4)


def test_a_single_case_rules_out_only_what_hardly_ever_gives_it():
    values = np.arange(1.0, 101.0)
    middle, never = (quantile(BASIS, "q", FITTED, 0.5, at, 1, values) for at in (50.0, 0.5))
    assert implausibility(middle)[0] < 0.2
    assert 1.5 < implausibility(never)[0] < CUTOFF


def test_what_no_run_tells_is_ruled_out_and_what_is_held_out_has_no_say():
    unseen = share(BASIS, "q", FITTED, 0.5, 10, 0, 0)
    held = share(BASIS, "q", HELD_OUT, 0.5, 1000, 1, 1000)
    good = share(BASIS, "q", FITTED, 0.5, 10, 500, 1000)
    assert not accepted(distances([unseen], 1)[None])[0]
    assert accepted(distances([held, good], 1)[None])[0]


def test_right_numbers_are_accepted_whatever_cases_chance_brings():
    chance, kept = np.random.default_rng(1), 0
    p = chance.uniform(0.05, 0.95, 20)
    for _ in range(300):
        known = chance.binomial(30, p) / 30
        kept += accepted(
            distances([share(BASIS, "q", FITTED, k, 30, 1e6 * x, 1e6) for k, x in zip(known, p, strict=True)], 20)[None]
        )[0]
    assert kept / 300 > 0.95


def test_many_targets_that_are_each_a_little_off_rule_out_together():
    off = [share(BASIS, "q", FITTED, 0.5, 100, 6.25e5, 1e6) for _ in range(20)]
    far = distances(off, 20)
    assert np.nanmax(implausibilities(far)) < CUTOFF
    assert not accepted(far[None])[0]
    assert limit(20) == pytest.approx(31.41, abs=0.01)  # a table of chi-squared
    assert ruled_out(far[None])[1] == 1.0


def test_to_stop_early_changes_no_verdict():
    chance = np.random.default_rng(2)
    for _ in range(50):
        some = [share(BASIS, "q", FITTED, 0.5, 40, 1e6 * chance.uniform(0.2, 0.8), 1e6) for _ in range(6)]
        whole = np.concatenate([distances([one], 1) for one in some])
        assert accepted(distances(iter(some), 6)[None])[0] == accepted(whole[None])[0]


def made(dyad, settlement, threads):
    block = {"fields": ["nation.generosity", "diplomacy.contact"], "ranges": {"nation.generosity": [0.9, 1.0]}}
    options = TargetOptions(accept=56, accept_runs=100, vectors=48, threads=threads)
    return acceptance(dyad, sim.load(), settlement, block, options)


def test_a_set_is_made_the_same_on_any_number_of_threads_and_read_again(dyad, settlement, tmp_path):
    one, two = (made(dyad, settlement, threads) for threads in (1, 2))
    assert one.frame.equals(two.frame)
    assert one.kept.sum() >= 40
    assert one.write_more(tmp_path, tmp_path) == ["accepted.csv"]
    read = accepted_set(tmp_path / "accepted.csv")
    assert read.values == pytest.approx(one.values[one.kept][:48])
    assert read.about["accepted"] == str(one.kept.sum())
    said = " ".join(one.summary().split())
    assert f"Accepted: {one.kept.sum()} of 56 candidates" in said
    assert max(map(len, one.summary().split("\n"))) <= 90


def test_too_few_are_no_set(dyad, settlement, tmp_path):
    found = made(dyad, settlement, 2)
    few = type(found)(found.options, found.varied, found.values, np.full_like(found.far, 9.0), found.fitted)
    assert few.write_more(Path(tmp_path), tmp_path) == []
    assert not list(tmp_path.iterdir())


def test_the_shipped_set_was_made_by_these_rules_ranges_and_targets(dyad, settlement):
    found, again = accepted_set(), "make it anew: escalation targets accept=6144 accept_runs=400, and copy its accepted.csv"
    assert found.about["rules"] == rules_mark(), again
    assert found.about["targets"] == targets_mark(targets(dyad, sim.load(), settlement, 1, 100)), again
    varied = candidates(None, dyad)
    assert found.names == tuple(one.name for one in varied), again
    assert found.ends.tolist() == [[one.low for one in varied], [one.high for one in varied]], again
    assert len(found.values) >= 200
