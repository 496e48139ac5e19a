"""Known answers: limits of the game whose exact value is known, simulated and compared. Exits 1 if one fails."""

import sys

from sim.cli.main import run
from sim.studies.known_answers.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
