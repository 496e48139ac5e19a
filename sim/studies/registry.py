"""Every question there is: the one place where a study is registered."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.studies.command import Command


class Entry(NamedTuple):
    """A study: the module of its command here, and what that answers, in a line."""

    module: str
    question: str


STUDIES = {
    "play": Entry("play.command", "tell one run as a dated story, draw its timeline, and say how thousands like it end"),
    "sweep": Entry("sweep.command", "play every cell of a design, and plot the probability of escalation"),
    "compare": Entry("compare.command", "which of several alternatives lowers an outcome, by how much, how sure"),
    "equilibrium": Entry(
        "equilibrium.command", "which policies the two sides would choose, mechanism by mechanism, and what that costs"
    ),
    "signs": Entry(
        "mechanism_signs.command", "does each mechanism do what is predicted of it: lower, raise or leave the outcome"
    ),
    "sensitivity": Entry(
        "sensitivity.command", "which assumptions drive the answer, and whether the ranking of mechanisms survives them"
    ),
    "forecast": Entry("forecast.command", "what the record of a crisis makes likely, under every mechanism"),
    "backtest": Entry("backtest.command", "forecasts as of fixed moments of known crises, scored beside base rates"),
    "exact": Entry("exact.command", "solve a small model without a single random number"),
    "explore": Entry("explore.command", "write the page that plays: every field at hand in a browser, in one file"),
    "replay": Entry("play.replay_command", "tell any run of any cell of a study again"),
    "records": Entry("records.command", "list the records of crises, tell one, or make them of the events of MIE 1.0"),
    "targets": Entry("calibration.command", "compare the reference behaviour with what is known of real crises"),
    "verify": Entry(
        "known_answers.command", "compare the engine with limits whose exact answer is known; exits 1 where one fails"
    ),
}


def command(name: str) -> "Command":
    """The command called ``name``, one of ``STUDIES``."""
    return import_module(f"sim.studies.{STUDIES[name].module}").COMMAND
