"""Tell any run of any cell of a study again, on the event loop, and check it against the compiled clock."""

import sys

from sim.cli.main import run
from sim.studies.play.replay_command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
