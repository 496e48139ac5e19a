"""Play every cell of a design, and measure each: one tidy row a cell and quantity."""

import numpy as np

from sim.storage.cell_table import CellTable, about, summed
from sim.storage.provenance import write_listed


def save(folder, experiment, request, axes, cells, measured, gaps=None):
    """Write the tidy table (``table.parquet``) and the machine-readable summary (``summary.json``) of a study.

    ``measured`` yields the ``Measured`` of every one of ``cells`` in order, and ``gaps`` are their ``differences`` where there
    are such. Returns their chances of reaching each rung, [cells, 9, 3], which is all the figures need.
    """
    climbs = np.empty((len(cells), 9, 3))
    with CellTable(folder / "table.parquet", axes, cells) as rows:

        def told():
            for one, cell in zip(measured, cells, strict=True):
                rows.add(one, cell.labels)
                climbs[one.cell] = one.values[:9]
                yield summed(one, cell.labels) | _apart(gaps[one.cell] if gaps is not None else [])

        write_listed(folder / "summary.json", about(experiment, request, axes), "cells", told())
    return climbs


def _apart(gaps):
    """The differences of a cell from the one it is set against, for the summary; nothing for that one itself."""
    if not np.isfinite(gaps).any():
        return {}
    return {"differences": {f"peak>={rung}": triple for rung, triple in enumerate(np.asarray(gaps).tolist(), 1)}}
