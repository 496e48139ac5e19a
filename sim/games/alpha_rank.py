"""alpha-Rank: how long evolution with rare mutants stays at each pure profile (Omidshafiei et al. 2019, two populations).

A population of each side plays one strategy until a mutant of one side appears and either takes its population over or dies
out. The share of time at each profile ranks profiles without choosing among equilibria, and is defined for every game.
"""

import numpy as np

from sim.games.bimatrix import Bimatrix, spans

BLOCK = 64  # states
FLOOR = 1e-15  # least probability of a takeover: keeps every profile within reach, as rare mutants do


def alpharank(game: Bimatrix, alpha: float = 20.0, population: int = 50) -> np.ndarray:
    """The share of time at every profile [m, n]; ``alpha`` is the strength of selection on payoffs of range 1."""
    (s, t), (m, n) = spans(game), game.a.shape
    rates = np.zeros((m * n, m * n))
    number = np.arange(m * n).reshape(m, n)
    each = 1.0 / max(1, m + n - 2)  # every mutation is as likely as every other
    for i, j in np.ndindex(m, n):
        for k in range(m):
            if k != i:
                rates[number[i, j], number[k, j]] = each * takeover((game.a[k, j] - game.a[i, j]) / s, alpha, population)
        for k in range(n):
            if k != j:
                rates[number[i, j], number[i, k]] = each * takeover((game.b[i, k] - game.b[i, j]) / t, alpha, population)
    return stationary(rates).reshape(m, n)


def takeover(gain: float, alpha: float, population: int) -> float:
    """The probability that one mutant which gets ``gain`` more takes over its population (Fermi process)."""
    step = alpha * gain
    if step == 0.0:
        return 1.0 / population
    if step > 0.0:
        return max(FLOOR, float(np.expm1(-step) / np.expm1(-population * step)))
    return max(FLOOR, float(np.exp((population - 1) * step) * np.expm1(step) / np.expm1(population * step)))


def stationary(rates: np.ndarray) -> np.ndarray:
    """The stationary distribution of a chain with the given ``rates`` [k, k] between states, the diagonal left out.

    By the elimination of Grassmann, Taksar & Heyman (1985), which subtracts nothing and so loses no small number. State by
    state within a block; the rest learns of a block at once, by one product of matrices.
    """
    p = np.array(rates, float)
    np.fill_diagonal(p, 0.0)
    k = len(p)
    for top in range(k, 1, -BLOCK):
        low = max(1, top - BLOCK)
        for s in range(top - 1, low - 1, -1):
            gone = slice(s + 1, top)
            p[s, :s] += p[s, gone] @ p[gone, :s]
            p[:s, s] += p[:s, gone] @ p[gone, s]
            p[:s, s] /= p[s, :s].sum()
        p[:low, :low] += p[:low, low:top] @ p[low:top, :low]
    weights = np.ones(k)
    for s in range(1, k):
        weights[s] = weights[:s] @ p[:s, s]
    return weights / weights.sum()
