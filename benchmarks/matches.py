"""How fast who plays the same matches: noisy tit-for-tat against itself, 200 rounds at noise .05, in ratios taken in one run.

``python benchmarks/matches.py`` leaves out the neighbours that are not installed; ``make bench-neighbours`` installs them. With
--write the table goes into docs/benchmarks.md, and says who was left out.
Our compiled clock and event loop play ``configs/limit/rounds.yaml``, on one thread; EGTtools and Axelrod-Python play what they
bring; two short scripts, here, do no more than the question needs. Each states the mean payoff it found: 2.2897 by the exact
chain where noise flips the first move too, 2.2934 where it does not (EGTtools).
"""

import importlib
import importlib.metadata
import statistics
import time
import warnings
from functools import partial
from typing import NamedTuple

import numpy as np
import page
import simpy

from sim import load
from sim.engine import event_loop, kernel

ROUNDS, NOISE, REPEATS = 200, 0.05, 7
PAYS = np.array([[1.0, 5.0], [0.0, 3.0]])  # of one's own move by the other's, defection first


class Player(NamedTuple):
    """Who plays, how many matches at a time, and the function that does: its mean payoff a round."""

    name: str
    matches: int
    play: object


def compiled(crisis, matches):
    """Our compiled clock."""
    return 3.0 + kernel.simulate(crisis, 1, matches, workers=1)[:, kernel.ROW.index("payoff_a")].mean() / ROUNDS


def told(crisis, matches):
    """Our event loop."""
    return 3.0 + statistics.fmean(event_loop.trace(crisis, 1, run).row["payoff_a"] for run in range(matches)) / ROUNDS


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


NEIGHBOURS = (("EGTtools (C++)", "egttools", 10_000, evaluated), ("Axelrod-Python", "axelrod", 200, turned))


def neighbours():
    """The neighbours that are installed, as players, and the names of those that are not."""
    found, missing = [], []
    for name, package, matches, play in NEIGHBOURS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                module = importlib.import_module(package)
            except ModuleNotFoundError:
                missing.append(name)
                continue
        found.append(Player(f"{name} {importlib.metadata.version(package)}", matches, partial(play, module)))
    return found, missing


def ours(crisis):
    """Our two clocks, the first of which all ratios are to, and the two short scripts."""
    return [
        Player("our compiled clock", 10_000, partial(compiled, crisis)),
        Player("our event loop (SimPy)", 20, partial(told, crisis)),
        Player("plain NumPy script, vectorised", 10_000, vectorised),
        Player("plain SimPy model", 100, scored),
    ]


def rate(player):
    """Rounds a second in one go, and the payoff found."""
    start = time.perf_counter()
    payoff = player.play(player.matches)
    return player.matches * ROUNDS / (time.perf_counter() - start), payoff


def measured(players, repeats):
    """The rows of the table: who, rounds a second, their ratio to the first player's, the payoff found."""
    for player in players:
        player.play(player.matches)  # compiled, imported and warm
    rates, payoffs = {player: [] for player in players}, {}
    for _ in range(repeats):
        for player in players:
            found, payoffs[player] = rate(player)
            rates[player].append(found)
    for player, found in rates.items():
        ratios = [one / other for one, other in zip(found, rates[players[0]], strict=True)]
        yield player.name, page.spread(found), page.spread(ratios), f"{payoffs[player]:.3f}"


def main():
    """Print the table, or write it into the page."""
    asked = page.asked("matches", __doc__, REPEATS)
    about = page.machine(("numpy", "numba", "simpy"))
    crisis = load("limit=rounds", f"horizon={ROUNDS + 1}")
    installed, missing = neighbours()
    acts = len(kernel.acts(crisis, 1, 100)["run"]) / 100 / ROUNDS
    about += (
        f"; one thread; medians of {asked.repeats} (least to largest), taken in turn. Our clocks make {acts:.2f} acts a round."
    )
    if missing:
        about += f" Left out, because not installed here (`make bench-neighbours` does): {', '.join(missing)}."
    heads = ("who", "rounds a second", "of our compiled clock's", "payoff")
    page.publish("matches", asked.write, about, heads, measured([*ours(crisis), *installed], asked.repeats))


if __name__ == "__main__":
    main()
