"""The engine beside every limit whose exact answer is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
from matplotlib.figure import Figure

from sim.model.setting.crisis import Crisis
from sim.studies.known_answers.figures import known_figure
from sim.studies.known_answers.limits import Plan, plans, verified
from sim.studies.known_answers.options import VerifyOptions
from sim.studies.known_answers.quantity import Comparison, bound
from sim.studies.known_answers.table import summary, table
from sim.studies.known_answers.text import block, blocks, closing, opening
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class KnownAnswers(Result):
    """Every limit to be played, and the comparisons made so far: they are played when first asked about."""

    experiment, text_file = "verify", "verify.txt"
    plans: list[Plan]
    options: VerifyOptions
    made: list[Comparison] = field(default_factory=list)

    def _coming(self) -> Iterator[Comparison]:
        """The comparisons one by one, each limit played once."""
        if self.made:
            yield from self.made
            return
        for comparison in verified(self.plans, self.options.seed, self.options.scale):
            self.made.append(comparison)
            yield comparison

    @property
    def comparisons(self) -> list[Comparison]:
        """Every comparison."""
        return list(self._coming())

    @property
    def status(self) -> int:  # type: ignore[override]
        """1 where a comparison fails."""
        return int(not all(one.holds for one in self.comparisons))

    def told(self) -> Iterator[str]:
        """The bound that was set before, the comparisons limit by limit as they come, and how many hold."""
        yield opening(self.plans, bound(sum(len(plan.quantities) for plan in self.plans)), self.options.seed)
        for name, group in blocks(self._coming()):
            yield "\n".join(block(name, group))
        yield closing(self.comparisons)

    def tables(self) -> dict[str, pa.Table]:
        """A row a comparison."""
        return {"table": table(self.comparisons)}

    def data(self) -> dict:
        """How many comparisons there are, and which fail."""
        return summary(self.comparisons, self.options)

    def figures(self) -> dict[str, Figure]:
        """The ladder against its matrix exponential, and noisy reciprocity against its chains."""
        return {"known_answers": known_figure(self.plans, self.comparisons, self.options.seed)}


def known_answers(crises: Mapping[str, Crisis], options: VerifyOptions | None = None) -> KnownAnswers:
    """The engine compared with every limit in ``limits.LIMITS``; ``crises`` are their configurations by name.

    ``.frame`` has a row a comparison: exact value, simulated mean, its standard error, and how many of these it is off.
    Raises ``KeyError`` where the configuration of a limit is missing.

    >>> import sim
    >>> from sim.studies.known_answers.limits import LIMITS
    >>> from sim.studies.known_answers.options import VerifyOptions
    >>> crises = {limit.name: sim.load(f"limit={limit.name}") for limit in LIMITS}
    >>> answers = known_answers(crises, VerifyOptions(scale=0.01))
    >>> bool(answers.frame.holds.all()), answers.status
    (True, 0)
    """
    return KnownAnswers(plans(crises), options or VerifyOptions())
