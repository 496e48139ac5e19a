"""Tell one run of a crisis as a dated story, draw its timeline, and say how thousands like it end."""

import sys

from sim.cli.main import run
from sim.studies.play.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
