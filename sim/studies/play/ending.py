"""What came of a run, in a few sentences read off its row of numbers."""

from sim.model.ladder import RUNGS
from sim.model.parameter import DAY
from sim.model.text import counted
from sim.plotting.numbers import listed
from sim.studies.play.scene import names, nationals


def ending(row, crisis):
    """Peak, strikes, dead, days without ambassadors, and the way down, from the ``row`` of a ``Story``: a paragraph."""
    peak = int(row["peak"])
    parts = [
        f"Peak: rung {peak}, {RUNGS[peak]}.",
        _strikes(row, crisis),
        _dead(row, crisis),
        f"Without ambassadors for {row['envoyless'] / DAY:.1f} days." if row["envoyless"] else "",
        _way_down(row, crisis),
    ]
    return " ".join(filter(None, parts))


def _strikes(row, crisis):
    """Acts of force by each side."""
    a, b = names(crisis)
    if not row["strikes_a"] + row["strikes_b"]:
        return "No strikes."
    return f"Strikes: {row['strikes_a']:.0f} by {a}, {row['strikes_b']:.0f} by {b}."


def _dead(row, crisis):
    """The dead by strikes and by militants."""
    both = names(crisis)
    kinds = []
    for cause, words in (("strikes", "in strikes"), ("attacks", "in militant attacks")):
        counts = [int(row[f"killed_by_{cause}_{side}"]) for side in "ab"]
        who = [nationals(n, name) for n, name in zip(counts, both, strict=True) if n]
        if cause == "strikes" and row["killed_kin"]:
            who.append(f"{row['killed_kin']:.0f} others, of the striker's own origin")
        if who:
            kinds.append(f"{words} {listed(who)}")
    return f"Dead: {'; '.join(kinds)}." if kinds else "Nobody was killed."


def _way_down(row, crisis):
    """War; or the stand-down, the agreement and a relapse, each with its time or censored at the horizon."""
    if row["war_at"] >= 0:
        return f"War broke out on day {row['war_at'] / DAY:.1f}."
    if row["first_strike_at"] < 0:
        return ""
    if row["stand_down_at"] < 0:
        return f"It had not stood down by the horizon ({counted(crisis.horizon, 'day', 'g')})."
    lag = (row["stand_down_at"] - row["first_strike_at"]) / DAY
    told = f"It stood down {lag:.1f} days after the first strike"
    if row["recurrence_at"] >= 0:
        return f"{told}, but force was used again on day {row['recurrence_at'] / DAY:.1f}."
    return f"{told}, and force was not used again by the horizon ({counted(crisis.horizon, 'day', 'g')})."
