"""Solve a small crisis exactly, from its own rules: how likely it climbs how high by when, and where it ends."""

import sys

from sim.cli.main import run
from sim.studies.exact.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
