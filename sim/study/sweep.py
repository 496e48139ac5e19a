"""Play every cell of a design, and measure each: one tidy row a cell and quantity."""

import itertools
import math

import numpy as np
import pyarrow as pa

from sim.record import table
from sim.record.provenance import provenance, write_json
from sim.study.measure import counted, estimates, merged
from sim.study.run import chunks

TIDY = (
    ("quantity", pa.string(), "", "what is measured: peak>=r, a time, or a column of the runs"),
    ("statistic", pa.string(), "", "probability (of reaching it by the horizon), mean, or median (Kaplan-Meier)"),
    ("value", pa.float64(), "as the quantity", "the estimate; null where a median is not reached"),
    ("low", pa.float64(), "as the quantity", "lower end of the 95 % interval; means of deaths and payoffs: too narrow"),
    ("high", pa.float64(), "as the quantity", "upper end of the 95 % interval"),
    ("n", pa.int64(), "runs", "runs the estimate rests on"),
)


def sweep(crises, seed, runs, threads=0, keep=None, label="runs"):
    """The estimates of every crisis: a list of lists of ``Estimate``, one a cell.

    ``keep`` is called with every ``Chunk`` of runs, where the runs themselves are wanted.
    """
    measured = []
    for cell, group in itertools.groupby(chunks(crises, seed, runs, threads, label), key=lambda chunk: chunk.cell):
        horizon, count = math.floor(crises[cell].horizon * 1440), None
        for chunk in group:
            if keep:
                keep(chunk)
            one = counted(chunk.rows, horizon)
            count = one if count is None else merged(count, one)
        measured.append(list(estimates(count)))
    return measured


def tidy(axes, labels, measured):
    """One table of all estimates: the cell, a column an axis, and the columns of ``TIDY``.

    ``labels`` holds a dict for each cell, from axis to value; an axis is a column of numbers if all its values are.
    """
    sizes = [len(cell) for cell in measured]
    flat = list(itertools.chain.from_iterable(measured))
    columns = {"cell": pa.array(np.repeat(np.arange(len(measured), dtype=np.int32), sizes))}
    schema = [table.field("cell", pa.int32(), "", "number of the cell")]
    for axis in axes:
        values = [cell[axis] for cell in labels]
        numeric = all(isinstance(value, (int, float)) for value in values)
        kind = pa.float64() if numeric else pa.string()
        column = [value if numeric else str(value) for value, size in zip(values, sizes, strict=True) for _ in range(size)]
        columns[axis] = pa.array(column, type=kind)
        schema.append(table.field(axis, kind, "", "what the cell sets"))
    for i, (name, kind, unit, meaning) in enumerate(TIDY):
        values = [_null(estimate[i]) for estimate in flat]
        columns[name] = pa.array(values, type=kind)
        schema.append(table.field(name, kind, unit, meaning))
    return pa.table(columns, schema=pa.schema(schema))


def _null(value):
    """None for a number that is not one."""
    return None if isinstance(value, float) and math.isnan(value) else value


def save(folder, experiment, request, axes, labels, measured):
    """Write the tidy table (``table.parquet``) and the machine-readable summary (``summary.json``) of a study."""
    table.write(folder / "table.parquet", tidy(axes, labels, measured))
    cells = [
        {
            "labels": label,
            "estimates": {e.quantity: [_null(e.value), _null(e.low), _null(e.high)] for e in cell if _headline(e)},
        }
        for label, cell in zip(labels, measured, strict=True)
    ]
    about = {"experiment": experiment, "seed": request.seed, "runs": request.runs, "interval": "95 %", "made by": provenance()}
    write_json(folder / "summary.json", about | {"axes": axes, "cells": cells})


def _headline(estimate):
    """Whether an estimate belongs in the summary: probabilities do, the rest is in the table."""
    return estimate.statistic == "probability"
