"""The scorecard in words: who forecasts how well, and what so few crises allow to say."""

import numpy as np

from sim.plotting.paragraphs import table, wrapped
from sim.statistics.scores import Skill, places, reliability, sign_test
from sim.studies.backtest.cases import OFFSETS, at
from sim.studies.backtest.options import BacktestOptions
from sim.studies.backtest.scorecard import MODEL, POOL, REFERENCE, Line, Scorecard, came_between

HORIZON = 30  # days: of the reliability that is told


def text(card: Scorecard, options: BacktestOptions) -> str:
    """The whole of it."""
    parts = [wrapped(_head(card, options)), _times(card), _horizons(card), wrapped(_verdict(card)), wrapped(_calibration(card))]
    return "\n\n".join([*parts, wrapped(_doubts(card, options))])


def _head(card: Scorecard, options: BacktestOptions) -> str:
    """What was forecast, from what, and how it is scored."""
    crises, pairs = {one.record.name for one in card.cases}, {one.pair for one in card.cases}
    days = ", ".join(map(str, OFFSETS))
    learned = f"earlier crises than {options.era}" if options.era else "the crises of other pairs"
    return (
        f"{len(card.cases)} forecasts, as of {days} days after the opening of {len(crises)} crises of {len(pairs)} pairs of "
        f"states. Base rates have learned from {learned} alone. Scores are losses: the lower, the better. Skill is over "
        "climatology, 0 as good, above 0 better, with 95 % by a bootstrap over pairs."
    )


def _times(card: Scorecard) -> str:
    """The scores of the time to the next act of force."""
    lines = [("time to the next act of force", "log score", "skill", "[95 %]", "RPS", "crises the model wins")]
    for one in card.lines:
        if one.outcome == "time to strike":
            won = card.wins.get(one.method)
            said = f"{won[0]} of {won[1]}, p {sign_test(*won):.2f}" if won else ""
            lines.append(
                (one.method, f"{one.log:.3f}", f"{one.log_skill.value:+.3f}", _span(one.log_skill), f"{one.brier:.3f}", said)
            )
    return table(lines)


def _horizons(card: Scorecard) -> str:
    """The model, climatology and the pool, outcome by outcome."""
    lines = [("within", "came", "model", "log skill [95 %]", "pool's", "Brier skill", "AUC")]
    pool = {(one.outcome, one.days): one for one in card.lines if one.method == POOL}
    for one in card.lines:
        if one.method == MODEL and one.days:
            other = pool[one.outcome, one.days]
            lines.append(
                (
                    f"{one.outcome}, {one.days} d ({one.forecasts})", f"{one.rate:.2f}", f"{one.mean:.2f}",
                    f"{one.log_skill.value:+.2f} {_span(one.log_skill, 2)}", f"{other.log_skill.value:+.2f}",
                    f"{one.brier_skill.value:+.2f}", "none" if one.auc != one.auc else f"{one.auc:.2f}",
                )
            )  # fmt: skip
    return table(lines)


def _span(one: Skill, digits: int = 3) -> str:
    return f"[{one.low:+.{digits}f}, {one.high:+.{digits}f}]"


def _verdict(card: Scorecard) -> str:
    """What may be said of the model beside climatology and the pool."""
    time = {one.method: one for one in card.lines if one.outcome == "time to strike"}
    model, pool = time[MODEL], time[POOL]
    ahead = model.log_skill.value - pool.log_skill.value
    won, n = card.wins[POOL]
    apart = "a sign test tells them apart" if sign_test(won, n) <= 0.05 else "the two cannot be told apart"
    return (
        f"{_beside(model)} Its log skill is {abs(ahead):.3f} {'above' if ahead > 0 else 'below'} that of the pool of base "
        f"rates, and {apart}: it wins {won} of {n} crises, p {sign_test(won, n):.2f}; {_few(card)}"
    )


def _beside(model: Line) -> str:
    """The model beside climatology."""
    low, high = model.log_skill.low, model.log_skill.high
    if low > 0:
        return "The model forecasts the next act of force better than climatology does."
    if high < 0:
        return "The model forecasts the next act of force worse than climatology does."
    return "Whether the model forecasts the next act of force better than climatology cannot be told from these crises."


def _few(card: Scorecard) -> str:
    """What so many crises allow."""
    n = card.wins[REFERENCE][1]
    needed = next((k for k in range(n + 1) if k > n / 2 and sign_test(k, n) <= 0.05), None)
    return f"with {n} crises {needed} wins would tell the two apart." if needed else f"{n} crises cannot tell any two apart."


def _calibration(card: Scorecard) -> str:
    """Reliability of the chance of a strike, and where times fell."""
    came = np.array([one.came["strike"].by(HORIZON) for one in card.cases], dtype=object)
    told = np.flatnonzero([one is not None for one in came])
    found = reliability(card.chances[MODEL]["strike"][told, at(HORIZON)], came[told].astype(float))
    between = np.array([came_between(one) for one in card.cases])
    whole = between[:, 0] == between[:, 1]
    fell = np.histogram(places(card.bins(MODEL)[whole], between[whole, 0]), bins=4, range=(0, 1))[0]
    return (
        f"Of the chance of a strike within {HORIZON} days the Brier score splits into miscalibration "
        f"{found.miscalibration:.3f}, discrimination {found.discrimination:.3f} and uncertainty {found.uncertainty:.3f} "
        f"(isotonic). In the quarters of the model's forecasts the times fell {', '.join(map(str, fell))} times; even would "
        f"be {whole.sum() / 4:.1f} each."
    )


def _doubts(card: Scorecard, options: BacktestOptions) -> str:
    """What the scores do not say."""
    lost = sum(one.impossible for one in card.cases)
    outside = np.mean([one.told for one in card.cases])
    library = (
        "These crises are famous ones, coded by one hand, and the model's numbers were fitted to them all: no held-out test. "
        if options.records == "library"
        else "Baselines saw other pairs of this very file; the model's numbers were fitted elsewhere. "
    )
    return (
        f"{library}{_rare(card)}In {lost} forecasts no particle followed the record and the model forecast as if not told of "
        f"it (more runs= may help); its background tells an entry with {outside:.0%} of the weight on average. Moments of one "
        f"crisis overlap: pairs alone are independent. {options.runs:,} particles in {options.filters} filters for each "
        f"forecast, seed {options.seed}: with fewer the scores are others, for they are of what so many particles found. "
        f"{options.case.words}"
    )


FEW_PAIRS = 5  # in which an outcome came: with fewer a bootstrap over pairs draws much the same few again and again


def _rare(card: Scorecard) -> str:
    """Which outcomes came in too few pairs for their intervals to be trusted."""
    longest = {one.outcome: one.days for one in card.lines if one.method == MODEL and one.days}
    pairs = {name: {one.pair for one in card.cases if one.came[name].by(days)} for name, days in longest.items()}
    rare = [f"{name} in {len(found)}" for name, found in pairs.items() if len(found) < FEW_PAIRS]
    said = f"Of the {len({one.pair for one in card.cases})} pairs there came, within {max(longest.values())} days,"
    return f"{said} {' and '.join(rare)}: the intervals of that say little, whatever they exclude. " if rare else ""
