"""Play every cell of a design, and plot the probability of escalation. All jobs of -m end in one table."""

import sys

from sim.cli.main import run
from sim.studies.sweep.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
