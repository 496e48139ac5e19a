"""What ``records`` may be asked."""

from dataclasses import dataclass

from sim.model.parameter import check, text, whole


@dataclass(frozen=True)
class RecordsOptions:
    """What ``records`` is asked; the record that is told stands in the group ``record``."""

    mie: str = text("", "the original file of MIE 1.0 (mie-1.0.csv), to be made into records")
    to: str = text("", "where those records are written, one a line: a new file that ends in .jsonl")
    since: int = whole(1946, 1816, 2100, "crises that open before this year are left out", unit="year", source="")

    def __post_init__(self) -> None:
        check(self)
