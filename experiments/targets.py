"""Compare the reference behaviour with what is known of real crises: quantity, target, simulated value, near or not."""

import sys

from sim.cli.main import run
from sim.studies.calibration.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
