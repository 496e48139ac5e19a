"""What the program removes it has made itself: nothing of a user's, wherever it lies, whatever it is called."""

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.storage import writer
from sim.storage.atomic_folder import folder
from sim.storage.checksums import MARK
from sim.storage.chunk_store import Store, cleared

DEAD = 2**22 + 7  # no process has this number


def ours(place, name, what, token=None):
    """The hidden name a process of this machine, or of one of its name, gives a study."""
    return place / f".{name}.{platform.node()}.{token or writer.token()}-{DEAD}.{what}"


def left(place, what, name="study", *, mark=False):
    """A folder as a process that was killed leaves it, with something in it."""
    path = ours(place, name, what)
    path.mkdir()
    (path / "thesis.txt").write_text("three years of work")
    if mark:
        (path / MARK).touch()
    return path


def written(place, name="study"):
    with folder(place / name) as (aside, _):
        (aside / "summary.json").write_text("{}")
    return place / name


@pytest.mark.parametrize("what", ["writing", "old"])
def test_a_folder_without_our_mark_stays(what, tmp_path):
    mine = left(tmp_path, what)
    written(tmp_path)
    assert (mine / "thesis.txt").read_text() == "three years of work"


@pytest.mark.parametrize("what", ["writing", "old"])
@pytest.mark.parametrize("days", [6, 8])
@pytest.mark.parametrize("mark", [True, False])
def test_what_another_machine_left_is_cleared_after_a_weeks_silence(what, days, mark, tmp_path):
    theirs = left(tmp_path, what, mark=mark)
    theirs = theirs.rename(tmp_path / theirs.name.replace(platform.node(), "container"))
    for path in (*theirs.iterdir(), theirs):
        os.utime(path, (time.time() - days * 86_400,) * 2)
    written(tmp_path)
    assert theirs.exists() == (what == "old" or days < 7 or not mark)


def silent(path, hours):
    """Let nothing in a folder have changed for some hours."""
    for one in (*path.iterdir(), path):
        os.utime(one, (time.time() - hours * 3600,) * 2)


@pytest.mark.parametrize("what", ["writing", "old"])
@pytest.mark.parametrize("hours", [0, 2])
def test_what_a_container_of_our_name_or_an_earlier_start_left_is_seen_to_after_an_hour(what, hours, tmp_path):
    aside = written(tmp_path, "another").rename(ours(tmp_path, "another", what, token="0" * 8))
    if what == "writing":
        (aside / MARK).touch()
    silent(aside, hours)
    written(tmp_path)
    assert aside.exists() == (hours == 0)
    assert (tmp_path / "another").exists() == (what == "old" and hours == 2)


@pytest.mark.skipif(not writer.fcntl, reason="the system has no such locks")
def test_what_a_container_of_our_name_is_writing_stays_however_silent(tmp_path):
    theirs = left(tmp_path, "writing").rename(ours(tmp_path, "study", "writing", token="0" * 8))
    with writer.holding(theirs / MARK):
        silent(theirs, 1000)
        written(tmp_path)
        assert (theirs / "thesis.txt").exists()
        silent(theirs, 1000)
    written(tmp_path)
    assert not theirs.exists()


CONTAINER = ["unshare", "--pid", "--fork", "--mount-proc"]


@pytest.mark.skipif(
    platform.system() != "Linux" or subprocess.run([*CONTAINER, "true"], capture_output=True, check=False).returncode != 0,
    reason="no other numbers of processes can be had here",
)
def test_two_containers_of_one_name_with_the_same_number_of_process_do_not_touch_each_others_work(tmp_path):
    work = f"""
import os, sys
from pathlib import Path
from sim.storage.atomic_folder import folder
os.chdir({str(tmp_path)!r})
with folder(sys.argv[1]) as (aside, _):
    (aside / "summary.json").write_text("{{}}")
    print(os.getpid(), flush=True)
    input()
"""
    asked = [*CONTAINER, sys.executable, "-c", work]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*asked, "study"], **pipes) as one:
        assert one.stdout.readline() == "1\n"
        with subprocess.Popen([*asked, "study"], **pipes) as two:
            assert two.stdout.readline() == "1\n"
            written(tmp_path, "another")
            assert len(list(tmp_path.glob(".study.*.writing"))) == 2
            two.communicate("\n")
        one.communicate("\n")
    assert (one.returncode, two.returncode) == (0, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another", "study"]


@pytest.mark.parametrize("name", ["study", "another"])
def test_what_a_killed_process_left_is_cleared_at_the_next_start_of_any_study_beside_it(name, tmp_path):
    left(tmp_path, "writing", name, mark=True)
    written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_a_study_moved_aside_by_a_killed_process_is_put_back(tmp_path):
    written(tmp_path, "another").rename(ours(tmp_path, "another", "old"))
    written(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another", "study"]


def test_a_study_moved_aside_is_removed_unless_something_came_into_it(tmp_path):
    for name, added in (("one", False), ("two", True)):
        aside = written(tmp_path, name).rename(ours(tmp_path, name, "old"))
        (tmp_path / name).mkdir()
        if added:
            (aside / "thesis.txt").write_text("three years of work")
    written(tmp_path)
    assert [path.name for path in tmp_path.glob("*.old")] == [ours(tmp_path, "two", "old").name]


@pytest.mark.parametrize("last", range(1, 9))
def test_a_process_killed_at_any_change_of_the_folder_leaves_what_the_next_start_clears(last, tmp_path):
    """The disk as it is before each change that writing and replacing a study make on it."""
    written(tmp_path)
    work = f"""
import itertools, os, sys
from pathlib import Path
from sim.storage import writer
from sim.storage.atomic_folder import folder
made = itertools.count(1)
def seen(event, arguments):
    if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir") and next(made) == {last}:
        os._exit(9)
with folder(Path({str(tmp_path)!r}) / "study") as (aside, _):
    sys.addaudithook(seen)
    (aside / "summary.json").write_text("{{}}")
"""
    subprocess.run([sys.executable, "-c", work], check=False)
    written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["study"]
    assert sorted(path.name for path in (tmp_path / "study").iterdir()) == ["checksums.txt", "summary.json"]


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / MARK).touch()
    os.symlink(tmp_path / "mine", ours(tmp_path, "study", "writing"))
    written(tmp_path)
    assert (tmp_path / "mine" / MARK).exists()


def test_a_store_keeps_what_someone_else_put_into_it(tmp_path):
    store = Store(tmp_path / ".x.part")
    store.put("a" * 40, b"ours")
    (store.folder / "thesis.chunk").write_text("three years of work")
    (store.folder / ("b" * 40 + ".chunk")).mkdir()
    store.clear()
    assert sorted(path.name for path in store.folder.iterdir()) == ["b" * 40 + ".chunk", "thesis.chunk"]
    (store.folder / "thesis.chunk").unlink()
    (store.folder / ("b" * 40 + ".chunk")).rmdir()
    cleared(store.folder)
    assert not store.folder.exists()


def test_every_deletion_in_the_program_is_one_of_these():
    """A new one is written here, with a test above."""
    root = Path(__file__).resolve().parents[2]
    removing = re.compile(r"rmtree\(|\.unlink\(|\.rmdir\(|os\.remove|os\.replace\(|\.rename\(")
    found = {
        path.relative_to(root).as_posix()
        for part in ("sim", "experiments")
        for path in (root / part).rglob("*.py")
        if removing.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {
        "sim/storage/atomic_folder.py", "sim/storage/chunk_store.py",
        "sim/storage/arrays.py",  # its own temporary file
        "sim/execution/slurm.py",  # its own key
        "sim/studies/explore/writing.py",  # its own temporary file; a page takes the place of a page of ours alone
        "sim/model/numerics/compiled_cache.py",  # compiled caches, see tests of the cache
    }  # fmt: skip
