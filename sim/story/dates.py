"""How days and dates are written."""

from datetime import datetime, timedelta

from sim.model.setting.crisis import Crisis

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date(crisis: Crisis, minutes: float) -> str:
    """The date and time ``minutes`` after the start of ``crisis``: "16 Jan 2024 20:00"."""
    t = datetime.fromisoformat(crisis.start) + timedelta(minutes=int(minutes))
    return f"{t.day:2d} {MONTHS[t.month - 1]} {t.year} {t:%H:%M}"
