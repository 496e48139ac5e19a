"""What a nation remembers: all that a rule may see of what has happened."""

from typing import NamedTuple


class Memory(NamedTuple):
    """What a nation remembers of what was done to it and what it did."""

    perceived_rung: int = 0  # strongest perceived act not yet answered
    true_rung: int = 0  # what that act was, seen without error
    unanswered_deaths: int = 0  # own nationals dead in what was not yet answered
    streak: int = 0  # provocations in a row, since relations last settled
    grievances: int = 0  # provocations ever
    standing: int = 1  # 1 good, 0 bad: it struck a side that had not provoked it
    opponent_standing: int = 1  # standing of the other side in its eyes
    last: int = 0  # rung of its last decision since relations last settled, 0 where it let pass
    tone: int = 0  # of the other side's last public words
