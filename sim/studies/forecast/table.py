"""A forecast as tables and plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from sim.history.base_rates import library, mie
from sim.history.forecasting import Estimate
from sim.history.library import others
from sim.history.outcomes import DAY, HORIZONS, QUANTITIES
from sim.model.ladder import RUNGS
from sim.storage import parquet
from sim.storage.provenance import provenance

if TYPE_CHECKING:
    from sim.studies.forecast.compute import Forecast

COLUMNS = (
    ("alternative", pa.string(), "", "as it is, or the mechanism put in force at the moment of the forecast"),
    ("quantity", pa.string(), "", "; ".join(f"{key}: {words}" for key, words in QUANTITIES.items())),
    ("days", pa.int64(), "days", "within so many days"),
    ("value", pa.float64(), "", "its probability"),
    ("low", pa.float64(), "", "lower end of its 95 % interval, for chance in the particles"),
    ("high", pa.float64(), "", "upper end of that interval"),
    ("drawn", pa.float64(), "", "its mean over draws of the assumptions, each weighed by the record's probability under it"),
    ("drawn_low", pa.float64(), "", "5th percentile of those draws: ignorance of the numbers"),
    ("drawn_high", pa.float64(), "", "95th percentile of those draws"),
    ("difference", pa.float64(), "", "what the mechanism changes, on the same particles and chances"),
    ("difference_low", pa.float64(), "", "lower end of its 95 % interval, for chance"),
    ("difference_high", pa.float64(), "", "upper end of that interval"),
    ("mie", pa.float64(), "", "share of new blows in MIE 1.0 that it followed"),
    ("library", pa.float64(), "", "share of the other records in which it followed as long after their opening (Jeffreys)"),
    ("library_cases", pa.int64(), "records", "records that tell"),
)


class Row(NamedTuple):
    """A row of the table; ``cell`` is the number of the alternative."""

    cell: int
    alternative: str
    quantity: str
    days: int
    chance: Estimate
    ignorance: Estimate | None
    difference: Estimate | None
    mie: float | None
    library: float
    library_cases: int


def horizons(found: Forecast) -> list[int]:
    """The numbers of days that are told."""
    days = found.options.days
    return [one for one in HORIZONS if one < days] + [days]


def rows(found: Forecast) -> list[Row]:
    """Every row."""
    return [
        _row(found, cell, quantity, days)
        for cell in range(len(found.names))
        for quantity in QUANTITIES
        for days in horizons(found)
    ]


def _row(found: Forecast, cell: int, quantity: str, days: int) -> Row:
    """A quantity within so many days under one mechanism, with the base rates beside it."""
    rate, share = mie(quantity, days), library(others(found.record), found.known.end, quantity, days)
    return Row(
        cell,
        found.names[cell],
        quantity,
        days,
        found.pool.chance(cell, quantity, days),
        found.draws.chance(cell, quantity, days) if found.draws else None,
        found.pool.difference(cell, quantity, days) if cell else None,
        rate.value if rate else None,
        share.value,
        share.cases,
    )


def journalled(found: Forecast) -> list[dict]:
    """What a journal keeps: the forecast with no mechanism put in force."""
    return [
        {"quantity": row.quantity, "days": row.days} | dict(zip(("value", "low", "high"), map(float, row.chance), strict=True))
        for row in rows(found)
        if row.cell == 0
    ]


def table(found: Forecast) -> pa.Table:
    """A row for each alternative, outcome and number of days."""
    nothing = (None, None, None)
    values = [
        (
            row.alternative, row.quantity, row.days, *row.chance, *(row.ignorance or nothing), *(row.difference or nothing),
            row.mie, row.library, row.library_cases,
        )
        for row in rows(found)
    ]  # fmt: skip
    return parquet.table(COLUMNS, values)


def day_table(found: Forecast) -> pa.Table:
    """The probability of each crisis rung at the start of each day to come, with no mechanism put in force."""
    columns = [("day", pa.int64(), "days", "days from the moment of the forecast")]
    columns += [
        (f"rung_{rung}", pa.float64(), "", f"probability of the crisis rung {rung}: {RUNGS[rung]}") for rung in range(10)
    ]
    shares = found.pool.rungs(0)
    return parquet.table(columns, [(day, *map(float, row)) for day, row in enumerate(shares)])


def entry_table(found: Forecast) -> pa.Table:
    """The entries that were held against the model."""
    columns = (
        ("entry", pa.int64(), "", "its number in the record"),
        ("kind", pa.string(), "", "what happened"),
        ("actor", pa.string(), "", "by whom"),
        ("from", pa.float64(), "days", "start of its window, from the opening"),
        ("until", pa.float64(), "days", "end of its window"),
        ("foreseen", pa.float64(), "", "how likely it was in this window, and nothing else by its end, given all before it"),
    )
    values = [
        (one.entry.number, one.entry.kind, one.entry.actor, one.entry.earliest / DAY, one.entry.latest / DAY, one.probability)
        for one in found.foreseen
    ]
    return parquet.table(columns, values)


def summary(found: Forecast) -> dict:
    """The forecast as plain data."""
    options = found.options
    about = {
        "experiment": "forecast", "record": found.record.name, "asof": options.asof, "minute": found.known.end,
        "seed": options.seed, "runs": options.runs, "filters": options.filters, "background": options.background,
        "case": options.case.words, "made by": provenance(),
        "log_evidence": list(found.pool.evidence), "effective": found.pool.effective,
        "draws": len(found.draws.weights) if found.draws else 0,
        "effective_draws": found.draws.effective if found.draws else None,
        "less_likely": found.less_likely, "told_by_background": [round(float(x), 6) for x in found.pool.told],
    }  # fmt: skip
    return about | {"forecasts": table(found).to_pylist(), "entries": entry_table(found).to_pylist()}
