"""What drives a sweep over Saltelli's sample: its Sobol indices as lines of text and as a figure."""

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.design.options import SweepOptions
from sim.model.setting.crisis import Crisis
from sim.model.text import counted
from sim.plotting.names import cased, nations_of, readable
from sim.plotting.numbers import bracketed
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.paragraphs import table, wrapped
from sim.plotting.tornado import drivers, shares
from sim.studies.sweep.sobol import CHANCE, Share

SHOWN = 20
NEGLIGIBLE = 0.05  # share of the variance
MUCH = ": that is much, and another seed may rank the fields otherwise. Play more runs."


def ranked(found: Sequence[Share], rung: int) -> tuple[list[Share], float]:
    """The fields' shares at a rung, largest total first ([] if it does not vary), and what chance may add to the variance."""
    fields = [one for one in found if one.rung == rung and one.field != CHANCE]
    added = next((one.total[0] for one in found if one.rung == rung and one.field == CHANCE), 0.0)
    return sorted(fields, key=lambda one: -one.total[0]), added


def sobol_table(found: Sequence[Share], rung: int, points: int, runs: int) -> str:
    """The indices of P(peak >= rung) as text."""
    fields, added = ranked(found, rung)
    if not fields:
        return f"P(peak >= {rung}) does not vary over the sample: there is nothing to explain."
    about = (
        f"What drives P(peak >= {rung})? Sobol indices, {counted(points, 'point')} of {counted(runs, 'run')}, 95 % bootstrap "
        f"intervals over the points. All share the same chances: a field that touches nothing is exactly 0. Independent runs "
        f"would have added {100 * added:.0f} % of the variance{'.' if added <= NEGLIGIBLE else MUCH}"
    )
    rows = [("field", "total index", "first order")]
    rows += [(one.field, bracketed(one.total), bracketed(one.first)) for one in fields[:SHOWN]]
    rest = len(fields[SHOWN:])
    more = f"\nand {rest} more, none with a larger total index" if rest else ""
    first = drivers([one.field for one in fields], [one.total for one in fields])
    return "\n".join([wrapped(about), wrapped(first), f"{table(rows)}{more}"])


def sobol_figure(found: Sequence[Share], points: int, options: SweepOptions, crisis: Crisis) -> dict[str, Figure]:
    """Total and first-order indices of the rung asked for, largest first; none where nothing varies."""
    fields, added = ranked(found, options.rung)
    if not fields:
        return {}
    shown = fields[:SHOWN]
    told = [readable(one.field, nations_of(crisis)) for one in fields]
    first = drivers(told, [one.total for one in fields])
    names = [textwrap.fill(name, 34) for name in told[:SHOWN]]
    tall = (0.24 + 0.12 * max(name.count("\n") for name in names)) * len(shown)
    figure, (axes,) = panel_grid(f"What drives P(peak ≥ {options.rung})?", (tall,))
    shares(axes, shown)
    axes.set_yticks(range(len(shown))[::-1], names)
    axes.tick_params(axis="y", length=0)
    small_print(
        figure,
        cased(
            options,
            f"{first} Sobol indices over {counted(len(fields), 'field')}, {len(shown)} drawn; n = {counted(points, 'point')} "
            "of "
            f"{counted(options.runs, 'run')}, the same chances at every point, seed {options.seed}. Varied: those fields, over "
            f"the ranges of the sample. Lines: 95 % bootstrap intervals over the points. Independent "
            f"runs would have added {100 * added:.0f} % of the variance{'.' if added <= NEGLIGIBLE else MUCH}",
        ),
    )
    return {"indices": figure}
