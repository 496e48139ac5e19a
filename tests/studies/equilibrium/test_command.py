"""The command: games solved and written down, over mechanisms and noise; bad input refused in one line, nothing written."""

import json

import pyarrow.parquet as pq
import pytest

from sim.cli import commands, main
from sim.studies.equilibrium.payoffs import WEIGHTS

SMALL = ["equilibrium", "runs=200", "resamples=60", "budget=2000"]
ADMITTED = {
    "the heaviest war": ["weights.war=1e9", "weights.death=1e9"],
    "no weights at all": [f"weights.{name}=0" for name in WEIGHTS],
    "the least weights": [f"weights.{name}=1e-300" for name in WEIGHTS],
    "the least gain": ["gain=5e-324"],
    "the largest gain": ["gain=1e9"],
}
REFUSED = {
    "mechanisms=[hotlin]": "mechanisms: mechanism must be one of base, border_commission",
    "mechanism=none,hotlin": "mechanisms: mechanism must be one of base, border_commission",
    "mechanisms=3": "mechanisms must be a list of options of the group mechanism, got 3",
    "mechanisms=[none,none]": "mechanisms must name each once, got none, none",
    "noise=nose": "noise must be one of false_attribution, misperception, misreadings, none, slips, got 'nose'",
    "noise.over=[1]": "noise must be {vary: a field, or several joined by +, over: values}",
    "noise.vary=a.nois": "noise.vary: a.nois is not a field",
    "noise.vary=a.retaliation": "noise.vary must name numbers, got a.retaliation, a choice",
    "noise.vary=a.trust": "noise.over must hold at least one value, got []",
    "strategies=foo": "strategies must be one of reciprocity, signals, small, twelve, got 'foo'",
    "+strategies.both.x.cap=3": "strategies: x: a.cap must be at least a.reprisal (6), got 3",
    "search_over.cap=[5,9]": "search_over: restraint: a.cap must be at least a.reprisal (6), got 5",
    "search_over.cap=[7]": "search_over.cap must be [low, high] within [1, 9], got [7]",
    "+search_over.hit=[0,1]": "search_over.hit is not a field",
    "+search_over.reprisal=[5,8]": "search_over: restraint: a.cap must be at least a.reprisal (8), got 6",
    "a.retaliation=grim": "a.retaliation is set by every strategy of a, got a.retaliation=grim too: change the menu",
    "resamples=3": "resamples must be a whole number in [40, 100000], got 3",
    "runs=99": "runs must be a whole number in [100, 1e+10], got 99",
    "gain=-1": "gain must lie in [0, 1e+09], got -1",
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("asked", REFUSED)
def test_bad_input_is_one_line_and_nothing_is_written(asked, capsys, tmp_path):
    given = [] if asked.startswith("mechanism") else ["mechanisms=[none]"]
    assert main.main(["equilibrium", asked, *given]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert said[0].startswith(f"escalation: {REFUSED[asked]}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("extreme", ADMITTED)
def test_what_the_bounds_admit_is_answered(extreme, capsys, tmp_path):
    least = ["runs=100", "resamples=40", "budget=400", "mechanisms=[none]", "out=here"]
    assert main.main(["equilibrium", *least, *ADMITTED[extreme]]) == 0
    assert "P(equil.)" in capsys.readouterr().out
    assert (tmp_path / "here" / "quantal.png").exists()


@pytest.mark.parametrize(
    ("noise", "line"),
    [
        (["noise.vary=a.cap", "noise.over=[3,7]"], "noise.over: a.cap must be at least a.reprisal (6), got 3"),
        (
            ["noise.vary=horizon", "noise.over=[1,36500]"],
            "noise.over: start must lie 36500 days before the year 10000 at the latest",
        ),
    ],
)
def test_noise_that_contradicts_the_rest_is_refused_before_anything_is_played(noise, line, capsys, tmp_path):
    given = ["mechanisms=[none]", "start=9990-01-01T00:00"]
    assert main.main(["equilibrium", *given, *noise]) == 2
    assert capsys.readouterr().err.startswith(f"escalation: {line}")
    assert not list(tmp_path.iterdir())


def test_games_are_solved_drawn_and_written_down(tmp_path, capsys):
    noise = ["noise.vary=a.perception_error + b.perception_error", "noise.over=[0.0, 0.3]"]
    assert main.main([*SMALL, "mechanism=none,hotline", *noise, "report=true", "out=here"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "with policies fixed and with policies re-chosen" in said
    assert "Is it an equilibrium that both play it? Over a.perception_error + b.perception_error" in said
    names = {path.name for path in (tmp_path / "here").iterdir()}
    assert names >= {"choice.png", "noise.svg", "payoffs_hotline.png", "replicator.png", "quantal.png", "report.html"}
    rows = pq.read_table(tmp_path / "here" / "table.parquet").to_pylist()
    assert len(rows) == 2 * 2 * 16 * 13
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows if row["low"] is not None)
    summary = json.loads((tmp_path / "here" / "summary.json").read_text(encoding="utf-8"))
    assert len(summary["games"]) == 4
    for game in summary["games"]:
        assert game["equilibria"]
        for one in game["equilibria"]:
            assert max(triple[0] for triple in one["regrets"]) < 1e-4  # deaths
            assert sum(one["a"].values()) == pytest.approx(1)
        assert set(game["watched"]) == {"restraint", "generous"}
    assert {*summary["weights"][0]["weights"]} >= {"death", "war", "degraded"}
    page = (tmp_path / "here" / "report.html").read_text(encoding="utf-8")
    assert "payoffs in deaths" in said
    assert "days, in deaths." in page
    assert page.count("<section") == page.count("</section>") == 8
    assert "<script" not in page
    assert main.main(["replay", "study=here", "cell=33", "run=7"]) == 0
    assert "cell 33, run 7, seed 1: identical on both clocks" in capsys.readouterr().out


def test_payoffs_are_in_points_where_a_death_does_not_weigh_one(tmp_path):
    small = ["equilibrium", "runs=100", "resamples=40", "budget=0", "mechanism=none", "report=true"]
    assert main.main([*small, "limit=rounds", "strategies=reciprocity", "out=here"]) == 0
    assert "payoffs in points" in " ".join((tmp_path / "here" / "equilibrium.txt").read_text(encoding="utf-8").split())
    assert "days, in points." in (tmp_path / "here" / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undrawn")
def test_the_same_request_writes_the_same_bytes_whatever_the_threads(tmp_path):
    for out, threads in (("one", 1), ("two", 2)):
        assert main.main([*SMALL, f"out={out}", f"threads={threads}", "mechanisms=[]"]) == 0
    for path in (tmp_path / "one").iterdir():
        if path.name not in ("config.yaml", "checksums.txt"):  # which hold the number of threads
            assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


@pytest.fixture
def mine(tmp_path):
    """A folder of one's own: ``mine(strategies)`` writes a menu, and gives the arguments that choose it."""

    def written(text):
        (tmp_path / "mine" / "strategies").mkdir(parents=True)
        (tmp_path / "mine" / "strategies" / "own.yaml").write_text(text, encoding="utf-8")
        return ["--config-dir", str(tmp_path / "mine"), "strategies=own", "mechanisms=[]"]

    return written


def test_a_strangers_names_are_text_and_nothing_else(mine, tmp_path):
    own = mine("both: {'<b>$x_1$': {cap: 8}, '$': {retaliation: restraint}}\na: {' x  y ': {cap: 7}}\nwatched: ['$']\n")
    assert main.main(["equilibrium", *own, *SMALL[1:], "report=1", "out=here"]) == 0
    page = (tmp_path / "here" / "report.html").read_text(encoding="utf-8")
    assert "<b>$x" not in page
    assert "&lt;b&gt;$x_1$" in page


@pytest.mark.usefixtures("undrawn")
def test_a_search_joins_what_pays_and_reports_the_regret_left(mine, tmp_path, capsys):
    own = mine("both: {overmatch: {retaliation: overmatch, generosity: 0.0}}\n")
    assert main.main(["equilibrium", *own, *SMALL[1:], "search=true", "gain=5", "out=here"]) == 0
    assert "Deviations outside the menus" in capsys.readouterr().out
    found = json.loads((tmp_path / "here" / "summary.json").read_text(encoding="utf-8"))["search"][0]
    assert found["joined"]  # something milder than overmatch pays
    assert found["joined"][0]["gain"][0] > 5
    assert not found["reached"] or all(reply["gain"][0] <= 5 for reply in found["regret left"])


def test_in_a_multirun_each_job_has_its_own_mechanism():
    given = commands.loaded("equilibrium").given
    assert given(["-m", "mechanism=none,hotline"]) == ["-m", "mechanism=none,hotline", "mechanisms=[]"]
    assert given(["-m", "a.trust=0.2,0.4"]) == ["-m", "a.trust=0.2,0.4"]


def test_one_mechanism_is_one_game(tmp_path):
    assert main.main([*SMALL, "budget=0", "mechanism=hotline", "out=here"]) == 0
    assert not (tmp_path / "here" / "payoffs_none.png").exists()
    assert (tmp_path / "here" / "payoffs_hotline.png").exists()
