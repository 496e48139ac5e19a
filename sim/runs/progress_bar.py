"""How far work is, on standard error: a bar in a terminal that vanishes at the end, else now and then a line."""

import sys
from collections.abc import Iterable
from typing import Any

from tqdm import tqdm

DELAY, LINE = 2, 10.0  # seconds before the first sign, and between lines


def bar(items: Iterable[Any] | None = None, **about: Any) -> tqdm:
    """A ``tqdm`` over ``items``, or to be updated by hand; ``about``: desc, unit, total, unit_scale."""
    if notebook() or sys.stderr.isatty():
        return kind()(items, delay=DELAY, leave=False, **about)
    return tqdm(items, delay=DELAY, leave=False, mininterval=LINE, maxinterval=LINE, file=_Lines(), **about)


def bar_alone(**about: Any) -> tqdm:
    """A bar in a terminal or a notebook, and nothing anywhere else, nor where ``quiet``; ``about`` as for ``bar``."""
    quiet = about.pop("quiet", False)
    return kind()(delay=DELAY, leave=False, disable=quiet or not (notebook() or sys.stderr.isatty()), **about)


def notebook() -> bool:
    """Whether a notebook asks."""
    return "ipykernel" in sys.modules


def kind() -> type[tqdm]:
    """The bar of a notebook, which is no text, or that of a terminal."""
    if not notebook():
        return tqdm
    from tqdm.auto import tqdm as widget

    return widget


class _Lines:
    """Takes what a bar would write over itself, and writes each state of it as a line."""

    def write(self, text: str) -> None:
        if text.strip():
            print(text.strip(), file=sys.stderr)

    def flush(self) -> None:
        sys.stderr.flush()
