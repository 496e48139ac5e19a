"""The module as it is shipped, and which rules it was made of: where these rules are others it is not given out."""

import json
from pathlib import Path

from sim.model.numerics.rules_digest import rules_digest

HERE = Path(__file__).resolve().parent
MODULE, MADE, GLUE = HERE / "kernel.wasm", HERE / "kernel.json", HERE / "kernel.js"


class OtherRules(ValueError):
    """The module was made of other rules than this program's."""


def webassembly() -> bytes:
    """The compiled clock as a module of WebAssembly. Raises ``OtherRules`` where it was made of others: in one line."""
    if problem := stale(json.loads(MADE.read_text(encoding="utf-8"))["rules"]):
        raise OtherRules(problem)
    return MODULE.read_bytes()


def stale(made_of: str) -> str:
    """Why a module made of the rules with that digest cannot be used, in one line; "" where it can."""
    if made_of == rules_digest():
        return ""
    return (
        "the rules have changed since the browser's clock was made: make it anew with make kernel (needs apt-get install lld)"
    )


def script() -> str:
    """The JavaScript that calls the module, for a page to hold: functions only; without the word ``export`` a plain script."""
    return GLUE.read_text(encoding="utf-8")
