"""What can be seen of work under way: a bar or plain lines with rate and time left, and a status file for programs.

All times are taken from a clock that is never set back; the time of day stands in the status file for people alone.
"""

import json
import logging
import os
import platform
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from tqdm import tqdm

from sim.execution.tasks import Task, Tasks
from sim.model.text import counted, shown
from sim.runs.progress_bar import LINE, bar_alone
from sim.storage import arrays

LOG = logging.getLogger(__name__)
LEVELS = {"quiet": logging.WARNING, "normal": logging.INFO, "verbose": logging.DEBUG}
STATUS = 1.0  # seconds between writings of the status file


class _StandardError(logging.StreamHandler):
    """Writes to what standard error is at that time, on a line of its own: a bar gives way meanwhile."""

    stream = property(lambda self: sys.stderr, lambda self, stream: None)

    def emit(self, record: logging.LogRecord) -> None:
        with tqdm.external_write_mode():
            super().emit(record)


class _Shown(logging.Formatter):
    """Lines that can be shown anywhere."""

    def format(self, record: logging.LogRecord) -> str:
        return shown(super().format(record))


def speak(verbosity: str) -> None:
    """Let what the program has to say reach standard error from the level of ``verbosity`` on."""
    logger = logging.getLogger("sim")
    for old in logger.handlers[:]:
        logger.removeHandler(old)
    handler = _StandardError()
    handler.setFormatter(_Shown("escalation: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(LEVELS[verbosity])


class Progress:
    """Counts the runs of the tasks that are done: ``with Progress(tasks) as watch: ... watch.done(task)``.

    ``status`` is the file kept up to date, if any; ``summary`` gives the lines that a signal USR1 asks for. A bar is shown in
    a terminal unless ``quiet``.
    """

    def __init__(
        self,
        tasks: Tasks,
        label: str = "runs",
        status: Path | None = None,
        quiet: bool = False,
        summary: Callable[[], Iterable[str]] | None = None,
    ) -> None:
        self.total, self.count, self.status, self.summary = tasks.cells * tasks.runs, len(tasks), status, summary
        self.played = self.kept = self.chunks = 0  # runs of now, runs of before, chunks of both
        self.start = self.since = time.monotonic()  # pace is taken from ``since``
        self.said = self.wrote = self.start  # the last line, the last status
        self.unpaced = 0  # runs of now that had been played by then
        self.bar = bar_alone(total=self.total, desc=label, unit=" runs", unit_scale=True, quiet=quiet)

    def __enter__(self) -> Self:
        """Listen for the signal USR1 from now on, where there is something to say."""
        self.before = None
        if self.summary and hasattr(signal, "SIGUSR1") and threading.current_thread() is threading.main_thread():
            self.before = signal.signal(signal.SIGUSR1, self._asked)
        self._write("playing")
        return self

    def __exit__(self, kind: type[BaseException] | None, *problem: object) -> None:
        """The work is done, or has stopped."""
        self.bar.close()
        if self.before is not None:
            signal.signal(signal.SIGUSR1, self.before)
        self._write("played" if kind is None else "stopped")

    def found(self, task: Task) -> None:
        """A task's chunk was there already."""
        self.kept += task.runs * len(task.settings)
        self._moved(task)

    def done(self, task: Task) -> None:
        """A task has been played."""
        runs = task.runs * len(task.settings)
        if not self.played:  # the first, whose time is mostly that of compiling and of starting workers
            self.since, self.unpaced = time.monotonic(), runs
        self.played += runs
        LOG.debug("cells %d to %d: %s each", task.cell, task.cell + len(task.settings) - 1, counted(task.runs, "run"))
        self._moved(task)

    def _moved(self, task: Task) -> None:
        """One more task is done: show it."""
        self.chunks += 1
        self.bar.update(task.runs * len(task.settings))
        now = time.monotonic()
        if self.bar.disable and now - self.said >= LINE:
            self.said = now
            LOG.info("%s", self.line())
        if now - self.wrote >= STATUS:
            self._write("playing")

    def line(self) -> str:
        """How far it is, in a line."""
        done, rate, left = self._pace()
        words = f"{done:,} of {counted(self.total, 'run')} ({done / self.total:.0%}), {rate:,.0f} runs/s"
        return words + (f", {clock(left)} left" if left is not None else "")

    def _pace(self) -> tuple[int, float, float | None]:
        """Runs done, runs a second, and seconds left (None before anything is known)."""
        done, now = self.kept + self.played, time.monotonic()
        if self.played > self.unpaced:
            rate = (self.played - self.unpaced) / max(1e-9, now - self.since)
        else:  # of the first chunk alone
            rate = self.played / max(1e-9, now - self.start)
        return done, rate, (self.total - done) / rate if rate else None

    def _write(self, state: str) -> None:
        """Write the status file; that it cannot be written is no reason to stop."""
        if self.status is None:
            return
        self.wrote = time.monotonic()
        done, rate, left = self._pace()
        content = {
            "state": state, "runs": self.total, "runs done": done, "of which found": self.kept, "chunks": self.count,
            "chunks done": self.chunks, "runs per second": round(rate, 1), "seconds left": left and round(left, 1),
            "process": os.getpid(), "machine": platform.node(), "time": datetime.now(UTC).isoformat(timespec="seconds"),
        }  # fmt: skip
        try:
            arrays.write(self.status, json.dumps(content, indent=2).encode() + b"\n", lasting=False)
        except OSError as error:
            LOG.debug("status: %s", error)

    def _asked(self, *_):
        """The signal: how far it is, and what is known so far."""
        with tqdm.external_write_mode():
            print(self.line(), *(self.summary() if self.summary else ()), sep="\n", file=sys.stderr, flush=True)


def clock(seconds: float) -> str:
    """Seconds as h:mm:ss."""
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
