"""Forecasts without a model: what a crisis forecast has to beat. All learn from other pairs' crises alone.

Each gives P(an act of force within h days) for the edges of the day bins. ``climatology``: the share of all training forecasts.
``clock``: of those as long after the opening. ``persistence``: of those with force in the last h days, or without. ``recency``:
of those alike in the days since the last act, the acts so far and whether both sides used force, shrunk to climatology.
``logistic``: a ridge regression on these numbers. ``trees``: boosted (scikit-learn, where it is there). ``pool``: the mean of
recency, logistic and trees. A share is (k + 1/2) / (n + 1).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.history.outcomes import DAY, middle
from sim.history.record import Record

EDGES = (1, 3, 7, 14, 30, 60, 90)  # days: of the bins of the time to the next act of force; the last bin is later
STRONG = 10.0  # forecasts that the shrinkage of a class is worth
RIDGE = 2.0


class Situation(NamedTuple):
    """What a baseline sees of a record at a moment: nothing that was not known then."""

    day: float  # since the opening
    since: float  # days since the last act of force
    acts: int  # of force so far, the opening included
    both: int  # 1 where both sides have used force
    peak: int  # the highest rung so far
    dead: int  # 1 where anybody is known to have been killed


def situation(known: Record) -> Situation:
    """The situation at the end of what is known."""
    force = known.force()
    at = [0.0, *(middle(one) for one in force)]
    sides = {known.opening.actor, *(one.actor for one in force)}
    both = int("both" in sides or {"a", "b"} <= sides)
    dead = int(any((one.deaths or (0, 0))[0] + (one.kin or (0, 0))[0] > 0 for one in [known.opening, *force]))
    peak = max(one.rungs[0] for one in [known.opening, *force])
    return Situation(known.end / DAY, (known.end - max(at)) / DAY, len(at), both, peak, dead)


def features(seen: list[Situation]) -> np.ndarray:
    """Numbers for a regression: [n, 6]."""
    rows = [(np.log1p(s.day), np.log1p(max(0.0, s.since)), np.log1p(s.acts), s.both, s.peak - 6.0, s.dead) for s in seen]
    return np.array(rows, float).reshape(len(seen), 6)


def shares(k: Any, n: Any) -> Any:
    """(k + 1/2) / (n + 1)."""
    return (k + 0.5) / (n + 1.0)


def climatology(train: list[Situation], came: np.ndarray, test: list[Situation], days: float) -> np.ndarray:
    return np.full(len(test), shares(came.sum(), len(came)))


def clock(train: list[Situation], came: np.ndarray, test: list[Situation], days: float) -> np.ndarray:
    return _classes([round(s.day) for s in train], came, [round(s.day) for s in test], 1.0)


def persistence(train: list[Situation], came: np.ndarray, test: list[Situation], days: float) -> np.ndarray:
    return _classes([s.since <= days for s in train], came, [s.since <= days for s in test], 1.0)


def recency(train: list[Situation], came: np.ndarray, test: list[Situation], days: float) -> np.ndarray:
    return _classes(list(map(_class, train)), came, list(map(_class, test)), STRONG)


def _class(s: Situation) -> tuple[int, int, int]:
    return int(np.digitize(s.since, [1, 4, 15, 61])), int(np.digitize(s.acts, [2, 5])), s.both


def _classes(train: list, came: np.ndarray, test: list, strong: float) -> np.ndarray:
    """The share in each class, shrunk to that of all by so many forecasts."""
    base = shares(came.sum(), len(came))
    known: dict[Any, list[float]] = {}
    for one, y in zip(train, came, strict=True):
        known.setdefault(one, []).append(float(y))
    return np.array([(sum(known.get(one, [])) + strong * base) / (len(known.get(one, [])) + strong) for one in test])


def logistic(train: list[Situation], came: np.ndarray, test: list[Situation], days: float) -> np.ndarray:
    """By Newton's method, a ridge on all but the constant."""
    x, z = features(train), features(test)
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-9)
    x, z = (np.c_[np.ones(len(some)), (some - mean) / scale] for some in (x, z))
    penalty = np.diag([1e-6, *np.full(x.shape[1] - 1, RIDGE)])
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30, 30)))
        beta = beta + np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, x.T @ (came - p) - penalty @ beta)
    return np.clip(1.0 / (1.0 + np.exp(-np.clip(z @ beta, -30, 30))), 0.5 / (len(came) + 1), 1 - 0.5 / (len(came) + 1))


def trees(train: list[Situation], came: np.ndarray, test: list[Situation], days: float) -> np.ndarray:
    """Boosted trees; with neither enough that came nor enough that did not, climatology."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    if min(came.sum(), len(came) - came.sum()) < 3:
        return climatology(train, came, test, days)
    least = max(3, min(40, len(came) // 10))
    model = HistGradientBoostingClassifier(
        max_depth=3, learning_rate=0.04, max_iter=120, min_samples_leaf=least, l2_regularization=5.0, random_state=1
    )
    return model.fit(features(train), came).predict_proba(features(test))[:, 1]


Baseline = Callable[[list[Situation], np.ndarray, list[Situation], float], np.ndarray]


def baselines() -> dict[str, Baseline]:
    """Every baseline there is here, by name."""
    found: dict[str, Baseline] = {
        "climatology": climatology, "clock": clock, "persistence": persistence, "recency": recency, "logistic": logistic,
    }  # fmt: skip
    try:
        import sklearn  # noqa: F401
    except ImportError:
        return found
    return found | {"trees": trees}


POOLED = ("recency", "logistic", "trees")


def binned(cumulated: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Probabilities of the bins from those of having come by each edge: [n, edges] -> [n, edges + 1].

    Each is as sure as so many cases or particles are (``sizes`` [n]): half a case is added to every bin, so that none is empty.
    """
    rising = np.maximum.accumulate(np.clip(cumulated, 0.0, 1.0), axis=1)
    bins = np.diff(rising, axis=1, prepend=0.0, append=1.0)
    return (bins * sizes[:, None] + 0.5) / (sizes[:, None] + 0.5 * bins.shape[1])
