"""What made a result: the versions and the rules. No time and no machine: the same work gives the same bytes."""

import hashlib
import importlib.metadata
import json
import platform

from sim import __version__
from sim.game.jit import sources_digest

LIBRARIES = ("numpy", "scipy", "numba", "simpy", "hydra-core", "pyarrow", "matplotlib", "quantecon")


def provenance():
    """Versions of the program, of its rules (a digest of their sources), of Python and of the libraries."""
    return {
        "program": __version__,
        "rules": sources_digest()[:16],
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def digest(*parts):
    """Eight hexadecimal digits that name a piece of content (anything JSON can hold)."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


def write_json(path, content):
    """Write ``content`` as readable JSON, the same bytes for the same content."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
