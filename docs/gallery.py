"""Play the gallery's questions and write its pages: python docs/gallery.py [NAME ...] (some minutes for all).

A page has the question, the command and the same in Python, the figure, three sentences whose numbers are what was played, and
what would change the answer. numbers.json keeps them, with the digest of the rules; tests hold the pages to it.
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

GALLERY = Path(__file__).resolve().parent / "gallery"
QUESTIONS = yaml.safe_load((GALLERY / "questions.yaml").read_text(encoding="utf-8"))
NUMBERS = GALLERY / "numbers.json"
ASKED = ("scenario", "horizon")  # what a command sets of the crisis
MINUS = "\N{MINUS SIGN}"
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

*{n:,} runs of each alternative, seed 1, horizon {horizon:g} days, all on the same chances. Intervals: 95 %, chance in the runs
alone; those of differences hold all at once.*

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


def numbers(table: pd.DataFrame, outcome: str) -> dict[str, list[float]]:
    """The outcome of each alternative and, with "-" before its name, its difference from the base: value, low, high, n."""
    rows = table[table["quantity"] == outcome]
    level = rows[rows["statistic"].isin(["probability", "mean"])]
    gap = rows[rows["statistic"] == "difference, together"]
    found = {row.alternative: row for row in level.itertuples()} | {f"-{row.alternative}": row for row in gap.itertuples()}
    return {key: [float(row.value), float(row.low), float(row.high), int(row.n)] for key, row in found.items()}


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
    digits = 1 if chance and max(map(abs, number[:3])) * scale >= 1 else 2
    value, low, high = (f"{round(scale * x, digits) + 0.0:{'+' if difference else ''}.{digits}f}" for x in number[:3])
    return f"{value}{' %' if chance and not difference else ''} [{low}, {high}]".replace("-", MINUS)


def sentences(name: str, found: dict[str, list[float]]) -> str:
    """The three sentences with their numbers."""
    chance = spec(name)["outcome"].startswith("peak")
    text = "\n".join(f"{one}" for one in QUESTIONS[name]["says"])
    return re.sub(r"{([^}]+)}", lambda match: said(found[match[1]], chance, match[1].startswith("-")), text)


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
        name=name, command=text["command"], changes=text["changes"], sentences=sentences(name, found),
        question=question(name), n=found["base"][3], horizon=float(given.get("horizon", 365)),
        overrides=", ".join(json.dumps(one) for one in crisis), file=f"configs/compare/{compare}.yaml",
    )  # fmt: skip


def question(name: str) -> str:
    """What a page asks, as its title."""
    return QUESTIONS[name].get("question", spec(name)["question"])


def index() -> str:
    """The list of the questions."""
    return INDEX.format("\n".join(QUESTIONS))


def write(name: str) -> None:
    """Play a question and write its page, picture and numbers."""
    with tempfile.TemporaryDirectory() as place:
        found = played(name, folder := Path(place) / "study")
        shutil.copyfile(folder / "differences.png", GALLERY / f"{name}.png")
    if wrong := broken(name, found):
        raise SystemExit(f"{name}: the sentences say of {', '.join(wrong)} what was not found: {found}")
    kept = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}
    NUMBERS.write_text(json.dumps({**kept, name: found}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (GALLERY / f"{name}.md").write_text(page(name, found), encoding="utf-8")


if __name__ == "__main__":
    for one in sys.argv[1:] or QUESTIONS:
        write(one)
    (GALLERY / "index.md").write_text(index(), encoding="utf-8")
