"""The signs on disk: a row a case, and a summary a program can read."""

from collections.abc import Sequence

import pyarrow as pa

from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.mechanism_signs.options import SignsOptions
from sim.studies.mechanism_signs.sign_tests import DISAGREES, Sign

TABLE = (
    ("section", pa.string(), "", "part of the table"),
    ("case", pa.string(), "", "the mechanism or the pair of crises compared"),
    ("changes", pa.string(), "", "what it changes"),
    ("event", pa.string(), "", "whose probability is compared"),
    ("predicted", pa.string(), "", "sign predicted; empty where none is"),
    ("before", pa.float64(), "probability", "of the event without the mechanism"),
    ("difference", pa.float64(), "probability", "with the mechanism less without it, or a difference of such differences"),
    ("low", pa.float64(), "probability", "lower end of the interval, 95 % together with all others"),
    ("high", pa.float64(), "probability", "upper end of the interval"),
    ("differing", pa.int64(), "runs", "runs in which any outcome differs"),
    ("n", pa.int64(), "runs", "runs of each crisis"),
    ("verdict", pa.string(), "", "what the interval says to the prediction"),
    ("why", pa.string(), "", "the reason, where the model disagrees"),
)


def rows(signs: Sequence[Sign]) -> list[tuple]:
    """A row a case, in the order of ``TABLE``."""
    return [
        (
            s.case.section, s.case.name.strip(), s.case.changes, s.case.event.words, s.case.predicted, s.before, s.value, s.low,
            s.high, s.differing, s.n, s.verdict, s.case.why if s.verdict == DISAGREES else "",
        )
        for s in signs
    ]  # fmt: skip


def tidy(signs: Sequence[Sign]) -> pa.Table:
    """The table of signs."""
    return parquet.table(TABLE, rows(signs))


def data(signs: Sequence[Sign], options: SignsOptions) -> dict:
    """The signs as plain data."""
    names = [name for name, *_ in TABLE]
    about = {"experiment": "signs", "seed": options.seed, "runs": options.runs, "interval": "95 % together (Bonferroni)"}
    every = [dict(zip(names, row, strict=True)) for row in rows(signs)]
    return about | {"case": options.case.words, "made by": provenance(), "signs": every}
