"""The table of targets as text."""

from itertools import groupby

from sim.plotting.paragraphs import wrapped
from sim.studies.calibration.options import TargetOptions
from sim.studies.calibration.target import CONTRAST, FITTED, HELD_OUT, Target
from sim.studies.calibration.targets import fitted_numbers

WIDE = 47  # characters of a quantity


def text(targets: list[Target], options: TargetOptions) -> str:
    """A heading for each basis and a line a target: what is known, what the model gives, and whether that is inside."""
    lines = [f"{'':<{WIDE}} {'known':>5} {'[95 %]':<12} {'model':>5}"]
    for basis, group in groupby(targets, key=lambda one: one.basis):
        lines += ["", basis, *(_line(one) for one in group)]
    about = [wrapped(options.case.words), ""] if options.case.words else []
    return "\n".join([*about, *lines, "", *_foot(targets, options)])


def _line(one: Target) -> str:
    """A target in a line."""
    known = "" if one.known != one.known else _short(one.known)
    inside = "" if one.role == CONTRAST else "in" if one.met else "OUT"
    own = f"[{_short(one.low)}, {_short(one.high)}]"
    return f"{one.quantity + f' ({one.cases:,})':<{WIDE}} {known:>5} {own:<12} {_short(one.value):>5} {inside:<3} {one.role[0]}"


def _short(value: float) -> str:
    """A share or ratio in few signs."""
    if value != value:
        return "none"
    digits = 2 if value >= 0.01 or value == 0.0 else 4
    return f"{value:.{digits}f}".removeprefix("0")


def _foot(targets: list[Target], options: TargetOptions) -> list[str]:
    """What the table says in all, and how to read it."""
    said = [
        f"{sum(t.met for t in targets if t.role == role)} of {sum(t.role == role for t in targets)} {role}"
        for role in (FITTED, HELD_OUT)
    ]
    return [
        f"Inside their own intervals: {said[0]} (f), {said[1]} (h) targets.",
        f"The fitted ones chose at least {len(fitted_numbers())} numbers: those whose source says so.",
        "In parentheses: the cases a target rests on. 'Within 32.5 h' is the share of",
        "values up to what that quantile of the cases was. MIE's intervals allow for",
        "clusters by pair of states. A contrast (c) is of another population, and no",
        "target. One crisis (January 2024) identifies almost nothing.",
        f"{options.runs:,} runs, seed {options.seed}; the chance in them is in summary.json.",
    ]
