"""A stranger's configuration file is data: it says nothing of Hydra's, of places, or of what a command is asked."""

import dataclasses
import os
import re

import pytest
from hydra.conf import HydraConf
from omegaconf import OmegaConf

from sim.cli import hydra_config, main
from sim.cli.hydra_guard import GROUPS, PLACES, WORLDS, content_of, file_of, package_of
from sim.design import options
from sim.design.errors import InputError
from sim.design.paths import CONFIGS
from sim.model.parameter import parameters

BELOW = sorted(GROUPS - {*WORLDS})  # whose files hold what stands below their own key
CHOICE = {"nation": "nation@a", "militants": "militants@militants_a"}


def command_of(group):
    """A command that has a group."""
    for path in sorted(CONFIGS.glob("*.yaml")):
        if re.search(rf"^  - {group}(@\w+)?:", path.read_text(encoding="utf-8"), re.MULTILINE):
            return "play" if path.stem == "base" else path.stem
    return pytest.skip(f"no command has the group {group}")


def keys(mapping, prefix="hydra"):
    """The full keys of a nested mapping, blocks included."""
    for name, value in mapping.items():
        yield f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from keys(value, f"{prefix}.{name}")


HYDRAS = ["hydra", *keys(OmegaConf.to_container(OmegaConf.structured(HydraConf), resolve=False))]
REQUESTS = sorted({name for kind in vars(options).values() if dataclasses.is_dataclass(kind) for name in parameters(kind)})
DIRECTIVES = ["_global_", "_group_", "_name_", "hydra", "_global_.hydra", "hydra.sweeper.params", "a", "_global_.a", "a.b",
              "_here_", "sweep", ".", "${oc.env:HOME}", "_global_ x", ""]  # fmt: skip
FORMS = [
    "# @package {}\n",
    "#@package {}\n",
    "#  @ package {}\n",
    "# words\n# @package {}\n",
    "\n\n   # @package {}\n",
    "x: 1\n# @package {}\n",
]


def nested(key, value):
    """The YAML of a full key."""
    return "{" + ": {".join(key.split(".")) + f": {value}" + "}" * key.count(".") + "}"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """``mine(group, text)`` writes the option ``x`` of a group, and gives its path below the folder one is in."""
    monkeypatch.chdir(tmp_path)

    def write(group, text):
        (tmp_path / "mine" / group).mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / group / "x.yaml").write_text(text)
        return f"mine/{group}/x.yaml"

    return write


def refused(path, group):
    """Whether the guard refuses a file."""
    try:
        content_of(path, group)
    except InputError:
        return True
    return False


@pytest.mark.parametrize("group", WORLDS)
def test_a_crisis_has_no_say_in_hydras_settings_nor_in_what_is_asked(group, mine):
    for key in [*HYDRAS, *REQUESTS, "sweep", "compare", "strategies", "noise", "mechanisms", "search_over", "_target_"]:
        for value in ("x", "{}", "null", "[]"):
            assert refused(mine(group, f"# @package _global_\n{nested(key, value)}\n"), group), key
            assert refused(mine(group, f"# @package _global_\ntitle: x\n'{key}': {value}\n"), group), key


@pytest.mark.parametrize("group", BELOW)
def test_what_any_other_file_says_stands_below_its_group(group, mine):
    """So it names nothing of Hydra's, whatever its keys: each is read as a field of the group, and refused where it is none."""
    place = PLACES.get(group, (group,))[0]
    every = [*HYDRAS, *REQUESTS]
    leaves = [key for key in every if not any(other.startswith(f"{key}.") for other in every)]
    said = OmegaConf.create({})
    for key in leaves:
        OmegaConf.update(said, key, "x")
    mine(group, OmegaConf.to_yaml(said))
    with hydra_config.files("mine"):
        whole = hydra_config.composed(command_of(group), [f"{CHOICE.get(group, group)}=x"])
    assert {OmegaConf.select(whole, f"{place}.{key}") for key in leaves} == {"x"}
    with hydra_config.files():
        usual = hydra_config.composed(command_of(group), [])
    plain, usual = (OmegaConf.to_container(one, resolve=False) for one in (whole, usual))
    about = ("overrides", "runtime", "job")  # which tell what was asked
    assert all(plain["hydra"][name] == usual["hydra"][name] for name in usual["hydra"] if name not in about)
    assert {k: v for k, v in plain.items() if k not in ("hydra", place)} == {
        k: v for k, v in usual.items() if k not in ("hydra", place)
    }


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_no_directive_takes_a_file_elsewhere(group, mine):
    for directive in DIRECTIVES:
        for form in FORMS:
            text = f"{form.format(directive)}\nname: x\n" if group in BELOW else f"{form.format(directive)}\ntitle: x\n"
            allowed = directive == package_of(group) and not form.startswith("x")
            assert refused(mine(group, text), group) != allowed, text


STRANGE = [
    "hydra/launcher: basic", "override hydra/launcher: basic", "override /hydra/launcher: basic",
    "optional hydra/launcher: basic", "/hydra/launcher: basic", "/hydra/config", "hydra/config", "/play", "../play",
    "/nation/iran@hydra", "/nation/iran@_global_",
    "/nation/iran@_global_.hydra", "/nation/iran@_global_.mechanism", "/sweep/none@_global_.sweep", "override /sweep: none",
    "override /nation@hydra: iran", "override /nation@b.c: iran", "override /mechanism@_global_: hotline", "${oc.env:HOME}",
    "override /mechanism: ${oc.env:HOME}", "override /mechanism: null", "override /mechanism: [hotline]",
    "override /mechanism: _self_",
    "pkg://os", "file:///etc/passwd", "base@_global_", "base@hydra", "{a: b, c: d}", "{}", "[base]", "1", "null",
]  # fmt: skip


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_defaults_name_options_of_the_models_groups_and_no_others(group, mine):
    head = "# @package _global_\n" if group in WORLDS else ""
    for entry in STRANGE:
        assert refused(mine(group, f"{head}defaults:\n  - {entry}\n"), group), entry
    assert refused(mine(group, f"{head}defaults: {{hydra/launcher: basic}}\n"), group)
    assert not refused(mine(group, f"{head}defaults: [base, two words, _self_]\n"), group)


def test_our_own_files_say_no_more_than_a_strangers_may():
    found = [(path, path.parent.name) for path in CONFIGS.glob("*/*.yaml")]
    assert len(found) > 40
    assert not [path for path, group in found if refused(str(path), group)]
    assert "hydra" not in GROUPS


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_the_command_refuses_such_a_file_in_every_groups_folder(group, mine, tmp_path, capsys):
    mine(group, "# @package _global_\nhydra: {mode: MULTIRUN, sweep: {dir: there}, sweeper: {params: {out: there}}}\n")
    asked = [command_of(group), "--config-dir", "mine", f"{CHOICE.get(group, group)}=x", "out=here"]
    assert main.main(asked) == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert told.err.startswith(f"escalation: mine/{group}/x.yaml must ")
    assert not told.out
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_crisis_of_ones_own_is_played(mine, capsys):
    mine("mechanism", "defaults: [hotline, _self_]\nname: mine\ncompliance: 0.5\n")
    mine(
        "scenario", "# @package _global_\ndefaults: [base, {override /mechanism: x}, _self_]\ntitle: My own\na: {trust: 0.25}\n"
    )
    assert main.main(["play", "-cd", "mine", "scenario=x", "--cfg", "job", "-p", "mechanism"]) == 0
    assert "name: mine" in capsys.readouterr().out
    assert main.main(["play", "-cd", "mine", "--help"]) == 0
    assert "targeting, x\n" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["hydra/launcher", "hydra", "else", "../mechanism", "mechanism/deeper"])
def test_only_the_models_groups_are_read(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / folder).mkdir(parents=True)
    (tmp_path / "mine" / folder / "x.yaml").write_text("name: x\n")
    assert file_of(str(tmp_path / "mine"), folder, "x") is None
    assert main.main(["play", "--config-dir", str(tmp_path / "mine"), f"+{folder}=x", "runs=5"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("mine", "mechanism")] == []


def test_a_file_of_a_folder_is_a_regular_one_inside_it(tmp_path):
    place = tmp_path / "mine" / "mechanism"
    place.mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("name: secret\n")
    (place / "there.yaml").symlink_to(tmp_path / "secret.yaml")
    (place / "loop.yaml").symlink_to(place / "loop.yaml")
    (place / "folder.yaml").mkdir()
    (place / "plain.yaml").write_text("name: x\n")
    (place / "near.yaml").symlink_to(place / "plain.yaml")
    if hasattr(os, "mkfifo"):
        os.mkfifo(place / "pipe.yaml")
    found = {name for name in ("there", "loop", "folder", "plain", "near", "pipe", "../x", "x" * 5000, "_self_")
             if file_of(str(tmp_path / "mine"), "mechanism", name)}  # fmt: skip
    assert found == {"plain", "near"}


def test_no_override_names_a_setting_of_hydras():
    with hydra_config.files():
        for key in HYDRAS:
            for override in (f"{key}=x", f"+{key}=x", f"++{key}=x", f"~{key}", f"{key.replace('.', '/')}=x"):
                with pytest.raises(InputError, match="is a setting of Hydra's"):
                    hydra_config.read_overrides([override])


REFUSED = {
    "play +mechanism@hydra.x=hotline": "+mechanism@hydra.x is a setting of Hydra's",
    "play +mechanism@_global_.hydra=hotline": "+mechanism@_global_.hydra is a setting of Hydra's",
    "play +@x=y": "+@x=y cannot be read as key=value",
    "play +=": "+= cannot be read as key=value",
    "play +mechanism=_self_": "an option of a group must be a plain name, got _self_",
    "play -m hydra.sweeper.params.a=1": "hydra.sweeper.params.a is a setting of Hydra's",
    "play -m hydra.sweeper.max_batch_size=0": "hydra.sweeper.max_batch_size is a setting of Hydra's",
    "play hydra.searchpath=[nowhere]": "hydra.searchpath is a setting of Hydra's",
    "play -m a.trust=range(0,1,1e-7)": "-m must make from 1 to 10,000 jobs, got 10,000,000",
    "play -m a.trust=range(1,0)": "-m must make from 1 to 10,000 jobs, got 0",
    "play -m a.trust=range(0,nan)": "range must hold finite numbers and a step, got 0, nan, 1",
    "play -m a.trust=interval(0,1)": "a.trust must be a list or a range with -m, got interval(0,1)",
    "play --experimental-rerun x.pickle": "unrecognized arguments: --experimental-rerun",
    "play --config-path /": "unrecognized arguments: --config-path",
    "play --config-name sweep": "unrecognized arguments: --config-name",
    "play --info": "unrecognized arguments: --info",
    "play --hydra-help": "unrecognized arguments: --hydra-help",
    "play --cfg hydra": "argument --cfg/-c: invalid choice: 'hydra'",
    "play --config-dir": "argument --config-dir/-cd: expected one argument",
    "play --cfg job -p nowhere": "--package must name a part of the configuration, got 'nowhere'",
    "sweep sweep.axes=[{vary:a.trust,over:{from:18446744073709551616,to:1,steps:3}}]": "a.trust must lie in [0, 1], got",
    "sweep sweep.axes=[{vary:a.trust,over:{from:-1e308,to:1e308,steps:3}}]": "sweep.axes[0].over must hold numbers",
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("asked", REFUSED)
def test_a_command_line_that_reaches_for_more_is_one_line(asked, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.pickle").write_bytes(b"cos\nsystem\n(S'touch sprung'\ntR.")
    assert main.main(asked.split(" ")) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.startswith(f"escalation: {REFUSED[asked]}")
    assert [path.name for path in tmp_path.iterdir()] == ["x.pickle"]


@pytest.mark.parametrize("asked", ["mechanism=none,hotline", "a.trust=0,2", "hydra.mode=MULTIRUN"])
def test_the_file_multirun_yaml_of_the_folder_one_is_in_is_left_alone(asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "multirun.yaml").write_text("mine")
    main.main(["play", "-m", asked, "runs=5", "horizon=5", "out=x"])
    assert (tmp_path / "multirun.yaml").read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} <= {"multirun.yaml", "x"}


def test_references_fill_in_single_fields_and_no_more():
    from sim.cli.references import resolved

    doubling = {f"t{i}": f"${{t{i + 1}}}${{t{i + 1}}}" for i in range(15)} | {"t15": "x" * 10}
    with pytest.raises(InputError, match="at most 10,000 characters"):
        resolved(doubling)
    assert resolved({"a": {"x": 3}, "b": ["${a.x}", "of ${a.x}"]})["b"] == [3, "of 3"]
    for text in ("${oc.env:HOME}", "${${a}:HOME}", "${a", r"\${a}", "${a.b:c}", "${ a }", "${..a}"):
        with pytest.raises(InputError):
            resolved({"a": "x", "b": text})


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_a_file_asks_nothing_of_the_machine(group, mine):
    head = "# @package _global_\n" if group in WORLDS else ""
    for text in (
        "${oc.env:HOME}",
        "${now:%Y}",
        "${hydra:runtime.cwd}",
        "${${a.name}:HOME}",
        "${oc.create:[1]}",
        "x ${oc.env:HOME} y",
    ):
        assert refused(mine(group, f"{head}a: {{name: '{text}'}}\n"), group)
