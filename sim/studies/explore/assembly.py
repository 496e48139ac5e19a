"""One HTML file of readable parts: the modules of ``page`` joined in order, the data and the engine packed into it.

The policy of the page names its one script and its one style by their digests and allows no request whatever.
"""

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

from sim.engine.browser.module import script as glue

PAGE = Path(__file__).parent / "page"
IMPORT = re.compile(r'^import \{([^}]*)\} from "(?:\./)?([\w.]+)";\n', re.M)
EXPORT = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.M)
SIGN = '<meta name="generator" content="escalation explore">'  # tells a page of ours from a stranger's file


def assembled(data: dict[str, Any], kernel: bytes, made: str) -> str:
    """The page: ``data`` is what it knows, ``kernel`` the module it plays with, ``made`` a sentence on what it was made of."""
    style, script = (PAGE / "style.css").read_text(encoding="utf-8"), joined("main.js")
    parts = {
        "policy": policy(style, script),
        "style": style,
        "script": script,
        "worker": joined("worker.js"),
        "data": packed(json.dumps(data, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()),
        "kernel": packed(kernel),
        "made": html.escape(made),
    }
    return Template((PAGE / "page.html").read_text(encoding="utf-8")).substitute(parts)


def policy(style: str, script: str) -> str:
    """The content policy: nothing but this style, this script, workers made of the page's own text, and pictures as data."""
    return (
        f"default-src 'none'; script-src {_digest(script)} 'wasm-unsafe-eval'; worker-src blob:; style-src {_digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def packed(content: bytes) -> str:
    """Bytes compressed, as text; the same each time."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def joined(name: str) -> str:
    """A module and all it imports as one script: each once, after what it needs, in a scope of its own.

    What a bundler does, and no more: modules here import by name from each other, and rename nothing.
    """
    order: dict[str, str] = {}
    _gather(name, order)
    return "\n".join(["const modules = {};", *order.values()])


def _gather(name: str, order: dict[str, str]) -> None:
    """Put a module into ``order`` behind what it imports."""
    if name in order:
        return
    source = _source(name)
    for other in imports(source):
        _gather(other, order)
    order[name] = _scoped(name, source)


def _scoped(name: str, source: str) -> str:
    """A module as a function of its own that leaves what it exports among the ``modules``."""
    inner = re.sub(r"^export ", "", IMPORT.sub(r'const {\1} = modules["\2"];\n', source), flags=re.M)
    return f'// ---- {name}\nmodules["{name}"] = (() => {{\n{inner}return {{ {", ".join(EXPORT.findall(source))} }};\n}})();'


def imports(source: str) -> Iterator[str]:
    """The modules a module imports, in order."""
    return (found[2] for found in IMPORT.finditer(source))


def _source(name: str) -> str:
    return glue() if name == "kernel" else (PAGE / name).read_text(encoding="utf-8")
