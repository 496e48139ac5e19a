"""Where does a favourite lose its place? A rule of one or two thresholds on the assumptions that says so, if any can.

Rules are found on half of the points and judged on the other half (after PRIM: Friedman & Fisher 1999; scenario discovery:
Bryant & Lempert 2010). One is kept only where, on the points it was not found on, the exact interval of its precision lies
wholly above that of the rate outside it: whatever is no better than the base rate is no rule.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.runs.points import Varied
from sim.statistics.intervals import Triple, clopper_pearson
from sim.statistics.paired_differences import bonferroni_z, leaders

CUTS = (0.2, 0.4, 0.6, 0.8)  # quantiles at which a rule may cut a field
LEAST = 0.05  # a rule must hold at this share of the points it is found on


class Rule(NamedTuple):
    """Where the ranking flips, in words, and how well that holds on points it was not found on."""

    words: str
    instead: list[str]  # the alternatives that may be most often best at the flips inside it: one, or a tie
    precision: Triple  # share of the rule's points that flip ("density"), with the interval it was judged by
    outside: Triple  # share of the other points that flip, likewise
    coverage: float  # share of the flips inside the rule
    inside: int  # points the rule holds at
    of: int  # points it was judged on
    flips: int  # those of them that flip


def rules(assumptions: Sequence[Varied], u: np.ndarray, flips: np.ndarray, share: np.ndarray, names: list[str]) -> list[Rule]:
    """The rules that hold on the odd points, of the best of one threshold and the best of two on the even ones; often none.

    ``u`` [points, assumptions] are the points as uniforms, ``flips`` [points] where the favourite is behind, ``share`` [points,
    alternatives] how far each of ``names`` is the best at a point.
    """
    values = [one.at(u[:, j]) for j, one in enumerate(assumptions)]
    cuts = [(j, above, one.at(np.array([q]))[0]) for j, one in enumerate(assumptions) for above in (True, False) for q in CUTS]
    holds = np.array([(values[j] > cut) if above else (values[j] <= cut) for j, above, cut in cuts])
    learn, judge = np.arange(len(u)) % 2 == 0, np.arange(len(u)) % 2 == 1
    if not flips[learn].any():
        return []
    chosen = candidates(holds[:, learn], flips[learn])
    found = []
    for one in chosen:
        words = " and ".join(threshold(assumptions[j], above, cut) for j, above, cut in (cuts[i] for i in one))
        found.append(judged(words, np.all(holds[list(one)], axis=0)[judge], flips[judge], share[judge], names, len(chosen)))
    return [rule for rule in found if rule.precision[1] > rule.outside[2]]


def judged(words: str, inside: np.ndarray, flips: np.ndarray, share: np.ndarray, names: list[str], tried: int) -> Rule:
    """The ``Rule`` on points it was not found on; its two intervals hold at 95 % together for all rules ``tried``."""
    hits, missed, z = int((inside & flips).sum()), int((~inside & flips).sum()), bonferroni_z(2 * tried)
    within, beyond = int(inside.sum()), int((~inside).sum())
    precision, outside = (_share(*counts, z) for counts in ((hits, within), (missed, beyond)))
    instead = leaders(share[inside & flips], names) if hits else []
    return Rule(words, instead, precision, outside, hits / max(1, hits + missed), within, len(flips), hits + missed)


def _share(k: int, n: int, z: float) -> Triple:
    """A share and its exact interval; of nothing, anything."""
    return clopper_pearson(k, n, z) if n else (0.0, 0.0, 1.0)


def candidates(holds: np.ndarray, flips: np.ndarray) -> list[tuple[int, ...]]:
    """The best single row of ``holds`` [rules, points] and the best pair, by the harmonic mean of precision and coverage."""
    weight = holds.astype(np.float32)
    size = weight @ weight.T
    hits = (weight * flips) @ weight.T
    size[size < LEAST * holds.shape[1]] = np.inf
    score = 2 * hits / (size + flips.sum())  # 2 p c / (p + c), with p = hits / size and c = hits / flips
    alone = int(np.diag(score).argmax())
    pair = np.unravel_index(int(score.argmax()), score.shape)
    return [(alone,), tuple(map(int, sorted(set(pair))))] if score[pair] > 1.02 * score[alone, alone] else [(alone,)]


def threshold(one: Varied, above: bool, cut: float) -> str:
    """A threshold as a reader says it: "nation.hold_fire > 0.3"."""
    sign = ">" if above else "<" if one.parameter.kind == "real" else "<="
    return f"{one.name} {sign} {cut:.3g}{f' {one.parameter.unit}' if one.parameter.unit else ''}"
