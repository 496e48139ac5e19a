"""The kernels that are shipped, each with arguments of the types it is called with."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.engine import kernel, splitting
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis
from sim.runs import summary
from sim.statistics import histogram, incomplete_beta, kaplan_meier


def game() -> tuple[Any, ...]:
    """The kernel that plays runs, and its arguments."""
    return kernel._played, records([Crisis()]), 0, 1, 0, np.empty((1, len(kernel.ROW))), kernel.NO_LOG


def others() -> Iterator[tuple[Any, ...]]:
    """Every other kernel that Python calls, and its arguments."""
    incomplete_beta.ready()
    whole, real = np.zeros(1, np.int64), np.zeros(1)
    yield splitting._replicate, records([Crisis()]), 0, 1, 0, 1, real
    yield histogram.distinct, whole
    yield histogram.aligned, whole, whole, whole, whole
    yield kaplan_meier._outlived, real, real, 1.0
    yield kaplan_meier._medians, 1.0, whole, whole, whole, 0.5
    yield summary._counted, np.zeros((1, len(kernel.ROW))), whole, whole, 1
