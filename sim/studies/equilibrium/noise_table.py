"""Over which noise both playing a strategy is an equilibrium, as text."""

import numpy as np

from sim.plotting.numbers import plain, share
from sim.studies.equilibrium.noise_threshold import stopped


def noise_table(found, request):
    """A head and a row for each mechanism, watched strategy and value of the noise."""
    rows = [("mechanism", "both play", "P(equil.) at each", "larger regret at each",
             "an equilibrium", f"within {request.gain:g}")]  # fmt: skip
    for games in found:
        for name in games[0].answer.watched:
            stood = [one.answer.watched[name] for one in games]
            rows.append((
                games[0].mechanism.replace("_", " "),
                name,
                " ".join(share(one.share) for one in stood),
                " ".join(plain(one.regret[0], int(one.regret[0] < 10)) for one in stood),
                held(games, name),
                held(games, name, request.gain),
            ))  # fmt: skip
    return rows


def held(games, name, allowed=0.0):
    """Over which noise both playing ``name`` is an equilibrium, or leaves nobody more than ``allowed`` to gain."""
    stop = stopped(games, name, allowed)
    later = any(one.noise > stop.stop[0] and one.answer.leeway[name][0] + allowed >= 0 for one in games)
    return spell(stop, games) + (", and again later" if later else "")


def spell(stop, games):
    """Over which noise a profile holds, from a ``Stop``: "until .301 [.297, .304]", "from .05 [.04, .06] on", "never"."""
    low, high = games[0].noise, games[-1].noise
    if np.isinf(stop.start[0]):
        return "never"
    begins = "" if stop.start[0] <= low else f"from {over(stop.start, low, high)}"
    if np.isinf(stop.stop[0]):
        return f"{begins} on" if begins else f"at all, up to {high:g}"
    if not begins and max(stop.stop) <= low:
        return f"at {low:g} alone"
    return f"{begins} until {over(stop.stop, low, high)}".strip()


def over(triple, low, high):
    """A value of the noise with its interval, whose ends may lie beyond the values looked at."""
    value, *ends = triple
    shown = [f"<{low:g}" if one < low else f">{high:g}" if one > high else f"{one:.3g}" for one in ends]
    return f"{value:.3g} [{shown[0]}, {shown[1]}]"
