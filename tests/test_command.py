"""The console command as a user meets it: what it writes, how it refuses, and that nothing is half-written."""

import os
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest

from sim.cli import main
from sim.cli.arguments import arguments_of

pytestmark = pytest.mark.usefixtures("somewhere", "undrawn")


@pytest.fixture
def somewhere(tmp_path, monkeypatch):
    """Run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


def lines(capsys):
    """What was said on standard error, line by line."""
    return capsys.readouterr().err.strip().split("\n")


REFUSED = {
    "nonsense": "experiment must be one of",
    "play a.generosity=1.4": "a.generosity must lie in [0, 1], got 1.4",
    "play a.generosty=1": "a.generosty is not a field; did you mean a.generosity or b.generosity?",
    "play +a.foo=1": "a.foo is not a field",
    "play mechanism=hotlin": "mechanism must be one of base, border_commission",
    "play mechanism=[a]": "mechanism must be one of border_commission, comprehensive",
    "play mechanism=": "mechanism must be one of base, border_commission",
    "play mechanism=null": "mechanism must be one of border_commission, comprehensive",
    "play mechanism=hotline nation@a=3": "nation must be one of afghanistan, armenia, azerbaijan, base, ",
    "play runs=5 nation@a=3": "nation must be one of afghanistan, armenia, azerbaijan, base, ",
    "play mechanism=hot/line": "mechanism must be one of base, border_commission",
    "sweep sweep=[a]": "sweep must be one of misperception, none, got 'a'",
    "play a.name=${oc.env:HOME}": "a.name must be a plain value or name another field, as ${a.generosity} does; got ${oc.env:",
    "play mechanism=${oc.env:HOME}": "an option of a group must be a plain name, got ${oc.env:HOME}",
    "play a.name=${b.nam}": "a.name names b.nam, which is not a field",
    "compare +compare.x=${oc.env:HOME}": "compare.x must be a plain value or name another field",
    "replay study=${oc.env:HOME}": "study must be a plain value or name another field",
    "sweep sweep.axes=[{vary:a.name,over:[${oc.env:HOME}]}]": "sweep.axes[0].over[0] must be a plain value or name another",
    "play nation@a=atlantis": "nation must be one of afghanistan, armenia, azerbaijan, base, ",
    "play a.generosity=abc": "a.generosity must lie in [0, 1], got 'abc'",
    "play a.retaliation=eye": "a.retaliation must be one of restraint, tit_for_tat",
    "play horizon=0": "horizon must lie in [1, 36500], got 0",
    "play b.name=Iran": "b.name must differ from a.name, got 'Iran'",
    "play a.cap=5": "a.cap must be at least a.reprisal (6), got 5",
    "play runs=0": "runs must be a whole number in [1, 1e+10], got 0",
    "play seed=-1": "seed must be a whole number in",
    "sweep rung=>7": "rung=>7 cannot be read as key=value; quote values",
    "play --foo": "unrecognized arguments: --foo",
    "play --config-dir /nowhere": "--config-dir must be a folder, got '/nowhere'",
    "sweep sweep.axes=[{vary:mechanism,over:[]}]": "sweep.axes[0].over must hold at least one value, got []",
    "sweep sweep.axes=[{vary:mechanism,over:[none,bad]}]": "mechanism must be one of",
    "sweep sweep=nothing_known": "sweep must be one of",
    "sweep -m mechanism=none,bad": "mechanism must be one of",
    "sweep -m seed=1,2": "seed, runs and the other requests must be the same",
    "sweep estimator=slpitting": "estimator must be one of plain, splitting, got 'slpitting'",
    "sweep estimator=splitting particles=9": "particles must be a whole number in [10, 100000], got 9",
    "sweep estimator=splitting replicates=4": "replicates must be a whole number in [5, 1e+06], got 4",
    "sweep estimator=splitting sweep=none runs=100": "runs has no meaning with estimator=splitting, which is asked particles "
    "and",
    "sweep estimator=splitting sweep=none keep=runs": "keep has no meaning with estimator=splitting",
    "sweep particles=100 sweep=none": "particles has no meaning with estimator=plain, which is asked runs",
    "compare estimator=splitting report=true": "report has no meaning with estimator=splitting",
    "compare estimator=splitting precision=0.1": "precision has no meaning with estimator=splitting",
    "compare estimator=splitting compare=generosity compare.outcome=strikes_a": "compare.outcome must be peak>=r or war_at "
    "with estimator=",
    "sweep estimator=splitting sweep=none executor=dask": "executor must be local with estimator=splitting",
    "sweep workers=2 sweep=none": "workers has no meaning with executor=local; add executor=dask or slurm",
    "sweep slurm.partition=x sweep=none": "slurm.partition has no meaning with executor=local; add executor=slurm",
    "sweep slurm={cores:2} executor=dask sweep=none": "slurm has no meaning with executor=dask; add executor=slurm",
    "sweep executor=dask scheduler=nonsense sweep=none": "scheduler must be an address such as tcp://host:8786, got 'nonsense'",
    "sweep mechanism=hotline": "mechanism is varied over an axis of the sweep (mechanism), got mechanism=hotline too",
    "sweep a.perception_error=0.3": "a.perception_error is varied over an axis of the sweep (a.perception_error + b.percep",
    "play estimator=splitting": "estimator is not a field of this command, but of sweep, compare",
    "compare outcome=deaths": "outcome is not a field of this command, but of sensitivity; did you mean compare.outcome?",
    "compare rung=7": "rung is not a field of this command, but of sweep, equilibrium, signs",
    "verify a.generosity=1": "a.generosity is a field of a crisis, and this command has none of its own",
    "verify limit=ladder": "limit is not a group of this command",
    "play compare=generosity": "compare is not a group of this command",
    "play mechanism={contact:3}": "mechanism is a group: it must be one of border_commission",
    "pay": "experiment must be one of backtest, compare, equilibrium, exact, explore, forecast, play, records, replay, "
    "sensitivity, signs, sweep, targets, verify, table, got 'pay'; did you mean play?",
    "play a.generosity = 0.2": "= cannot be read as key=value: no spaces around =, as in a.generosity=0.2",
    "play --runs 1000": "--runs is no option of the command: fields are given without dashes, as runs=1000",
    "play --config-dri x": "unrecognized arguments: --config-dri; did you mean --config-dir?",
    "sweep sweep.axes=[{vary: mechanism, over: [none]}]": "sweep.axes=[{vary: cannot be read as key=value: put the whole "
    "argument in quotes, as in 'sweep.axes=[{vary: ...'",
    "sweep sweep.axis=[]": "sweep.axis is not a field; did you mean sweep.axes?",
    "compare compare.outcme=x": "compare.outcme is not a field; did you mean compare.outcome?",
    "compare compare.outcome=deaths": "compare.outcome must be peak>=r (r from 1 to 9), a time such as war_at, or a count or "
    "payoff, got 'deaths'; did you mean killed_by_strikes_a + killed_by_strikes_b or killed_by_attacks_a",
    "sweep sweep.axes=[{vary:mechanism,over:[2024_01]}]": "sweep.axes[0].over must name options of mechanism, got "
    "202401; a name that reads as a number needs quotes",
    "play ": "'' cannot be read as key=value",
    "play =3": "=3 cannot be read as key=value",
    "sweep sweep.axes=[{vary:mechanism,over:[=3]}]": "sweep.axes=[{vary:mechanism,over:[=3]}] cannot be read as key=value",
    "sweep sweep.axes=[{vary:mechanism,over:['=3']}]": "mechanism==3 cannot be read as key=value",
    "sweep sweep.axes=[{vary:nation@a+nation@b,over:[iran]}]": "nation@a is a group, which nothing can be joined with",
    "replay study=nowhere": "study must be the folder of a study",
}


@pytest.mark.parametrize("asked", REFUSED)
def test_bad_input_is_one_line_and_status_2(asked, capsys, tmp_path):
    assert main.main(asked.split(" ")) == 2
    said = lines(capsys)
    assert len(said) == 1
    assert said[0].startswith(f"escalation: {REFUSED[asked]}")
    assert "search path" not in said[0]
    assert not list(tmp_path.iterdir())


STRANGE = {
    "patrols: !!set {a}": "patrols must be a number, a text, a list or a mapping, got a set",
    "patrols: !!timestamp 2024-01-01": "patrols must be a number, a text, a list or a mapping, got a date",
    "defaults: [x]": "the configuration cannot be read: it nests too deep, or a list of defaults leads back to itself",
}


@pytest.mark.parametrize("axis", [False, True], ids=["chosen", "varied"])
@pytest.mark.parametrize("text", STRANGE)
def test_a_strange_file_is_refused_by_what_is_wrong_with_it(text, axis, tmp_path, capsys):
    (tmp_path / "scenario").mkdir()
    (tmp_path / "scenario" / "x.yaml").write_text(f"# @package _global_\n{text}\n")
    chosen = "sweep.axes=[{vary: scenario, over: [x]}]" if axis else "scenario=x"
    assert main.main(["sweep", "--config-dir", ".", chosen]) == 2
    assert capsys.readouterr().err == f"escalation: {STRANGE[text]}\n"


def test_no_refusal_is_empty():
    from hydra.errors import HydraException

    from sim.cli import hydra_errors

    assert hydra_errors.lines(HydraException()) == ["the configuration cannot be read (HydraException)"]
    assert hydra_errors.unread(ValueError(), []) == "the configuration cannot be read: ValueError"


def test_help_is_quick_and_names_every_experiment(capsys):
    assert main.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in main.names())


ADVISED = {
    "play mechanism=hot_line": "got 'hot_line'; did you mean hotline?",
    "play mechanism=red_phone": "got 'red_phone'; one of your own needs its folder: --config-dir FOLDER",
    "play a.retaliation=grmi": "got 'grmi'; did you mean grim?",
    "sweep sweep.axes=[{vary:a.retaliation,over:[grmi]}]": "got 'grmi'; did you mean grim?",
}


@pytest.mark.parametrize("asked", ADVISED)
def test_a_refusal_says_what_is_near(asked, capsys):
    assert main.main(asked.split(" ")) == 2
    said = lines(capsys)
    assert len(said) == 1
    assert said[0].endswith(ADVISED[asked])


TRAPS = {
    "erosion: 12:30": "line 2: 12:30 would be a number in base 60: put a name in quotes, write a number plainly",
    "erosion: 010": "line 2: 010 would be a number in base 8",
    "in_force: on": "line 2: on would be true or false",
    "no: 1": "line 2: no would be true or false",
}


@pytest.mark.parametrize("line", TRAPS)
def test_what_yaml_would_take_for_a_number_is_refused(line, tmp_path, capsys):
    (tmp_path / "mechanism").mkdir()
    (tmp_path / "mechanism" / "x.yaml").write_text(f"defaults: [base]\n{line}\n")
    assert main.main(["play", "--config-dir", ".", "mechanism=x"]) == 2
    assert lines(capsys)[0].startswith(f"escalation: ./mechanism/x.yaml, {TRAPS[line]}")
    assert [path.name for path in tmp_path.iterdir()] == ["mechanism"]


def test_options_may_be_called_as_numbers_are(tmp_path):
    (tmp_path / "mechanism").mkdir()
    for name in ("2024_01", "2024", "1e3"):
        (tmp_path / "mechanism" / f"{name}.yaml").write_text(f"defaults: [base]\nname: '{name}'\nhalf_life: inf\n")
    brief = ["--config-dir", ".", "runs=5", "horizon=5"]
    assert main.main(["play", *brief, "mechanism=2024_01", "mechanism.half_life=.inf", "out=one"]) == 0
    assert "name: '2024_01'" in (tmp_path / "one" / "config.yaml").read_text()
    assert main.main(["sweep", *brief, "-m", "mechanism=2024_01,2024,1e3,none", "out=two"]) == 0
    assert list(dict.fromkeys(pq.read_table(tmp_path / "two" / "table.parquet")["mechanism"].to_pylist())) == [
        "2024_01",
        "2024",
        "1e3",
        "none",
    ]


@pytest.mark.parametrize("name", main.names())
def test_help_of_an_experiment_fits_a_terminal_and_tells_what_it_uses(name, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main.main([name, "--help"]) == 0
    short = capsys.readouterr().out
    assert short.count("\n") <= 124
    assert main.main([name, "--help", "all"]) == 0
    said = capsys.readouterr().out
    assert max(map(len, f"{short}\n{said}".split("\n"))) <= 80
    assert said.startswith(f"escalation {name}: ")
    words = " ".join(said.split())
    crisis = name not in ("records", "replay", "verify")
    assert ("probability that a strike it suffered is let pass, at no pressure (0 to 1)" in words) == crisis
    assert ("more fields: --help a " in " ".join(short.split())) == crisis
    assert ("compare = mechanisms" in words) == (name == "compare")


HELP = {
    "a.generosity": ("must lie in [0, 1]", "default 0.9", "source fitted to", "write a.generosity=0.9"),
    "mechanism.half_life": ("unit days", "must lie in [0.01, inf]", "write mechanism.half_life=.inf"),
    "slurm.memory": ("unit GiB", "default 4"),
    "runs": ("must be a whole number in [1, 1e+10]", "here 10000"),
    "mechanism": ("hotline A hotline: contacts come faster", "compliance = 1 probability that a use of it works"),
    "hotline": ("mechanism=hotline", "contact_gain: 1.0"),
    "slurm": ("memory = 4", "time a job may take"),
    "sweep": ("misperception Does a mechanism still help", "vary: mechanism"),
}


@pytest.mark.parametrize("topic", HELP)
def test_help_on_one_thing_tells_all_of_it(topic, capsys):
    assert main.main(["sweep", "--help", topic]) == 0
    said = capsys.readouterr().out
    assert all(part in " ".join(said.split()) for part in HELP[topic])
    assert main.main(["sweep", f"--help={topic}"]) == 0
    assert capsys.readouterr().out == said


def test_help_on_what_is_not_there_says_what_is_near(capsys):
    assert main.main(["sweep", "--help", "a.generosty"]) == 2
    assert lines(capsys) == ["escalation: --help knows no 'a.generosty' of sweep; did you mean a.generosity or b.generosity?"]
    assert main.main(["sweep", "a.trust=0.25", "--help", "a.trust"]) == 0
    assert "here 0.25" in " ".join(capsys.readouterr().out.split())


def test_tab_completes_experiments_and_fields(capsys, monkeypatch):
    for line, expected in (
        ("escalation ", "play"),
        ("escalation play a.gen", "a.generosity="),
        ("escalation sweep swee", "sweep="),
    ):
        monkeypatch.setenv("COMP_LINE", line)
        monkeypatch.setenv("COMP_POINT", str(len(line)))
        assert main.main(["-sc", "query=bash"]) == 0
        assert expected in capsys.readouterr().out


@pytest.mark.drawn
def test_play_tells_draws_and_measures(capsys, tmp_path):
    assert main.main(["play", "runs=200", "out=here"]) == 0
    said = capsys.readouterr().out
    case, _, story = said.partition("\n\n")
    assert case.endswith("January 2024. As in the scenario file iran_pakistan_2024.")
    assert story.startswith("16 Jan 2024 20:00  Iran strikes")
    assert said.strip().split("\n")[-1].startswith("written to here: story.txt, timeline.png")
    assert {path.name for path in (tmp_path / "here").iterdir()} >= {
        "timeline.png",
        "escalation.svg",
        "table.parquet",
        "summary.json",
    }


@pytest.mark.drawn
def test_the_same_request_writes_the_same_bytes_whatever_the_threads(tmp_path):
    for out, threads in (("one", 1), ("two", 2)):
        axes = "sweep.axes=[{vary:mechanism,over:[none,hotline]},{vary:a.trust,over:[0.2,0.8]}]"
        assert main.main(["sweep", "runs=20000", "keep=runs", f"out={out}", f"threads={threads}", axes]) == 0
    for name in ("table.parquet", "runs.parquet", "summary.json", "study.json", "escalation.png", "escalation.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.drawn
def test_a_multirun_ends_in_one_table_and_one_figure(tmp_path, capsys):
    assert (
        main.main(["sweep", "-m", "mechanism=none,hotline", "nation@a=iran,base", "a.name=Persia", "runs=300", "out=here"]) == 0
    )
    table = pq.read_table(tmp_path / "here" / "table.parquet").to_pydict()
    assert set(zip(table["mechanism"], table["nation@a"], strict=True)) == {
        (m, n) for m in ("none", "hotline") for n in ("iran", "base")
    }
    assert (tmp_path / "here" / "escalation.png").is_file()
    assert not (tmp_path / "multirun").exists()


def test_a_multirun_keeps_the_design_that_was_asked_for(tmp_path):
    axes = "sweep.axes=[{vary: b.trust, over: [0, 1]}]"
    assert main.main(["sweep", "-m", axes, "a.trust=0,1", "runs=50", f"out={tmp_path}/x"]) == 0
    table = pq.read_table(tmp_path / "x" / "table.parquet").to_pydict()
    assert set(zip(table["a.trust"], table["b.trust"], strict=True)) == {(a, b) for a in (0, 1) for b in (0, 1)}


@pytest.mark.drawn
def test_a_title_is_no_mathematics(capsys):
    strange = [r"title='a $\foo{x$ b'", r"a.name='a $\foo{x$ b'", "runs=5", "horizon=5"]
    assert main.main(["play", *strange]) == 0
    assert main.main(["sweep", "sweep=none", *strange]) == 0
    axes = "sweep.axes=[{vary: mechanism, over: [none, hotline]}, {vary: a.cap, over: [6, 7]}, {vary: a.trust, over: [0, 1]}]"
    assert main.main(["sweep", axes, *strange]) == 0


def test_one_is_said_of_one(tmp_path, capsys):
    assert main.main(["sweep", "sweep=none", "runs=1", "horizon=1", "out=one"]) == 0
    assert capsys.readouterr().out.startswith("1 cell x 1 run; written to one")
    assert main.main(["table", "one", "value where quantity = 'peak>=7'"]) == 0
    assert capsys.readouterr().out.endswith("\n1 row\n")
    assert main.main(["play", "runs=1", "horizon=1"]) == 0
    assert "How 1 run like it ends (seed 1, horizon 1 day; 95 % intervals):" in capsys.readouterr().out


def test_flags_may_stand_anywhere(tmp_path, capsys):
    (tmp_path / "mine" / "mechanism").mkdir(parents=True)
    (tmp_path / "mine" / "mechanism" / "x.yaml").write_text("defaults: [base]\nname: x\n")
    assert main.main(["play", "runs=5", "horizon=5", "--config-dir", "mine", "mechanism=x", "out=one"]) == 0
    assert main.main(["sweep", "runs=3", "-m", "mechanism=none,x", "out=two", "-cd", "mine", "horizon=5"]) == 0
    assert pq.read_table(tmp_path / "two" / "table.parquet").to_pydict()["mechanism"][-1] == "x"
    capsys.readouterr()
    assert main.main(["play", "horizon=5", "--cfg", "job", "-p", "a", "a.trust=0.25"]) == 0
    assert "trust: 0.25" in capsys.readouterr().out


def test_only_a_flag_takes_what_follows_it():
    found = arguments_of(["a=1", "-c", "job", "b=2", "-cd", "mine", "-m", "c=3"])
    assert (found.overrides, found.folder, found.multirun, found.shown) == (["a=1", "b=2", "c=3"], "mine", True, True)


def test_any_run_of_a_study_is_told_again(capsys):
    assert main.main(["sweep", "-m", "mechanism=none,hotline", "runs=50", "out=here"]) == 0
    assert main.main(["replay", "study=here", "cell=1", "run=49"]) == 0
    told = capsys.readouterr().out
    assert "As in the scenario file iran_pakistan_2024.\nWhat cell 1 sets beyond that: mechanism = hotline.\n" in told
    assert "cell 1, run 49, seed 1: identical on both clocks" in told
    assert main.main(["replay", "study=here", "cell=2"]) == 2
    assert lines(capsys)[-1] == "escalation: cell must lie in [0, 1], got 2"


@pytest.mark.parametrize("out", [".", "..", "../here", "x/.."])
def test_the_folder_one_is_in_is_refused_before_any_work(out, tmp_path, monkeypatch, capsys):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main.main(["play", "runs=10", f"out={out}"]) == 2
    told = capsys.readouterr()
    assert told.err == f"escalation: {out} cannot be used: is where you are, and cannot be replaced; choose another with out=\n"
    assert not told.out
    assert not list((tmp_path / "here").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="it is a path there")
def test_a_path_of_another_system_is_one_line(tmp_path, capsys):
    assert main.main(["play", "runs=5", "out='C:\\Users\\x'"]) == 2
    assert lines(capsys) == ["escalation: C:\\Users\\x cannot be used: is a path of Windows; here folders are parted by /"]
    assert not list(tmp_path.iterdir())


def test_a_strangers_folder_is_left_alone(tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("three years of work")
    assert main.main(["play", "runs=10", "out=mine"]) == 2
    assert "is not a study's folder" in lines(capsys)[-1]
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, capsys):
    (tmp_path / "locked").mkdir(mode=0o500)
    assert main.main(["play", "runs=10", "out=locked/here"]) == 2
    assert len(lines(capsys)) == 1


def test_a_file_in_the_way_is_one_line(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main.main(["play", "runs=10", "out=file/here"]) == 2
    said = lines(capsys)
    assert len(said) == 1
    assert "file" in said[0]


def test_an_interrupted_sweep_keeps_what_is_done(tmp_path):
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # a suite in the background may not
    code = f"{heeds}; import sys; from sim.cli.main import main; sys.exit(main(sys.argv[1:]))"
    asked = [sys.executable, "-c", code, "sweep", "sweep=none", "runs=10000000", "out=here"]
    with subprocess.Popen(asked, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        while process.poll() is None and not list(tmp_path.glob(".*.part/*.chunk")):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    said = said.decode().strip().split("\n")[-1]
    assert said == "escalation: interrupted; what is done is kept, and the same command goes on from there"
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="the system has no such signal")
def test_a_question_that_nobody_answers_ends_nothing(monkeypatch):
    before = signal.signal(signal.SIGUSR1, lambda *_: pytest.fail("heard"))
    try:
        monkeypatch.setattr("sim.studies.play.compute.told", lambda *_: os.kill(os.getpid(), signal.SIGUSR1) or "told")
        assert main.main(["play", "runs=5", "horizon=5"]) == 0
        assert signal.getsignal(signal.SIGUSR1) not in (signal.SIG_IGN, signal.SIG_DFL)
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_study_of_a_limit_bears_its_name(tmp_path):
    assert main.main(["play", "limit=ladder", "runs=20"]) == 0
    assert [path.name.split("-")[0] for path in (tmp_path / "outputs" / "play").iterdir()] == ["ladder"]


@pytest.mark.parametrize("added", ["++a.hold_fire=1", "++a=3", "++weights.war=2"])
def test_help_stands_what_a_command_has_no_use_for(added, capsys):
    assert main.main(["verify", "--help", added]) == 0
    assert "What is asked of it" in capsys.readouterr().out
