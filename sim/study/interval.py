"""The 95 % interval of a probability, and the point of the normal that all intervals share."""

import math

import numpy as np

Z = 1.959963984540054  # the two-sided 95 % point of the normal


def wilson(k, n):
    """The 95 % score interval of a probability from ``k`` of ``n`` (Wilson 1927); honest near 0 and 1."""
    p, zz = k / n, Z * Z / n
    middle, half = (p + zz / 2) / (1 + zz), Z * math.sqrt(p * (1 - p) / n + zz / (4 * n)) / (1 + zz)
    return p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))


def wilsons(ks, n):
    """The same for many probabilities from ``ks`` [k] of ``n`` each, to the last bit: an array [k, 3]."""
    p, zz = np.asarray(ks) / n, Z * Z / n
    middle, half = (p + zz / 2) / (1 + zz), Z * np.sqrt(p * (1 - p) / n + zz / (4 * n)) / (1 + zz)
    return np.stack([p, np.maximum(0.0, np.minimum(p, middle - half)), np.minimum(1.0, np.maximum(p, middle + half))], axis=-1)
