"""What an interval of a difference allows to be said: it lowers, it raises, the runs do not tell, or it is the same."""

LOWERS, RAISES, UNRESOLVED, SAME = "lowers", "raises", "unresolved", "same"


def verdict(interval: tuple[float, float, float], differing: int) -> str:
    """What an interval of a difference, and the number of runs that differ at all, allow to be said."""
    _, low, high = interval
    if differing == 0:
        return SAME
    return LOWERS if high < 0.0 else RAISES if low > 0.0 else UNRESOLVED
