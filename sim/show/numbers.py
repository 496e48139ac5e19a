"""Numbers as a reader wants them: as many figures as the interval allows, the interval beside the value."""

import math


def figures(low, high, least=0):
    """How many decimals show the width of an interval in two figures."""
    width = abs(high - low)
    if not math.isfinite(width) or width == 0.0:
        return max(least, 3)
    return max(least, min(9, 1 - math.floor(math.log10(width))))


def signed(value, decimals):
    """A difference with its sign, a true minus, and no sign on a zero."""
    text = f"{value:+,.{decimals}f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text[1:]


def plain(value, decimals):
    """A number with a true minus."""
    return f"{value:,.{decimals}f}".replace("-", "−")


def bracketed(triple, scale=1.0, write=plain):
    """A value and its interval: "0.039 [0.037, 0.041]"; a dash where there is none."""
    value, low, high = (scale * x for x in triple)
    if math.isnan(value):
        return "–"
    decimals = figures(low, high)
    ends = ", ".join("∞" if math.isinf(x) else write(x, decimals) for x in (low, high))
    return f"{write(value, decimals)} [{ends}]"


def whole(n):
    """A count of runs: "12,000"; large ones in three figures, since they are estimates; "no number of" for infinity."""
    if math.isinf(n):
        return "no number of"
    if n >= 1e15:
        return f"{n:.1e}"
    digits = max(0, math.floor(math.log10(max(1, n))) - 2)
    return f"{round(n, -digits):,.0f}"


def listed(words):
    """Words in a row: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
