"""What a benchmark takes: the seconds of a call or of a fresh process, and the memory of one."""

import os
import subprocess
import sys
import time
from pathlib import Path


def timed(work):
    """Seconds of one call, by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ran(code, cache=None):
    """What a fresh Python process that runs ``code`` prints; compiled code is kept in the folder ``cache`` if one is given."""
    environment = os.environ | ({"ESCALATION_CACHE": str(cache)} if cache else {})
    found = subprocess.run([sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return found.stdout


def fresh(code, cache=None):
    """Seconds of a fresh Python process that runs ``code``, see ``ran``."""
    return timed(lambda: ran(code, cache))


def peak(code, cache=None):
    """Peak resident memory, in MB, of a fresh Python process that runs ``code`` and may import what stands beside this file."""
    before = f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    return float(ran(f"{before}{code}\nimport stopwatch\nprint(stopwatch.highest())", cache).split()[-1])


def highest():
    """The most memory this process has held, in MB.

    On Linux not from ``getrusage``: a process started from another inherits the other's peak there, and seems as large as it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().split("\n") if line.startswith("VmHWM")) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024  # bytes on macOS, else kilobytes
