"""A digest of what the rules do: the program without its words.

Comments, docstrings and the look of the code are left out; so is what a field declares for people and for the check of its
value (meaning, unit, bounds, default, source), which no kernel sees. What is left is all that compiled code can depend on, so
an equal digest means equal code; another may still mean equal code, as when a function has another name.
"""

import ast
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]
WORDS = (
    "model/text.py",
    *(f"model/numerics/{name}.py" for name in ("compiled_cache", "rules_digest", "shipped")),
)  # no kernel's
FIELDS = ("real", "whole", "choice", "text")  # the declarations of ``sim.model.parameter``
COLUMN = "_column"  # that of ``sim.model.outcome_columns``, whose place counts, and whose texts are for people
GAME = "sim.engine.kernel"


def sources(module: str = GAME) -> dict[str, bytes]:
    """The files that kernels in a module are compiled of, by name: its own, and all those it imports, and they."""
    found: dict[str, bytes] = {}
    waiting = [_file(module)]
    while waiting:
        name = waiting.pop()
        if name and name not in found and name not in WORDS:
            found[name] = (PACKAGE / name).read_bytes()
            waiting += _imported(found[name])
    return dict(sorted(found.items()))


def _file(module: str) -> str:
    """The name of a module's file within the package; "" where it has none, as what is no module."""
    name = module.removeprefix("sim.").replace(".", "/") + ".py"
    return name if module.startswith("sim.") and (PACKAGE / name).is_file() else ""


def _imported(source: bytes) -> list[str]:
    """The names of the package's files that a program imports."""
    found = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.ImportFrom) and one.module]
    return [
        _file(name) for one in found for name in (one.module, *(f"{one.module}.{alias.name}" for alias in one.names)) if name
    ]


@cache
def rules_digest() -> str:
    """The digest of the rules as they are in this program, in hexadecimal."""
    return digest_of(sources())


def digest_of(programs: Mapping[str, bytes]) -> str:
    """The digest of some programs by name, in hexadecimal: the same in every version of Python."""
    digest = hashlib.sha256()
    for name, source in programs.items():
        digest.update(f"{name}\n".encode())
        for word in _program(ast.parse(source)):
            digest.update(f"{word}\n".encode())
    return digest.hexdigest()


def bytes_digest(programs: Mapping[str, bytes]) -> str:
    """The digest of the very bytes of some programs by name: quicker, and another after any edit."""
    digest = hashlib.sha256()
    for name, source in programs.items():
        digest.update(f"{name}\n{len(source)}\n".encode() + source)
    return digest.hexdigest()


def _program(node: Any) -> Iterator[str]:
    """The program below a node of its syntax tree, word by word."""
    if isinstance(node, ast.AST):
        yield f"({type(node).__name__}"
        for name, value in _told(node):
            if value is not None and value != []:
                yield name
                yield from _program(value)
        yield ")"
    elif isinstance(node, list):
        for one in node:
            yield from _program(one)
    else:
        yield repr(node)


def _told(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """The parts of a node that are told: no docstring, and of a declaration nothing that is for people."""
    called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(value, list):
            yield name, [one for one in value if not _is_text(one)]
        elif called == COLUMN and isinstance(value, list):
            yield name, [one for one in value if not _is_words(one)]
        elif called not in FIELDS or name == "func":
            yield name, value


def _is_words(node: ast.AST) -> bool:
    """Whether an argument, named or not, is a text."""
    given = node.value if isinstance(node, ast.keyword) else node
    return isinstance(given, ast.Constant) and isinstance(given.value, str)


def _is_text(node: ast.AST) -> bool:
    """Whether a statement is a bare text, as docstrings are."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
