"""Does the game show the signs predicted of each mechanism? Every prediction against what is measured."""

import sys

from sim.cli.main import run
from sim.studies.mechanism_signs.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
