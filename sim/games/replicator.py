"""Replicator dynamics of two populations: in each, what does better than its average grows (Taylor 1979)."""

import numpy as np

from sim.games.bimatrix import Bimatrix, spans

ENOUGH = 2000.0  # time, in which a gap of a hundredth of the range of payoffs multiplies odds by e^20


def growth(game: Bimatrix, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rates of change of the weights ``x`` [m] and ``y`` [n], payoffs in units of each side's range."""
    s, t = spans(game)
    to_a, to_b = game.a @ y / s, x @ game.b / t
    return x * (to_a - x @ to_a), y * (to_b - y @ to_b)


def trajectory(
    game: Bimatrix, x: np.ndarray, y: np.ndarray, until: float = ENOUGH, points: int = 400
) -> tuple[np.ndarray, np.ndarray]:
    """The weights over time from ``x``, ``y`` (all positive): arrays [points, m] and [points, n].

    Followed in the logarithms of weights, which change at the rate of payoffs but for a common term that cancels.
    """
    from scipy.integrate import solve_ivp

    (s, t), m = spans(game), len(x)
    a, b = (game.a - game.a.min()) / s, (game.b - game.b.min()) / t

    def change(_: float, z: np.ndarray) -> np.ndarray:
        return np.concatenate([a @ weights(z[m:]), weights(z[:m]) @ b])

    start = np.log(np.concatenate([x, y]))
    times = until * np.linspace(0.0, 1.0, points) ** 4  # closer together at first, where more happens
    path = solve_ivp(change, (0.0, until), start, t_eval=times, method="DOP853", rtol=1e-8, atol=1e-9)
    return weights(path.y[:m].T), weights(path.y[m:].T)


def weights(logarithms: np.ndarray) -> np.ndarray:
    """Weights [..., k] that add up to 1, from their logarithms up to a common term."""
    grown = np.exp(logarithms - logarithms.max(-1, keepdims=True))
    return grown / grown.sum(-1, keepdims=True)


def settled(game: Bimatrix) -> tuple[np.ndarray, np.ndarray]:
    """Where the dynamics lead from equal weights: the weights of a and of b at the end, an equilibrium or a cycle's point."""
    m, n = game.a.shape
    x, y = trajectory(game, np.full(m, 1 / m), np.full(n, 1 / n), points=2)
    return x[-1], y[-1]
