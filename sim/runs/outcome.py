"""An outcome: the one number of a run that a comparison is about.

``peak>=r`` is whether any act reached rung r. The name of a time (``war_at``) is whether it was reached by the horizon.
The name of a count or a payoff, or several joined by ``+`` (``strikes_a + strikes_b``), is that number, compared in the mean.
"""

import difflib
import math
import re
from typing import NamedTuple

import numpy as np

from sim.engine.kernel import ROW
from sim.model.ladder import RUNGS, WAR
from sim.model.outcome_columns import COUNTS, DECLARED, PAYOFFS, TIMES
from sim.model.parameter import DAY

ABOUT = {column.name: column for column in DECLARED}
UNITS = {name: ABOUT[name].unit for name in COUNTS if name != "peak"} | dict.fromkeys(PAYOFFS, "payoff")  # of what one may add
COUNTED = {"strikes", "deaths", "attacks", "decisions", "warnings", "hits", "crises", "streaks"}  # units of things one counts
WHEN = {"peak>=5": "first_strike_at", "peak>=7": "state_strike_at", "peak>=9": "war_at"}  # the column that tells when
PEAKS = [f"peak>={rung}" for rung in range(1, WAR + 1)]


class Outcome(NamedTuple):
    """What is compared."""

    name: str
    probability: bool  # whether its values are 0 and 1
    unit: str  # of a mean
    words: str  # "the probability that ...", "the mean ..."
    columns: tuple[int, ...]  # the columns of a run that are summed
    least: float = 0.0  # for a probability: the value from which its column counts
    most: float = math.inf  # and up to which

    @property
    def more_is_better(self) -> bool:
        """Whether the best alternative has the highest mean, as of payoffs; of all else it has the lowest."""
        return self.unit == "payoff"

    def values(self, rows: np.ndarray) -> np.ndarray:
        """The outcome of each run: ``rows`` [runs, len(ROW)] to a float array [runs]."""
        if self.probability:
            column = rows[:, self.columns[0]]
            return ((column >= self.least) & (column <= self.most)).astype(float)
        return rows[:, list(self.columns)].sum(1)

    def by(self, days: float) -> "Outcome | None":
        """The same outcome by an earlier day, from the same runs; None where a run's row does not tell when it came about.

        >>> outcome("peak>=7").by(30).words
        'the probability of a strike on the other state\'s forces by day 30'
        >>> outcome("strikes_a").by(30) is None
        True
        """
        name = WHEN.get(self.name, self.name)
        if not self.probability or name not in TIMES:
            return None
        words = f"the probability of {ABOUT[name].words} by day {days:g}"
        return self._replace(words=words, columns=(ROW.index(name),), least=0.0, most=days * DAY)


RENAMED = {"runs": "strike_streaks"}  # what columns were called before
MEANT = {  # what people call some of them
    "deaths": ["killed_by_strikes_a + killed_by_strikes_b", "killed_by_attacks_a + killed_by_attacks_b"],
    "war": ["war_at"],
    "strikes": ["strikes_a + strikes_b"],
    "escalation": ["peak>=7"],
}


def outcome(name: object) -> Outcome:
    """The outcome called ``name``. Raises ``ValueError`` where there is none."""
    parts = re.sub(r"\s", "", str(name)).split("+")
    if len(parts) == 1 and parts[0] in PEAKS:
        return _peak(int(parts[0][-1]))
    if len(parts) == 1 and parts[0] in TIMES:
        words = f"the probability of {ABOUT[parts[0]].words} by the horizon"
        return Outcome(parts[0], True, "", words, (ROW.index(parts[0]),))
    for part in parts:
        if part in RENAMED:
            raise ValueError(f"must name columns as they are: {part} is now called {RENAMED[part]}, got {name!r}")
    if not all(part in UNITS for part in parts):
        known = [*PEAKS, *TIMES, *UNITS]
        near = MEANT.get(str(name)) or difflib.get_close_matches(str(name), known, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise ValueError(
            f"must be peak>=r (r from 1 to {WAR}), a time such as war_at, or a count or payoff, got {name!r}{hint}"
        )
    if len(set(parts)) < len(parts) or len({UNITS[part] for part in parts}) > 1:
        raise ValueError(f"must add up different columns of one unit, got {name!r}")
    unit, name = UNITS[parts[0]], " + ".join(parts)
    words = f"the mean of {name}" if len(parts) > 1 else f"the mean {'number of ' * (unit in COUNTED)}{ABOUT[name].words}"
    return Outcome(name, False, unit, words, tuple(ROW.index(part) for part in parts))


def _peak(rung: int) -> Outcome:
    """Whether a run reaches a rung."""
    worse = " or worse" if rung < WAR else ""
    words = f"the probability that it reaches rung {rung} ({RUNGS[rung]}{worse})"
    return Outcome(f"peak>={rung}", True, "", words, (ROW.index("peak"),), float(rung))
