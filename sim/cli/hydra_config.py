"""Configuration files composed: our own, those of a stranger's folder and the command line, by Hydra's loader.

Hydra reads a stranger's folder through ``Strangers``, a source of configurations as its plugins are, which lets pass what
``guard`` admits. Nothing is ever run by Hydra: its settings for that (folders, logging, launchers, sweepers, callbacks) are
not there but for the few its loader asks for, and neither a file nor the command line can name one.
"""

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from functools import cache
from typing import Any

from hydra import version
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
from hydra.conf import JobConf, OverridesConf, RuntimeConf
from hydra.core.config_store import ConfigStore
from hydra.core.object_type import ObjectType
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.core.plugins import Plugins
from hydra.errors import HydraException
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf, open_dict
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError

from sim.cli import hydra_errors, references
from sim.cli.hydra_guard import GROUPS as FOLDERS
from sim.cli.hydra_guard import content_of, file_of, package_of
from sim.design.crisis_from_mapping import defaults
from sim.design.errors import InputError
from sim.design.groups import GROUPS
from sim.design.paths import CONFIGS
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis

SCHEME = "stranger"
INFINITE = {f"{sign}{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", ".inf")}
LOADER: ContextVar[ConfigLoaderImpl] = ContextVar(
    "what composes the files that are open: not Hydra's own, of which a process has but one"
)
UNFORESEEN = (ValueError, TypeError, AttributeError, AssertionError, KeyError, RecursionError)  # of Hydra, by strange input


class Numbers(ConfigStore):
    """The default numbers of every group, each as the option ``base`` of its group; a store beside Hydra's, for us alone."""

    def __init__(self) -> None:
        super().__init__()
        for group, kind in GROUPS.items():
            self.store(group=group, name="base", node=defaults(kind))
        numbers = {name: value for name, value in defaults(Crisis).items() if not isinstance(value, dict)}
        self.store(group="scenario", name="base", node=numbers, package="_global_")
        own: dict[str, Any] = {
            "mode": None,
            "searchpath": [],
            "overrides": OverridesConf(),
            "runtime": RuntimeConf(),
            "job": JobConf(),
        }
        self.store(group="hydra", name="config", node=own)  # of Hydra's twenty files of settings, what its loader asks for

    def __deepcopy__(self, _: object) -> "Numbers":
        """Itself: Hydra copies all it may read before it composes, and once more whatever it loads."""
        return self


class Strangers(ConfigSource):
    """A folder of configuration files that are data."""

    @staticmethod
    def scheme() -> str:
        return SCHEME

    def load_config(self, config_path: str) -> ConfigResult:
        """The content of a file that has been looked at."""
        group, _, name = config_path.rpartition("/")
        if (path := file_of(self.path, group, name)) is None:
            raise ConfigLoadError(f"there is no {config_path}")
        content = content_of(path, group)
        header = {"package": package_of(group)}
        return ConfigResult(provider=self.provider, path=self.full_path(), config=OmegaConf.create(content), header=header)

    def available(self) -> bool:
        return os.path.isdir(self.path)

    def is_group(self, config_path: str) -> bool:
        return not config_path or (config_path in FOLDERS and os.path.isdir(os.path.join(self.path, config_path)))

    def is_config(self, config_path: str) -> bool:
        group, _, name = config_path.rpartition("/")
        return file_of(self.path, group, name) is not None

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """The groups there are at the top, and the options in a group."""
        if not config_path:
            return [] if results_filter == ObjectType.CONFIG else sorted(name for name in FOLDERS if self.is_group(name))
        names = [
            name.removesuffix(".yaml") for name in os.listdir(os.path.join(self.path, config_path)) if name.endswith(".yaml")
        ]
        return sorted(name for name in names if results_filter != ObjectType.GROUP and file_of(self.path, config_path, name))


@contextlib.contextmanager
def files(folder: str = "", told: str = "--config-dir FOLDER") -> Iterator[None]:
    """Our configuration files, and those of ``folder``, open to be composed; others may be open meanwhile, in any thread.

    ``told`` is how a folder is named by who asks.
    """
    if folder and not os.path.isdir(folder):
        raise InputError(f"{told.removesuffix(' FOLDER').partition('=')[0]} must be a folder, got {folder!r}")
    token, own = LOADER.set(_opened(folder) if folder else _ours()), hydra_errors.OWN_FILES.set(told)
    try:
        yield
    finally:
        LOADER.reset(token)
        hydra_errors.OWN_FILES.reset(own)


def _opened(folder: str = "") -> ConfigLoaderImpl:
    """What composes our files and those of ``folder``."""
    path = ConfigSearchPathImpl()
    path.append("main", str(CONFIGS))
    if folder:
        path.append("command-line", f"{SCHEME}://{folder}")
    path.append("schema", "structured://")
    Plugins.instance().register(Strangers)
    version.setbase("1.3")
    opened = ConfigLoaderImpl(path)
    opened.repository.get_schema_source().store = Numbers()  # type: ignore[attr-defined]
    return opened


@cache
def _ours() -> ConfigLoaderImpl:
    """What composes our files alone: one for the process, by which what was composed of them is known again."""
    return _opened()


def loader() -> ConfigLoaderImpl:
    """What knows the groups and options there are, while ``files`` are open."""
    return LOADER.get()


def named(override: str) -> str:
    """An override whose options are names even where they read as numbers: ``mechanism=2024_01`` for its file 2024_01.yaml."""
    key, sign, value = override.partition("=")
    if key.split("@")[0].lstrip("+") not in FOLDERS or not re.fullmatch(r"[\w.+-]+(,[\w.+-]+)*", value):
        return override
    return key + sign + re.sub(r"(?<![^,])\d[\w.+-]*", r"'\g<0>'", value)


def read_overrides(overrides: Sequence[str]) -> list[Override]:
    """Overrides as Hydra reads them. Raises ``InputError`` for what is none, names a setting of Hydra's or calls a function."""
    if strange := [one for one in overrides if not re.match(r"[+~]*[^\s=+~@]", one)]:
        raise InputError(hydra_errors.unreadable(strange[0]))
    with _told(overrides):
        found = OverridesParser.create(config_loader=loader()).parse_overrides([named(one) for one in overrides])
    for one in found:
        _check(one)
    return found


def _check(override: Override) -> None:
    """Refuse what no override may say."""
    key, place = override.key_or_group, override.package or ""
    value: Any = override.value()
    if "hydra" in (re.split(r"[./@:]", key)[0], *re.split(r"[./@:]", place)):
        raise InputError(f"{override.get_key_element()} is a setting of Hydra's, which has no say here; leave it out")
    given = [getattr(one, "text", one) for one in value.list] if hasattr(value, "list") else value  # of a sweep, unquoted
    options = [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]
    if key.split("/")[0] in FOLDERS and "." not in key:
        for option in options:
            if "$" in option or option.startswith("_"):
                raise InputError(f"an option of a group must be a plain name, got {option}")
    references.check(given if isinstance(given, (str, list, dict)) else "", override.get_key_element().lstrip("+~"))


def composed(name: str, overrides: Sequence[str]) -> DictConfig:
    """The configuration ``name`` with overrides that have been read, Hydra's own settings included."""
    with _told(overrides):
        return loader().load_configuration(name, [named(one) for one in overrides], RunMode.RUN, from_shell=False)


@contextlib.contextmanager
def _told(overrides: Sequence[str]) -> Iterator[None]:
    """Say in one line what Hydra cannot read or compose."""
    try:
        yield
    except InputError:
        raise
    except (HydraException, OmegaConfBaseException) as error:
        raise InputError(*hydra_errors.lines(error)) from None
    except YAMLError as error:
        raise InputError(hydra_errors.of_yaml(error)) from None
    except UNFORESEEN as error:
        raise InputError(hydra_errors.unread(error, overrides)) from None


def plain(configuration: DictConfig) -> dict[str, Any]:
    """What Hydra composed, less its own settings, as plain values; references stand as they are."""
    with open_dict(configuration):
        configuration.pop("hydra", None)
    return _infinite(OmegaConf.to_container(configuration, resolve=False))


def _infinite(value: Any) -> Any:
    """A plain value in which infinity is a number: the command line knows only ``inf``, a file only ``.inf``."""
    if isinstance(value, dict):
        return {key: _infinite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_infinite(inner) for inner in value]
    return INFINITE.get(value, value) if isinstance(value, str) else value


def crisis_mapping(mapping: dict[str, Any]) -> dict[str, Any]:
    """The part of a plain configuration that is its crisis, references filled in."""
    fields = {*parameters(Crisis), *parts(Crisis)}
    return {key: value for key, value in references.resolved(mapping).items() if key in fields}
