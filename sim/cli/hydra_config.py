"""Configuration files composed: our own, those of a stranger's folder and the command line, by Hydra's loader.

Hydra reads a stranger's folder through ``Strangers``, a source of configurations as its plugins are, which lets pass what
``guard`` admits. Nothing is ever run by Hydra: its settings for that (folders, logging, launchers, sweepers, callbacks) are
composed as it ships them and never looked at, and neither a file nor the command line can name one.
"""

import contextlib
import dataclasses
import os
import re
from contextvars import ContextVar
from typing import NamedTuple

from hydra import version
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
from hydra.core.config_store import ConfigStore
from hydra.core.object_type import ObjectType
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.plugins import Plugins
from hydra.errors import HydraException
from hydra.plugins.config_source import ConfigResult, ConfigSource
from hydra.types import RunMode
from omegaconf import OmegaConf, open_dict
from omegaconf.errors import OmegaConfBaseException
from yaml import YAMLError

from sim.cli import hydra_errors, references
from sim.cli.hydra_guard import GROUPS as FOLDERS
from sim.cli.hydra_guard import content_of, file_of, package_of
from sim.cli.sources import sources
from sim.design.case import case_of
from sim.design.crisis_from_mapping import built, crisis_of, defaults, problems, read
from sim.design.errors import InputError
from sim.design.groups import GROUPS
from sim.design.paths import CONFIGS
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis

SCHEME = "stranger"
INFINITE = {f"{sign}{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", ".inf")}
LOADER = ContextVar("what composes the files that are open: not Hydra's own, of which a process has but one")
UNFORESEEN = (ValueError, TypeError, AttributeError, AssertionError, KeyError, RecursionError)  # of Hydra, by strange input


class Strangers(ConfigSource):
    """A folder of configuration files that are data."""

    @staticmethod
    def scheme():
        return SCHEME

    def load_config(self, config_path):
        group, _, name = config_path.rpartition("/")
        content = content_of(file_of(self.path, group, name), group)
        header = {"package": package_of(group)}
        return ConfigResult(provider=self.provider, path=self.full_path(), config=OmegaConf.create(content), header=header)

    def available(self):
        return os.path.isdir(self.path)

    def is_group(self, config_path):
        return not config_path or (config_path in FOLDERS and os.path.isdir(os.path.join(self.path, config_path)))

    def is_config(self, config_path):
        group, _, name = config_path.rpartition("/")
        return file_of(self.path, group, name) is not None

    def list(self, config_path, results_filter):
        if not config_path:
            return [] if results_filter == ObjectType.CONFIG else sorted(name for name in FOLDERS if self.is_group(name))
        names = [
            name.removesuffix(".yaml") for name in os.listdir(os.path.join(self.path, config_path)) if name.endswith(".yaml")
        ]
        return sorted(name for name in names if results_filter != ObjectType.GROUP and file_of(self.path, config_path, name))


def register():
    """Make the default numbers of every group known to Hydra, as the option ``base`` of the group; and ``Strangers``."""
    store = ConfigStore.instance()
    for group, kind in GROUPS.items():
        store.store(group=group, name="base", node=defaults(kind))
    numbers = {name: value for name, value in defaults(Crisis).items() if not isinstance(value, dict)}
    store.store(group="scenario", name="base", node=numbers, package="_global_")
    Plugins.instance().register(Strangers)
    version.setbase("1.3")


@contextlib.contextmanager
def files(folder=""):
    """Our configuration files, and those of ``folder``, open to be composed; others may be open meanwhile, in any thread."""
    if folder and not os.path.isdir(folder):
        raise InputError(f"--config-dir must be a folder, got {folder!r}")
    register()
    path = ConfigSearchPathImpl()
    path.append("hydra", "pkg://hydra.conf")
    path.append("main", str(CONFIGS))
    if folder:
        path.append("command-line", f"{SCHEME}://{folder}")
    path.append("schema", "structured://")
    token = LOADER.set(ConfigLoaderImpl(path))
    try:
        yield
    finally:
        LOADER.reset(token)


def loader():
    """What knows the groups and options there are, while ``files`` are open."""
    return LOADER.get()


def named(override):
    """An override whose options are names even where they read as numbers: ``mechanism=2024_01`` for its file 2024_01.yaml."""
    key, sign, value = override.partition("=")
    if key.split("@")[0].lstrip("+") not in FOLDERS or not re.fullmatch(r"[\w.+-]+(,[\w.+-]+)*", value):
        return override
    return key + sign + re.sub(r"(?<![^,])\d[\w.+-]*", r"'\g<0>'", value)


def read_overrides(overrides):
    """Overrides as Hydra reads them. Raises ``InputError`` for what is none, names a setting of Hydra's or calls a function."""
    if strange := [one for one in overrides if not re.match(r"[+~]*[^\s=+~@]", one)]:
        raise InputError(hydra_errors.unreadable(strange[0]))
    with _told(overrides):
        found = OverridesParser.create(config_loader=loader()).parse_overrides([named(one) for one in overrides])
    for one in found:
        _check(one)
    return found


def _check(override):
    """Refuse what no override may say."""
    key, place, value = override.key_or_group, override.package or "", override.value()
    if "hydra" in (re.split(r"[./@:]", key)[0], *re.split(r"[./@:]", place)):
        raise InputError(f"{override.get_key_element()} is a setting of Hydra's, which has no say here; leave it out")
    given = [getattr(one, "text", one) for one in value.list] if hasattr(value, "list") else value  # of a sweep, unquoted
    options = [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]
    if key.split("/")[0] in FOLDERS and "." not in key:
        for option in options:
            if "$" in option or option.startswith("_"):
                raise InputError(f"an option of a group must be a plain name, got {option}")
    references.check(given if isinstance(given, (str, list, dict)) else "", override.get_key_element().lstrip("+~"))


def composed(name, overrides):
    """The configuration ``name`` with overrides that have been read, Hydra's own settings included."""
    with _told(overrides):
        return loader().load_configuration(name, [named(one) for one in overrides], RunMode.RUN, from_shell=False)


@contextlib.contextmanager
def _told(overrides):
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


def plain(configuration):
    """What Hydra composed, less its own settings, as plain values; references stand as they are."""
    with open_dict(configuration):
        configuration.pop("hydra", None)
    return _infinite(OmegaConf.to_container(configuration, resolve=False))


def _infinite(value):
    """A plain value in which infinity is a number: the command line knows only ``inf``, a file only ``.inf``."""
    if isinstance(value, dict):
        return {key: _infinite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_infinite(inner) for inner in value]
    return INFINITE.get(value, value) if isinstance(value, str) else value


class Job(NamedTuple):
    """One composed configuration: what an experiment answers."""

    name: str  # of the experiment
    mapping: dict  # resolved, plain
    text: str  # the same as YAML
    scenario: str  # the chosen option of the group; of the group limit, where one is chosen, for it brings its whole world
    given: list[str]  # the overrides on the command line
    multirun: bool
    choices: dict[str, str]  # the option of every group

    def overrides(self):
        """The overrides on the command line as a dict: by field or group the text given, less quotes and the marks + ~."""
        given = (override.partition("=") for override in self.given)
        return {key.lstrip("+~"): re.sub(r"""^(['"])(.*)\1$""", r"\2", value) for key, _, value in given}

    def asked(self, request_kind):
        """The crisis and the request, which knows its case. Raises ``InputError`` with every problem."""
        crisis, request = read(self.mapping, request_kind)
        return crisis, dataclasses.replace(request, case=self.case(crisis))

    def case(self, crisis, **further):
        """What ``crisis`` is called, and how it differs from the file it starts from; ``further`` are choices of groups."""
        chosen = {group: option for group, option in (self.choices | further).items() if option}
        start = [(group, chosen[group]) for group in ("scenario", "limit") if group in chosen] or [("scenario", "base")]
        own, made = _chosen(start)
        wanted = [(group, option) for group, option in chosen.items() if group.split("@")[0] in GROUPS]
        groups = [(group, option) for group, option in wanted if made.get(group) != option]
        if groups:
            own, _ = _chosen([*start, *groups])
        known = sources(loader(), "play", _overrides([*start, *groups]))
        return case_of(crisis, "the {} file {}".format(*start[-1]), own, groups, known)

    def request(self, request_kind):
        """The request alone, for an experiment without a crisis of its own."""
        lines = problems(request_kind, self.mapping, "")
        if lines:
            raise InputError(*lines)
        return built(request_kind, self.mapping)

    def recomposed(self, choices):
        """The crisis mapping of this job with further choices of groups ("mechanism=hotline"), which overrule its own."""
        groups = {override.split("=", 1)[0] for override in choices}
        kept = [override for override in self.given if override.split("=", 1)[0] not in groups]
        read_overrides(choices)
        return crisis_mapping(plain(composed(self.name, [*kept, *choices])))

    def write(self, folder):
        """Write the resolved configuration beside the results, as ``config.yaml``."""
        (folder / "config.yaml").write_text(self.text, encoding="utf-8")


def job(name, given, multirun=False):
    """The ``Job`` of an experiment with overrides that have been read, while ``files`` are open."""
    whole = composed(name, given)
    chosen = whole.hydra.runtime.choices
    scenario = str(chosen.get("limit") or chosen.get("scenario") or "crisis")
    mapping = references.resolved(plain(whole))
    return Job(name, mapping, OmegaConf.to_yaml(mapping), scenario, list(given), multirun, dict(chosen))


def _overrides(groups):
    """Choices of groups as on the command line."""
    return [named(f"{group}={option}") for group, option in groups]


def _chosen(groups):
    """The crisis mapping of a plain run with these choices of groups alone, and the option of every group in it."""
    overrides = _overrides(groups)
    read_overrides(overrides)
    whole = composed("play", overrides)
    options = dict(whole.hydra.runtime.choices)
    return crisis_mapping(plain(whole)), options


def crisis_mapping(mapping):
    """The part of a plain configuration that is its crisis, references filled in."""
    fields = {*parameters(Crisis), *parts(Crisis)}
    return {key: value for key, value in references.resolved(mapping).items() if key in fields}


def load(*overrides):
    """The crisis of the configuration files with overrides as on the command line, for use from Python.

    >>> load("scenario=iran_pakistan_2024", "mechanism=hotline", "a.generosity=0.2").mechanism.name
    'hotline'
    """
    with files():
        read_overrides(overrides)
        return crisis_of(crisis_mapping(plain(composed("play", overrides))))
