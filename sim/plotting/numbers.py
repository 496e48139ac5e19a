"""Numbers as a reader wants them: as many figures as the interval allows, the interval beside the value."""

import math
from collections.abc import Callable, Iterable, Sequence

MINUS, NONE = "\u2212", "\u2013"  # a true minus, and a dash where there is no number


def decimals_for(low: float, high: float, shown: int = 2) -> int:
    """How many decimals show the width of an interval in ``shown`` figures."""
    width = abs(high - low)
    if not math.isfinite(width) or width == 0.0:
        return 3
    return max(0, min(9, shown - 1 - math.floor(math.log10(width))))


def signed(value: float, decimals: int) -> str:
    """A difference with its sign, a true minus, and no sign on a zero."""
    text = f"{value:+,.{decimals}f}"
    return text.replace("-", MINUS) if any(digit in text for digit in "123456789") else text[1:]


def plain(value: float, decimals: int) -> str:
    """A number with a true minus, and none on a zero."""
    return f"{value:z,.{decimals}f}".replace("-", MINUS)


def bracketed(triple: Iterable[float], scale: float = 1.0, write: Callable[[float, int], str] = plain, shown: int = 2) -> str:
    """A value and its interval: "0.039 [0.037, 0.041]", its width in ``shown`` figures; a dash where there is none."""
    value, low, high = (scale * x for x in triple)
    if math.isnan(value):
        return NONE
    decimals = decimals_for(low, high, shown)
    ends = ", ".join((MINUS if x < 0 else "") + "∞" if math.isinf(x) else write(x, decimals) for x in (low, high))
    return f"{write(value, decimals)} [{ends}]"


def whole(n: float) -> str:
    """A count of runs: "12,000"; large ones in three figures, since they are estimates."""
    if n >= 1e15:
        return f"{n:.1e}"
    digits = max(0, math.floor(math.log10(max(1, n))) - 2)
    return f"{round(n, -digits):,.0f}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def share(p: float) -> str:
    """A share in two figures and as few characters as can be: "0", ".00018", ".53", ">.999"."""
    if p < 1e-9 or p > 1 - 1e-9:
        return f"{p:.0f}"
    if p > 0.995:
        return f"{math.floor(1000 * p) / 1000:.3f}"[1:] if p < 0.999 else ">.999"
    return f"{p:.{max(2, 1 - math.floor(math.log10(p)))}f}"[1:] if p >= 1e-7 else f"{p:.0e}"
