"""Times as records have them: a clock time or a day, and how surely it is known, as a window of two moments."""

import re
from datetime import UTC, datetime, timedelta

UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
AROUND = re.compile(r"(\d{1,4}) (minute|hour|day)s?", re.ASCII)
PRECISIONS = "exact, day, or so many minutes, hours or days either way (2 hours)"


def window(time: str, precision: str, offset: str) -> tuple[datetime, datetime]:
    """The first moment of the window and the first after it, in UTC. Raises ``ValueError`` with what is wrong.

    ``time`` is ISO 8601: a day, or a clock time with its offset from UTC. ``offset`` is that of days.
    """
    if DAY.fullmatch(time):
        first = moment(f"{time}T00:00{offset}")
        last = first + UNITS["day"]
        margin = timedelta() if precision == "day" else _margin(precision)
        return first - margin, last + margin
    at = moment(time)
    if precision == "exact":
        return at, at + UNITS["minute"]
    if precision == "day":
        return window(time[:10], "day", at.strftime("%z") if offset == "" else offset)
    margin = _margin(precision)
    return at - margin, at + margin


def moment(time: str) -> datetime:
    """A moment in UTC from ISO 8601 with an offset. Raises ``ValueError``."""
    try:
        at = datetime.fromisoformat(time)
        if at.tzinfo is None:
            raise ValueError
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"time must be a day (2024-01-17) or a time with its offset (2024-01-16T20:00+05:00), got {time!r}"
        ) from None


def _margin(precision: str) -> timedelta:
    """How far a time may be off, either way."""
    match = AROUND.fullmatch(precision)
    if not match or int(match[1]) == 0:
        raise ValueError(f"precision must be {PRECISIONS}, got {precision!r}")
    return int(match[1]) * UNITS[match[2]]
