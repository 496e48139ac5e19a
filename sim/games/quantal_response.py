"""Logit quantal response: sides that err the less the more an error costs (McKelvey & Palfrey 1995).

At precision 0 both play at random; the principal branch leads from there to one Nash equilibrium as precision grows. It
is followed by its arc length, so that it may bend back on the way (Turocy 2005), in logarithms, which keep weights
positive.
"""

from typing import NamedTuple

import numpy as np

from sim.games.bimatrix import Bimatrix

FIRST, LEAST, WIDEST = 0.05, 1e-5, 0.4  # steps along the path, in the scaled unknowns
MOST, SMALL = 20_000, 24  # steps tried, of games with up to so many strategies in all; with more, fewer: each takes longer
CLOSE = 1e-11
STRAIGHT = 0.98  # least cosine of the angle by which the branch turns in a step


class Path(NamedTuple):
    """The branch, point by point from precision 0 on."""

    precision: np.ndarray  # [points] in one over the unit of payoffs
    x: np.ndarray  # [points, m]
    y: np.ndarray  # [points, n]


def quantal_path(game: Bimatrix, until: float) -> Path:
    """The principal branch of ``game`` up to the precision ``until`` (or as far as ``MOST`` steps lead)."""
    m, n = game.a.shape
    tries = int(MOST * min(1.0, (SMALL / (m + n)) ** 3))
    unit = max(np.ptp(game.a), np.ptp(game.b)) or 1.0
    a, b = game.a / unit, game.b / unit
    end = until * unit
    z = np.concatenate([np.full(m, -np.log(m)), np.full(n, -np.log(n)), [0.0]])
    direction = np.eye(m + n + 1)[-1]
    points, step = [z], FIRST
    while z[-1] < end and tries and step > LEAST:
        tries -= 1
        direction = _tangent(_slopes(z, a, b), direction)
        near = _corrected(z + step * direction, direction, a, b)
        if (
            near is None
            or np.linalg.norm(near - z) > 2 * step
            or _tangent(_slopes(near, a, b), direction) @ direction < STRAIGHT
        ):
            step /= 2  # it did not come back, went to another place, or the branch bends within the step
            continue
        points.append(near)
        z, step = near, min(1.4 * step, WIDEST * (1 + z[-1] / 10))
    if z[-1] > end:
        points[-1] = _settled(points[-2], points[-1], end, a, b)
    path = np.array(points)
    return Path(path[:, -1] / unit, np.exp(path[:, :m]), np.exp(path[:, m:-1]))


def quantal(game: Bimatrix, precision: float) -> tuple[np.ndarray, np.ndarray]:
    """The logit quantal response equilibrium on the principal branch at ``precision``: weights of a and of b."""
    path = quantal_path(game, precision)
    return path.x[-1], path.y[-1]


def _gaps(z: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How far logarithms of weights, and the precision, are from a logit equilibrium: [m + n]."""
    m = len(a)
    u, v, precision = z[:m], z[m:-1], z[-1]
    x, y = np.exp(u), np.exp(v)
    to_a, to_b = a @ y, x @ b
    return np.concatenate([
        [x.sum() - 1], (u[1:] - u[0]) - precision * (to_a[1:] - to_a[0]),
        [y.sum() - 1], (v[1:] - v[0]) - precision * (to_b[1:] - to_b[0]),
    ])  # fmt: skip


def _slopes(z: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The derivatives of ``_gaps`` [m + n, m + n + 1]."""
    m, n = a.shape
    x, y, precision = np.exp(z[:m]), np.exp(z[m:-1]), z[-1]
    to_a, to_b = a @ y, x @ b
    out = np.zeros((m + n, m + n + 1))
    out[0, :m], out[m, m:-1] = x, y
    out[1:m, 0], out[m + 1 :, m] = -1.0, -1.0
    out[1:m, 1:m], out[m + 1 :, m + 1 : -1] = np.eye(m - 1), np.eye(n - 1)
    out[1:m, m:-1] = -precision * (a[1:] - a[0]) * y
    out[m + 1 :, :m] = -precision * ((b[:, 1:] - b[:, :1]) * x[:, None]).T
    out[1:m, -1], out[m + 1 :, -1] = -(to_a[1:] - to_a[0]), -(to_b[1:] - to_b[0])
    return out


def _tangent(slopes: np.ndarray, before: np.ndarray) -> np.ndarray:
    """The unit vector along the branch, on in the direction ``before``."""
    try:
        vector = np.linalg.solve(np.vstack([slopes, before]), np.eye(len(before))[-1])
        vector /= np.linalg.norm(vector)
    except np.linalg.LinAlgError:
        vector = np.linalg.svd(slopes)[2][-1]
    return vector if vector @ before > 0 else -vector


def _corrected(start: np.ndarray, direction: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
    """Newton's way back to the branch, square to ``direction``, or None where it does not lead there."""
    z = start
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(8):
            gaps = np.append(_gaps(z, a, b), direction @ (z - start))
            if not np.isfinite(gaps).all():
                return None
            if np.abs(gaps).max() < CLOSE:
                return z
            try:
                z = z - np.linalg.solve(np.vstack([_slopes(z, a, b), direction]), gaps)
            except np.linalg.LinAlgError:
                return None
        return z if np.abs(_gaps(z, a, b)).max() < 1e-8 else None


def _settled(before: np.ndarray, after: np.ndarray, end: float, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The point of the branch at the precision ``end``, between two of its points."""
    share = (end - before[-1]) / (after[-1] - before[-1])
    start = before + share * (after - before)
    start[-1] = end
    held = np.eye(len(start))[-1]
    near = _corrected(start, held, a, b)
    return start if near is None else near
