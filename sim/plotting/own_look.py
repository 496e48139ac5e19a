"""Figures look as this program has them, and are the same bytes, whatever any style file says."""

import contextlib
from collections.abc import Iterator

from matplotlib import rc_context, rcParamsDefault


@contextlib.contextmanager
def own_look() -> Iterator[None]:
    """Let figures look as this program has them, for as long as a block lasts, whatever Matplotlib's settings say."""
    look = {key: value for key, value in rcParamsDefault.items() if not key.startswith("backend")}
    with rc_context(look):
        yield
