"""Which of several alternatives lowers an outcome, by how much, how sure? All on the same chances, beside the base."""

import sys

from sim.cli.main import run
from sim.studies.compare.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
