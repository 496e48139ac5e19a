"""Are the forecasts any good? Each record as of fixed moments, against what came next, beside base rates."""

import sys

from sim.cli.main import run
from sim.studies.backtest.command import COMMAND

if __name__ == "__main__":
    sys.exit(run(COMMAND, sys.argv[1:]))
