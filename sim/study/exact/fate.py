"""Chances that stay open: a uniform that forks where a rule compares it, and a wait that is only known to be exponential.

The rules of the game are plain functions of uniforms. Run with these in place of numbers, an act is run once for every way
it can go, with the probability of each as an exact fraction. A uniform compared with x is below it with the share of its
interval that lies there, and its interval narrows. Two waits compared are a race: the first takes their joint rate, and the
other is as long as ever from then on, because an exponential wait has no memory.
"""

from fractions import Fraction

MOMENT = 1.0  # minutes: a fixed wait of at most this is taken as no time at all
AGES = 5e11  # minutes: what the game takes for never


class Unsolvable(ValueError):
    """A model outside what can be solved; ``lines`` say why, one a problem."""

    def __init__(self, *lines):
        super().__init__("; ".join(lines))
        self.lines = lines


class Fate:
    """One way things can go: the forks taken so far, and the probability of all of them."""

    def __init__(self, script=()):
        self.script, self.at, self.probability = list(script), 0, Fraction(1)
        self.blocks = {}

    def happens(self, p):
        """Whether something of probability ``p`` (a Fraction) happens: as the script says, else yes first."""
        if p <= 0 or p >= 1:
            return p >= 1
        if self.at == len(self.script):
            self.script.append(True)
        chosen = self.script[self.at]
        self.at += 1
        self.probability *= p if chosen else 1 - p
        return chosen

    def uniforms(self, actor, count, part):
        """The block of four uniforms of that name, open: what ``sim.game.chance.uniforms`` asks of a chance."""
        name = actor, count, part
        if name not in self.blocks:
            self.blocks[name] = tuple(Undrawn(self) for _ in range(4))
        return self.blocks[name]


def branches(play):
    """Every way ``play(fate)`` can go: pairs of its probability (a Fraction; they sum to 1) and what it returned."""
    script = []
    while True:
        fate = Fate(script)
        outcome = play(fate)
        yield fate.probability, outcome
        script = fate.script
        while script and not script[-1]:
            script.pop()
        if not script:
            return
        script[-1] = False


def _closed(self, *others):
    """What an open chance answers to anything but a comparison."""
    raise Unsolvable(
        "the rules must only compare their chances and waits, got arithmetic with one: deaths drawn from a "
        "distribution, a wait that is not exponential, or memory that fades"
    )


class Open:
    """A number that is not known yet; only comparisons with numbers are allowed."""

    __add__ = __sub__ = __rsub__ = __pow__ = __rpow__ = __neg__ = __abs__ = __float__ = __int__ = __floor__ = _closed
    __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __ceil__ = __index__ = __bool__ = _closed
    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other

    def __gt__(self, x):
        return not self <= x

    def __ge__(self, x):
        return not self < x

    def __le__(self, x):
        return self < x


class Undrawn(Open):
    """A uniform known to lie in [low, high); a comparison with a number forks and narrows it."""

    def __init__(self, fate, low=0.0, high=1.0):
        self.fate, self.low, self.high = fate, low, high

    def __lt__(self, x):
        if x <= self.low or x >= self.high:
            return x >= self.high
        low = Fraction(self.low)
        below = self.fate.happens((Fraction(x) - low) / (Fraction(self.high) - low))
        self.low, self.high = (self.low, x) if below else (x, self.high)
        return below

    def unit_wait(self):
        """A unit exponential wait: what ``sim.game.chance.unit_wait`` asks of a uniform."""
        return Wait(self.fate, 1.0)


class Wait(Open):
    """An exponential wait of ``rate`` per minute, from now or from the end of the wait it lost a race against."""

    def __init__(self, fate, rate):
        self.fate, self.rate = fate, rate

    def __mul__(self, x):
        if x == 0.0 or x == float("inf"):
            return x
        return Wait(self.fate, self.rate / x)

    __rmul__ = __mul__

    def __truediv__(self, x):
        return Wait(self.fate, self.rate * x)

    def __radd__(self, now):
        return self

    def __ceil__(self):
        return self

    def __lt__(self, x):
        if isinstance(x, Wait):
            return self._wins(x)
        if MOMENT < x < AGES:
            raise Unsolvable(f"every wait must be exponential or at most a minute, got one of {x / 60.0:g} hours")
        return x >= AGES

    def _wins(self, other):
        """Whether this wait ends before the ``other``; the first to end does so at the joint rate."""
        first = self.fate.happens(Fraction(self.rate) / (Fraction(self.rate) + Fraction(other.rate)))
        winner = self if first else other
        winner.rate = self.rate + other.rate
        return first
