"""The accepted set as text: how many of how many, what rules the others out, and what the targets teach of each number."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.design.uncertainty import Assumption
from sim.plotting.numbers import share
from sim.plotting.paragraphs import table, wrapped
from sim.studies.calibration.implausibility import CUTOFF, DISCREPANCY, JOINT, TRIED, accepted, limit, ruled_out
from sim.studies.calibration.options import TargetOptions

SHOWN = 12  # numbers that are told


def acceptance_text(
    varied: Sequence[Assumption], values: np.ndarray, far: np.ndarray, names: Sequence[str], options: TargetOptions
) -> str:
    """The whole answer."""
    kept = accepted(far)
    parts = [
        wrapped(" ".join(_about(kept, far, len(varied), options))),
        f"What rules candidates out, the first that does (share of all):\n{table(_ruling(far, names))}",
        f"What is learnt of each number (the {SHOWN} of which most is):\n{table(_learnt(varied, values, kept))}",
        wrapped(" ".join(_otherwise(far))),
    ]
    return "\n\n".join(parts)


def _about(kept: np.ndarray, far: np.ndarray, numbers: int, options: TargetOptions) -> Iterator[str]:
    """What was tried, what acceptance means, and how many are accepted."""
    yield (
        f"Accepted: {int(kept.sum()):,} of {len(kept):,} candidates over the plausible ranges of {numbers} numbers, "
        f"{options.accept_runs:,} runs of each, seed {options.seed}."
    )
    most = limit(far.shape[1])
    yield (
        f"Accepted means: no fitted target is {CUTOFF:g} or more standard deviations off (of its cases, of the runs, and of a "
        f"discrepancy of {DISCREPANCY:g} together), and the sum of squares over all {far.shape[1]} is below {most:.1f}, "
        f"which right numbers would exceed in {JOINT:g} of the cases."
    )


def _ruling(far: np.ndarray, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The targets that rule out most, a row each: those that are first to do so, as the targets are asked in their order."""
    first, together = ruled_out(far)
    order = [j for j in np.argsort(-first, kind="stable")[:SHOWN] if first[j] > 0]
    rows = [(names[j], share(float(first[j]))) for j in order]
    return [("target", "rules out"), *rows, ("all together", share(together))]


def _learnt(varied: Sequence[Assumption], values: np.ndarray, kept: np.ndarray) -> list[tuple[str, ...]]:
    """The numbers whose accepted values are furthest from the whole range, by the gap of the two distributions."""
    rows = []
    for j, one in enumerate(varied):
        own, every = np.sort(values[kept, j]), np.sort(values[:, j])
        gap = np.abs(np.subtract(*(np.searchsorted(x, every, "right") / len(x) for x in (own, every)))).max()
        low, middle, high = np.quantile(own, [0.05, 0.5, 0.95])
        rows.append(
            (gap, (one.name, f"{one.low:g} to {one.high:g}", f"{middle:.3g} [{low:.3g}, {high:.3g}]", share(float(gap))))
        )
    rows.sort(key=lambda row: -row[0])
    return [("number", "range", "accepted, 90 %", "gap"), *(row for _, row in rows[:SHOWN])]


def _otherwise(far: np.ndarray) -> Iterator[str]:
    """How many other rules would accept."""
    yield "The gap is the largest difference between the distributions of accepted and of all candidates (0: nothing learnt)."
    told = [
        f"{int(accepted(far, discrepancy, cutoff).sum()):,} with a discrepancy of {discrepancy:g} and a cutoff of {cutoff:g}"
        for discrepancy, cutoff in TRIED[1:]
    ]
    yield f"Other rules would accept {', '.join(told)}."
