"""Types: every function says what it takes and gives, mypy finds nothing wrong, and none is long or unexplained."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = sorted(path.parent.name for path in (ROOT / "sim").glob("*/__init__.py"))
BARE, LONGEST = 3, 40  # lines a function may have without a docstring, and at the most


@cache
def functions(room=""):
    """Every function in a room of ``sim``, nested ones too: its place, and its tree."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for path in sorted((ROOT / "sim" / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]


def test_mypy_finds_nothing_wrong():
    checked = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_public_functions_are_annotated(room):
    every = functions(room)
    assert every
    bare = [place for place, node in every if not node.name.startswith("_") and not _annotated(node)]
    assert not bare, "\n".join(bare)


def _annotated(node):
    """Whether a function says the type of all it takes, itself aside, and of what it gives."""
    given = node.args
    takes = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    return node.returns is not None and all(one.annotation or one.arg in ("self", "cls") for one in takes)


@pytest.mark.parametrize("room", ROOMS)
def test_functions_are_explained_or_tell_themselves(room):
    unexplained = [
        place
        for place, node in functions(room)
        if not ast.get_docstring(node) and node.name != "__init__" and node.end_lineno - node.body[0].lineno + 1 > BARE
    ]
    assert not unexplained, "\n".join(unexplained)


@pytest.mark.parametrize("room", ROOMS)
def test_functions_are_short(room):
    long = [place for place, node in functions(room) if _length(node) > LONGEST]
    assert not long, "\n".join(long)


def _length(node):
    """The lines of a function, those of functions inside it aside."""
    inside = [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef)][1:]
    return node.end_lineno - node.lineno + 1 - sum(map(_length, inside))
