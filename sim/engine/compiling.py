"""The first compilation takes its time: it is said, once, on standard error, what is being waited for.

Numba tells when a kernel is compiled and not when one is found compiled, so nothing is said without reason.
"""

import logging
import sys
import threading
import time
from typing import Any, TextIO

from sim.model.numerics.compiled_cache import UNKEPT
from sim.model.numerics.jit import teach
from sim.model.numerics.shipped import REFUSED
from sim.model.text import folded

EXPECTED = {
    "sim.engine.kernel": ("the game", 15),
    "sim.engine.splitting": ("splitting", 20),
    "sim.engine.conditioning.particle_filter": ("the game under a record", 40),
}  # seconds, on one core


class Compiling:
    """Says that one of the kernels named in ``EXPECTED`` is being compiled; in a terminal also for how long by now."""

    def __init__(self) -> None:
        self.said: set[tuple[str, int]] = set()
        self.done = threading.Event()
        self.shown: threading.Thread | None = None

    def notify(self, event: Any) -> None:
        """Numba's word that something begins or ends."""
        (self.on_start if event.is_start else self.on_end)(event)

    def on_start(self, event: Any) -> None:
        """A kernel, or what it calls, starts to be compiled."""
        what = EXPECTED.get(event.data["dispatcher"].py_func.__module__)
        if what is None or what in self.said or logging.getLogger("sim").level > logging.INFO:
            return
        self.said.add(what)
        self.done.clear()
        self.shown = threading.Thread(target=shown, args=(*what, self.done, sys.stderr), daemon=True)
        print(folded(told(*what)), file=sys.stderr, flush=True)
        self.shown.start()

    def on_end(self, event: Any) -> None:
        """It is compiled."""
        if event.data["dispatcher"].py_func.__module__ in EXPECTED and self.shown:
            self.done.set()
            self.shown.join()


def told(what: str, seconds: int) -> str:
    """What is waited for, for how long, and whether it will be waited for again."""
    often = f"in each process anew, for none of it is kept: {UNKEPT[0]}" if UNKEPT else "once for these sources"
    why = f"; what is shipped cannot be used here: {REFUSED[0]}" if REFUSED else ""
    return f"escalation: compiling {what}, {often} (some {seconds} seconds){why}"


def shown(what: str, seconds: int, done: threading.Event, stream: TextIO | None) -> None:
    """Show in a terminal how long it has been, second by second, until it is done; the line then vanishes."""
    if not (stream and stream.isatty()):
        return
    start = time.monotonic()
    while not done.wait(1.0):
        print(f"\r{time.monotonic() - start:.0f} of some {seconds} s", end="", file=stream, flush=True)
    print("\r\x1b[K", end="", file=stream, flush=True)


def listen() -> None:
    """Let compilations be told from now on."""
    teach(_listen)


def _listen() -> None:
    """Have Numba tell of them."""
    from numba.core import event

    event.Listener.register(Compiling)
    event.register("numba:compile", Compiling())
