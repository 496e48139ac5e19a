"""The answer of an equilibrium study as text: what the sides would choose, how sure that is, and what it costs."""

import math
import textwrap

import numpy as np

from sim.line import counted
from sim.show.numbers import NONE, bracketed, decimals_for, listed, plain, share, signed, whole
from sim.show.verdicts import table
from sim.study.equilibrium.stopping import stopped

WIDTH = 118
SHOWN = 8  # equilibria listed of a game
SWAYED = "Which payoff weights flip the likeliest pure equilibrium (each alone, of the factors 0, .1, .2, .5, 2, 5 and 10)"


def contest_table(found, put, request, more=((), ())):
    """The whole answer; ``more`` are the stakes and the searches of the games."""
    swayed, sought = more
    parts = [heading(put, request), *(game_part(one, put, request) for games in found for one in games[:1])]
    if len(found) > 1:
        parts.append(f"{titled(put, request)}:\n{table(effect_table(found, request))}")
        parts.append(wrapped(" ".join(sentences(found, request))))
    if put.varied:
        parts.append(f"Is it an equilibrium that both play it? Over {put.varied}:\n{table(noise_table(found, request))}")
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
        f"horizon {counted(crisis.horizon, 'day', 'g')}; seed {request.seed}. "
        f"a chooses among {len(put.menus.a)} strategies and b among {len(put.menus.b)}; payoffs in deaths, more is better.{at}"
    )
    return "What would the two sides choose?\n" + wrapped(said)


def game_part(one, put, request):
    """One game: its equilibria, what is watched, and what the solver has to say."""
    head = f"mechanism {one.mechanism.replace('_', ' ')}"
    return "\n".join([head, table(profile_table(one, request)), *(wrapped(line) for line in remarks(one))])


def profile_table(one, request):
    """A head and a row for each equilibrium and each watched profile."""
    rows = [("", "a", "b", "payoff a", "payoff b", "regret a", "regret b", "P(equil.)", f"P(within {request.gain:g})",
             f"P(peak>={request.rung}), %")]  # fmt: skip
    for each in one.answer.equilibria[:SHOWN]:
        rows.append(("equilibrium", *profile_row(each, one.answer.game, request)))
    for name, each in one.answer.watched.items():
        rows.append((f"both {name}", *profile_row(each, one.answer.game, request)))
    return rows


def profile_row(each, game, request):
    """The cells of a profile."""
    return (
        strategies(each.x, game.rows),
        strategies(each.y, game.columns),
        *(bracketed(triple) for triple in each.payoffs),
        *(regret(triple) for triple in each.regrets),
        NONE if math.isnan(each.share) else share(each.share),
        share(each.near),
        bracketed(each.peaks[request.rung - 1], 100),
    )


def regret(triple):
    """A regret with its interval; nothing but 0 where no resample has any."""
    if max(triple) < 1e-9:
        return "0"
    decimals = min(2, decimals_for(*triple[1:]))
    value, low, high = (plain(x, decimals) for x in triple)
    return f"{value} [{low}, {high}]"


def strategies(weights, names):
    """A strategy, or a mixture: "restraint", ".70 restraint + .30 strict"."""
    used = [(w, name) for w, name in zip(weights, names, strict=True) if w > 0]
    return used[0][1] if len(used) == 1 else " + ".join(f"{share(w)} {name}" for w, name in used)


def remarks(one):
    """What is to be said about a game beside its equilibria: sentences."""
    solution, game = one.answer.solution, one.answer.game
    for name, lure in one.lures.items():
        yield f"Both {name}: {lure.side} would rather play {lure.name}: {made_of(lure.parts)}."
    more = len(one.answer.equilibria) - SHOWN
    if more > 0:
        yield f"{more} more equilibria are in summary.json."
    if not solution.complete:
        yield "Other equilibria may not be listed: they are too many, or the menus too large. Those listed are verified."
    if solution.degenerate:
        yield "A side is indifferent beyond what it plays: an equilibrium may be one of a whole range."
    for side, groups, names in zip("ab", solution.alike, (game.rows, game.columns), strict=True):
        for group in groups:
            if len(group) > 1:
                yield f"{side}'s {listed([names[k] for k in group])} act alike in every run: the first stands for all."
    if solution.dominated:
        gone = "; ".join(f"{one.side}'s {one.name} (by {mixture(one.by)})" for one in solution.dominated)
        yield f"Strictly dominated, one after the other: {gone}."
    spent = one.spent
    if spent.rounds:
        yield (
            f"{spent.rounds} further rounds of runs went to {spent.pairs} pairs of strategies that decide; {spent.runs:,} runs "
            f"in all (the uniform bound asks for {whole(spent.bound)} or more); {spent.open} profiles are left open."
        )


def made_of(parts):
    """What a gain is made of: the gain, and the three largest parts of it by weight."""
    largest = sorted((item for item in parts.items() if abs(item[1]) >= 0.05), key=lambda item: -abs(item[1]))[:3]
    listed_parts = listed([f"{name.replace('_', ' ')} {signed(value, 1)}" for name, value in largest])
    return f"{signed(sum(parts.values()), 1)} deaths{f', of which {listed_parts}' if largest else ''}"


def mixture(weights):
    """The strategies of a mixture and their weights, as words."""
    return listed([name if len(weights) == 1 else f"{share(w)} {name}" for name, w in weights.items()])


def titled(put, request):
    """The heading of the table of effects."""
    return f"P(peak>={request.rung}), %, with policies fixed and with policies re-chosen"


def effect_table(found, request):
    """A head and a row a mechanism: policies fixed, re-chosen, and the best and worst equilibrium."""
    rows = [("mechanism", "policies fixed", "re-chosen", "a", "b", "payoff a: fixed, re-chosen", "b: fixed, re-chosen",
             "equilibria, lowest to highest")]  # fmt: skip
    for games in found:
        one = games[0]
        game = one.answer.game
        high, low = one.worst(request.rung)
        pays = [(one.fixed.payoffs[k][0], sum(each.payoffs[k][0] for each in one.chosen) / len(one.chosen)) for k in (0, 1)]
        rows.append((
            one.mechanism.replace("_", " "),
            bracketed(one.fixed.peaks[request.rung - 1], 100),
            bracketed(one.peak(request.rung), 100),
            " / ".join(dict.fromkeys(game.rows[i] for i, _ in one.end.profiles)),
            " / ".join(dict.fromkeys(game.columns[j] for _, j in one.end.profiles)),
            *(f"{plain(before, 1)}, {plain(after, 1)}" for before, after in pays),
            f"{100 * low:.2g} to {100 * high:.2g} ({len(one.answer.equilibria)})",
        ))  # fmt: skip
    return rows


def sentences(found, request):
    """What the table of effects shows, mechanism by mechanism where policies change."""
    first = found[0][0]
    game = first.answer.game
    yield (
        f"Fixed: a plays {game.rows[first.start[0]]} and b {game.columns[first.start[1]]}, the likeliest equilibrium under "
        f"{first.mechanism.replace('_', ' ')}. Re-chosen: where best replies that these runs resolve lead from there."
    )
    for games in found[1:]:
        said = hazard(first, games[0], request.rung)
        if said:
            yield said


def hazard(first, one, rung):
    """What re-choosing makes of a mechanism's effect, where the intervals tell it."""
    name = one.mechanism.replace("_", " ")
    base, fixed, chosen = first.fixed.peaks[rung - 1], one.fixed.peaks[rung - 1], one.peak(rung)
    if not one.end.settled:
        return f"Under {name} best replies go round in a cycle of {len(one.end.profiles)}."
    i, j = one.end.profiles[0]
    to = f"a to {one.answer.game.rows[i]}, b to {one.answer.game.columns[j]}"
    if chosen[1] > fixed[2]:
        gone = " what it had gained is lost" if chosen[1] > base[1] else " part of what it had gained is lost"
        worse = " it ends above where it was without" if chosen[1] > base[2] else gone
        return f"Moral hazard: under {name} policies re-chosen ({to}) raise it from {pct(fixed)} to {pct(chosen)} %;{worse}."
    if chosen[2] < fixed[1]:
        return (
            f"Under {name} policies re-chosen ({to}) lower it further, from {pct(fixed)} to {pct(chosen)} %: milder ones pay."
        )
    return ""


def pct(triple):
    """A probability and its interval in per cent."""
    return bracketed(triple, 100)


def noise_table(found, request):
    """A head and a row for each mechanism, watched strategy and value of the noise."""
    rows = [("mechanism", "both play", "from", "P(equilibrium) at each value", "regret (the larger) at each value",
             "an equilibrium", f"within {request.gain:g}")]  # fmt: skip
    for games in found:
        for name in games[0].answer.watched:
            stood = [one.answer.watched[name] for one in games]
            rows.append((
                games[0].mechanism.replace("_", " "),
                name,
                f"{games[0].noise:g}",
                " ".join(share(one.share) for one in stood),
                " ".join(plain(one.regret[0], 1) for one in stood),
                held(games, name),
                held(games, name, request.gain),
            ))  # fmt: skip
    return rows


def held(games, name, allowed=0.0):
    """Over which noise both playing ``name`` is an equilibrium, or leaves nobody more than ``allowed`` to gain."""
    stop = stopped(games, name, allowed)
    later = any(one.noise > stop.stop[0] and one.answer.leeway[name][0] + allowed >= 0 for one in games)
    return spell(stop, games) + (", and again later" if later else "")


def spell(stop, games):
    """Over which noise a profile holds, from a ``Stop``: "until .301 [.297, .304]", "from .05 [.04, .06] on", "never"."""
    low, high = games[0].noise, games[-1].noise
    if np.isinf(stop.start[0]):
        return "never"
    begins = "" if stop.start[0] <= low else f"from {over(stop.start, low, high)}"
    if np.isinf(stop.stop[0]):
        return f"{begins} on" if begins else f"at all, up to {high:g}"
    if not begins and max(stop.stop) <= low:
        return f"at {low:g} alone"
    return f"{begins} until {over(stop.stop, low, high)}".strip()


def over(triple, low, high):
    """A value of the noise with its interval, whose ends may lie beyond the values looked at."""
    value, *ends = triple
    shown = [f"<{low:g}" if one < low else f">{high:g}" if one > high else f"{one:.3g}" for one in ends]
    return f"{value:.3g} [{shown[0]}, {shown[1]}]"


def stake_table(found, swayed):
    """A head and a row for each mechanism and each weight that flips its likeliest pure equilibrium."""
    rows = [("mechanism", "equilibrium", "weight", "as configured", "flips at x", "to")]
    for games, stakes in zip(found, swayed, strict=True):
        name, game = games[0].mechanism.replace("_", " "), games[0].answer.game
        base = stakes[0].likeliest[stakes[0].factors.index(1.0)]
        lines = [
            (
                name,
                pair(game, base),
                stake.weight,
                f"{stake.value:g}",
                f"{factor:g}",
                pair(game, stake.likeliest[stake.factors.index(factor)]),
            )
            for stake in stakes
            for factor in stake.flips()
            if factor is not None
        ]
        rows += lines or [(name, pair(game, base), "none of them", NONE, NONE, NONE)]
    return rows


def pair(game, profile):
    """A pure profile in words."""
    return f"{game.rows[profile[0]]}, {game.columns[profile[1]]}"


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


def wrapped(text):
    """A paragraph."""
    return textwrap.fill(text, WIDTH)
