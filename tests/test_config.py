"""Configuration: every file composes, and every problem is one line with the full key."""

import dataclasses
import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from hydra import initialize_config_dir

import sim
from sim.cli import hydra_config
from sim.cli.job import job
from sim.design import crisis_from_mapping
from sim.design.errors import InputError
from sim.design.paths import CONFIGS
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis
from sim.studies.play.options import PlayOptions

SCENARIOS = sorted(path.stem for path in (CONFIGS / "scenario").glob("*.yaml"))
MECHANISMS = sorted(path.stem for path in (CONFIGS / "mechanism").glob("*.yaml"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_is_a_crisis(name):
    assert isinstance(sim.load(f"scenario={name}"), Crisis)


@pytest.mark.parametrize("name", MECHANISMS)
def test_every_mechanism_carries_its_own_name(name):
    assert sim.load(f"mechanism={name}").mechanism.name == name.replace("_", " ")


def test_no_file_names_anything_to_be_run():
    for path in CONFIGS.rglob("*.yaml"):
        assert "_target_" not in path.read_text(encoding="utf-8"), path


def test_the_base_options_are_the_defaults_of_the_fields():
    assert sim.load("scenario=base") == Crisis()


def test_a_crisis_is_loaded_while_other_files_are_open(tmp_path):
    (tmp_path / "mechanism").mkdir()
    (tmp_path / "mechanism" / "mine.yaml").write_text("name: mine\n")
    with hydra_config.files(str(tmp_path)):
        assert sim.load("mechanism=hotline").mechanism.name == "hotline"
        with pytest.raises(InputError):
            sim.load("mechanism=mine")
        assert job("play", ["mechanism=mine"]).mapping["mechanism"]["name"] == "mine"


def test_crises_are_loaded_in_threads_meanwhile():
    names = MECHANISMS
    with hydra_config.files(), ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda name: sim.load(f"mechanism={name}").mechanism.name, names)
        assert [name.replace(" ", "_") for name in found] == names


def test_a_crisis_is_loaded_where_hydra_is_in_use():
    with initialize_config_dir(version_base="1.3", config_dir=str(CONFIGS)):
        assert sim.load("mechanism=hotline").mechanism.name == "hotline"


def test_a_mapping_and_the_dataclass_hold_the_same_keys():
    with hydra_config.files():
        composed = job("play", []).mapping
    asked = {field.name for field in dataclasses.fields(PlayOptions)}
    assert set(composed) - asked - {crisis_from_mapping.SOURCES} == {*parameters(Crisis), *parts(Crisis)}


BAD = {
    "a.generosity": (1.4, "a.generosity must lie in [0, 1], got 1.4"),
    "b.patience": (1.5, "b.patience must be a whole number in [0, 20], got 1.5"),
    "horizon": (math.nan, "horizon must lie in [1, 36500], got nan"),
    "mechanism.half_life": ("long", "mechanism.half_life must lie in [0.01, inf], got 'long'"),
    "a.delay": ("gamma", "a.delay must be one of weibull, lognormal, got 'gamma'"),
    "weights.war": (True, "weights.war must lie in [0, 1e+09], got True"),
    "a.generosty": (0.1, "a.generosty is not a field; did you mean a.generosity?"),
    "militants_a": (3, "militants_a must be a mapping of Militants's fields, got 3"),
}


@pytest.mark.parametrize(("key", "value", "line"), [(key, *rest) for key, rest in BAD.items()])
def test_each_problem_is_a_line(key, value, line):
    mapping = crisis_from_mapping.defaults(Crisis)
    *path, last = key.split(".")
    inner = mapping
    for step in path:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(InputError) as refusal:
        crisis_from_mapping.crisis_of(mapping)
    assert refusal.value.lines == (line,)


def test_all_problems_are_told_at_once():
    mapping = crisis_from_mapping.defaults(Crisis)
    mapping["a"]["trust"], mapping["b"]["trust"] = -1, 2
    with pytest.raises(InputError) as refusal:
        crisis_from_mapping.crisis_of(mapping)
    assert len(refusal.value.lines) == 2


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [("a.cap", 5, "a.cap must be at least a.reprisal (6), got 5"), ("start", "soon", "start must be a date")],
)
def test_values_that_contradict_each_other_are_refused(key, value, part):
    mapping = crisis_from_mapping.defaults(Crisis)
    *path, last = key.split(".")
    (mapping[path[0]] if path else mapping)[last] = value
    with pytest.raises(InputError, match="^" + part.replace("(", r"\(").replace(")", r"\)").replace(".", r"\.")):
        crisis_from_mapping.crisis_of(mapping)


def test_whole_numbers_may_be_written_as_floats():
    mapping = crisis_from_mapping.defaults(Crisis) | {"opening_dead": 1e1}
    assert crisis_from_mapping.crisis_of(mapping).opening_dead == 10
