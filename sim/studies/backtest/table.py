"""A backtest as tables and plain data."""

import math
from typing import Any

import numpy as np
import pyarrow as pa

from sim.history.baselines import EDGES
from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.backtest.cases import OFFSETS
from sim.studies.backtest.options import BacktestOptions
from sim.studies.backtest.scorecard import BINARY, MODEL, Scorecard

SKILL = "over climatology: 1 - score / score of climatology"
COLUMNS = (
    ("method", pa.string(), "", "who forecasts"),
    ("outcome", pa.string(), "", "time to strike, by day bins with a last one 'not by 90 d'; strike, higher, war within days"),
    ("days", pa.int64(), "days", "the horizon; null for the time"),
    ("forecasts", pa.int64(), "forecasts", "forecasts whose outcome is known"),
    ("crises", pa.int64(), "crises", "crises they are of"),
    ("pairs", pa.int64(), "pairs", "pairs of states: what is independent"),
    ("rate", pa.float64(), "", "share that came"),
    ("mean", pa.float64(), "", "mean forecast"),
    ("brier", pa.float64(), "", "mean Brier score; of the time, the ranked probability score"),
    ("log", pa.float64(), "nats", "mean logarithmic score"),
    *((f"{name}_skill{end}", pa.float64(), "", f"{words} score, {SKILL}{about}")
      for name, words in (("brier", "Brier"), ("log", "logarithmic"))
      for end, about in (("", ""), ("_low", "; lower end of 95 % by a bootstrap over pairs"), ("_high", "; upper end"))),
    ("auc", pa.float64(), "", "chance that what came had the higher probability"),
)  # fmt: skip


def table(card: Scorecard) -> pa.Table:
    """A row a method, outcome and horizon."""
    values = [
        (one.method, one.outcome, one.days or None, one.forecasts, one.crises, one.pairs, one.rate, one.mean, one.brier,
         one.log, *one.brier_skill, *one.log_skill, one.auc)
        for one in card.lines
    ]  # fmt: skip
    return parquet.table(COLUMNS, values)


def case_table(card: Scorecard) -> pa.Table:
    """A row a forecast: what the model said of the time to the next act of force, and when it came."""
    columns = [
        ("record", pa.string(), "", "name of the record"),
        ("pair", pa.string(), "", "pair of states"),
        ("day", pa.int64(), "days", "from the opening to the moment of the forecast"),
        ("came", pa.float64(), "days", "from then to the next act of force; null where none came while the record goes on"),
        ("followed", pa.float64(), "days", "for which the record goes on"),
        ("impossible", pa.bool_(), "", "the model could not produce the record, and forecast as if not told of it"),
        ("outside", pa.float64(), "", "share of the model's weight in which its background tells an entry"),
        *((f"by_{edge}", pa.float64(), "", f"model: P(an act of force within {edge} days)") for edge in EDGES),
    ]
    said = card.chances[MODEL]["strike"]
    values = [
        (
            one.record.name, one.pair, one.day, one.came["strike"].at if math.isfinite(one.came["strike"].at) else None,
            min(1e9, one.came["strike"].followed), one.impossible, one.told, *map(float, said[i]),
        )
        for i, one in enumerate(card.cases)
    ]  # fmt: skip
    return parquet.table(columns, values)


def summary(card: Scorecard, options: BacktestOptions) -> dict[str, Any]:
    """The scores as plain data."""
    about = {
        "experiment": "backtest", "records": options.records, "seed": options.seed, "runs": options.runs,
        "offsets": list(OFFSETS), "edges": list(EDGES), "outcomes": list(BINARY), "case": options.case.words,
        "made by": provenance(),
        "forecasts": len(card.cases), "impossible": int(np.sum([one.impossible for one in card.cases])),
        "better_in": {name: list(wins) for name, wins in card.wins.items()},
    }  # fmt: skip
    return about | {"scores": table(card).to_pylist()}
