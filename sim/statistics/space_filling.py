"""Points in the unit cube: evenly spread samples of many fields at once, the same for the same seed.

Latin hypercube (McKay, Beckman & Conover 1979), scrambled Sobol sequence (Sobol 1967; Owen 1998), and Saltelli's scheme for
Sobol indices (Saltelli 2002): a base sample, a second one, and mixtures of the two.
"""

import numpy as np

METHODS = ("latin", "sobol", "saltelli")


def latin(fields: int, points: int, seed: int) -> np.ndarray:
    """A Latin hypercube: uniforms [points, fields], each field once in each of ``points`` equal parts."""
    from scipy.stats import qmc

    return qmc.LatinHypercube(fields, rng=np.random.default_rng(seed)).random(points)


def sobol(fields: int, power: int, seed: int) -> np.ndarray:
    """The first 2^power points of a scrambled Sobol sequence: uniforms [2^power, fields]."""
    from scipy.stats import qmc

    return qmc.Sobol(fields, rng=np.random.default_rng(seed)).random_base2(power)


def saltelli(fields: int, power: int, seed: int) -> np.ndarray:
    """Saltelli's scheme: A [n], B [n], then for each field A with that field from B [n]; n = 2^power."""
    sample = sobol(2 * fields, power, seed)
    a, b = sample[:, :fields], sample[:, fields:]
    mixed = np.repeat(a[None], fields, axis=0)
    for j in range(fields):
        mixed[j, :, j] = b[:, j]
    return np.concatenate([a, b, mixed.reshape(-1, fields)])
