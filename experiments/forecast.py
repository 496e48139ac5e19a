"""What does the record of a crisis make likely? Follow it to a moment, and play on from there under every mechanism."""

import sys

from sim.cli.main import run
from sim.studies.forecast.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
