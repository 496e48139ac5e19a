"""Chance that stays open: a kind of chance that answers a question with every outcome in turn, and its exact probability.

The rules of the game ask chance questions. Asked of this kind, an act is run once for every way it can go: a way is the list
of answers it was given, and after each run the last answer that has another is given the other (depth first). A question
asked twice remembers. A wait is only known to be exponential: of two, the first ends at their joint rate, and the other is as
long as ever from then on, because an exponential wait has no memory.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from sim.model.numerics.elementary import LN2
from sim.model.rules.waiting_time import delay
from sim.model.state import NEVER

MOMENT = 1.0  # minutes: a fixed wait of at most this is taken as no time at all
WEIBULL = delay.code("weibull")  # the law that is exponential at spread 1


class Unsolvable(ValueError):
    """A model outside what can be solved; ``lines`` say why, one a problem."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


class SymbolicChance:
    """One way things can go: the answers given so far, and the probability of all of them."""

    def __init__(self, script: Iterable[bool] = ()) -> None:
        self.script, self.at, self.probability = list(script), 0, Fraction(1)
        self.blocks: dict[tuple[int, int, int], tuple] = {}

    def decides(self, p: Fraction) -> bool:
        """Whether something of probability ``p`` (a Fraction) happens: as the script says, else yes first."""
        if p <= 0 or p >= 1:
            return p >= 1
        if self.at == len(self.script):
            self.script.append(True)
        chosen = self.script[self.at]
        self.at += 1
        self.probability *= p if chosen else 1 - p
        return chosen

    def uniforms(self, actor: int, count: int, part: int) -> tuple:
        """The four questions of that name, open: what ``sim.model.numerics.philox.uniforms`` asks of a chance."""
        name = actor, count, part
        if name not in self.blocks:
            self.blocks[name] = tuple(Question(self) for _ in range(4))
        return self.blocks[name]


def branches(play: Callable[[SymbolicChance], Any]) -> Iterator[tuple[Fraction, Any]]:
    """Every way ``play(chance)`` can go: pairs of its probability (a Fraction; they sum to 1) and what it returned."""
    script: list[bool] = []
    while True:
        chance = SymbolicChance(script)
        outcome = play(chance)
        yield chance.probability, outcome
        script = chance.script
        while script and not script[-1]:
            script.pop()
        if not script:
            return
        script[-1] = False


class Question:
    """A question left open: what has been answered confines what plain chance would answer it by to [low, high).

    Its methods are the questions of ``sim.model.numerics.philox``.
    """

    def __init__(self, chance: SymbolicChance, low: float = 0.0, high: float = 1.0) -> None:
        self.chance, self.low, self.high = chance, low, high

    def happens(self, p: float) -> bool:
        """Whether it happens."""
        if p <= self.low or p >= self.high:
            return p >= self.high
        low = Fraction(self.low)
        yes = self.chance.decides((Fraction(p) - low) / (Fraction(self.high) - low))
        self.low, self.high = (self.low, p) if yes else (p, self.high)
        return yes

    def which(self, first: float, second: float) -> int:
        """Which of three."""
        if self.happens(first):
            return 0
        return 1 if self.happens(second) else 2

    def aside(self, below: float, above: float) -> int:
        """Whether it goes aside, and where."""
        if self.happens(below):
            return -1
        return 0 if self.happens(1.0 - above) else 1

    def unit_wait(self) -> "Wait":
        """A wait at rate 1."""
        return Wait(self.chance, 1.0)

    def wait(self, mean: float, haste: float) -> "Wait | float":
        """An exponential wait, or none, or one without end."""
        return mean if mean in (0.0, float("inf")) else Wait(self.chance, haste / mean)

    def how_long(self, law: int, median: float, spread: float) -> "Wait | float":
        """A wait that is fixed, or exponential."""
        if median == 0.0 or spread == 0.0:
            return median
        if law != WEIBULL or spread != 1.0:
            raise Unsolvable("every wait must be exponential, got one of another law")
        return Wait(self.chance, LN2 / median)

    def toll(self, least: float, scale: float, tail: float, most: float) -> int:
        """How many: only what is given."""
        if scale != 0.0 and most > least:
            raise Unsolvable("deaths must be given, got some drawn from a distribution")
        return int(min(least, most))


class Wait:
    """An exponential wait of ``rate`` per minute, from now or from the end of the wait it lost a race against."""

    def __init__(self, chance: SymbolicChance, rate: float) -> None:
        self.chance, self.rate = chance, rate

    def __truediv__(self, haste: float) -> "Wait":
        """The same chance, ``haste`` times as fast."""
        return Wait(self.chance, self.rate * haste)

    def later(self, now: Any) -> "Wait":
        """When it ends."""
        return self

    def not_before(self, now: Any) -> "Wait":
        """When it ends, if not now."""
        return self

    def sooner(self, other: Any) -> Any:
        """What ends first, this wait or ``other`` (a wait, or never, or no more than a moment away): at the joint rate."""
        if not isinstance(other, Wait):
            if MOMENT < other < NEVER:
                raise Unsolvable(f"every wait must be exponential or at most a minute, got one of {other / 60.0:g} hours")
            return self if other == NEVER else other
        first = self.chance.decides(Fraction(self.rate) / (Fraction(self.rate) + Fraction(other.rate)))
        winner = self if first else other
        winner.rate = self.rate + other.rate
        return winner
