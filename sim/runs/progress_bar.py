"""How far work is, on standard error: a bar in a terminal that vanishes at the end, else now and then a line."""

import sys
from collections.abc import Iterable
from typing import Any

from tqdm import tqdm

DELAY, LINE = 2, 10.0  # seconds before the first sign, and between lines


def bar(items: Iterable[Any] | None = None, **about: Any) -> tqdm:
    """A ``tqdm`` over ``items``, or to be updated by hand; ``about``: desc, unit, total, unit_scale."""
    if "ipykernel" in sys.modules:  # a notebook shows a bar of its own
        from tqdm.auto import tqdm as notebook

        return notebook(items, delay=DELAY, leave=False, **about)
    if sys.stderr.isatty():
        return tqdm(items, delay=DELAY, leave=False, **about)
    return tqdm(items, delay=DELAY, leave=False, mininterval=LINE, maxinterval=LINE, file=_Lines(), **about)


class _Lines:
    """Takes what a bar would write over itself, and writes each state of it as a line."""

    def write(self, text: str) -> None:
        if text.strip():
            print(text.strip(), file=sys.stderr)

    def flush(self) -> None:
        sys.stderr.flush()
