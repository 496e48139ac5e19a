"""Where the program's files lie: a wheel carries configurations and experiments inside the package, a checkout beside it."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    """A folder inside the package, or else beside it."""
    return PACKAGE / name if (PACKAGE / name).is_dir() else PACKAGE.parent / name


CONFIGS, EXPERIMENTS = _folder("configs"), _folder("experiments")
