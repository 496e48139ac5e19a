"""What a forecast is asked."""

from dataclasses import dataclass

from sim.design.options import Options
from sim.model.parameter import real, text, whole


@dataclass(frozen=True)
class ForecastOptions(Options):
    """What ``forecast`` is asked; the record stands in the group ``record``, what is varied in ``assumptions``."""

    runs: int = whole(8000, 100, 10**7, "particles that follow the record, in all filters together", unit="runs", source="")
    filters: int = whole(8, 2, 1000, "independent filters, whose scatter is the interval for chance", unit="filters", source="")
    asof: str = text("", "the moment up to which the record is known: a day (to its end) or a time with its offset; empty: all")
    days: int = whole(90, 7, 3650, "how far ahead", unit="days", source="")
    draws: int = whole(
        48, 0, 10_000, "draws of the assumptions, for the interval for ignorance (0: none)", unit="draws", source=""
    )
    background: float = real(
        0.1, 0, 1000, "acts of a recorded kind that a side does a year and the model leaves out", unit="per year", source=""
    )
    own_records: int = whole(
        40, 0, 10_000, "records of the model's own that the surprise is judged by (0: it is not)", unit="records", source=""
    )
    journal: str = text("", "a file .jsonl to which the forecast is added, beside those made before")

    @property
    def particles(self) -> int:
        """Of each filter."""
        return max(50, self.runs // self.filters)
