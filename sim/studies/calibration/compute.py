"""The model's reference behaviour beside what is known of real crises."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.studies.calibration.options import TargetOptions
from sim.studies.calibration.table import summary, table
from sim.studies.calibration.target import Target
from sim.studies.calibration.targets import targets
from sim.studies.calibration.text import text
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class Calibration(Result):
    """Every target, known and simulated."""

    experiment, text_file = "targets", "targets.txt"
    crisis: Crisis
    options: TargetOptions
    targets: list[Target]

    def told(self) -> Iterator[str]:
        """A line a target: what is known, what the model gives, and whether that is inside."""
        yield text(self.targets, self.options)

    def tables(self) -> dict[str, pa.Table]:
        """A row a target."""
        return {"table": table(self.targets)}

    def data(self) -> dict:
        """The same, with the numbers of the model that were chosen by targets."""
        return summary(self.targets, self.options)


def calibration(crisis: Crisis, dyad: Crisis, settlement: Mechanism, options: TargetOptions | None = None) -> Calibration:
    """The model beside what is known of real crises: ``crisis`` on the reference pair, ``dyad`` on the pair of the headlines.

    Both open with a strike on a sanctuary by a; ``settlement`` is the mechanism whose effect on recurrence is held against
    that of negotiated settlements. ``.frame`` has a row a target: known share with the interval of its cases, the model's
    with the chance in its runs, and whether it is ``met``.

    >>> import sim
    >>> from sim.studies.calibration.options import TargetOptions
    >>> dyad, settlement = sim.load("scenario=headline_dyad"), sim.load("mechanism=settlement").mechanism
    >>> found = calibration(sim.load(), dyad, settlement, TargetOptions(runs=200))
    >>> found.frame.met.dtype.name
    'bool'
    """
    options = options or TargetOptions()
    return Calibration(crisis, options, targets(dyad, crisis, settlement, options.seed, options.runs, options.threads))
