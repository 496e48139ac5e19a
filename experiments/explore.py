"""Write the page that plays: the compiled clock in a browser, every field at hand, in one file that needs no network."""

import sys

from sim.cli.main import run
from sim.studies.explore.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
