"""Many crises that differ in numbers alone, each played on the same chances: points of a sample over assumptions.

The numbers are written straight into the records the compiled clock reads: a million crises cost no configuration.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.engine import kernel
from sim.model.parameter import IN_MINUTES, records


def drawn(crisis, assumptions, u, mechanism=""):
    """The records of ``crisis`` with the assumptions at the uniforms ``u`` [points, len(assumptions)]: [points].

    An assumption about a mechanism's own numbers is set where its name is ``mechanism``.
    """
    out = np.repeat(records([crisis]), len(u))
    for j, one in enumerate(assumptions):
        values = one.at(u[:, j]) * IN_MINUTES.get(one.parameter.unit, 1.0)
        for part, field in one.places:
            if part in out.dtype.names:
                out[part][field] = values
            elif part == mechanism:
                out["mechanism"][field] = values
    return out.view(np.recarray)


def played(point_sets, outcome, seed, runs, threads=0, bar=None, stride=0):
    """The outcome of every run at every point: yields, point by point, an array [len(point_sets), runs].

    ``point_sets`` are arrays of records [points], such as the same points under several mechanisms. Run i meets the same
    chances in every set, and at every point too unless each point's first run is ``stride`` further on than the last's.
    """

    def job(i):
        values = np.empty((len(point_sets), runs))
        for k, points in enumerate(point_sets):
            values[k] = outcome.values(kernel.play_record(points, i, seed, runs, i * stride))  # numbers already checked
        return values

    count = len(point_sets[0])
    with ThreadPoolExecutor(threads or kernel.threads()) as pool:
        for start in range(0, count, 64):
            for values in pool.map(job, range(start, min(count, start + 64))):
                if bar is not None:
                    bar.update(1)
                yield values
