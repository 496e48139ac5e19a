"""Play the gallery's questions and write its pages: python docs/gallery.py [--words] [NAME ...] (some minutes for all).

A page has the question, the command and the same in Python, the figure, three sentences with what was played, and what would
change the answer. numbers.json keeps the numbers, and tests hold the pages to it; ``--words`` writes the pages anew with those
that are there.
"""

import json
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd
import yaml

from sim.cli import main
from sim.design.paths import CONFIGS
from sim.face.crises import load
from sim.face.questions import asked
from sim.plotting.ignorance_words import UNTOLD
from sim.statistics.intervals import finite

GALLERY = Path(__file__).resolve().parent / "gallery"
QUESTIONS = yaml.safe_load((GALLERY / "questions.yaml").read_text(encoding="utf-8"))
NUMBERS = GALLERY / "numbers.json"
WORDS = "--words"
MARK = {
    "probability": "",
    "mean": "",
    "difference, together": "-",
    "difference over draws": "?",
    "share of draws that lower it": "%",
}
ASKED = ("scenario", "horizon")  # what a command sets of the crisis
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
ORDER = {
    "below": lambda low, high: high < 0,
    "above": lambda low, high: low > 0,
    "not told": lambda low, high: low <= 0 <= high,
}
PAGE = """\
# {question}

```
escalation {command}
```

{sentences}

```{{image}} {name}.png
:alt: {question} Differences from the base, with intervals.
```

{table}

*{n:,} runs of each alternative, seed 1, horizon {horizon:g} days, all on the same chances. Intervals: 95 %. Of the outcome and
the difference they tell chance in the runs, those of the differences all at once; what is not known is told by {draws} draws of
the model's numbers, which these leave out, and still leaves out whether its rules are right.*

**What would change the answer.** {changes}

In Python:

```python
import sim, yaml

crisis = sim.load({overrides})
asked = yaml.safe_load(open("{file}"))
found = sim.compare(crisis.with_(asked["base"]), asked["alternatives"], outcome=asked["outcome"])
found.plot("differences")
```
"""
INDEX = """\
# Questions

Each with its command, its figure and what would change the answer.

```{{toctree}}
:maxdepth: 1

{}
```
"""


def options(name: str) -> dict[str, str]:
    """What the command of a question sets, by key."""
    return dict(one.split("=", 1) for one in shlex.split(QUESTIONS[name]["command"])[1:])


def spec(name: str) -> dict:
    """The comparison a question asks for."""
    path = CONFIGS / "compare" / f"{options(name).get('compare', 'mechanisms')}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def numbers(table: pd.DataFrame, outcome: str) -> dict[str, list]:
    """What a comparison found, by alternative: value, low, high, n.

    Its outcome; with "-" before its name its difference from the base, and with "?" that over draws of what is not known; with
    "%" the share of these draws in which it lowers the outcome. What the draws do not tell from chance is None.
    """
    rows = table[(table["quantity"] == outcome) & table["statistic"].isin(MARK)]
    found = {f"{MARK[row.statistic]}{row.alternative}": row for row in rows.itertuples()}
    return {key: [*map(finite, (row.value, row.low, row.high)), int(row.n)] for key, row in found.items()}


def played(name: str, folder: Path) -> dict[str, list[float]]:
    """Play a question with its command into ``folder``; its numbers."""
    main.main([*shlex.split(QUESTIONS[name]["command"]), f"out={folder}"])
    return numbers(pd.read_parquet(folder / "table.parquet"), spec(name)["outcome"])


def small(name: str, runs: int, seed: int) -> dict[str, list[float]]:
    """The numbers of a question, played small from Python, without files or figures."""
    crisis_keys = {key: value for key, value in options(name).items() if key not in ("runs", "compare")}
    crisis = load(*(f"{key}={value}" for key, value in crisis_keys.items()))
    result = asked("compare", crisis, (f"compare={options(name).get('compare', 'mechanisms')}",), {"runs": runs, "seed": seed})
    return numbers(result.tables()["table"].to_pandas(), spec(name)["outcome"])


def said(number: list[float], chance: bool, difference: bool) -> str:
    """A number with its interval, as a sentence says it: chances in per cent, their differences in points."""
    scale = 100 if chance else 1
    if number[1] is None:
        return UNTOLD
    digits = 1 if chance and max(map(abs, number[:3])) * scale >= 1 else 2
    value, low, high = (f"{round(scale * x, digits) + 0.0:{'+' if difference else ''}.{digits}f}" for x in number[:3])
    return f"{value}{' %' if chance and not difference else ''} [{low}, {high}]".replace("-", MINUS)


def sentences(name: str, found: dict[str, list[float]]) -> str:
    """The three sentences with their numbers."""
    chance = spec(name)["outcome"].startswith("peak")
    text = "\n".join(f"{one}" for one in QUESTIONS[name]["says"])
    return re.sub(r"{([^}]+)}", lambda match: said(found[match[1]], chance, match[1][0] in "-?"), text)


def row(name: str, one: str, found: dict[str, list[float]]) -> str:
    """An alternative's row of a page's table; what a small comparison drew no numbers for is a dash."""
    chance = spec(name)["outcome"].startswith("peak")
    cells = [said(found[one], chance, False)]
    cells += [said(found[key], chance, True) if key in found else DASH for key in (f"-{one}", f"?{one}")]
    drawn, share = found.get(f"?{one}"), found.get(f"%{one}")
    often = share[0] if share else None
    if drawn and drawn[1] is None:
        cells[-1] = UNTOLD if often is None else "the same in every run"
    return f"| {one} | {' | '.join(cells)} | {DASH if often is None else f'{100 * often:.0f} %'} |"


def table(name: str, found: dict[str, list[float]]) -> str:
    """The table of a page: outcome, difference by chance and by what is not known, and in how much of that it lowers it."""
    head = "| | outcome | difference | with what is not known | lowers it in |\n|---|---|---|---|---|"
    return "\n".join([head, *(row(name, one, found) for one in ("base", *spec(name)["alternatives"]))])


def broken(name: str, found: dict[str, list[float]]) -> list[str]:
    """The alternatives of which a question's sentences claim what its numbers do not show."""
    return [one for one, claim in QUESTIONS[name]["holds"].items() if not ORDER[claim](*found[f"-{one}"][1:3])]


def page(name: str, found: dict[str, list[float]]) -> str:
    """The page of a question."""
    given, compare = options(name), options(name).get("compare", "mechanisms")
    crisis = [
        f"scenario={given.get('scenario', 'iran_pakistan_2024')}",
        *(f"{k}={v}" for k, v in given.items() if k == "horizon"),
    ]
    text = QUESTIONS[name]
    return PAGE.format(
        name=name, command=text["command"], changes=text["changes"], sentences=sentences(name, found), table=table(name, found),
        draws=next((number[3] for key, number in found.items() if key[0] == "?"), 0),
        question=question(name), n=found["base"][3], horizon=float(given.get("horizon", 365)),
        overrides=", ".join(json.dumps(one) for one in crisis), file=f"configs/compare/{compare}.yaml",
    )  # fmt: skip


def question(name: str) -> str:
    """What a page asks, as its title."""
    return QUESTIONS[name].get("question", spec(name)["question"])


def index() -> str:
    """The list of the questions."""
    return INDEX.format("\n".join(QUESTIONS))


def write(name: str, only_words: bool) -> None:
    """Play a question, unless only its words are new, and write its page, picture and numbers."""
    kept = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}
    if not only_words:
        with tempfile.TemporaryDirectory() as place:
            kept[name] = played(name, folder := Path(place) / "study")
            shutil.copyfile(folder / "differences.png", GALLERY / f"{name}.png")
    if wrong := broken(name, kept[name]):
        raise SystemExit(f"{name}: the sentences say of {', '.join(wrong)} what was not found: {kept[name]}")
    NUMBERS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (GALLERY / f"{name}.md").write_text(page(name, kept[name]), encoding="utf-8")


if __name__ == "__main__":
    for one in [name for name in sys.argv[1:] if name != WORDS] or QUESTIONS:
        write(one, WORDS in sys.argv)
    (GALLERY / "index.md").write_text(index(), encoding="utf-8")
