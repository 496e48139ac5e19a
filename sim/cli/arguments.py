"""The command line of an experiment: its flags, its overrides, and the jobs that several values make of them."""

import argparse
import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from hydra.core.override_parser.types import Override, RangeSweep

from sim.cli import hydra_errors
from sim.design.errors import InputError, nearest

FLAGS = ("--multirun", "--config-dir", "--help", "--cfg", "--package", "--resolve")
JOBS = 10_000  # most of a multirun


class Arguments(NamedTuple):
    """A command line taken apart."""

    overrides: list[str]
    multirun: bool
    folder: str  # of the user's own configuration files, or ""
    help: str | None  # what help is asked about: "" for all of it
    shown: bool  # print the configuration, and do nothing
    package: str  # the part of it that is printed, or "" for all
    resolve: bool  # print it with references filled in


def arguments_of(words: Sequence[str]) -> Arguments:
    """The ``Arguments`` of a command line; flags may stand anywhere. Raises ``InputError`` for what is none."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("overrides", nargs="*")
    parser.add_argument("--multirun", "-m", action="store_true")
    parser.add_argument("--config-dir", "-cd", default="", dest="folder")
    parser.add_argument("--help", "-h", nargs="?", const="")
    parser.add_argument("--cfg", "-c", choices=["job"], dest="shown")
    parser.add_argument("--package", "-p", default="")
    parser.add_argument("--resolve", action="store_true")
    parser.add_argument("--run", "-r", action="store_true", dest="_run")
    try:
        found, strange = parser.parse_known_intermixed_args(words)
    except argparse.ArgumentError as error:
        raise InputError(str(error)) from None
    if strange:
        raise InputError(_no_flag(strange[0], words))
    if "=" in (found.help or ""):  # an override that only follows the flag
        found.overrides, found.help = [*found.overrides, found.help], ""
    given = {name: value for name, value in vars(found).items() if name in Arguments._fields}
    return Arguments(**given | {"shown": bool(found.shown)})


def _no_flag(word: str, words: Sequence[str]) -> str:
    """The line about a flag that is none: it may be a field, or one of the flags misspelt."""
    name, sign, value = word.lstrip("-").partition("=")
    value = value if sign else next((one for one in words[words.index(word) + 1 :] if "=" not in one), "VALUE")
    if name.replace("-", "_") in {*hydra_errors.asked(), *hydra_errors.fields()}:
        return f"{word} is no option of the command: fields are given without dashes, as {name.replace('-', '_')}={value}"
    return f"unrecognized arguments: {word}{nearest(word.partition('=')[0], FLAGS)}"


def jobs_of(overrides: Sequence[Override]) -> list[list[str]]:
    """The overrides of every job of a multirun, from ``overrides`` that have been read (``composition.read_overrides``)."""
    values = {one.get_key_element(): _values(one) for one in overrides}
    _check(math.prod(map(len, values.values())))
    return [[f"{key}={value}" for key, value in zip(values, job, strict=True)] for job in itertools.product(*values.values())]


def _values(override: Override) -> list[str]:
    """The values of an override as texts."""
    if not override.is_sweep_override():
        return [override.get_value_element_as_str()]
    if not override.is_discrete_sweep():
        raise InputError(f"{override.get_key_element()} must be a list or a range with -m, got {override.get_value_string()}")
    if getattr(override.value(), "shuffle", False):
        raise InputError(f"{override.get_key_element()} must not be shuffled with -m, got {override.get_value_string()}")
    value = override.value()
    return _range(value) if isinstance(value, RangeSweep) else list(override.sweep_string_iterator())


def _range(sweep: RangeSweep) -> list[str]:
    """The numbers of ``range(0,1,0.1)``, 0.7 rather than 0.7000000000000001."""
    ends: tuple[Any, Any, Any] = sweep.start, sweep.stop, sweep.step
    if not all(map(math.isfinite, ends)) or not sweep.step:
        raise InputError(f"range must hold finite numbers and a step, got {', '.join(map(str, ends))}")
    kind = int if all(isinstance(x, int) for x in ends) else float
    start, stop, step = (Fraction(repr(x)) for x in ends)
    count = math.ceil((stop - start) / step)
    _check(count)
    return [str(kind(start + i * step)) for i in range(count)]


def _check(count: int) -> None:
    """Refuse no job at all, and more than a multirun may have."""
    if not 1 <= count <= JOBS:
        raise InputError(f"-m must make from 1 to {JOBS:,} jobs, got {max(0, count):,}")
