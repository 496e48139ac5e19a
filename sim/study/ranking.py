"""Does the ranking of mechanisms survive the assumptions? Over a wide sample of them: how often each is best, and its regret.

Regret at a point is the outcome under a mechanism less that under the best there. Where another mechanism than the
favourite is best, a rule of one or two thresholds says so in words; it is found on half of the points and judged on the
other half (after PRIM: Friedman & Fisher 1999; scenario discovery: Bryant & Lempert 2010).
"""

from typing import NamedTuple

import numpy as np

from sim.study.bar import bar
from sim.study.cube import latin
from sim.study.paired import moments
from sim.study.points import drawn, played

Z = 1.96  # a lead is resolved from so many standard errors on
CUTS = (0.2, 0.4, 0.6, 0.8)  # quantiles at which a rule may cut a field
LEAST = 0.05  # a rule must hold at this share of the points it is found on


class Place(NamedTuple):
    """How one mechanism fares over the sample."""

    name: str
    best: float  # share of points where it is best; ties shared
    resolved: float  # share of points where it is best by a lead the runs resolve
    regrets: np.ndarray  # [points]


class Rule(NamedTuple):
    """Where the ranking flips, in words, and how well that holds on points it was not found on."""

    words: str
    instead: str  # the mechanism most often best at the flips inside it
    precision: float  # share of the rule's points that flip ("density")
    coverage: float  # share of the flips inside the rule
    inside: int  # points the rule holds at
    of: int  # points it was judged on


class Ranking(NamedTuple):
    """The places, most often best first, and where the favourite loses its place."""

    places: list[Place]
    values: np.ndarray  # [points, mechanisms in the order given] the outcome
    names: list[str]  # in that order
    u: np.ndarray  # [points, assumptions] the sample, as uniforms
    flips: np.ndarray  # [points] whether another is better than the favourite by a lead the runs resolve
    rules: list[Rule]  # the best of one threshold and the best of two; none where flips are rare
    runs: int


def ranking(crises, assumptions, outcome, seed, runs, points, threads=0, raised=False):
    """The ``Ranking`` of ``crises`` (by mechanism) in the mean of an outcome, least first; ``raised``: more is better."""
    names = list(crises)
    u = latin(len(assumptions), points, seed)
    sets = [drawn(crisis, assumptions, u, name) for name, crisis in crises.items()]
    with bar(total=points, desc="ranking", unit=" points") as shown:
        found = [moments(-values if raised else values) for values in played(sets, outcome, seed, runs, threads, shown)]
    values = np.array([one.sums / one.n for one in found])
    return ranked(names, values, found, u, assumptions, runs, -1.0 if raised else 1.0)


def ranked(names, values, found, u, assumptions, runs, sign=1.0):
    """The ``Ranking`` from the outcomes [points, mechanisms] and the ``Moments`` of each point."""
    least = values.min(1, keepdims=True)
    best = values == least
    share = best / best.sum(1, keepdims=True)
    lead = np.array([_leads(row, one) for row, one in zip(values, found, strict=True)])
    regrets = values - least
    order = sorted(range(len(names)), key=lambda i: (-share[:, i].mean(), regrets[:, i].mean()))
    favourite = order[0]
    flips = np.array([_behind(row, one, favourite) for row, one in zip(values, found, strict=True)])
    best_name = np.array(names)[values.argmin(1)]
    rules = found_rules(assumptions, u, flips, best_name) if 0.02 < flips.mean() < 0.98 else []
    places = [Place(names[i], float(share[:, i].mean()), float((best[:, i] & lead).mean()), regrets[:, i]) for i in order]
    return Ranking(places, sign * values, names, u, flips, rules, runs)


def _leads(row, found):
    """Whether the best at a point leads all others by more than chance."""
    first = int(row.argmin())
    return all(_resolved(row, found, first, j) for j in range(len(row)) if j != first)


def _behind(row, found, favourite):
    """Whether some other is better than the favourite by more than chance."""
    return any(_resolved(row, found, j, favourite) for j in range(len(row)) if row[j] < row[favourite])


def _resolved(row, found, i, j):
    """Whether ``i`` is below ``j`` by ``Z`` standard errors of the paired difference; never by fewer than four runs."""
    gap = row[j] - row[i]
    return bool(gap * found.n >= 4 and gap > Z * np.sqrt(found.variance_of_difference(i, j) / found.n))


def found_rules(assumptions, u, flips, best):
    """The best rule of one threshold and the best of two, found on the even points and judged on the odd ones.

    ``best`` [points] names the best mechanism at each point.
    """
    values = [one.at(u[:, j]) for j, one in enumerate(assumptions)]
    cuts = [(j, above, one.at(np.array([q]))[0]) for j, one in enumerate(assumptions) for above in (True, False) for q in CUTS]
    holds = np.array([(values[j] > cut) if above else (values[j] <= cut) for j, above, cut in cuts])
    learn, judge = np.arange(len(u)) % 2 == 0, np.arange(len(u)) % 2 == 1
    out = []
    for chosen in best_rules(holds[:, learn], flips[learn]):
        inside = np.all(holds[list(chosen)], axis=0) & judge
        hits = int((inside & flips).sum())
        words = " and ".join(_words(assumptions[j], above, cut) for j, above, cut in (cuts[i] for i in chosen))
        rivals, counts = np.unique(best[inside & flips], return_counts=True)
        precision, coverage = hits / max(1, int(inside.sum())), hits / max(1, int((flips & judge).sum()))
        out.append(
            Rule(words, str(rivals[counts.argmax()]) if hits else "", precision, coverage, int(inside.sum()), int(judge.sum()))
        )
    return out


def best_rules(holds, flips):
    """The best single row of ``holds`` [rules, points] and the best pair, by the harmonic mean of precision and coverage."""
    weight = holds.astype(np.float32)
    size = weight @ weight.T
    hits = (weight * flips) @ weight.T
    size[size < LEAST * holds.shape[1]] = np.inf
    score = 2 * hits / (size + flips.sum())  # 2 p c / (p + c), with p = hits / size and c = hits / flips
    alone = int(np.diag(score).argmax())
    pair = np.unravel_index(int(score.argmax()), score.shape)
    return [(alone,), tuple(map(int, sorted(set(pair))))] if score[pair] > 1.02 * score[alone, alone] else [(alone,)]


def _words(one, above, cut):
    """A threshold as a reader says it: "nation.hold_fire > 0.3"."""
    sign = ">" if above else "<" if one.parameter.kind == "real" else "<="
    return f"{one.name} {sign} {cut:.3g}{f' {one.parameter.unit}' if one.parameter.unit else ''}"
