"""``python -m sim.making [folder]``: make what is shipped compiled of the sources as they are; say what has come out.

For the browser a module of WebAssembly, for Python the bitcode of every kernel it calls, both of the same code. The same bytes
each time, of the same versions of what makes it.
"""

import gzip
import json
import logging
import platform
import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim.engine.browser import module
from sim.making.bitcode import bitcode
from sim.making.kernels import game, others
from sim.making.numba_code import Code, code_of
from sim.making.webassembly import webassembly
from sim.model.numerics import shipped
from sim.model.numerics.jit import shipped_name
from sim.model.numerics.rules_digest import bytes_digest, digest_of, rules_digest, sources


def main(folder: Path | None = None) -> int:
    """Write everything into its place, or all of it into a folder."""
    logging.getLogger("sim").setLevel(logging.WARNING)  # nobody waits for the game here
    playing, *arguments = game()
    code = code_of(playing, *arguments)
    _make_browsers(code, folder or module.MODULE.parent)
    made = [_written(playing, code, folder or shipped.FOLDER)]
    made += [_written(kernel, code_of(kernel, *given), folder or shipped.FOLDER) for kernel, *given in others()]
    here = {kernel.__module__: sources(kernel.__module__) for kernel, _ in made}
    about = {
        "made_with": versions(),
        "sources": {name: _marked(files) for name, files in here.items()},
        "kernels": {shipped_name(kernel): told for kernel, told in made},
    }
    _json(folder or shipped.FOLDER, "kernels.json", about)
    return 0


def versions() -> dict[str, str]:
    """What the bytes depend on besides the sources: Python, whose bytecode Numba reads, Numba and its LLVM."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, **{name: version(name) for name in ("numba", "llvmlite")}, "system": platform.system()}


def _make_browsers(code: Code, folder: Path) -> None:
    """Write the browser's clock, and of what it was made."""
    made = webassembly(code)
    (folder / module.MODULE.name).write_bytes(made)
    _json(folder, module.MADE.name, {"rules": rules_digest(), "sha256": sha256(made).hexdigest()})
    print(f"{module.MODULE.name}: {len(made):,} bytes ({len(gzip.compress(made, 9)):,} compressed)", flush=True)


def _written(kernel: Any, code: Code, folder: Path) -> tuple[Any, dict[str, Any]]:
    """Write a kernel's bitcode; the kernel, and what is said of its code."""
    packed, about = bitcode(code)
    path = folder / f"{shipped_name(kernel)}.bc.xz"
    path.write_bytes(packed)
    print(f"{path.name}: {len(packed):,} bytes", flush=True)
    return kernel, {**about, "takes": code.takes, "gives": code.gives}


def _marked(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What is kept of the sources a kernel was made of: their names, and the digests of what they do and of their bytes."""
    return {"files": list(files), "program": digest_of(files), "bytes": bytes_digest(files)}


def _json(folder: Path, name: str, about: dict[str, Any]) -> None:
    """Write what is said of something."""
    (folder / name).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
