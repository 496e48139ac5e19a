"""List the records of crises, tell one of them, or make records of the events of MIE 1.0."""

import sys

from sim.cli.main import run
from sim.studies.records.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
