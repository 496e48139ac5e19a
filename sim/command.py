"""The console command: ``escalation <experiment> ...``, and how every experiment is run and refused.

Errors of the user are one line each on standard error and exit status 2, without a traceback; Ctrl-C is 130.
"""

import importlib.util
import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
EXPERIMENTS = PACKAGE / "experiments" if (PACKAGE / "experiments").is_dir() else PACKAGE.parent / "experiments"

HELP = """\
escalation: when two states trade strikes, what makes it stop?

usage: escalation EXPERIMENT [field=value ...] [group=option ...]

  play      tell one run as a dated story, draw its timeline, and say how thousands like it end
  sweep     play every cell of a design, and plot the probability of escalation
  replay    tell any run of any cell of a study again
  targets   compare the reference behaviour with what is known of real crises

escalation EXPERIMENT --help   lists its groups and fields
escalation --version           prints the version
"""


def names():
    """The experiments there are: one file each."""
    return sorted(path.stem for path in EXPERIMENTS.glob("*.py"))


def main(arguments=None):
    """Run the command line; returns the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    if arguments[0] in ("-V", "--version"):
        from sim import __version__

        print(f"escalation {__version__}")
        return 0
    name, *rest = arguments
    if name not in names():
        return refuse([f"experiment must be one of {', '.join(names())}, got {name!r}"])
    spec = importlib.util.spec_from_file_location(f"escalation_{name}", EXPERIMENTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return run(module, name, rest)


def run(experiment, name, arguments):
    """Let Hydra compose an experiment's jobs, then do the work; returns the exit status."""
    from hydra.errors import HydraException
    from omegaconf.errors import OmegaConfBaseException

    from sim import config, refusal

    config.register()
    os.environ["HYDRA_FULL_ERROR"] = "1"  # so that errors come here rather than as Hydra's own report
    before, sys.argv = sys.argv, [f"escalation {name}", *arguments]
    try:
        experiment.main()
        experiment.finish()
    except config.Refusal as error:
        return refuse(error.lines)
    except (HydraException, OmegaConfBaseException) as error:
        return refuse(refusal.lines(error))
    except OSError as error:
        return refuse([refusal.of_file(error)])
    except KeyboardInterrupt:
        print("escalation: interrupted; nothing was written", file=sys.stderr)
        return 130
    finally:
        sys.argv = before
    return 0


def refuse(lines):
    """Print each problem on a line of its own; the exit status of bad input."""
    for line in lines:
        print(f"escalation: {line}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
