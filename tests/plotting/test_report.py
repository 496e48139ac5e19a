"""The report: a page in itself, safe whatever a stranger's labels hold, and readable in a real browser at any width."""

import dataclasses
import re
import shutil
from html.parser import HTMLParser

import pytest

from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.nation import Nation
from sim.plotting.html import Section, bullets, code, figure, folded, inlined, paragraphs, report, table
from sim.plotting.numbers import NONE, bracketed, decimals_for, listed, plain, share, signed, whole
from sim.runs.outcome import outcome
from sim.studies.compare.compute import compare
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.spec import ComparisonSpec
from sim.studies.compare.text import FIRST, ends_table, main_table, verdicts

EVIL = '<img src="http://example.org/x" onerror=alert(1)> $x_1$ & "q"'
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE, DESK = 390, 1200  # pixels


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The folder of a small comparison with its figures and report, and what was compared."""
    base = Crisis(title=EVIL, a=Nation(name="A"), b=Nation(name="<B>"), opening="strike_by_a", opening_dead=2)
    crises = [
        base,
        dataclasses.replace(base, a=Nation(name="A", retaliation="restraint")),
        dataclasses.replace(base, mechanism=Mechanism("shuttle talk", relay=1.0)),
        dataclasses.replace(base, mechanism=Mechanism("joint inquiry", inquiry=0.1)),
    ]
    labels = ["base", EVIL, "free talk", "inquiry"]
    put = ComparisonSpec(
        f"Which? {EVIL}", outcome("answer_at"), labels, crises, [{}, {"a.retaliation": "restraint"}, {"x": EVIL}, {}]
    )
    result = compare(put, CompareOptions(runs=600, report=1, points=0), given=["runs=600", f"+x={EVIL}"])
    folder = result.save(tmp_path_factory.mktemp("report"))
    return folder, result.comparison, put, result.options


class Tags(HTMLParser):
    """The tags of a page: every start with its attributes, and whether each is closed in order."""

    VOID = ("meta", "link", "br", "img", "input", "hr")

    def __init__(self, page):
        super().__init__()
        self.starts, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Note a start."""
        self.starts.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Check an end."""
        assert self.open.pop() == tag


def test_the_page_is_whole_and_holds_nothing_of_a_strangers_making(study):
    tags = Tags((study[0] / "report.html").read_text(encoding="utf-8"))
    assert tags.open == []
    names = [tag for tag, _ in tags.starts]
    assert "script" not in names
    assert "img" not in names
    assert names.count("svg") == 7
    for _, attributes in tags.starts:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "xlink:href"):
            assert attributes.get(name, "#").startswith(("#", "data:"))
    identifiers = [attributes["id"] for _, attributes in tags.starts if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    links = [attributes.get("href") or attributes.get("xlink:href") for _, attributes in tags.starts]
    assert {link[1:] for link in links if link and link.startswith("#")} <= set(identifiers)


def test_the_page_says_what_a_reader_must_know(study):
    text = (study[0] / "report.html").read_text(encoding="utf-8")
    for words in (
        "0 in every run",
        "restraint",
        "Bonferroni",
        "escalation compare runs=600",
        "assumption",
        "seed 1",
    ):
        assert words in text


def test_the_answer_in_words_ranks_nothing_unresolved(study):
    _, found, put, request = study
    rows = {row[0]: row for row in main_table(found)}
    assert list(rows)[1] == "base"
    assert rows["base"][3:5] == ("compared with", NONE)
    assert rows["free talk"][2:] == ("0 in every run", "same", NONE, "1", NONE)
    assert rows["inquiry"][3:5] in (("unresolved", NONE), ("same", NONE))
    assert rows[EVIL][3] == "lowers"
    assert rows[EVIL][4] in ("1", "1-2")  # the inquiry may be as low, for all that so few runs tell
    assert f"one lowers {put.outcome.words}" in " ".join(verdicts(found, put, request, 600).split())


WIDER = """[...document.querySelectorAll('details')].map(d => d.open = true),
[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser():
    """A headless browser, where the machine has one."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: the report is not checked in a browser (Debian: apt-get install chromium)")
    api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: the report is not checked in a browser"
    )
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_browser_shows_it_without_error_request_or_sideways_scroll(study, browser, width):
    address, said, asked = (study[0] / "report.html").as_uri(), [], []
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    boxes = page.evaluate(
        "[...document.querySelectorAll('figure svg')].map(s => s.getBoundingClientRect()).map(b => [b.width, b.height])"
    )
    cut = page.evaluate(WIDER)
    page.close()
    assert said == []
    assert cut == [] or width == PHONE  # a phone's tables scroll in their boxes
    assert asked == [address]
    assert wide == 0
    assert len(boxes) == 7
    assert all(box[0] > 300 and box[1] > 100 for box in boxes)


def test_printed_the_first_page_holds_the_answer_and_its_figure(study, browser):
    """On paper of A4 with margins of 15 mm: 180 by 267 mm, 96 pixels an inch."""
    page = browser.new_page(viewport={"width": round(180 / 25.4 * 96), "height": round(267 / 25.4 * 96)})
    page.emulate_media(media="print")
    page.goto((study[0] / "report.html").as_uri())
    bottom = page.evaluate("document.getElementById('differences').getBoundingClientRect().bottom")
    breaks = page.evaluate("getComputedStyle(document.getElementById('tables')).breakBefore")
    shown = page.evaluate("document.querySelector('#tables table').getBoundingClientRect().height")
    page.close()
    assert bottom <= 267 / 25.4 * 96
    assert breaks == "page"
    assert shown > 100  # unfolded


def test_long_tables_stand_folded_at_the_very_end(study):
    text = (study[0] / "report.html").read_text(encoding="utf-8")
    sections = re.findall(r'<section id="([^"]*)"', text)
    assert sections[-2:] == ["reproduce", "tables"]
    assert text.count("<details>") == 2
    assert text.index("<details>") > text.index('<section id="tables"')


def test_parts_escape_what_they_are_given():
    parts = [paragraphs([EVIL]), bullets([EVIL]), table([["a"], [EVIL]], EVIL), folded(EVIL, ""), code(EVIL)]
    parts.append(figure('<?xml version="1.0"?><svg><g id="a"/></svg>', "name", EVIL))
    page = report(EVIL, EVIL, [Section(EVIL, EVIL, parts)])
    assert "<img" not in page
    assert Tags(page).open == []


def test_a_drawing_keeps_its_names_to_itself():
    drawing = (
        '<?xml?><svg><metadata>x</metadata><style>*{stroke: a}</style><path id="p"/><use href="#p" clip-path="url(#p)"/></svg>'
    )
    inner = inlined(drawing, "My figure", "words")
    assert re.findall(r"my-figure-p", inner) == ["my-figure-p"] * 3
    assert "metadata" not in inner
    assert "#my-figure-figure_1 *{stroke" in inner


def test_numbers_in_words():
    assert decimals_for(0.037, 0.041) == 4
    assert decimals_for(1.0, 1.0) == 3
    assert bracketed((0.039, 0.037, 0.041)) == "0.0390 [0.0370, 0.0410]"
    assert bracketed((-0.5, -1.25, 0.25), write=signed) == "\u22120.5 [\u22121.2, +0.2]"
    assert bracketed((float("nan"),) * 3) == NONE
    assert (signed(-0.001, 2), plain(-1234.5, 1)) == ("0.00", "\u22121,234.5")
    assert (whole(1_234_567), whole(93)) == ("1,230,000", "93")
    assert [listed(list(words)) for words in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert [share(p) for p in (0.0, 0.00018, 0.53, 0.998, 0.9999, 1.0)] == ["0", ".00018", ".53", ".998", ">.999", "1"]


def test_the_wars_that_compete_with_a_stand_down_are_not_called_war(study):
    _, found, put, request = study
    assert [cell for cell in ends_table(found)[0] if cell == "war"] == []
    text = " ".join(verdicts(found, put, request, 600).split())
    assert "war before any stand-down" in text
    assert FIRST in text
