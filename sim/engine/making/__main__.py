"""``python -m sim.engine.making [folder]``: make the browser's clock of the rules as they are, and say what has come out.

The same bytes each time, of the same versions of what makes it.
"""

import gzip
import hashlib
import json
import sys
from pathlib import Path

import numba

from sim.engine.browser import module
from sim.engine.making.numba_code import played
from sim.engine.making.webassembly import webassembly
from sim.model.numerics.rules_digest import rules_digest


def main(folder: Path = module.MODULE.parent) -> int:
    """Write the module, and what it was made of beside it, into a folder."""
    made = webassembly(played())
    digest = hashlib.sha256(made).hexdigest()
    (folder / module.MODULE.name).write_bytes(made)
    about = {"rules": rules_digest(), "sha256": digest, "numba": numba.__version__}
    (folder / module.MADE.name).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(f"{module.MODULE.name}: {len(made):,} bytes ({len(gzip.compress(made, 9)):,} compressed), sha256 {digest[:16]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
