"""What each alternative works on, against the base: every way of ``sim.runs.ways``, and the outcome by an early day."""

from typing import NamedTuple

from sim.runs.ways import WAYS, Way
from sim.statistics.intervals import Triple
from sim.statistics.paired_differences import Moments, bonferroni_z, difference
from sim.statistics.ratio_of_means import ratio_difference, ratio_of_means
from sim.statistics.verdict import LOWERS, RAISES, SAME, verdict
from sim.studies.compare.paired_runs import Comparison


class Work(NamedTuple):
    """What an alternative does to one way."""

    label: str
    way: Way
    base: float  # its value under the base
    difference: Triple  # at 95 % together with all alternatives' and ways'
    verdict: str

    @property
    def told(self) -> bool:
        """Whether the runs tell that it changes it."""
        return self.verdict in (LOWERS, RAISES)


def works_on(comparison: Comparison) -> list[list[Work]]:
    """Of each alternative but the base what it does to each of ``WAYS``."""
    z = bonferroni_z((len(comparison.labels) - 1) * len(WAYS))
    return [
        [_work(label, way, sums, i + 1, z) for way, sums in zip(WAYS, comparison.played.ways, strict=True)]
        for i, label in enumerate(comparison.labels[1:])
    ]


def _work(label: str, way: Way, sums: Moments, i: int, z: float) -> Work:
    """What alternative ``i`` does to one way."""
    gap = ratio_difference(sums, i, 0, z)
    k = len(sums.sums) // 2
    alike = all(sums.variance_of_difference(one + i, one) == 0.0 and sums.sums[one + i] == sums.sums[one] for one in (0, k))
    return Work(label, way, ratio_of_means(sums, 0), gap, SAME if alike else verdict(gap, 1))


def early_differences(comparison: Comparison) -> list[Triple]:
    """Each alternative's difference in the outcome by the early day, at 95 % together; nothing where no run tells it."""
    sums = comparison.played.early
    if sums is None:
        return []
    z = bonferroni_z(len(comparison.labels) - 1)
    return [difference(sums, i, 0, z, True) for i in range(1, len(comparison.labels))]
