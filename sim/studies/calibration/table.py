"""Targets as a table, a row each, and as plain data."""

from collections.abc import Sequence

import pyarrow as pa

from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.calibration.options import TargetOptions
from sim.studies.calibration.target import Target
from sim.studies.calibration.targets import fitted_numbers

COLUMNS = (
    ("quantity", pa.string(), "", "what is known of real crises: a share, or a ratio of hazards (times)"),
    ("basis", pa.string(), "", "whose cases"),
    ("role", pa.string(), "", "fitted: numbers of the model were chosen by it; held out: none was; contrast: no target"),
    ("known", pa.float64(), "as the quantity", "its known value; null where there is a single case"),
    ("low", pa.float64(), "as the quantity", "lower end of the 95 % interval its cases leave"),
    ("high", pa.float64(), "as the quantity", "upper end of that interval"),
    ("cases", pa.int64(), "cases", "cases it rests on"),
    ("value", pa.float64(), "as the quantity", "the model's value; null where no run tells it"),
    ("value_low", pa.float64(), "as the quantity", "lower end of its 95 % interval, chance in the runs alone"),
    ("value_high", pa.float64(), "as the quantity", "upper end of that interval"),
    ("runs", pa.int64(), "runs or acts", "runs it rests on, or acts"),
    ("met", pa.bool_(), "", "whether the model's value lies in the target's own interval"),
)


def table(targets: Sequence[Target]) -> pa.Table:
    """The targets, a row each."""
    schema = pa.schema([parquet.field(*column) for column in COLUMNS])
    columns = {name: pa.array([row[name] for row in map(_row, targets)], kind) for name, kind, _, _ in COLUMNS}
    return pa.table(columns, schema=schema)


def summary(targets: Sequence[Target], options: TargetOptions) -> dict:
    """The targets, and which numbers of the model were chosen by some, as plain data."""
    about = {"seed": options.seed, "runs": options.runs, "fitted numbers": fitted_numbers(), "made by": provenance()}
    return about | {"case": options.case.words, "targets": [_row(target) for target in targets]}


def _row(target: Target) -> dict:
    """A target by column: what is not a number is null."""
    told = {key: None if value != value else value for key, value in target._asdict().items() if key != "ratio"}
    return told | {"met": target.met}
