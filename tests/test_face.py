"""The names of ``import sim``: each one line, as a notebook has them, beside what the command line does."""

import subprocess
import sys

import numpy as np
import pytest

import sim
from sim.cli import main

OVERRIDES = ("scenario=iran_pakistan_2024", "mechanism=hotline")
RUNS = 300


@pytest.fixture(scope="module")
def crisis():
    return sim.load(*OVERRIDES)


@pytest.fixture(scope="module")
def runs(crisis):
    return sim.simulate(crisis, runs=RUNS, seed=1)


def test_a_crisis_is_loaded_with_files_of_ones_own(tmp_path):
    (tmp_path / "mechanism").mkdir()
    (tmp_path / "mechanism" / "red_phone.yaml").write_text("name: red phone\ncompliance: 0.4\n")
    own = sim.load("mechanism=red_phone", config_dir=str(tmp_path))
    assert own.mechanism.name == "red phone"
    assert own.with_(mechanism="none").with_(mechanism="red_phone").mechanism.compliance == 0.4
    with pytest.raises(sim.InputError, match="mechanism must be one of"):
        sim.load("mechanism=red_phone")


def test_a_crisis_is_changed_by_the_names_of_the_command_line(crisis):
    changed = crisis.with_({"b.trust": 0.25}, a__generosity=0.2, mechanism="none", horizon=30)
    assert changed == sim.load(
        "scenario=iran_pakistan_2024", "mechanism=none", "a.generosity=0.2", "b.trust=0.25", "horizon=30"
    )
    assert crisis == sim.load(*OVERRIDES)  # and is itself as it was
    assert changed.with_(a="pakistan", b="iran").a.name == "Pakistan"
    assert changed.with_(a="pakistan", b="iran").a.generosity == 0.2  # what was set stays set
    assert sim.Crisis(horizon=5).with_(mechanism="hotline").horizon == 5
    assert crisis.with_(mechanism=sim.Mechanism(name="mine")).mechanism.name == "mine"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("a.generosty", 1),
        ("a.generosity", 1.4),
        ("mechanism", "hotlin"),
        ("a.retaliation", "grmi"),
        ("a.cap", 5),
        ("horizon", 0),
    ],
)
def test_what_is_refused_is_refused_in_the_words_of_the_command_line(crisis, key, value, capsys):
    assert main.main(["play", *OVERRIDES, f"{key}={value}"]) == 2
    said = " ".join(capsys.readouterr().err.removeprefix("escalation: ").split())
    with pytest.raises(sim.InputError) as refused:
        crisis.with_({key: value})
    assert " ".join(str(refused.value).split()) == said


def test_runs_are_a_frame_with_nan_and_flags_of_censoring(runs):
    frame = runs.frame
    assert len(frame) == RUNS
    assert (frame["war_at"].isna() == frame["war_at_censored"]).all()
    assert frame["recurrence_at_censored"].any()
    assert not frame["recurrence_at_censored"].all()
    assert list(runs.columns_doc.index) == list(frame.columns)
    assert runs.columns_doc.loc["stand_down_at", "unit"] == "minutes"
    assert (frame["peak"] == runs.array[:, 0]).all()


def test_chances_have_their_intervals(runs):
    p = runs.probability("peak>=7")
    assert p.value == (runs.frame["peak"] >= 7).mean()
    assert p.low < p.value < p.high
    assert p.n == RUNS
    curve = runs.escalation_curve()
    assert curve.loc[7, "value"] == p.value
    assert (np.diff(curve["value"]) <= 0).all()
    for wrong in ("peak>=11", "strikes_a", "war"):
        with pytest.raises(sim.InputError, match=r"^event must be"):
            runs.probability(wrong)


def test_a_story_is_the_same_run_in_words(crisis, runs):
    story = sim.trace(crisis, seed=1, run=7)
    assert list(story.row.values()) == list(runs.array[7])
    assert str(story).startswith("16 Jan 2024 20:00  Iran strikes")
    assert {"Iran", "Pakistan"} <= set(story.acts["who"])
    assert {"act", "words"} <= set(story.acts["kind"])
    assert len(story.plot().axes) >= 1


def test_a_story_in_a_notebook_runs_nothing():
    story = sim.trace(sim.Crisis(opening="strike_by_a", horizon=5).with_(a__name="<script>alert(1)</script>"))
    assert "<script>" not in story._repr_html_()
    assert "&lt;script&gt;" in story._repr_html_()


def same_files(one, two):
    """The names of what differs between two folders."""
    names = {path.name for path in one.iterdir()} | {path.name for path in two.iterdir()}
    read = [
        [(folder / name).read_bytes() if (folder / name).exists() else b"" for name in sorted(names)] for folder in (one, two)
    ]
    return {name for name, a, b in zip(sorted(names), *read, strict=True) if a != b}


def test_runs_are_saved_as_the_command_saves_them(runs, tmp_path):
    assert main.main(["play", *OVERRIDES, f"runs={RUNS}", f"out={tmp_path}/command"]) == 0
    assert runs.save(tmp_path / "python") == tmp_path / "python"
    assert same_files(tmp_path / "command", tmp_path / "python") == {"config.yaml", "checksums.txt"}


def test_a_sweep_is_saved_as_the_command_saves_it_and_opened_again(crisis, tmp_path):
    axes = "sweep.axes=[{vary: mechanism, over: [none, hotline]}, {vary: a.generosity, over: [0, 0.5]}]"
    assert main.main(["sweep", *OVERRIDES[:1], axes, "runs=50", "rung=8", f"out={tmp_path}/command"]) == 0
    found = sim.sweep(sim.load(OVERRIDES[0]), {"mechanism": ["none", "hotline"], "a.generosity": [0, 0.5]}, runs=50, rung=8)
    found.save(tmp_path / "python")
    assert same_files(tmp_path / "command", tmp_path / "python") == {"config.yaml", "checksums.txt"}
    study = sim.open(tmp_path / "command")
    assert study.doubts == []
    assert study.frame.equals(found.frame)
    assert study.replay(cell=2, run=7).row == sim.trace(crisis.with_(a__generosity=0), seed=1, run=7).row
    study.plot().savefig(tmp_path / "again.png", metadata={"Software": None}, dpi=150)
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "command" / "escalation.png").read_bytes()
    (tmp_path / "command" / "table.parquet").write_bytes(b"")
    assert "altered" in sim.open(tmp_path / "command").doubts[0]
    for wrong in (lambda: study.replay(4, 0), lambda: study.replay(0, 50), lambda: study.table("x"), lambda: found.plot("x")):
        with pytest.raises(sim.InputError):
            wrong()


def test_a_comparison_is_saved_as_the_command_saves_it(tmp_path):
    own = tmp_path / "own" / "compare"
    own.mkdir(parents=True)
    asked = "Does a hotline help where both are stern?"
    words = "base: {a.generosity: 0.2, b.generosity: 0.2}\nalternatives: {a hotline: {mechanism: hotline}}\n"
    (own / "mine.yaml").write_text(f"question: {asked}\noutcome: peak>=8\n{words}")
    given = [OVERRIDES[0], "compare=mine", "runs=200", "--config-dir", f"{tmp_path}/own", f"out={tmp_path}/command"]
    assert main.main(["compare", *given]) == 0
    stern = {"a.generosity": 0.2, "b.generosity": 0.2}
    alternatives = {"a hotline": {"mechanism": "hotline"}}
    compared = sim.compare(sim.load(OVERRIDES[0]), alternatives, "peak>=8", 200, base=stern, question=asked)
    compared.save(tmp_path / "python")
    assert same_files(tmp_path / "command", tmp_path / "python") == {"config.yaml", "checksums.txt"}


@pytest.mark.slow
def test_an_equilibrium_is_saved_as_the_command_saves_it(tmp_path):
    own = tmp_path / "own" / "strategies"
    own.mkdir(parents=True)
    (own / "two.yaml").write_text("both: {mild: {generosity: 1.0}, stern: {generosity: 0.0}}\na: {}\nb: {}\nwatched: [mild]\n")
    few = {"runs": 100, "budget": 0, "resamples": 50}
    given = [OVERRIDES[0], "strategies=two", "mechanisms=[none]", *(f"{key}={value}" for key, value in few.items())]
    assert main.main(["equilibrium", *given, "--config-dir", f"{tmp_path}/own", f"out={tmp_path}/command"]) == 0
    crisis = sim.load(OVERRIDES[0], config_dir=f"{tmp_path}/own")
    sim.equilibrium(crisis, "strategies=two", mechanisms=["none"], **few).save(tmp_path / "python")
    assert same_files(tmp_path / "command", tmp_path / "python") == {"config.yaml", "checksums.txt"}


@pytest.mark.slow
def test_a_sensitivity_is_saved_as_the_command_saves_it(tmp_path):
    own = tmp_path / "own" / "assumptions"
    own.mkdir(parents=True)
    (own / "few.yaml").write_text("fields: [a.generosity, b.exceed]\nranges: {}\nmechanisms: [none, hotline]\n")
    few = {"runs": 20, "power": 3, "points": 20, "ranking_runs": 50}
    given = [OVERRIDES[0], "assumptions=few", *(f"{key}={value}" for key, value in few.items())]
    assert main.main(["sensitivity", *given, "--config-dir", f"{tmp_path}/own", f"out={tmp_path}/command"]) == 0
    crisis = sim.load(OVERRIDES[0], config_dir=f"{tmp_path}/own")
    sim.sensitivity(crisis, "assumptions=few", **few).save(tmp_path / "python")
    assert same_files(tmp_path / "command", tmp_path / "python") == {"config.yaml", "checksums.txt"}


def test_a_sweep_keeps_its_runs_and_takes_samples(crisis, tmp_path):
    block = "{method: sobol, points: 4, over: [{vary: a.trust, from: 0, to: 1}]}"
    given = [*OVERRIDES, f"sweep.sample={block}", "sweep.axes=[]", "runs=30", "keep=runs"]
    assert main.main(["sweep", *given, f"out={tmp_path}/command"]) == 0
    sample = {"method": "sobol", "points": 4, "over": [{"vary": "a.trust", "from": 0, "to": 1}]}
    swept = sim.sweep(crisis, sample=sample, runs=30, keep="runs")
    swept.save(tmp_path / "python")
    assert same_files(tmp_path / "command", tmp_path / "python") == {"config.yaml", "checksums.txt"}
    assert len(swept.runs) == 120
    assert swept.runs.equals(sim.open(tmp_path / "python").table("runs"))
    listed = sim.sweep(crisis, points=[{"a.trust": 0.2}, {"a.trust": 0.9}], runs=30)
    assert sorted(set(listed.frame["a.trust"])) == [0.2, 0.9]
    with pytest.raises(sim.InputError, match=r"^keep must be"):
        _ = listed.runs


def test_a_sweep_estimates_rare_events(tmp_path):
    few = {"estimator": "splitting", "particles": 20, "replicates": 5}
    given = [*OVERRIDES, "sweep.axes=[{vary: a.trust, over: [0.2, 0.9]}]", *(f"{key}={value}" for key, value in few.items())]
    assert main.main(["sweep", *given, f"out={tmp_path}/command"]) == 0
    sim.sweep(sim.load(*OVERRIDES), {"a.trust": [0.2, 0.9]}, **few).save(tmp_path / "python")
    assert same_files(tmp_path / "command", tmp_path / "python") == {"config.yaml", "checksums.txt"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"executor": "dask"}, "executor is asked of the command alone"),
        ({"particles": 50}, "particles has no meaning with estimator=plain"),
        ({"kep": "runs"}, "kep is not a field; did you mean keep?"),
        ({"keep": "all"}, "keep must be one of summary, runs, got 'all'"),
    ],
)
def test_a_sweep_refuses_what_it_would_not_heed(crisis, options, said):
    with pytest.raises(sim.InputError, match=said):
        sim.sweep(crisis, {"a.trust": [0.2]}, runs=10, **options)


def test_what_is_refused_from_python_speaks_python(tmp_path):
    with pytest.raises(sim.InputError, match=r"config_dir must be a folder, got 'nowhere'"):
        sim.load(config_dir="nowhere")
    with pytest.raises(sim.InputError, match=r"needs its folder: config_dir=FOLDER"):
        sim.load("mechanism=xylophone")
    assert main.main(["play", "mechanism=xylophone"]) == 2  # and the command line speaks its own language again


def test_answers_show_in_a_notebook(runs, crisis):
    assert runs._repr_html_().startswith("<pre>How 300 runs")
    assert runs.plot()._repr_png_().startswith(b"\x89PNG")
    named = sim.sweep(crisis.with_(a__name="<b>"), {"a.trust": [0.2]}, runs=10)
    assert "<b>" not in named._repr_html_()


def test_a_small_crisis_is_solved():
    solved = sim.solve(sim.load("limit=ladder"))
    assert len(solved.frame)
    assert "solve" not in repr(solved)


def test_reprs_are_short(crisis, runs):
    for one in (crisis, runs, sim.trace(crisis)):
        assert len(repr(one)) < 120
        assert "\n" not in repr(one)


def test_the_names_are_listed_and_the_import_is_light():
    assert {"load", "simulate", "trace", "sweep", "compare", "equilibrium", "sensitivity", "solve", "open"} <= set(dir(sim))
    assert all(getattr(sim, name).__doc__ for name in dir(sim) if name != "__version__")
    code = "import sim, sys; print([name for name in ('pandas', 'numpy', 'hydra', 'matplotlib') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
