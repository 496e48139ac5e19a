"""Every question there is: the one place where a study is registered."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.studies.command import Command


class Entry(NamedTuple):
    """A study: its folder here, and what its command answers, in a line."""

    folder: str
    question: str


STUDIES = {
    "play": Entry("play", "tell one run as a dated story, draw its timeline, and say how thousands like it end"),
    "sweep": Entry("sweep", "play every cell of a design, and plot the probability of escalation"),
    "compare": Entry("compare", "which of several alternatives lowers an outcome, by how much, how sure"),
    "equilibrium": Entry(
        "equilibrium", "which policies the two sides would choose, mechanism by mechanism, and what that costs"
    ),
    "signs": Entry("mechanism_signs", "does each mechanism do what is predicted of it: lower, raise or leave the outcome"),
    "sensitivity": Entry(
        "sensitivity", "which assumptions drive the answer, and whether the ranking of mechanisms survives them"
    ),
    "exact": Entry("exact", "solve a small model without a single random number"),
    "replay": Entry("replay", "tell any run of any cell of a study again"),
    "targets": Entry("calibration", "compare the reference behaviour with what is known of real crises"),
    "verify": Entry("known_answers", "compare the engine with limits whose exact answer is known; exits 1 where one fails"),
}


def command(name: str) -> "Command":
    """The command called ``name``, one of ``STUDIES``."""
    return import_module(f"sim.studies.{STUDIES[name].folder}.command").COMMAND
