"""What a backtest is asked."""

from dataclasses import dataclass

from sim.design.options import Options
from sim.model.parameter import real, text, whole


@dataclass(frozen=True)
class BacktestOptions(Options):
    """What ``backtest`` is asked. The crisis gives the numbers of every pair alike; openings and names are the records'."""

    runs: int = whole(2000, 50, 10**7, "particles that follow each record to each moment", unit="runs", source="")
    filters: int = whole(4, 2, 100, "independent filters they are in", unit="filters", source="")
    records: str = text("library", "library, or a file of records that ends in .jsonl (escalation records mie=FILE makes one)")
    background: float = real(
        0.1, 0, 1000, "acts of a recorded kind that a side does a year and the model leaves out", unit="per year", source=""
    )
    most: int = whole(0, 0, 10**6, "crises that are looked at, evenly spread over the file (0: all)", unit="crises", source="")
    era: int = whole(
        0, 0, 2100, "year from which crises are forecast, the earlier ones being all that baselines learn from (0: folds)",
        unit="year", source="",
    )  # fmt: skip

    @property
    def particles(self) -> int:
        """Of each filter."""
        return max(25, self.runs // self.filters)
