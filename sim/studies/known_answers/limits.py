"""The list of limits: which configuration, whose mathematics, in which variants, over how many runs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.engine import kernel
from sim.model.setting.crisis import Crisis, with_number
from sim.studies.known_answers import answers, attacks, ladder, nulls, reciprocity, talks, trust
from sim.studies.known_answers.quantity import Columns, Comparison, Quantity, bound, columns_of, compared

Variant = tuple[tuple[str, Any], ...]  # pairs of a field and its value


class Limit(NamedTuple):
    """A configuration of ``configs/limit`` and what is known of it."""

    name: str  # of the file
    source: str
    quantities: Callable[[Crisis], Iterator[Quantity]]  # crisis -> quantities
    runs: int
    variants: tuple[Variant, ...] = (
        (),
    )  # of each: (field, value) pairs set on the crisis; those of one field for both sides: "*.field"
    play: Callable[[Crisis, int, int], Columns] | None = (
        None  # (crisis, seed, runs) -> columns by name; the compiled clock where none is given
    )


def _noisy(slips: float, errs: float) -> Variant:
    """Execution and perception noise of both sides."""
    return (("*.accident", slips), ("*.failure", slips), ("*.phantom", errs), ("*.miss", errs))


def _pairs(*variants: Variant) -> tuple[Variant, ...]:
    """Each variant under execution noise and under perception noise of .05."""
    return tuple((*variant, *noise) for variant in variants for noise in (EXECUTION, PERCEPTION))


class Plan(NamedTuple):
    """A variant of a limit, ready to be played."""

    limit: Limit
    label: str
    crisis: Crisis
    quantities: list[Quantity]


EXECUTION, PERCEPTION = _noisy(0.05, 0.0), _noisy(0.0, 0.05)
STRATEGIES = (
    (("*.retaliation", "tit_for_tat"),),
    (("*.retaliation", "tit_for_tat"), ("*.generosity", 1 / 3)),
    (("*.retaliation", "contrite"),),
    (("*.retaliation", "tit_for_two_tats"),),
    (("*.retaliation", "win_stay_lose_shift"),),
    (("*.retaliation", "grim"),),
    (("a.retaliation", "contrite"), ("b.retaliation", "tit_for_tat")),
    (("a.retaliation", "grim"), ("b.retaliation", "win_stay_lose_shift")),
    (("a.retaliation", "tit_for_two_tats"), ("b.retaliation", "belligerence")),
)
ASYMMETRIC = (("a.follow_up", 0.1), ("b.follow_up", 0.4), ("a.generosity", 0.7), ("b.generosity", 0.2))
SHORT = (("*.threshold", 5), ("opening_rung", 6), ("*.strike_lag", 1663.5532333438686), ("*.state_lag", 1663.5532333438686))
EXPONENTIAL = (("b.strike_lag", 33.27106466687737), ("b.strike_lag_spread", 1.0))

LIMITS = (
    Limit("peace", "zero provocation is peace for ever", nulls.peace, 2_000),
    Limit("ties", "ties go to the lowest actor", nulls.ties, 1_000),
    Limit("ladder", "matrix exponential; gambler's ruin (Feller 1968)", ladder.quantities, 200_000, ((), SHORT)),
    Limit("answers", "branching process (Harris 1963)", answers.branching, 100_000, ((), ASYMMETRIC)),
    Limit("off_ramp", "race of a wait with a Poisson process", answers.race, 50_000, ((), EXPONENTIAL)),
    Limit("brinkmanship", "war of attrition with a common disaster: v / (v + 2 D)", answers.nerves, 200_000),
    Limit("hawkes", "Hawkes (1971); moments as Dassios & Zhao (2011)", attacks.hawkes, 20_000),
    Limit("cluster", "Borel (1942)", attacks.cluster, 200_000),
    Limit("crises", "probability generating functional of a marked Hawkes process", attacks.crises, 100_000),
    Limit(
        "thinning", "thinned Poisson process", attacks.thinning, 100_000,
        ((), (("mechanism.alarm_cut", 0.5),), (("a.exceed", 0.0),), (("a.exceed", 0.0), ("mechanism.alarm_cut", 0.5))),
    ),
    Limit("trust", "Bayes' rule (Kydd & Walter 2002)", trust.quantities, 3_000, ((), (("a.hit_rate", 0.0),)), trust.played),
    Limit("talks", "hypoexponential time by its generator (Neuts 1981)", talks.quantities, 50_000),
    Limit("fading", "thinned Poisson process, by quadrature", talks.fading, 50_000),
    Limit("rounds", "exact chain over the joint memory, in rounds", reciprocity.rounds, 2_000, _pairs(*STRATEGIES)),
    Limit("reviews", "exact chain over the joint memory, at Poisson times", reciprocity.reviews, 1_000, _pairs(*STRATEGIES)),
    Limit("free_talk", "free talk moves nothing: run by run the same", nulls.same, 5_000, ((),), nulls.paired),
)  # fmt: skip


def variants_of(name: str) -> tuple[Variant, ...]:
    """The variants of the limit of that name."""
    return next(limit.variants for limit in LIMITS if limit.name == name)


def set_on(crisis: Crisis, variant: Variant) -> Crisis:
    """``crisis`` with the fields of a variant set: at once, as one may be admissible only with another."""
    for key, value in variant:
        for side in ("a", "b") if key.startswith("*.") else ("",):
            crisis = with_number(crisis, side + key[1:] if side else key, value)
    return crisis


def named(variant: Variant) -> str:
    """A variant in a few words: its fields and values."""
    for noise, words in ((EXECUTION, "execution noise .05"), (PERCEPTION, "perception noise .05")):
        if variant[-len(noise) :] == noise:
            return ", ".join(filter(None, (named(variant[: -len(noise)]), words)))
    numbers = [f"{value:.4g}" if isinstance(value, float) else str(value) for _, value in variant]
    keys = [key.removeprefix("*.").removesuffix("retaliation").strip(".") for key, _ in variant]
    return ", ".join(f"{key} {number}".strip() for key, number in zip(keys, numbers, strict=True))


def plans(crises: Mapping[str, Crisis]) -> list[Plan]:
    """Every limit's variants as crises, and their quantities: a list of ``Plan``."""
    every = []
    for limit in LIMITS:
        for variant in limit.variants:
            crisis = set_on(crises[limit.name], variant)
            label = f"{limit.name}: {named(variant)}" if variant else limit.name
            every.append(Plan(limit, label, crisis, list(limit.quantities(crisis))))
    return every


def verified(
    every: Sequence[Plan], seed: int, scale: float = 1.0, played: Callable[[Crisis, int, int], np.ndarray] | None = None
) -> Iterator[Comparison]:
    """The comparisons of every plan of ``plans``; ``scale`` is a factor on the runs of each.

    ``played(crisis, seed, runs)`` plays the runs [runs, columns of ``batch.ROW``]; the compiled clock where none is given.
    """
    z = bound(sum(len(plan.quantities) for plan in every))
    for limit, label, crisis, quantities in every:
        runs = max(20, round(scale * limit.runs))
        if limit.play:
            columns = limit.play(crisis, seed, runs)
        else:
            columns = columns_of(kernel.ROW, (played or kernel.simulate)(crisis, seed, runs))
        for quantity in quantities:
            yield compared(label, quantity, columns, z, limit.source)
