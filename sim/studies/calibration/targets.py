"""The model beside what is known of real crises: every target, each on the population and the scale it was coded on."""

import dataclasses
from collections.abc import Iterator

import numpy as np

from sim.engine import kernel
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.studies.calibration import case_library, incident_data
from sim.studies.calibration.mid_levels import incidents
from sim.studies.calibration.settlement import recurrence
from sim.studies.calibration.target import Target

YEARS = 3 * 365.0  # of the quiet crises in which recurrence is counted, in days
LOGGED = 20_000  # runs whose acts are looked at one by one, at the most
TO_BE_AGREED = Mechanism(in_force="agreement")  # with nothing in it: what is timed is when it is agreed
FITTED = "fitted"  # the word by which a field's source says that its value was chosen by targets


def targets(dyad: Crisis, reference: Crisis, settlement: Mechanism, seed: int, runs: int, threads: int = 0) -> list[Target]:
    """All targets for a generic headline dyad and the reference pair, as ``told`` gives them."""
    return list(told(dyad, reference, settlement, seed, runs, threads))


def told(dyad: Crisis, reference: Crisis, settlement: Mechanism, seed: int, runs: int, threads: int = 0) -> Iterator[Target]:
    """The targets one by one, each group played when its first is asked for: who has heard enough may stop.

    ``dyad`` and ``reference`` are crises that open with a strike on a sanctuary by a; ``settlement`` is the mechanism whose
    effect on recurrence is held against that of negotiated settlements.
    """

    def played(crisis: Crisis) -> np.ndarray:
        """The runs of a crisis."""
        return kernel.simulate(crisis, seed, runs, workers=threads or None)

    rows, logged = played(dyad), min(runs, LOGGED)
    yield from case_library.answers(rows, played(dataclasses.replace(dyad, opening_rung=7)))
    acts = incidents(kernel.acts(dyad, seed, logged))
    yield from case_library.heights(rows, acts)
    yield from case_library.stand_down(rows)
    yield from case_library.clock(played(dataclasses.replace(reference, mechanism=TO_BE_AGREED)))
    yield case_library.resort(played(dataclasses.replace(reference, opening="none", horizon=YEARS)))
    yield from incident_data.levels(acts)
    yield from incident_data.sequences(acts)
    yield from incident_data.routine(_answered_by(rows), runs)
    yield from incident_data.war(acts, logged)
    yield from recurrence(dataclasses.replace(dyad, opening="none", horizon=YEARS), settlement, seed, runs, threads)


def _answered_by(rows: np.ndarray) -> dict[int, int]:
    """How many runs answered the opening strike within so many days."""
    at = case_library.reached(rows, "answer_at")[case_library.answered(rows)]
    return {days: int((at <= days * case_library.DAY).sum()) for days in (7, 30, 90)}


def fitted_numbers() -> list[str]:
    """The fields of the model whose values were chosen by targets, as their sources say; both sides' once."""
    kinds = {inner: name for name, inner in parts(Crisis).items()}
    return sorted(
        f"{kinds.get(kind, 'crisis')}.{name}".removeprefix("crisis.")
        for kind in (Crisis, *kinds)
        for name, about in parameters(kind).items()
        if FITTED in about.source
    )
