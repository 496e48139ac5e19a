"""The answer of an equilibrium study as text: what the sides would choose, how sure that is, and what it costs."""

from sim.model.text import counted
from sim.plotting.numbers import bracketed
from sim.plotting.paragraphs import table, wrapped
from sim.studies.equilibrium.answer import answer
from sim.studies.equilibrium.effect_table import SWAYED, effect_table, effects, sentences, stake_table
from sim.studies.equilibrium.game_table import profile_table, remarks, strategies
from sim.studies.equilibrium.noise_table import noise_table


def contest_table(found, put, request, more=((), ())):
    """The whole answer; ``more`` are the stakes and the searches of the games."""
    swayed, sought = more
    parts = [heading(put, request), "\n".join(map(wrapped, answer(found, put, request, swayed or [() for _ in found])))]
    if len(found) > 1:
        parts.append(f"{effects(request.rung)}:\n{table(effect_table(found, request))}")
        parts.append(wrapped(" ".join(sentences(found, request))))
    if put.varied:
        parts.append(f"Is it an equilibrium that both play it? Over {put.varied}:\n{table(noise_table(found, request))}")
    parts += [game_part(one, put, request) for games in found for one in games[:1]]
    if swayed:
        parts.append(f"{SWAYED}; the other games' are in summary.json:\n{table(stake_table(found[:1], swayed[:1]))}")
    if sought:
        parts.append(
            "\n".join(["Deviations outside the menus:", *(wrapped(line) for line in search_lines(put, sought, request))])
        )
    parts.append(wrapped(" ".join(notes(found, request))))
    return "\n\n".join(part for part in parts if part)


def heading(put, request):
    """What is played."""
    crisis = put.games[0][0]
    sides = " and ".join(f"{side} = {nation.name}" for side, nation in (("a", crisis.a), ("b", crisis.b)) if nation.name)
    at = f" At {put.varied} = {put.noise[0]:g}, unless it says otherwise." if put.varied else ""
    said = (
        f"{crisis.title or 'A crisis'}{f' ({sides})' if sides else ''}; "
        f"horizon {counted(crisis.horizon, 'day', 'g')}; seed {request.seed}. {request.case.said} "
        f"a chooses among {len(put.menus.a)} strategies and b among {len(put.menus.b)}; payoffs in {put.unit}, more is "
        f"better.{at}"
    )
    return "What would the two sides choose?\n" + wrapped(said)


def game_part(one, put, request):
    """One game: its equilibria, what is watched, and what the solver has to say."""
    head = f"mechanism {one.mechanism.replace('_', ' ')}"
    return "\n".join([head, table(profile_table(one, request)), *(wrapped(line) for line in remarks(one, put.unit))])


def search_lines(put, sought, request):
    """Where the search for deviations ended, mechanism by mechanism: sentences."""
    for name, one in zip(put.mechanisms, sought, strict=True):
        joined = "; ".join(f"{r.name} ({_sets(r.sets)}), which gains {bracketed(r.gain)}" for r in one.replies) or "none"
        yield f"{name.replace('_', ' ')}: joined the menus: {joined}."
        plays = [strategies(side, names) for side, names in zip((one.standing.x, one.standing.y), one.names, strict=True)]
        peak = bracketed(one.standing.peaks[request.rung - 1], 100)
        left = " and ".join(f"{r.side} {bracketed(r.gain)}" for r in one.left)
        ended = "no deviation found pays more than" if one.reached else "it stopped while deviations still paid more than"
        yield (
            f"  Then a plays {plays[0]} and b {plays[1]}: P(peak>={request.rung}) {peak} %; {ended} {request.gain:g}. "
            f"Regret left, by the best deviation found: {left}."
        )


def _sets(sets):
    """What a strategy sets, in few characters."""
    return ", ".join(f"{key} {value:.2g}" if isinstance(value, float) else f"{key} {value}" for key, value in sets.items())


def notes(found, request):
    """What a reader must know to judge it."""
    m, n = found[0][0].answer.game.a.shape
    more = f", up to {request.budget:,} more a game where they decide" if request.budget else ""
    return [
        f"{request.runs:,} runs of every pair on the same chances{more}.",
        "Regret is what a side would gain by its best deviation: 0 at an equilibrium. Reckoned from runs it is too large on",
        "average (the largest of noisy gains); with the deviation picked on half of the runs and judged on the other half it",
        f"is too small (summary.json has both). P(equil.) is the share of {request.resamples} resamples of the runs in which",
        "the profile, or one mixing the same strategies, is an equilibrium; P(within g) that in which no deviation gains more",
        "than g. Intervals: 95 %, bootstrap with the profile fixed, exact for P(peak). They tell chance in runs alone:",
        f"payoffs are the weights', and menus of {m} and {n} are not all that a state can do.",
    ]
