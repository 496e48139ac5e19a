"""The third clock gives the bits of the other two: in Node and in a browser, over every rule and every number's bounds."""

import base64
import json
import math
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import kernel
from sim.engine.browser import module
from sim.engine.browser.layout import layout
from sim.model.numerics import rules_digest
from sim.model.parameter import parameters, parts, records
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.militants import Militants

HARNESS = Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
TOP = 2**63 - 1
MOST = 500  # acts of a run: a crisis that runs away beyond them is not played
LIVELY = Crisis(opening="strike_by_a", horizon=200)


def values_of(part, path=""):
    """Every number of a crisis by its key, as a page would give it."""
    found = {}
    for name, parameter in parameters(type(part)).items():
        value = getattr(part, name)
        if parameter.kind != "text":
            found[path + name] = "Infinity" if value == math.inf else value
    for name in parts(type(part)):
        found |= values_of(getattr(part, name), f"{path}{name}.")
    return found


def native(crisis, seed, first, runs):
    """The bytes that the compiled clock gives: of the record, the rows and the acts; None where it runs away."""
    record, out = records([crisis]), np.empty((runs, len(kernel.ROW)))
    log = np.empty((MOST * runs, len(kernel.LOG)))
    made = kernel._played(record, 0, seed, first, out, log)
    return None if made < 0 else (record.tobytes(), out.tobytes(), log[:made].T.tobytes())


def task(cases):
    """What the harness is given."""
    given = [
        {"values": values_of(crisis), "seed": str(seed), "first": str(first), "runs": runs}
        for crisis, seed, first, runs in cases
    ]
    return {"wasm": base64.b64encode(module.webassembly()).decode(), "layout": layout(), "cases": given}


def in_node(cases):
    """What Node answers."""
    if not shutil.which("node"):
        pytest.skip("no node on this machine: the browser's clock is not played there (Debian: apt-get install nodejs)")
    program = f"{script()}{HARNESS}\nprocess.stdout.write(JSON.stringify(answers({json.dumps(task(cases))})))"
    done = subprocess.run(["node", "-"], input=program, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_chromium(cases):
    """What a browser answers."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: the clock is not played in a browser (Debian: apt-get install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no clock is played in a browser")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(content=script() + HARNESS)
        answered = page.evaluate("task => answers(task)", task(cases))
        browser.close()
    return answered


def script():
    """The page's functions as a plain script."""
    return re.sub(r"^export ", "", module.script(), flags=re.MULTILINE)


def every_choice():
    """A crisis for each name that each field may have."""
    for field in layout()["record"]["fields"]:
        for name in field["names"]:
            yield with_number(LIVELY, field["key"], name)


def drawn(admissible, examples):
    """Crises over every rule and every number's bounds, with seeds and runs."""
    militants = admissible(Militants, rate=st.floats(0, 200), offspring=st.floats(0, 0.9))
    horizons = st.sampled_from((1.0, 400.0)) | st.floats(1, 400)
    found = []

    @settings(max_examples=examples)
    @given(
        admissible(Crisis, horizon=horizons, militants_a=militants, militants_b=militants),
        st.integers(0, TOP),
        st.integers(0, TOP - 2),
    )
    def draw(crisis, seed, first):
        found.append((crisis, seed, first, 2))

    draw()
    return found


def require(play, cases):
    """The same bits of the compiled clock and of what ``play`` answers, for those cases that come to an end."""
    wanted = [(case, want) for case in cases if (want := native(*case))]
    assert len(wanted) > 0.5 * len(cases)
    answered = play([case for case, _ in wanted])
    assert answered["imports"] == []
    assert answered["exports"] == ["memory", "play", "__heap_base"]
    for (case, want), got in zip(wanted, answered["answers"], strict=True):
        for name, bytes_ in zip(("record", "rows", "acts"), want, strict=True):
            assert base64.b64decode(got[name]) == bytes_, (name, case)


def test_node_gives_the_bits_of_the_compiled_clock(admissible):
    """Whatever the rules and numbers; at the last seed and run; and over many runs of one crisis, for which memory grows."""
    every = [(crisis, seed, 0, 3) for seed, crisis in enumerate(every_choice())]
    ends = [(LIVELY, TOP, TOP - 4, 4), (LIVELY, 2**32 - 1, 2**32 - 2, 4), (LIVELY, 1, 0, 0), (LIVELY, 7, 0, 200)]
    require(in_node, [*every, *ends, *drawn(admissible, 40)])


def test_a_browser_gives_the_bits_of_the_compiled_clock(admissible):
    require(in_chromium, [(LIVELY, 7, 0, 200), *drawn(admissible, 10)])


@pytest.mark.slow
@pytest.mark.parametrize("play", [in_node, in_chromium])
def test_many_drawn_crises_give_the_same_bits(admissible, play):
    require(play, [*[(crisis, seed, 5, 50) for seed, crisis in enumerate(every_choice())], *drawn(admissible, 1500)])


def test_what_is_shipped_was_made_of_these_rules():
    """If not: ``make kernel``, and commit what it writes."""
    assert len(module.webassembly()) <= 100_000


def test_other_rules_are_refused_in_one_line(monkeypatch):
    monkeypatch.setattr(module, "rules_digest", lambda: "of a rule of your own")
    with pytest.raises(module.OtherRules, match=r"^the rules have changed .* make kernel \(needs apt-get install lld\)$"):
        module.webassembly()


RULE = b'''"""What it is for."""
def passes(u, generosity):
    """Whether it lets pass."""
    return u < generosity  # a share
generosity = real(0.5, 0, 1, "how often", source="a guess")
AT = _column("at", "minutes", "when", TIME, words="a time")
'''


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (b"Whether it lets pass.", b"In other words.", True),
        (b"  # a share", b"", True),
        (b'0.5, 0, 1, "how often", source="a guess"', b'0.4, 0, 2, "more often"', True),
        (b'"when", TIME, words="a time"', b'"at what time", TIME, words="the time"', True),
        (b"TIME", b"COUNT", False),
        (b"u < generosity", b"u <= generosity", False),
        (b"= real(", b"= whole(", False),
        (b"generosity = real", b"forgiveness = real", False),
    ],
)
def test_the_digest_of_the_rules_knows_what_they_do_and_not_how_it_is_told(old, new, same):
    assert RULE.count(old) == 1
    changed = rules_digest.digest_of({"rules": RULE.replace(old, new)})
    assert (changed == rules_digest.digest_of({"rules": RULE})) == same


def test_a_value_that_no_field_takes_is_refused_as_the_command_line_does(admissible):
    if not shutil.which("node"):
        pytest.skip("no node on this machine (Debian: apt-get install nodejs)")
    wrong = {"a.generosity": 1.4, "a.cap": 3.5, "a.retaliation": "mercy", "horizon": "", "a.kindness": 1}
    program = f"""{script()}
const layout = {json.dumps(layout())}
const said = (key, value) => {{ try {{ record(layout, {{[key]: value}}) }} catch (wrong) {{ return wrong.message }} }}
process.stdout.write(JSON.stringify(Object.entries({json.dumps(wrong)}).map(([key, value]) => said(key, value))))"""
    done = subprocess.run(["node", "-"], input=program, capture_output=True, text=True, encoding="utf-8")
    said = dict(zip(wrong, json.loads(done.stdout), strict=True))
    assert said["a.generosity"] == "a.generosity must lie in [0, 1], got 1.4"
    assert said["a.cap"] == "a.cap must be a whole number in [1, 9], got 3.5"
    assert said["a.retaliation"].startswith("a.retaliation must be one of restraint, tit_for_tat, ")
    assert said["horizon"] == "horizon must lie in [1, 36500], got "
    assert said["a.kindness"] == "a.kindness is not a field"
