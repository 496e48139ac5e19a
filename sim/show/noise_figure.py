"""Equilibria over the noise: a column a mechanism."""

from sim.show.comparison import literal, sheet, shown
from sim.show.hazard import CHOSEN, FIXED, noise_column
from sim.show.style import GREY, INK, NOTE, PALETTE, TEXT, small_print
from sim.show.words import readable

TINTS = (PALETTE[2], PALETTE[4], PALETTE[3], PALETTE[5], PALETTE[0])
ACROSS = 6  # columns on a page at the most


def note(request, *more):
    """The small print: runs, seed, and what the marks mean."""
    return " ".join([f"n = {request.runs:,} runs of each pair or more, same chances, seed {request.seed}.", *more])


def noise_figure(found, put, title, request):
    """A column a mechanism: is what is watched an equilibrium, and what does escalation cost, over the noise."""
    columns, watched = min(ACROSS, len(found)), list(found[0][0].answer.watched)
    words = 0.13 * len(watched)  # inches above the axes for where each stops
    each = 3.0 + words
    height = 1.15 + each * -(-len(found) // columns)
    figure = sheet(height, f"{title}: equilibria over the noise")
    tops, gap = scales(found, request.rung), 0.9 / columns
    for k, games in enumerate(found):
        row, column = divmod(k, columns)
        ceiling = 1 - (0.62 + words + each * row) / height
        boxes = [(0.085 + gap * column, ceiling - below / height, gap - 0.025, 1.1 / height) for below in (1.25, 2.5)]
        upper, lower = noise_column(*map(figure.add_axes, boxes), games, request.rung, TINTS)
        scaled(upper, lower, games, tops, columns <= 2)
        upper.set_title(shown(games[0].mechanism), loc="left", fontsize=TEXT, color=INK, pad=6 + 9 * len(watched))
        upper.set_ylabel("" if column else "regret, deaths", fontsize=NOTE)
        lower.set_ylabel("" if column else f"P(peak ≥ {request.rung}), %", fontsize=NOTE)
        if column:
            upper.set_yticklabels([])
            lower.set_yticklabels([])
    legend(figure, watched)
    figure.text(0.5, 0.56 / height, readable(put.varied), fontsize=TEXT, color=GREY, ha="center", va="center")
    marks = (
        "Filled: an equilibrium in half of the resamples or more. Dashed: where it stops being one. Grey: span of all "
        "equilibria. Bands and bars: 95 %."
    )
    small_print(figure, note(request, marks))
    return figure


def scales(found, rung):
    """The upper ends of all columns' scales: of regrets, and of probabilities."""
    games = [one for games in found for one in games]
    top = max(1e-9, *(each.regret[2] for one in games for each in one.answer.watched.values()))
    peak = max(max(one.worst(rung)[0], one.fixed.peaks[rung - 1][2], one.peak(rung)[2]) for one in games)
    return top, peak


def scaled(upper, lower, games, tops, every):
    """Both axes of a column on the scales ``tops``, with ticks at ``every`` value of the noise or at its ends."""
    top, peak = tops
    upper.set(ylim=(-0.03 * top, 1.05 * top))
    lower.set_ylim(0, 105 * peak)
    if len(games) > 1:
        ticks = [one.noise for one in (games if every else (games[0], games[-1]))]
        upper.set_xticks(ticks, [])
        lower.set_xticks(ticks, [f"{tick:g}" for tick in ticks])


def legend(figure, watched):
    """What the colours of both rows of axes mean, in a line under the title."""
    y = 1 - 0.36 / figure.get_figheight()
    for k, name in enumerate(watched):
        figure.text(0.085 + 0.2 * k, y, f"● both {literal(name)}", fontsize=NOTE, color=TINTS[k], va="center")
    figure.text(0.66, y, "● policies fixed", fontsize=NOTE, color=FIXED, va="center")
    figure.text(0.8, y, "■ policies re-chosen", fontsize=NOTE, color=CHOSEN, va="center")
