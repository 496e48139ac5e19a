"""Malformed input by the thousand, drawn from a seed: python tests/fuzz.py SEED CASES [KIND [FIRST]].

Each case is a whole command line, run in this process up to the work itself. It is taken, or refused: a line a problem, each
one that can be shown anywhere; status 2, no traceback, no warning, nothing written. What is otherwise is printed with its
number, and ``python tests/fuzz.py SEED 1 "" NUMBER`` finds it again. Prints the cases and the refusals of each kind at the end.
"""

import contextlib
import faulthandler
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from sim.cli import commands, multirun
from sim.cli import main as command
from sim.design import fields
from sim.design.paths import CONFIGS
from sim.history.reading import BadRecord, record
from sim.model.text import one_line, visible
from sim.studies.explore import writing

WORK, WAIT = 90, 1200  # seconds of computing a case may take (compiling the game: 25), and seconds it may last
ODD = [
    "", "0", "-1", "1e999", "nan", ".inf", "-inf", "1_0", "0x1f", "1e400", "18446744073709551616", "null", "~", "true",
    "no", "12:30", "[]", "{}", "[1", "{a: 1", "{a: {b: [1, 2]}}", "'", '"', "\\", "\0", "\n", "\t", "\x1b[2J", "\u202e",
    "\u200b", "é", "\ud800", "x" * 3000, "..", "../../etc/passwd", "/dev/null", "${a.trust}", "${oc.env:HOME}", "${",
    "_self_", "a=b", "+a=1", "@x", "a@b", "range(0,1,1e-7)", "range(0,3)", "choice(1,2)", "glob(*)", "sort(3,1)", "a,b",
    ",", "!!python/none", "&a [*a]", "2024-01-16", "9999-12-31T23:59", "0.5", "3", "1.5", "hotline", "none", "$(id)",
    "`id`", "%s", "{}" * 200,
]  # fmt: skip
STRANGE = [
    "a", "a.b.c", "a.generosty", "", ".", "a..b", "é", "hydra.mode", "hydra.sweeper.params.a", "hydra.run.dir",
    "max_batch_size", "hydra/launcher", "nation", "nation@a", "nation@", "@x", "mechanism@a", "mechanism/x",
    "sweep.axes", "sweep.sample", "_target_", "__class__", "out", "seed", "runs", "threads", "rung", "cell", "run",
    "study", "keep", "executor", "verbosity", "outcome",
]  # fmt: skip
FLAGS = [
    "-m",
    "--multirun",
    "--cfg",
    "--cfg=job",
    "--help",
    "-x",
    "--config-dir",
    "--config-dir=nowhere",
    "--resolve",
    "--",
    "-",
]
NAMES = [
    "play",
    "sweep",
    "compare",
    "equilibrium",
    "signs",
    "sensitivity",
    "exact",
    "explore",
    "backtest",
    "forecast",
    "records",
    "replay",
    "targets",
    "verify",
]
SQL = [
    "value", "mechanism", "cell", "study", "select", "from", "where", "and", "or", "not", "is", "null", "in", "(", ")",
    ",", "=", "<", ">=", "!=", "*", "1", "'x'", '"value"', "'", '"', ";", "--", "/*", "\0", "é", "limit", "order by",
    "group by all", "union", "with", "as", "max(", "cast(", "case", "when", "[1]", "{'a': 1}", "::int", "read_csv('x')",
    "range(10)", "%", "a.trust",
]  # fmt: skip


@cache
def loaded(name):
    """The command of an experiment, less the work."""
    whole = LOADED(name)
    if whole.ready:
        return whole._replace(ready=None, finish=lambda jobs: max(looked(whole.ready(job)) for job in multirun.apart(jobs)))
    scope = whole.finish.__globals__
    if "each" in scope:
        scope["each"] = lambda jobs, ready, _: [ready(job) is None or name == "replay" for job in multirun.apart(jobs)]
    if name == "explore":
        writing.write = looked_at
    if name == "sweep":
        scope["write"] = scope["write_rare"] = planned
    return whole


def looked(_):
    """The exit status of a question that has been looked at."""
    return 0


def looked_at(*_):
    """A page that has been made and is not written."""


def planned(plan, request, job, drawn=None):
    """What a sweep does before it plays."""
    from sim.storage.atomic_folder import check_place, place

    check_place(place(request, "sweep", job.scenario, plan.bases, plan.axes))
    plan.settings()(0, min(3, len(plan.cells)))


LOADED, commands.loaded = commands.loaded, loaded


def key(chance):
    return chance.choice(STRANGE if chance.random() < 0.4 else list(fields.keys()))


def override(chance):
    """Something like ``key=value``."""
    sigil, sign = chance.choice(["", "", "", "", "+", "++", "~"]), chance.choice(["=", "=", "=", "=", "==", "", " = ", ":"])
    return f"{sigil}{key(chance)}{sign}{chance.choice(ODD)}"


def orders(chance):
    """A command line of overrides and flags in any order."""
    words = [override(chance) for _ in range(chance.randint(1, 3))] + chance.choices(FLAGS, k=chance.choice([0, 0, 0, 1, 2]))
    chance.shuffle(words)
    return [chance.choice(NAMES), *words]


def tree(chance, depth=3):
    """Any value of a configuration."""
    if depth == 0 or chance.random() < 0.4:
        return chance.choice([*ODD, 0, 1, -1, 0.5, 2**64, 10**400, float("nan"), float("inf"), None, True])
    if chance.random() < 0.4:
        return [tree(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return {key(chance): tree(chance, depth - 1) for _ in range(chance.randint(0, 3))}


def mutated(chance, text):
    """A text with a few of its pieces cut, doubled or replaced."""
    for _ in range(chance.randint(1, 4)):
        at, cut = chance.randrange(len(text) + 1), chance.choice([0, 1, 9])
        new = chance.choice(["", text[at : at + 9] * 2, chance.choice(ODD), "\n", "  ", ": ", "- ", "#"])
        text = text[:at] + new + text[at + cut :]
    return text


def given(chance, group):
    """A file of a stranger's: one of ours altered, or any values."""
    if chance.random() < 0.5:
        return mutated(chance, chance.choice(sorted((CONFIGS / group).glob("*.yaml"))).read_text(encoding="utf-8"))
    with contextlib.suppress(yaml.YAMLError, UnicodeError):
        return yaml.dump(tree(chance), allow_unicode=True)
    return mutated(chance, "a: 1")


COMMANDS = {"noise": "equilibrium", "assumptions": "sensitivity", "compare": "compare", "sweep": "sweep"}
GROUPS = ["mechanism", "scenario", "nation", "weights", "diplomacy", *COMMANDS]


def files(chance):
    """A command with a stranger's folder of configurations."""
    group = chance.choice(GROUPS)
    path = Path("mine") / group / "x.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(given(chance, group), encoding="utf-8", errors="replace")
    name = COMMANDS.get(group, chance.choice(["play", "sweep"]))
    return [name, "--config-dir", "mine", f"{'nation@a' if group == 'nation' else group}=x"]


def axes(chance):
    """Something like an axis."""
    spaced = {end: tree(chance, 0) for end in ("from", "to", "steps")}
    over = chance.choice([[chance.choice(ODD)], spaced, tree(chance, 1), [0.1, 0.2]])
    return {"vary": key(chance), "over": over} if chance.random() < 0.8 else tree(chance, 2)


def designs(chance):
    """A sweep over something like a design."""
    listed = [axes(chance) for _ in range(chance.randint(0, 3))]
    block = chance.choice([{"axes": listed}, {"points": tree(chance, 2)}, {"sample": tree(chance, 2)}, tree(chance)])
    Path("mine/sweep").mkdir(parents=True)
    Path("mine/sweep/x.yaml").write_text(yaml.dump({"sweep": block}), encoding="utf-8", errors="replace")
    return ["sweep", "--config-dir", "mine", "sweep=x", "runs=5"]


def studies(chance):
    """A replay of a study that is none, or nearly one."""
    cells = [{"labels": {}, "base": 0, "numbers": {}}]
    whole = {"schema": 1, "experiment": "sweep", "seed": 1, "runs": 9, "bases": [{}], "cells": cells}
    whole[chance.choice(list(whole))] = tree(chance)
    Path("study").mkdir()
    text = json.dumps(whole, default=str)
    text = text if chance.random() < 0.6 else mutated(chance, text)
    Path("study/study.json").write_text(text, encoding="utf-8", errors="replace")
    return ["replay", "study=study", f"cell={chance.choice([0, 0, 0, 1, -1])}"]


def queries(chance):
    """A question to a table that may be damaged."""
    Path("study").mkdir()
    name = chance.choice(["value", "a.trust", *ODD[1:20]])
    pq.write_table(pa.table({name: [0.1, None], "mechanism": ["none", "\x1b[2J"]}), "study/table.parquet")
    if chance.random() < 0.2:
        content = bytearray(Path("study/table.parquet").read_bytes())
        content[chance.randrange(len(content))] ^= 1 + chance.randrange(255)
        Path("study/table.parquet").write_bytes(content[: chance.choice([len(content), chance.randrange(len(content))])])
    words = " ".join(chance.choices([*SQL, chance.choice(ODD)], k=chance.randint(0, 9)))
    options = ["rows=3", "rows=x", "to=x.doc", "replace=9", "to=/x/y.csv"]
    return ["table", "study", words, *chance.choices(options, k=chance.choice([0, 0, 1, 2]))]


def records(chance):
    """A record of a crisis, which is read and not run; refused by its own error."""
    text = given(chance, "record")
    try:
        record(yaml.safe_load(text), "x")
    except BadRecord as error:
        return ["refused", *map(one_line, error.lines)]
    except (yaml.YAMLError, RecursionError):  # told by whoever reads the file
        return ["refused", "no YAML"]
    return ["taken"]


KINDS = [orders, files, designs, studies, queries, records]


def tried(words):
    """Run a command line: its status, what it said on standard error, and what it should not have done."""
    out, err = io.StringIO(), io.StringIO()
    if words[0] in ("refused", "taken"):
        return (2 if words[0] == "refused" else 0), "".join(f"escalation: {line}\n" for line in words[1:]), ""
    before = sorted(Path().rglob("*"))
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            warnings.simplefilter("error")
            status = command.main(words)
    except BaseException:
        return 1, err.getvalue(), traceback.format_exc(limit=-3)
    return status, err.getvalue(), "" if sorted(Path().rglob("*")) == before else "something was written"


def fault(status, said, wrong):
    """What is wrong with how a case ended, or ""."""
    lines = said.split("\n")[:-1]
    if wrong or status not in (0, 2):
        return wrong or f"status {status}"
    if status == 2 and (not lines or any(not line.startswith("escalation: ") for line in lines)):
        return f"not a line a problem: {said!r}"
    return next((f"a line that cannot be shown: {line!r}" for line in lines if not visible(line) or len(line) > 700), "")


class TooLong(BaseException):
    """A case computes for longer than it may."""


def give_up(*_):
    raise TooLong(f"more than {WORK} s of computing")


@contextlib.contextmanager
def bounded():
    """Bound what is done here: work by an exception, waiting by the end of the program."""
    signal.setitimer(signal.ITIMER_PROF, WORK)
    faulthandler.dump_traceback_later(WAIT, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()


def main(seed, cases, kind="", first=0):
    """Try so many cases from ``first`` on; 1 where any went wrong. A case is known by its seed and number."""
    home, taken, refused, wrong = Path.cwd(), Counter(), Counter(), 0
    signal.signal(signal.SIGPROF, give_up)
    kinds = [one for one in KINDS if kind in ("", one.__name__)]
    for i in range(first, first + cases):
        chance, make, place = random.Random(f"{seed} {i}"), kinds[i % len(kinds)], tempfile.mkdtemp()
        os.chdir(place)
        words = ["?"]
        try:
            with bounded():
                words = make(chance)
                status, said, why = tried(words)
        except BaseException:
            status, said, why = 1, "", traceback.format_exc(limit=-3)
        (refused if status == 2 else taken)[make.__name__] += 1
        if problem := fault(status, said, why):
            wrong += 1
            print(f"seed {seed}, case {i}, {make.__name__}: {[word[:300] for word in words]}\n  {problem}", flush=True)
        os.chdir(home)
        shutil.rmtree(place)
    for one in kinds:
        print(f"{one.__name__}: {refused[one.__name__] + taken[one.__name__]} cases, {refused[one.__name__]} refused")
    print(f"seed {seed}: {cases} cases, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:4], *map(int, sys.argv[4:])))
