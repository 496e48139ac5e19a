"""Rare events in words: a small number with its interval, what to beware of, and what a figure's small print says."""

from collections.abc import Sequence

from sim.design.options import RareOptions
from sim.model.ladder import WAR
from sim.plotting.names import cased
from sim.plotting.numbers import MINUS, NONE
from sim.runs.rare_events import SHAKY, Replicates, interval, shaky
from sim.statistics.intervals import Triple


def written(triple: Triple) -> str:
    """A small number and its interval in three figures: "9.54e-07 [9.1e-07, 1e-06]"; a dash where there is none."""
    value, low, high = (f"{x:.3g}".replace("-", MINUS) if x < 0 else f"{x:.3g}" for x in triple)
    return NONE if value == "nan" else f"{value} [{low}, {high}]"


def warnings(cells: Sequence[Replicates], rung: int) -> list[str]:
    """A sentence where replicates are too far apart for intervals to hold, and one where nothing was reached."""
    never = sum(not cell.estimates[:, rung].any() for cell in cells)
    loose = sum(shaky(cell.estimates[:, rung]) for cell in cells)
    said = []
    if loose:
        said.append(
            f"In {loose} of {len(cells)} cells replicates of P(peak >= {rung}) differ by more than {SHAKY:.0%} of their mean "
            "(one standard deviation): intervals may miss what few of them saw; ask for more particles."
        )
    if never:
        said.append(f"In {never} of {len(cells)} cells no particle reached rung {rung}: only an upper bound is given.")
    return said


def curve(cell: Replicates) -> list[tuple[float, ...]]:
    """P(peak >= r) for r = 1 to 9: three tuples, values and ends of intervals."""
    return list(zip(*(interval(cell.estimates[:, rung], cell.particles) for rung in range(1, WAR + 1)), strict=True))


def note(options: RareOptions, drawn: bool = True) -> str:
    """The small print: the case, how it was estimated, the interval where it is ``drawn``."""
    sure = " 95 % intervals," if drawn else ""
    return cased(options, f"Multilevel splitting, {options.effort} a point,{sure} seed {options.seed}.")
