"""The page that plays: the same numbers, words and intervals as the command line, whatever its address says, for everyone.

One page, made of a few of the scenarios and mechanisms, is opened once in a browser for all fast tests.
"""

import csv
import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import sim
from sim.cli.hydra_config import files
from sim.cli.job import Job, job
from sim.cli.main import main
from sim.design.case import every
from sim.engine import event_loop
from sim.model.parameter import parameters
from sim.model.setting.crisis import Crisis
from sim.statistics.intervals import clopper_pearson
from sim.statistics.paired_differences import mover_interval
from sim.story.facts import of_act, of_run
from sim.story.grammar import HOLE
from sim.story.phrases import ENDING, SENTENCES
from sim.story.telling import told
from sim.studies.explore import assembly, writing
from sim.studies.explore.knowledge import AT_LEAST, POLICIES, SHOWN, SWEPT
from sim.studies.explore.opening import opening

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FEW = {"scenario": ["base", "iran_pakistan_2024", "small_world"], "mechanism": ["base", "none", "hotline", "comprehensive"]}
VIEWS = ("curve", "mechanisms", "sweep", "outcomes", "times", "run")
AXE = "axe-core/axe.min.js"


def page_of(*overrides):
    """The page of a command line."""
    with files():
        return writing.page_of(job("explore", overrides))


@pytest.fixture(scope="module")
def few():
    """The page, of a few scenarios and mechanisms: each of them is composed, which takes a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Job, "options", lambda self, group: FEW[group])
        yield page_of()


@pytest.fixture(scope="module")
def browser():
    """A browser without a window; skipped where there is none."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: the page is not opened (Debian: apt-get install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not opened")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Opened:
    """A page that stands in a browser, with all it asked for and all it complained of."""

    def __init__(self, browser, path, **look):
        self.path, self.asked, self.complained = path, [], []
        self.page = browser.new_page(**look)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda said: self.complained.append(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complained.append(str(error)))

    def go(self, address=""):
        """Open the page at an address, and wait for its first figure."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.path.as_uri()}{address}")
        self.page.wait_for_selector("body[data-drawn]", timeout=60_000)
        return self.page

    def counts(self, runs):
        """How many of so many runs reached each rung, as the page counts them."""
        return self.page.evaluate(COUNTED, runs)


COUNTED = """async (runs) => {
  const found = new Array(10).fill(0), { engine, data, state } = explorer;
  const values = Object.fromEntries(Object.keys(data.fields).map((key) => [key, explorer.valueOf(key)]));
  for (let first = 0; first < runs; first += 1000) {
    const answer = await engine.ask({ task: "measure", values, seed: state.seed, first, runs: 1000 });
    answer.reach.forEach((x, rung) => (found[rung] += x));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def opened(few, browser, tmp_path_factory):
    """The page of a few, opened."""
    path = tmp_path_factory.mktemp("page") / "few.html"
    path.write_text(few, encoding="utf-8")
    return Opened(browser, path, viewport={"width": 1280, "height": 900})


def native(runs, *overrides, seed=1):
    """How many of so many runs reach each rung, by the compiled clock."""
    peaks = sim.simulate(sim.load(*overrides), runs=runs, seed=seed).array[:, 0]
    return [int((peaks >= rung).sum()) for rung in range(10)]


def test_what_the_page_names_by_hand_is_there():
    known = {key for key, _, _ in every(Crisis())}
    assert {*SHOWN, *POLICIES, SWEPT, *sum(AT_LEAST, ())} <= known
    assert len(SHOWN) == 12


def test_the_page_is_small_and_the_same_each_time(few):
    assert len(few.encode()) < 200_000
    assert assembly.packed(b"x" * 99) == assembly.packed(b"x" * 99)
    assert "http://" not in few.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in few


def test_every_module_is_used_and_every_import_is_there():
    script = assembly.joined("main.js") + assembly.joined("worker.js")
    for path in assembly.PAGE.glob("*.js"):
        assert f"// ---- {path.name}\n" in script
        source = path.read_text(encoding="utf-8")
        for names, module in assembly.IMPORT.findall(source):
            given = assembly.EXPORT.findall(assembly._source(module))
            for name in map(str.strip, names.split(",")):
                assert name in given, (path.name, name, module)
                assert source.count(name) > 1, (path.name, name)


def test_no_phrase_is_called_like_a_fact_and_every_hole_is_known():
    crisis = sim.load()
    story = event_loop.trace(crisis, 1, 0)
    act, run = of_act(story.acts[0], crisis, None, story.states[0]), of_run(story.row, crisis)
    for phrases, facts in ((SENTENCES, act), (ENDING, run)):
        texts = [text for phrase in phrases.values() for text, _ in ([(phrase, "")] if isinstance(phrase, str) else phrase)]
        holes = {hole[0] for text in texts for hole in HOLE.findall(text)}
        assert not set(phrases) & set(facts)
        assert holes <= {*phrases, *facts, "1", "2", "3", "count", "until"}


def in_node(program, *given):
    """What a program of the page's modules answers in Node."""
    if not shutil.which("node"):
        pytest.skip("no node on this machine: the page's formulas are not compared (Debian: apt-get install nodejs)")
    script = (
        assembly.joined("take.js")
        + assembly.joined("statistics.js").replace("const modules = {};", "")
        + assembly.joined("story.js").replace("const modules = {};", "")
    )
    text = f"{script}\nconst given = {json.dumps(given)};\nprocess.stdout.write(JSON.stringify((() => {{ {program} }})()));"
    done = subprocess.run(["node", "-"], input=text, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_numbers_are_written_and_intervals_drawn_as_on_the_command_line():
    values = [0.25, 0.35, 0.05, 2.5, 12.25, 365.0, 33.123, 1e-3, 0.1 + 0.2, 99999.95, 1234567.0, 100.0625, 7 / 1440, 36500.0]
    shares = [(0, 10), (10, 10), (1, 7), (27, 200), (3, 200_000), (27_000, 200_000), (199_999, 200_000)]
    pairs = [(0, 0, 500), (6, 0, 100), (3, 9, 400), (12, 40, 20_000), (900, 1200, 50_000)]
    fixed, general, share, gap, quoted = in_node(
        """const { fixed, general } = modules["numbers.js"], { share, difference } = modules["statistics.js"];
        return [given[0].map((x) => fixed(x, 1)), given[0].map(general), given[1].map(([k, n]) => share(k, n)),
          given[2].map(([one, two, n]) => difference(one, two, n)), modules["take.js"].csvFile([["=1+1", 'a"b', 2.5]])];""",
        values, shares, pairs,
    )  # fmt: skip
    assert fixed == [f"{x:.1f}" for x in values]
    assert general == [f"{x:g}" for x in values]
    np.testing.assert_allclose(share, [clopper_pearson(k, n) for k, n in shares], rtol=1e-8, atol=1e-12)
    z = 1.959963984540054
    np.testing.assert_allclose(gap, [((i - j) / n, *mover_interval(i, j, n, z)) for i, j, n in pairs], rtol=1e-7, atol=1e-12)
    assert quoted == '\'=1+1,"a""b",2.5\r\n'


OTHER = ("mechanism=hotline", "b.generosity=0.2", "a.retaliation=contrite")


@pytest.mark.parametrize(("address", "overrides", "seed"), [("", (), 1), (f"#{'&'.join(OTHER)}&seed=7", OTHER, 7)])
def test_the_counts_are_those_of_the_command_line_to_the_run(opened, address, overrides, seed):
    opened.go(address)
    assert opened.counts(2000) == native(2000, *overrides, seed=seed)


def test_runs_are_told_in_the_words_of_play(opened):
    page = opened.go("#mechanism=comprehensive&a.review=30&a.perception_error=0.3")
    crisis = sim.load("mechanism=comprehensive", "a.review=30", "a.perception_error=0.3")
    texts = page.evaluate("Promise.all(Array.from({ length: 30 }, (_, i) => explorer.tell(i)))")
    assert texts == [told(event_loop.trace(crisis, 1, run), crisis) for run in range(30)]


def test_it_opens_from_a_disk_and_asks_for_nothing(opened):
    opened.asked.clear()
    opened.complained.clear()
    opened.go()
    assert [url for url in opened.asked if not url.startswith(("file:", "blob:", "data:", "about:"))] == []
    assert opened.complained == []


HOSTILE = (
    "#a.generosity=7&b.trust=-3&a.cap=1&a.reprisal=8&__proto__=1&constructor=x&title=<img src=x onerror=alert(1)>&run=-4"
    "&rung=99&view=<b>&sweep=title&scenario=../../etc&mechanism=%3Cscript%3E&militants_a.rate=NaN&%E0%A4%A&=&&seed=1e9"
)


def test_a_hostile_address_is_harmless(opened):
    opened.complained.clear()
    page = opened.go(HOSTILE)
    state = page.evaluate("explorer.state")
    values = {"a.generosity": 1, "b.trust": 0, "a.cap": 8, "a.reprisal": 8}
    assert {key: state["values"].get(key) for key in values} == values
    kept = {"scenario": "iran_pakistan_2024", "mechanism": "", "run": 0, "rung": 9, "view": "curve"}
    assert {key: state[key] for key in kept} == kept
    assert opened.complained == []
    assert page.evaluate("document.querySelectorAll('img').length") == 0


EVIL = "</script></option></title><img src=x onerror=document.title='taken'>"
EVIL_FILES = {
    "mechanism": f'defaults: [hotline, _self_]\nname: "{EVIL}"\nsources: {{compliance: "{EVIL}"}}\ncompliance: 0.5\n',
    "scenario": f"""# @package _global_
defaults: [base, {{override /mechanism: evil}}, _self_]
title: "{EVIL}"
a: {{name: "{EVIL}", trust: 0.25, sources: {{trust: "\\"{EVIL}"}}}}
b: {{name: "' onmouseover='document.title=1"}}
""",
}


def test_a_strangers_names_and_sources_are_text_on_the_page(few, browser, tmp_path, monkeypatch):
    for group, text in EVIL_FILES.items():
        (tmp_path / "mine" / group).mkdir(parents=True)
        (tmp_path / "mine" / group / "evil.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(Job, "options", lambda self, group: [*FEW[group], "evil"] if group in EVIL_FILES else FEW[group])
    with files(str(tmp_path / "mine")):
        made = writing.page_of(job("explore", ["scenario=evil"]))
    assert "onerror=" not in made
    (tmp_path / "evil.html").write_text(made, encoding="utf-8")
    opened = Opened(browser, tmp_path / "evil.html")
    page = opened.go()
    assert EVIL in page.inner_text("#title")
    for tab in page.query_selector_all("#tabs button"):
        tab.click()
        page.wait_for_selector("body[data-drawn]", timeout=60_000)
    assert page.evaluate("document.querySelectorAll('img, [onerror], [onmouseover], main script').length") == 0
    assert page.title().startswith("When two states trade strikes")
    assert opened.complained == []


def numbers(crisis):
    """All but the texts of a crisis, by key."""
    return {key: value for key, parameter, value in every(crisis) if parameter.kind != "text"}


def test_what_is_taken_away_asks_the_same_question(opened, tmp_path):
    asked = (
        "scenario=small_world",
        "mechanism=hotline",
        "b.generosity=0.2",
        "mechanism.half_life=inf",
        "a.retaliation=contrite",
    )
    page = opened.go(f"#{'&'.join(asked)}&a.patience=2&run=3")
    page.click("#take summary")
    address, command, _, file, citation = [area.input_value() for area in page.locator("#texts textarea").all()]
    assert address == page.url
    tool, name, *words = shlex.split(command)
    assert (tool, name) == ("escalation", "play")
    crisis = sim.load(*asked, "a.patience=2")
    assert numbers(sim.load(*(word for word in words if not word.startswith(("runs=", "run="))))) == numbers(crisis)
    (tmp_path / "scenario").mkdir()
    (tmp_path / "scenario" / "from_the_page.yaml").write_text(file, encoding="utf-8")
    assert numbers(sim.load("scenario=from_the_page", config_dir=str(tmp_path))) == numbers(crisis)
    assert page.evaluate("explorer.data.rules") in citation


def test_figures_are_saved_as_pictures_and_numbers(opened, tmp_path):
    page = opened.go()
    saved = {}
    for kind in ("svg", "png", "csv"):
        with page.expect_download() as download:
            page.click(f"#save-{kind}")
        download.value.save_as(tmp_path / f"figure.{kind}")
        saved[kind] = (tmp_path / f"figure.{kind}").read_bytes()
    assert ElementTree.fromstring(saved["svg"]).tag.endswith("svg")
    assert saved["png"].startswith(b"\x89PNG")
    head, *rows = csv.reader(saved["csv"].decode().splitlines())
    assert head[:3] == ["rung", "name", "share"]
    assert [int(row[0]) for row in rows] == list(range(9, 0, -1))


def test_every_view_is_drawn_with_a_name_its_numbers_and_its_files(opened):
    page = opened.go()
    for view in VIEWS:
        page.click(f"#tab-{view}")
        page.wait_for_selector("#figure svg", timeout=60_000)
        drawn = page.evaluate("({ said: explorer.drawn.said, rows: explorer.drawn.rows, line: explorer.figureLine() })")
        assert len(drawn["said"]) > 40, view
        assert len(drawn["rows"]) > 2, view
        assert drawn["line"].startswith("escalation ")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_it_works_by_keyboard_alone(opened):
    page = opened.go()
    page.focus("#tab-curve")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("explorer.state.view") == "mechanisms"
    page.focus("[data-key='b.generosity'] .slider")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    lower = round(sim.load().b.generosity - 0.03, 2)
    assert page.evaluate("explorer.state.values") == {"b.generosity": lower}
    assert f"b.generosity={lower}" in page.url
    page.keyboard.press("Home")
    assert page.evaluate("explorer.state.values") == {"b.generosity": 0}


def test_what_a_field_cannot_have_is_refused_beside_it(opened):
    page = opened.go()
    page.fill("#field-a-trust", "1.5")
    page.keyboard.press("Tab")
    wrong = page.locator("[data-key='a.trust'] .wrong").inner_text()
    assert wrong == "a.trust must lie in [0, 1], got 1.5"
    assert page.evaluate("explorer.state.values") == {}


def opening_of(*overrides):
    """What a page opens with, of a command line."""
    with files():
        one = job("explore", overrides)
        return opening(one, *writing.asked(one))


def test_the_page_opens_with_the_question_it_was_asked():
    assert opening_of() == ({}, None)
    start, own = opening_of("scenario=small_world", "mechanism=hotline", "a.generosity=0.2", "seed=5")
    assert start == {"scenario": "small_world", "mechanism": "hotline", "values": {"a.generosity": 0.2}, "seed": 5}
    assert own is None
    start, own = opening_of("nation@b=iran", "b.name=Other", "mechanism=hotline")
    assert start == {"scenario": "given", "mechanism": "hotline"}
    assert own["words"] == ["nation@b=iran", "b.name=Other"]


def refused(capsys, *arguments):
    """The line a command line is refused with."""
    assert main(["explore", *arguments]) == 2
    return capsys.readouterr().err


def test_what_cannot_be_written_is_refused_in_a_line(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "out must be a file that ends in .html, got 'page'" in refused(capsys, "out=page")
    Path("own.html").write_text("<p>mine</p>")
    assert "out must not be a file that explore has not written, got 'own.html'" in refused(capsys, "out=own.html")
    os.mkfifo("pipe.html")  # which nobody writes to
    os.symlink("/dev/zero", "link.html")
    os.symlink("nowhere", "loose.html")
    for one in ("pipe.html", "link.html", "loose.html"):
        assert f"out must not be a file that explore has not written, got '{one}'" in refused(capsys, f"out={one}")
    assert "a.generosity must lie in [0, 1], got 2" in refused(capsys, "a.generosity=2")
    assert Path("own.html").read_text() == "<p>mine</p>"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.html", "loose.html", "own.html", "pipe.html"]


def test_other_rules_than_the_modules_are_refused_in_a_line(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.engine.browser.module.rules_digest", lambda: "0" * 64)
    line = refused(capsys, f"out={tmp_path}/x.html")
    assert line.startswith("escalation: the page would not play by your rules:")
    assert "make kernel" in line
    assert line.count("\n") == 1


def test_policies_are_choices_and_sliders_are_numbers():
    kinds = {key: parameter.kind for key, parameter, _ in every(Crisis())}
    assert {kinds[key] for key in POLICIES} == {"choice"}
    assert {kinds[key] for key in SHOWN} <= {"real", "whole"}
    assert parameters(Crisis)["horizon"].kind == "real"


def the_checker():
    """The program of axe-core, where npm has put it: beside the project, in $NODE_PATH, or for all."""
    given = os.environ.get("NODE_PATH", "").split(os.pathsep)
    places = [Path(__file__).parents[2] / "node_modules", *map(Path, filter(None, given)), Path("/usr/local/lib/node_modules")]
    found = next((place / AXE for place in places if (place / AXE).is_file()), None)
    if found is None:
        pytest.skip("axe-core is not installed: the page is not checked for everyone (npm install axe-core, or NODE_PATH)")
    return found.read_text(encoding="utf-8")


def complaints(opened, address):
    """What axe-core finds at an address, all that unfolds unfolded."""
    checker, page = the_checker(), opened.go(address)
    session = page.context.new_cdp_session(page)  # the page's policy lets no other script in
    session.send("Runtime.evaluate", {"expression": checker})
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.wait_for_selector("#figure svg", timeout=60_000)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]]


def test_nothing_keeps_anyone_out(opened):
    assert complaints(opened, "#view=run&step=2") == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_keeps_anyone_out_of_any_view(browser, opened, width, scheme):
    other = Opened(browser, opened.path, viewport={"width": width, "height": 844}, color_scheme=scheme)
    for view in VIEWS:
        assert complaints(other, f"#view={view}") == []
        assert other.page.evaluate("document.documentElement.scrollWidth") <= width
    other.page.close()


def test_nothing_is_wider_than_a_phone(browser, opened):
    page = Opened(browser, opened.path, viewport={"width": 390, "height": 844}).go("#step=1")
    for view in VIEWS:
        page.click(f"#tab-{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, view
    page.close()


def test_the_guided_path_asks_for_a_guess_first(opened):
    page = opened.go("#step=3")
    page.click("#see")
    assert page.inner_text("#guess-wrong").startswith("A guess is a number from 0 to 100")
    assert page.evaluate("explorer.state.values") == {}
    page.fill("#guess", "3")
    page.keyboard.press("Enter")
    page.locator("#seen strong").wait_for(timeout=60_000)
    assert page.evaluate("explorer.state.values") == {"b.generosity": 0}
    assert "more than your 3" in page.inner_text("#seen")


@pytest.mark.slow
def test_a_thousand_runs_are_told_in_the_words_of_play(opened):
    settings = [
        (),
        ("mechanism=comprehensive", "mechanism.in_force=agreement", "a.review=30", "b.review=45"),
        ("scenario=small_world", "mechanism=hotline", "b.signalling=hard_line"),
        ("b.retaliation=overmatch", "a.perception_error=0.4", "b.execution_error=0.3", "a.dread=0"),
    ]
    for overrides in settings:
        page, crisis = opened.go(f"#{'&'.join(overrides)}"), sim.load(*overrides)
        texts = page.evaluate("Promise.all(Array.from({ length: 250 }, (_, i) => explorer.tell(i)))")
        assert texts == [told(event_loop.trace(crisis, 1, run), crisis) for run in range(250)]


@pytest.mark.slow
def test_every_scenario_and_mechanism_is_played_as_on_the_command_line(browser, tmp_path):
    path = tmp_path / "all.html"
    path.write_text(page_of(), encoding="utf-8")
    whole = Opened(browser, path)
    scenarios, mechanisms = whole.go().evaluate("[explorer.data.scenarios, explorer.data.mechanisms].map(Object.keys)")
    asked = [*(f"scenario={one}" for one in scenarios), *(f"mechanism={one}" for one in mechanisms)]
    for one in [*asked, "scenario=kargil_1999&mechanism=comprehensive", "scenario=headline_dyad&mechanism=sovereignty_pledge"]:
        whole.go(f"#{one}")
        assert whole.counts(2000) == native(2000, *one.split("&")), one


@pytest.mark.slow
def test_the_chances_are_those_of_a_sweep_to_the_run(opened):
    found = sim.sweep(sim.load(), {"mechanism": ["none", "hotline"]}, runs=20_000).frame
    for mechanism in ("none", "hotline"):
        opened.go(f"#mechanism={mechanism}")
        counted = opened.counts(20_000)
        for rung in range(1, 10):
            row = found[(found["mechanism"] == mechanism) & (found["quantity"] == f"peak>={rung}")]
            assert round(float(row["value"].iloc[0]) * 20_000) == counted[rung]
