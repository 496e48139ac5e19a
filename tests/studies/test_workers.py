"""Workers of a cluster give the bytes of a local run, even where one of them dies; they compile once, or not at all."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError

import pytest

from sim.cli import main
from sim.engine import kernel
from sim.execution.executors import hired_executor
from sim.execution.tasks import Tasks, played
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis

distributed = pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")
ASKED = ["sweep", "runs=20000", "horizon=60", "sweep.axes=[{vary: a.trust, over: {from: 0, to: 1, steps: 20}}]"]


@pytest.fixture(scope="session")
def _slurm():
    """Skip where there is no SLURM, or none that runs."""
    try:
        runs = shutil.which("sbatch") is not None and subprocess.run(["sinfo"], capture_output=True, timeout=5).returncode == 0
    except subprocess.TimeoutExpired:
        runs = False
    if not runs:
        pytest.skip("no SLURM runs here")


WITH_SLURM = pytest.mark.usefixtures("_slurm")


def workers_of(process):
    """The worker processes of a sweep: those that were spawned and have no children of their own."""
    children = psutil.Process(process.pid).children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline()) and not child.children()]


def jobs_of(process):
    """The numbers of the SLURM jobs of a sweep that run."""
    asked = ["squeue", "--noheader", "--states=RUNNING", "--format=%i", f"--name=escalation-{process.pid}"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()


def same_bytes_in_spite_of(loss, executor, folder):
    """Whether a sweep that suffers ``loss(process)`` after its first chunk ends in the bytes of an undisturbed local one."""
    asked = [sys.executable, "-m", "sim.cli.main", *ASKED, f"executor={executor}", "workers=2", "out=far"]
    with subprocess.Popen(asked, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        while process.poll() is None and not list(folder.glob(".*.part/*.chunk")):
            time.sleep(0.02)
        loss(process)
        assert process.poll() is None
        _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said.decode()
    assert main.main([*ASKED, "out=near"]) == 0
    names = ("table.parquet", "summary.json", "study.json")
    return all((folder / "far" / name).read_bytes() == (folder / "near" / name).read_bytes() for name in names)


def test_a_worker_killed_in_the_middle_changes_no_byte(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert same_bytes_in_spite_of(lambda process: os.kill(workers_of(process)[0].pid, signal.SIGKILL), "dask", tmp_path)


@WITH_SLURM
def test_a_job_cancelled_in_the_middle_changes_no_byte(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ours = []

    def loss(process):
        ours.append(process)
        subprocess.run(["scancel", jobs_of(process)[0]], check=True)

    assert same_bytes_in_spite_of(loss, "slurm", tmp_path)
    assert not jobs_of(ours[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["far", "near"]


@WITH_SLURM
def test_an_interrupted_sweep_says_so_and_cancels_its_jobs(tmp_path):
    asked = [sys.executable, "-m", "sim.cli.main", *ASKED, "runs=1000000", "executor=slurm", "workers=1", "out=far"]
    with subprocess.Popen(asked, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not list(tmp_path.glob(".*.part/*.chunk")):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"interrupted; what is done is kept" in said
    assert not jobs_of(process)
    assert not list(tmp_path.glob(".*.part/*.pem"))


@pytest.mark.parametrize("executor", [["executor=dask", "workers=2"], ["threads=2"]], ids=["dask", "local"])
def test_ctrl_c_in_a_terminal_ends_all_at_once_in_one_line(executor, tmp_path):
    """There it goes to every process of the group, the workers too."""
    asked = ["sweep=none", "runs=10000000", "horizon=60", "out=far", *executor]
    command_line = [sys.executable, "-c", "import sys; from sim.cli.main import main; sys.exit(main())", "sweep", *asked]
    with subprocess.Popen(command_line, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True) as process:
        while process.poll() is None and not list(tmp_path.glob(".*.part/*.chunk")):
            time.sleep(0.02)
        children = psutil.Process(process.pid).children(recursive=True)
        since = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        took = time.monotonic() - since
    assert process.returncode == 130
    assert said.decode().strip().split("\n")[-1] == (
        "escalation: interrupted; what is done is kept, and the same command goes on from there"
    )
    assert b"Traceback" not in said
    assert took < 20  # 0.1 to 0.7 s on an idle machine, a minute where something is waited for
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not [child for child in alive if child.status() != psutil.STATUS_ZOMBIE]
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]


def let_in(address, security):
    """Whether whoever listens at an address lets one in with the key that ``security`` holds."""

    async def tried():
        with contextlib.suppress(OSError, TypeError, RuntimeError):
            await distributed.comm.connect(address, timeout=5, **security.get_connection_args("client"))
            return True
        return False

    return asyncio.run(tried())


def test_workers_here_listen_to_nobody_without_their_key():
    with hired_executor("dask", workers=1) as (pool, _):
        client = pool._client
        addresses = [client.scheduler.address, *client.nthreads()]
        assert all(address.startswith("tls://127.0.0.1:") for address in addresses)
        for address in addresses:
            assert let_in(address, client.security)
            assert not let_in(address, distributed.Security.temporary())  # another key
            assert not let_in(address, distributed.Security())  # none
            assert not let_in(address.replace("tls", "tcp"), distributed.Security())
        assert client.submit(sum, [1, 2]).result(timeout=60) == 3


def test_a_scheduler_that_is_not_encrypted_is_told(caplog):
    options = {"n_workers": 1, "processes": False, "dashboard_address": "127.0.0.1:0", "protocol": "tcp://"}
    with distributed.LocalCluster(**options) as cluster, hired_executor("dask", scheduler=cluster.scheduler_address):
        pass
    said = f"{cluster.scheduler_address} is not encrypted (tls://): whoever reaches that scheduler can run programs as you"
    assert said in [record.message for record in caplog.records]


def compilations(workers, tasks):
    """Play ``tasks`` tasks on workers here: of each worker, its loads and compilations of the kernel, and of anything."""

    def watched():
        from numba.core import event

        kernel.events = event.RecordingListener()
        event.register("numba:compile", kernel.events)

    def counts():
        stats = kernel._played.stats
        ended = [name for name, one in kernel.events.buffer if one.is_end]
        return sum(stats.cache_hits.values()), sum(stats.cache_misses.values()), len(ended)

    some = Tasks(lambda start, stop: records([Crisis()] * (stop - start)), tasks * 512, 1, 10)
    with hired_executor("dask", workers=workers) as (pool, _):
        client = pool._client
        client.run(watched)
        for future in [pool.submit(played, task) for task in some]:
            future.result()
        return list(client.run(counts).values())


def test_workers_load_what_is_shipped_and_compile_nothing():
    found = compilations(workers=2, tasks=8)
    assert found == [(0, 0, 0)] * 2


def test_without_a_cache_a_worker_compiles_nothing_either(tmp_path, monkeypatch):
    monkeypatch.setenv("ESCALATION_CACHE", str(tmp_path))
    assert compilations(workers=1, tasks=8) == [(0, 0, 0)]


@pytest.mark.parametrize("asked", [["out=far"], ["out=x/y/far"], []])
def test_a_scheduler_that_does_not_answer_is_one_line(asked, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.execution.dask.CALL", 0.5)
    assert main.main([*ASKED, "executor=dask", "scheduler=tcp://127.0.0.1:1", *asked]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert said[0].startswith(
        "escalation: scheduler must be the address of a Dask scheduler with workers, got 'tcp://127.0.0.1:1'"
    )
    assert not list(tmp_path.iterdir())


def lost():
    """The errors of Dask by which workers are lost for good."""
    worker = type("Worker", (), {"address": "tcp://there:1"})
    return [CancelledError(), distributed.comm.CommClosedError("gone"), distributed.KilledWorker("a task", worker, 3)]


@pytest.mark.parametrize("error", lost(), ids=lambda error: type(error).__name__)
def test_workers_lost_for_good_are_one_line(error, tmp_path, monkeypatch, capsys):
    def stopped(*_):
        raise error

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.execution.schedule.keep_chunks", stopped)
    assert main.main([*ASKED, "runs=10", "executor=dask", "workers=1", "out=far"]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert said[0].startswith("escalation: ")
    assert said[0].endswith("; what is done is kept, and the same command goes on from there")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["workers=0"], "workers must lie in [1, 10000] with executor=slurm, got 0"),
        (["slurm.walltime=0"], "slurm.walltime must lie in [0.05, 10000], got 0"),
        (["slurm.cores=1.5"], "slurm.cores must be a whole number in [1, 1024], got 1.5"),
        (["slurm.partition='a;touch b'"], "slurm.partition must be of letters, digits and . , _ + -, got 'a;touch b'"),
        (['slurm.account="a\\ntouch b"'], "slurm.account must be of letters, digits and . , _ + -, got 'a\\\\ntouch b'"),
        (["slurm.queue=long"], "slurm.queue is not a field"),
        (["out='a b/far'"], "out must lie at a path of letters, digits and / . , _ + - = @ : with executor=slurm, got"),
        (["scheduler=tcp://there:1"], "scheduler has no meaning with executor=slurm, which has its own; got 'tcp://there:1'"),
    ],
)
def test_what_slurm_cannot_be_asked_is_one_line(asked, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main([*ASKED, "executor=slurm", "workers=2", "out=far", *asked]) == 2
    lines = capsys.readouterr().err.strip().split("\n")
    assert len(lines) == 1
    assert lines[0].startswith(f"escalation: {said}")
    assert not list(tmp_path.iterdir())


@WITH_SLURM
def test_what_slurm_refuses_is_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main([*ASKED, "executor=slurm", "workers=2", "slurm.partition=nowhere", "out=far"]) == 2
    lines = capsys.readouterr().err.strip().split("\n")
    assert len(lines) == 1
    assert lines[0].startswith("escalation: executor=slurm: SLURM refuses the workers' jobs: ")
    assert "nvalid partition" in lines[0]
    assert not list(tmp_path.iterdir())
