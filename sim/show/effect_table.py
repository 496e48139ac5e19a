"""Policies fixed and policies re-chosen as text, mechanism by mechanism, and the weights that flip an equilibrium."""

from sim.show.numbers import NONE, bracketed, listed, plain
from sim.study.equilibrium.stakes import FACTORS

TRIED = listed([f"{factor:g}".removeprefix("0") or "0" for factor in FACTORS if factor != 1.0])
SWAYED = f"Which payoff weights flip the likeliest pure equilibrium (each alone, of the factors {TRIED})"


def effects(rung):
    """The heading of the table of effects on P(peak >= rung)."""
    return f"P(peak>={rung}), %, with policies fixed and with policies re-chosen"


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
