"""The moment of a forecast, as a minute of its record."""

from datetime import datetime, timedelta

from sim.design.errors import InputError
from sim.history.moment import DAY, moment, window
from sim.history.record import Record


def moment_of(found: Record, text: str) -> int:
    """The minute up to which a record is known: the end of a day, a time, or the record's end. Raises ``InputError``."""
    if not text:
        return found.end
    zero = datetime.fromisoformat(found.start)
    try:
        at = window(text, "day", f"{zero:%z}"[:3] + ":" + f"{zero:%z}"[3:])[1] if DAY.fullmatch(text) else moment(text)
    except (ValueError, OverflowError):
        raise InputError(
            f"asof must be a day (2024-01-18) or a time with its offset (2024-01-18T12:00+05:00), got {text!r}"
        ) from None
    minute = int((at - zero) / timedelta(minutes=1))
    if minute <= found.opening.latest:
        raise InputError(f"asof must lie after the opening ({found.start[:10]}), got {text!r}")
    if minute > found.end:
        last = (zero + timedelta(minutes=found.end)).isoformat(timespec="minutes")
        raise InputError(f"asof must lie before the record's end ({last}); move record.end there first, got {text!r}")
    return minute
