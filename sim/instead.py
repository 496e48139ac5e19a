"""Something else in the place of what a library has, for as long as a block lasts."""

from contextlib import contextmanager


@contextmanager
def instead(owner, name, value):
    """Let ``owner.name`` be ``value`` inside the block; however it ends, what was there before is there again.

    Raises ``KeyError`` where ``owner`` itself defines no such name: what a newer library calls otherwise is not passed over.
    """
    before = vars(owner)[name]
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
