"""Workers started by SLURM, through dask-jobqueue: each is a job of one process, and one that ends too soon is replaced.

Of what a site wants beyond partition, account, size and time, its users tell SLURM (``SBATCH_QOS=long``) or dask-jobqueue
(``DASK_JOBQUEUE__SLURM__INTERFACE=ib0``, or their jobqueue.yaml). A job's script is a shell script, so nothing gets into it
that is not a plain name or a number.
"""

import contextlib
import logging
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from sim.design.options import SlurmOptions
from sim.execution.dask import Unreachable, compiled, installed

LOG = logging.getLogger(__name__)
NAME, PATH = r"[\w.,+-]*", r"[\w./+=@:,-]+"
LOOK = 10  # seconds between looks at the queue while there is no worker


@contextlib.contextmanager
def queued(workers: int, asked: SlurmOptions, folder: str | Path) -> Iterator[Any]:
    """A client of ``workers`` jobs as ``asked`` (a ``SlurmOptions``), once one of them runs; their output is in ``folder``.

    It waits as long as a job does. Raises ``Unreachable`` where SLURM takes no such jobs, or all ended before a worker came up.
    """
    _check(workers, asked, folder)
    jobqueue, distributed = _jobqueue(), installed("slurm", "distributed")
    compiled()
    name = f"escalation-{os.getpid()}"
    with (
        _secret(Path(folder).absolute() / f"{name}.pem", distributed.Security) as security,
        jobqueue.SLURMCluster(**_options(name, asked, folder), security=security) as cluster,
    ):
        _try(cluster.job_script())
        cluster.adapt(minimum_jobs=workers, maximum_jobs=workers, interval="2s")  # replaces jobs that were lost
        with distributed.Client(cluster, set_as_default=False) as client:
            _await(client, name, folder)
            yield client


def _check(workers: int, asked: SlurmOptions, folder: str | Path) -> None:
    """Raise ``Unreachable`` for what SLURM cannot be asked."""
    if not workers:
        raise Unreachable("workers must lie in [1, 10000] with executor=slurm, got 0")
    for key in ("partition", "account"):
        if not re.fullmatch(NAME, getattr(asked, key)):
            raise Unreachable(f"slurm.{key} must be of letters, digits and . , _ + -, got {getattr(asked, key)!r}")
    if not re.fullmatch(PATH, str(Path(folder).absolute())):
        line = "out must lie at a path of letters, digits and / . , _ + - = @ : with executor=slurm, got"
        raise Unreachable(f"{line} {str(Path(folder).absolute().parent)!r}")
    if not shutil.which("sbatch"):
        raise Unreachable("executor=slurm needs SLURM's sbatch, and there is none on this machine")


def _jobqueue() -> ModuleType:
    """dask-jobqueue, less its handler of Ctrl-C: set on import, it ends the program without a word and with status 0."""
    before = signal.getsignal(signal.SIGINT)
    module = installed("slurm", "dask_jobqueue")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, before)
    return module


def _options(name: str, asked: SlurmOptions, folder: str | Path) -> dict[str, Any]:
    """What dask-jobqueue is told of the jobs."""
    import dask

    return {
        "job_name": name, "queue": asked.partition or None, "account": asked.account or None,
        "processes": 1, "cores": asked.cores, "memory": f"{asked.memory} GiB", "walltime": str(round(60 * asked.walltime)),
        "log_directory": str(Path(folder).absolute()),
        "scheduler_options": {"dashboard_address": None, **dask.config.get("jobqueue.slurm.scheduler-options", {})},
    }  # fmt: skip


@contextlib.contextmanager
def _secret(path: Path, kind: Any) -> Iterator[Any]:
    """A key of this sweep alone, in a file only its user can read: else others on the cluster could give us work."""
    secret = kind.temporary().get_tls_config_for_role("worker")
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secret["key"] + secret["cert"])
        files = {f"tls_{role}_{part}": str(path) for role in ("client", "scheduler", "worker") for part in ("key", "cert")}
        yield kind(tls_ca_file=str(path), **files, require_encryption=True)
    finally:
        path.unlink(missing_ok=True)


def _try(script: str) -> None:
    """Let SLURM judge a job without submitting it: raises ``Unreachable`` with its words."""
    tried = subprocess.run(["sbatch", "--test-only"], input=script, capture_output=True, text=True)
    if tried.returncode:
        said = "; ".join(line.removeprefix("sbatch: ").removeprefix("error: ") for line in tried.stderr.strip().split("\n"))
        raise Unreachable(f"executor=slurm: SLURM refuses the workers' jobs: {said}")


def _await(client: Any, name: str, folder: str | Path) -> None:
    """Wait for the first worker while there is a job that may become one."""
    while True:
        with contextlib.suppress(TimeoutError):
            return client.wait_for_workers(1, timeout=LOOK)
        if not _waiting(name):
            said = "; ".join(_last(path) for path in sorted(Path(folder).glob(f"{name}-*.err"))[:1])
            raise Unreachable(f"executor=slurm: every job ended before a worker came up: {said or 'no output'}")
        LOG.warning("waiting for SLURM to start a job named %s", name)


def _waiting(name: str) -> bool:
    """Whether SLURM has jobs of this name that wait or run; taken to be so where it does not answer."""
    states = "--states=PENDING,CONFIGURING,RUNNING"
    asked = subprocess.run(["squeue", "--me", "--noheader", states, f"--name={name}"], capture_output=True, text=True)
    return asked.returncode != 0 or bool(asked.stdout.strip())


def _last(path: Path) -> str:
    """The last line of a file of a job."""
    return path.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
