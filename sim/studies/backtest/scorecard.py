"""The scorecard: every method's forecasts of the same cases, scored, with skill over climatology by a bootstrap over pairs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.history.baselines import EDGES, POOLED, baselines, binned
from sim.history.outcomes import HORIZONS
from sim.statistics import scores
from sim.statistics.scores import Skill
from sim.studies.backtest.cases import Case, at
from sim.studies.backtest.options import BacktestOptions

FOLDS = 10  # of pairs, where there are more of them
MODEL, POOL, REFERENCE = "model", "pool", "climatology"
BINARY = ("strike", "higher", "war")


class Line(NamedTuple):
    """One method on one outcome."""

    method: str
    outcome: str  # "time to strike", or strike, higher, war
    days: int  # the horizon; 0 for the time
    forecasts: int
    crises: int
    pairs: int
    rate: float  # share that came; of the time: not a number
    mean: float  # forecast
    brier: float  # of the time: the ranked probability score
    log: float
    brier_skill: Skill  # over climatology
    log_skill: Skill
    auc: float


class Scorecard(NamedTuple):
    """What was forecast and what came."""

    cases: list[Case]  # that were forecast
    chances: dict[str, dict[str, np.ndarray]]  # by method and outcome: [cases, edges]
    lines: list[Line]
    learned: int  # cases that baselines learn from, about
    wins: dict[str, tuple[int, int]]  # against each method: crises in which the model scores better on the time, of how many

    def bins(self, method: str) -> np.ndarray:
        """The probabilities of the day bins of the next act of force: as sure as the particles, or the cases learned from."""
        sizes = [one.size for one in self.cases] if method == MODEL else [float(self.learned)] * len(self.cases)
        return binned(self.chances[method]["strike"], np.array(sizes))


def scorecard(found: list[Case], options: BacktestOptions) -> Scorecard:
    """Score the model and the baselines on all cases, or on those from an era on."""
    split = _folds(found, options)
    test = np.flatnonzero(split >= 0)
    chances = {MODEL: {name: np.array([found[i].chances[name] for i in test]) for name in BINARY}}
    for name in baselines():
        chances[name] = {outcome: _learned(name, outcome, found, split)[test] for outcome in BINARY}
    pooled = [name for name in POOLED if name in chances]
    chances[POOL] = {outcome: np.mean([chances[name][outcome] for name in pooled], axis=0) for outcome in BINARY}
    cases = [found[i] for i in test]
    learned = sum(split < 0) if options.era else len(found) - len(found) // max(1, int(split.max()) + 1)
    card = Scorecard(cases, chances, [], int(learned), {})
    lines = [line for method in chances for line in _lines(card, method, options.seed)]
    return card._replace(lines=lines, wins={name: _wins(card, name) for name in chances if name != MODEL})


def _folds(found: list[Case], options: BacktestOptions) -> np.ndarray:
    """The fold of each case, -1 where it is only learned from: all crises of a pair are in one."""
    if options.era:
        return np.array([0 if int(one.record.start[:4]) >= options.era else -1 for one in found])
    _, codes = np.unique([one.pair for one in found], return_inverse=True)
    order = np.random.default_rng(options.seed).permutation(codes.max() + 1)
    return order[codes] % min(FOLDS if codes.max() >= 2 * FOLDS else codes.max() + 1, codes.max() + 1)


def _learned(name: str, outcome: str, found: list[Case], split: np.ndarray) -> np.ndarray:
    """P(it comes within each edge) by a baseline that has learned from the other folds: [cases, edges]."""
    method, out = baselines()[name], np.full((len(found), len(EDGES)), np.nan)
    for fold in sorted({*split.tolist()} - {-1}):
        test = np.flatnonzero(split == fold)
        for j, days in enumerate(EDGES):
            train = [i for i in np.flatnonzero(split != fold) if found[i].came[outcome].by(days) is not None]
            came = np.array([float(bool(found[i].came[outcome].by(days))) for i in train])
            seen = [found[i].seen for i in train]
            out[test, j] = method(seen, came, [found[i].seen for i in test], float(days)) if train else 0.5
    return np.maximum.accumulate(out, axis=1)


def _lines(card: Scorecard, method: str, seed: int) -> list[Line]:
    """A method on the time to the next act of force, and on each outcome by each horizon."""
    return [
        _time_line(card, method, seed),
        *(_line(card, method, outcome, days, seed) for outcome in BINARY for days in HORIZONS),
    ]


def came_between(case: Case) -> tuple[int, int]:
    """The first and the last of the bins in which the next act of force may have come: one where it is known."""
    one = case.came["strike"]
    if np.isfinite(one.at):
        place = int(np.searchsorted(EDGES, one.at))
        return place, place
    reached = int(np.searchsorted(EDGES, one.followed, side="right"))
    return reached, len(EDGES)


def _time_line(card: Scorecard, method: str, seed: int) -> Line:
    """What a method scores on the time to the next strike."""
    scored = {name: time_scores(card, name) for name in (method, REFERENCE)}
    pairs = _pairs(card.cases)
    whole = _whole(card.cases)
    return Line(
        method, "time to strike", 0, len(card.cases), _crises(card.cases), len(set(pairs)), np.nan, np.nan,
        float(scored[method][1][whole].mean()), float(scored[method][0].mean()),
        scores.skill(scored[method][1][whole], scored[REFERENCE][1][whole], pairs[whole], seed),
        scores.skill(scored[method][0], scored[REFERENCE][0], pairs, seed), np.nan,
    )  # fmt: skip


def time_scores(card: Scorecard, method: str) -> tuple[np.ndarray, np.ndarray]:
    """The logarithmic score of each time to the next act of force, censored where it is, and the ranked probability score."""
    between = np.array([came_between(one) for one in card.cases])
    bins = card.bins(method)
    return scores.of_bins(bins, between[:, 0], between[:, 1]), scores.ranked(bins, between[:, 0])


def _whole(found: Sequence[Case]) -> np.ndarray:
    """Which cases are followed until it came or past the last edge: those a ranked score can be taken of."""
    between = np.array([came_between(one) for one in found])
    return between[:, 0] == between[:, 1]


def _line(card: Scorecard, method: str, outcome: str, days: int, seed: int) -> Line:
    """What a method scores on whether an outcome came within so many days, where that is known."""
    told = [i for i, one in enumerate(card.cases) if one.came[outcome].by(days) is not None]
    cases = [card.cases[i] for i in told]
    came = np.array([float(bool(one.came[outcome].by(days))) for one in cases])
    p, reference = (card.chances[name][outcome][told, at(days)] for name in (method, REFERENCE))
    pairs, kinds = _pairs(cases), (scores.brier, scores.logarithmic)
    brier, log = (score(p, came) for score in kinds)
    better, likelier = (scores.skill(score(p, came), score(reference, came), pairs, seed) for score in kinds)
    return Line(
        method, outcome, days, len(cases), _crises(cases), len(set(pairs)), float(came.mean()), float(p.mean()),
        float(brier.mean()), float(log.mean()), better, likelier, scores.area(p, came),
    )  # fmt: skip


def _wins(card: Scorecard, method: str) -> tuple[int, int]:
    """In how many crises the model's mean logarithmic score of the time is the lower, of how many that differ."""
    ours, theirs = time_scores(card, MODEL)[0], time_scores(card, method)[0]
    _, codes = np.unique([one.record.name for one in card.cases], return_inverse=True)
    gap = np.bincount(codes, theirs - ours)
    return int((gap > 0).sum()), int((gap != 0).sum())


def _pairs(found: Sequence[Case]) -> np.ndarray:
    return np.array([one.pair for one in found])


def _crises(found: Sequence[Case]) -> int:
    return len({one.record.name for one in found})
