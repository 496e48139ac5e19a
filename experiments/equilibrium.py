"""What would the two sides choose? The game of their policies, solved mechanism by mechanism."""

import sys

from sim.cli.main import run
from sim.studies.equilibrium.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
