"""Which assumptions drive the answer, and does the ranking of mechanisms survive them?"""

import sys

from sim.cli.main import run
from sim.studies.sensitivity.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
