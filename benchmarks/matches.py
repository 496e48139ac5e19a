"""How fast who plays the same matches: noisy tit-for-tat against itself, 200 rounds at noise .05, in ratios taken in one run.

``python benchmarks/matches.py`` leaves out the neighbours that are not installed; ``make bench-neighbours`` installs them.
Our compiled clock and event loop play ``configs/limit/rounds.yaml``, on one thread; EGTtools and Axelrod-Python play what they
bring; two short scripts, here, do no more than the question needs. Each states the mean payoff it found: 2.2897 by the exact
chain where noise flips the first move too, 2.2934 where it does not (EGTtools).
"""

import importlib
import importlib.metadata
import platform
import statistics
import time
import warnings
from functools import partial
from typing import NamedTuple

import numpy as np
import simpy

from sim.clock import batch, loop
from sim.config import load

ROUNDS, NOISE, REPEATS = 200, 0.05, 7
PAYS = np.array([[1.0, 5.0], [0.0, 3.0]])  # of one's own move by the other's, defection first


class Player(NamedTuple):
    """Who plays, how many matches at a time, and the function that does: its mean payoff a round."""

    name: str
    matches: int
    play: object


def compiled(crisis, matches):
    """Our compiled clock."""
    return 3.0 + batch.play(crisis, 1, matches, workers=1)[:, batch.ROW.index("payoff_a")].mean() / ROUNDS


def told(crisis, matches):
    """Our event loop."""
    return 3.0 + statistics.fmean(loop.play(crisis, 1, run).row["payoff_a"] for run in range(matches)) / ROUNDS


def vectorised(matches):
    """A plain NumPy script: two booleans a match, all matches a round at a time."""
    chance = np.random.default_rng(1)
    a, b, total = np.ones(matches, bool), np.ones(matches, bool), 0.0
    for _ in range(ROUNDS):
        slips = chance.random((2, matches), np.float32) < NOISE
        a, b = b ^ slips[0], a ^ slips[1]
        total += 3 * np.count_nonzero(a & b) + 5 * np.count_nonzero(b & ~a) + np.count_nonzero(~(a | b))
    return total / matches / ROUNDS


def side(env, moves, own, slips):
    """A SimPy process: once a day see the other's last move, and a minute later make it one's own, or slip."""
    for slip in slips:
        yield env.timeout(1439)
        seen = moves[1 - own]
        yield env.timeout(1)
        moves[own] = seen != slip


def scored(matches):
    """A plain SimPy model: two processes a match, and a third that keeps the score half a minute after each round."""
    chance, total = np.random.default_rng(1), 0.0
    for slips in (chance.random((matches, 2, ROUNDS)) < NOISE).tolist():
        env, moves, scores = simpy.Environment(), [True, True], []

        def score(env=env, moves=moves, scores=scores):
            yield env.timeout(0.5)
            for _ in range(ROUNDS):
                yield env.timeout(1440)
                scores.append(PAYS[int(moves[0])][int(moves[1])])

        for process in (side(env, moves, 0, slips[0]), side(env, moves, 1, slips[1]), score()):
            env.process(process)
        env.run()
        total += sum(scores)
    return total / matches / ROUNDS


def turned(axelrod, matches):
    """Axelrod-Python."""
    match = axelrod.Match((axelrod.TitForTat(), axelrod.TitForTat()), turns=ROUNDS, noise=NOISE, seed=1)
    total = 0.0
    for _ in range(matches):
        match.play()
        total += match.final_score_per_turn()[0]
    return total / matches


def evaluated(egttools, matches):
    """EGTtools, whose evaluation of a pair of which one errs is always 10,000 matches, in C++."""
    assert matches == 10_000
    imperfect = egttools.behaviors.NormalForm.TwoActions.ImperfectTFT(NOISE)
    return egttools.games.NormalFormGame(ROUNDS, PAYS, [imperfect]).expected_payoffs()[0, 0]


def neighbour(name, package, matches, play):
    """A player of a package, in a list; none where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            module = importlib.import_module(package)
        except ModuleNotFoundError:
            print(f"{package} is not installed: left out (make bench-neighbours installs it)")
            return []
    return [Player(f"{name} {importlib.metadata.version(package)}", matches, partial(play, module))]


def players():
    """Ours first: all ratios are to it."""
    crisis = load("limit=rounds", f"horizon={ROUNDS + 1}")
    return [
        Player("our compiled clock", 10_000, partial(compiled, crisis)),
        Player("our event loop (SimPy)", 20, partial(told, crisis)),
        Player("plain NumPy script, vectorised", 10_000, vectorised),
        *neighbour("EGTtools (C++)", "egttools", 10_000, evaluated),
        Player("plain SimPy model", 100, scored),
        *neighbour("Axelrod-Python", "axelrod", 200, turned),
    ]


def rate(player):
    """Rounds a second in one go, and the payoff found."""
    start = time.perf_counter()
    payoff = player.play(player.matches)
    return player.matches * ROUNDS / (time.perf_counter() - start), payoff


def figure(ratio):
    """A ratio in a few digits."""
    return f"{ratio:.0f}" if ratio >= 10.0 else f"{ratio:.2g}"


def main():
    """Print the table."""
    every = players()
    for player in every:
        player.play(player.matches)  # compiled, imported and warm
    rates, payoffs = {}, {}
    for _ in range(REPEATS):
        for player in every:
            found, payoffs[player.name] = rate(player)
            rates.setdefault(player.name, []).append(found)
    print(f"Python {platform.python_version()}, NumPy {np.__version__}; one thread; medians of {REPEATS}")
    acts = len(batch.acts(load("limit=rounds", f"horizon={ROUNDS + 1}"), 1, 100)["run"]) / 100 / ROUNDS
    print(f"our clocks make {acts:.2f} acts a round\n")
    print("| who | rounds a second | of our compiled clock's (least to most) | payoff |\n|---|---|---|---|")
    ours = rates[every[0].name]
    for name, found in rates.items():
        ratios = [one / other for one, other in zip(found, ours, strict=True)]
        span = f"{figure(statistics.median(ratios))} ({figure(min(ratios))} to {figure(max(ratios))})"
        print(f"| {name} | {statistics.median(found):,.0f} | {span} | {payoffs[name]:.3f} |")


if __name__ == "__main__":
    main()
