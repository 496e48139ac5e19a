"""How many runs make a simulated game's equilibria true? The uniform bound everything better is measured against."""

import math


def uniform_bound(span, cells, error, level=0.95):
    """Runs of each of ``cells`` that hold every mean payoff of both sides within ``error`` with probability ``level``.

    Hoeffding's inequality and a union over cells and sides, for payoffs that span at most ``span`` (Tuyls et al. 2020,
    theorem 3.2): equilibria of the simulated game are then equilibria of the true one within twice the error.
    """
    return math.ceil(span * span * math.log(2 * 2 * cells / (1 - level)) / (2 * error * error))
