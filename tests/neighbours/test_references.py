"""The engine against tables that it had no part in: exact payoffs of noisy strategies, Axelrod-Python's measured ones, and
birth-death ladders in continuous time.

All comparisons of a table together fail a right engine with probability 1e-6 (Bonferroni), stated before the runs.
"""

import csv
import math
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chi2

from sim import load
from sim.engine import kernel
from sim.studies.known_answers import ladder, reciprocity
from sim.studies.known_answers.limits import set_on
from sim.studies.known_answers.quantity import FALSE_ALARMS, bound, columns_of

REFERENCES = Path(__file__).parent / "references"
RUNS = 400  # matches of 200 rounds a pair


def table(name):
    """The rows of a table, numbers as numbers."""

    def value(text):
        try:
            return float(text)
        except ValueError:
            return text

    with open(REFERENCES / f"{name}.csv", encoding="utf-8") as file:
        return [{key: value(text) for key, text in row.items()} for row in csv.DictReader(file)]


def noise_of(kind, level):
    """(execution, perception) of both sides."""
    return ((level, 0.0),) * 2 if kind == "execution" else ((0.0, level),) * 2


EXACT = {(r["kind"], r["noise"], r["row"], r["col"]): r for r in table("exact_noise_tables")}
MEASURED = {(r["row"], r["col"]): r for r in table("axelrod_noise_table")}
NAMES = ("TFT", "GTFT", "WSLS", "Grim", "TF2T", "ALLD", "ALLC", "Contrite")


def comparable(kind, level, row, col):
    """Whether table and engine mean the same strategies.

    They do not where Contrite meets execution noise: the table's keeps a flag of its own slip and forgives once
    (Axelrod-Python), ours keeps standing (Sugden 1986; Boyd 1989). Where no one slips, both are tit-for-tat.
    """
    return "Contrite" not in (row, col) or kind == "perception" or level == 0.0


CELLS = [
    (kind, level, row, col)
    for kind, level in (("execution", 0.0), ("execution", 0.05), ("execution", 0.1), ("perception", 0.05), ("perception", 0.1))
    for row, col in combinations_with_replacement(NAMES, 2)
    if comparable(kind, level, row, col)
]


@pytest.fixture(scope="module")
def played(matches):
    """The matches of every cell, each pair once, on chances of its own: common ones would move all cells together."""
    return {cell: matches(*cell[2:], noise_of(*cell[:2]), RUNS, seed=seed) for seed, cell in enumerate(CELLS)}


def deviations(played, deviation):
    """Of every cell its four means from the exact ones, in standard errors: row and column, payoff and cooperation."""
    for (kind, level, row, col), found in played.items():
        there, back = EXACT[kind, level, row, col], EXACT[kind, level, col, row]
        expected = (there["payoff_200"], back["payoff_200"], there["coop_200"], back["coop_200"])
        yield [deviation(np.mean(x), e, np.std(x) / math.sqrt(RUNS)) for x, e in zip(found, expected, strict=True)]


def test_matches_meet_the_exact_tables(played, deviation):
    found = np.array(list(deviations(played, deviation)))
    worst = np.unravel_index(np.argmax(np.abs(found)), found.shape)
    assert np.abs(found).max() <= bound(found.size), (list(played)[worst[0]], found[worst])


def test_nor_do_they_lean_to_one_side_all_together(played, deviation):
    """The squares of the row players' deviations sum to chi-squared: many small faults show where none alone does."""
    squares = np.array([z[0] ** 2 for z in deviations(played, deviation) if z[0] != 0.0])
    assert len(squares) > 100
    assert squares.sum() <= chi2.isf(FALSE_ALARMS, len(squares)), squares.sum()


def test_matches_meet_those_of_axelrod(played, deviation):
    """Both with their standard errors: 2,000 matches of 200 turns of Axelrod 4.14.0, noise .05."""
    found = {}
    for (row, col), measured in MEASURED.items():
        swapped = ("execution", 0.05, row, col) not in played
        ours = played["execution", 0.05, *((col, row) if swapped else (row, col))]
        for name, x in zip(("payoff", "coop"), (ours[1], ours[3]) if swapped else (ours[0], ours[2]), strict=True):
            error = math.hypot(np.std(x) / math.sqrt(RUNS), measured[f"se_{name}"])
            found[row, col, name] = deviation(np.mean(x), measured[f"{name}_row"], error)
    assert len(found) == 72
    worst = max(found, key=lambda key: abs(found[key]))
    assert abs(found[worst]) <= bound(len(found)), (worst, found[worst])


@pytest.mark.parametrize("kind", ["execution", "perception"])
@pytest.mark.parametrize("level", [0.05, 0.1])
def test_our_exact_chains_are_those_of_the_tables(crisis_of_match, kind, level):
    """Two exact solutions, written apart, over 200 rounds and in the long run: no random number, equal to the digits given."""
    for row in NAMES:
        for col in NAMES:
            if not comparable(kind, level, row, col):
                continue
            crisis = crisis_of_match(row, col, noise_of(kind, level), 201)
            one, exact = reciprocity.chain(crisis, reciprocity.round_of), EXACT[kind, level, row, col]
            for shares, when in ((reciprocity.in_rounds(one, 200), "200"), (reciprocity.stationary(one), "inf")):
                coop = shares[True, True] + shares[True, False]
                assert coop == pytest.approx(exact[f"coop_{when}"], abs=2e-8), (row, col, when)
                assert reciprocity.payoff(shares) == pytest.approx(exact[f"payoff_{when}"], abs=5e-8), (row, col, when)


def test_contrition_is_standing_and_not_a_flag(crisis_of_match, matches, deviation):
    """Standing repairs execution noise to 10/11 cooperation in the long run, where a flag that forgives once stops at .8275."""
    noise = noise_of("execution", 0.05)
    one = reciprocity.chain(crisis_of_match("Contrite", "Contrite", noise, 201), reciprocity.round_of)
    standing = reciprocity.stationary(one)
    assert standing[True, True] + standing[True, False] == pytest.approx(10 / 11, abs=1e-9)
    assert EXACT["execution", 0.05, "Contrite", "Contrite"]["coop_inf"] == pytest.approx(0.8275, abs=1e-4)
    shares, found = reciprocity.in_rounds(one, 200), matches("Contrite", "Contrite", noise, RUNS).coop_row
    error = np.std(found) / math.sqrt(RUNS)
    assert abs(deviation(np.mean(found), shares[True, True] + shares[True, False], error)) <= bound(1)


# ladders in continuous time

LADDERS = table("ctmc_ladder")
CLIMBS = 20_000


def climbed(up, down, length, start):
    """The crisis ``limit=ladder`` on so many rungs, with the given rates per 100 days; and its runs."""
    lag = ladder.UNIT * 24.0 * math.log(2) / up
    lags = [(f"*.{name}", lag) for name in ("attack_lag", "strike_lag", "state_lag")]
    rungs = (("*.threshold", 10 - int(length)), ("opening_rung", 9 - int(length) + int(start)))
    crisis = set_on(load("limit=ladder"), (*rungs, *lags, ("diplomacy.contact", ladder.UNIT / down)))
    assert ladder.ends(crisis) == (start, length)
    return columns_of(kernel.ROW, kernel.simulate(crisis, 20240118, CLIMBS))


def test_ladders_meet_the_exact_ones():
    found, climbs = {}, {}
    for row in LADDERS:
        shape = (row["up_rate"], row["down_rate"], row["N"], row["start"])
        if shape not in climbs:
            climbs[shape] = climbed(*shape)["war_at"]
        at, exact = climbs[shape], row["exact_P_war"]
        share = np.mean((at >= 0) & (at <= row["T"] * ladder.UNIT * ladder.DAY))
        found[(*shape, row["T"])] = (share - exact) / math.sqrt(exact * (1.0 - exact) / CLIMBS)
    assert len(found) == 9
    assert max(map(abs, found.values())) <= bound(len(found)), found
