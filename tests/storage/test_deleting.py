"""What the program removes it has made itself: nothing of a user's, wherever it lies, whatever it is called."""

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.storage.atomic_folder import folder
from sim.storage.checksums import MARK
from sim.storage.chunk_store import Store, cleared

DEAD = 2**22 + 7  # no process has this number


def left(place, what, name="study", *, mark=False):
    """A folder as a process that was killed leaves it, with something in it."""
    path = place / f".{name}.{platform.node()}-{DEAD}.{what}"
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


@pytest.mark.parametrize("name", ["study", "another"])
def test_what_a_killed_process_left_is_cleared_at_the_next_start_of_any_study_beside_it(name, tmp_path):
    left(tmp_path, "writing", name, mark=True)
    written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_a_study_moved_aside_by_a_killed_process_is_put_back(tmp_path):
    written(tmp_path, "another").rename(tmp_path / f".another.{platform.node()}-{DEAD}.old")
    written(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another", "study"]


def test_a_study_moved_aside_is_removed_unless_something_came_into_it(tmp_path):
    for name, added in (("one", False), ("two", True)):
        aside = written(tmp_path, name).rename(tmp_path / f".{name}.{platform.node()}-{DEAD}.old")
        (tmp_path / name).mkdir()
        if added:
            (aside / "thesis.txt").write_text("three years of work")
    written(tmp_path)
    assert [path.name for path in tmp_path.glob("*.old")] == [f".two.{platform.node()}-{DEAD}.old"]


@pytest.mark.parametrize("last", range(1, 9))
def test_a_process_killed_at_any_change_of_the_folder_leaves_what_the_next_start_clears(last, tmp_path):
    """The disk as it is before each change that writing and replacing a study make on it."""
    written(tmp_path)
    work = f"""
import itertools, os, sys
from pathlib import Path
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
    os.symlink(tmp_path / "mine", tmp_path / f".study.{platform.node()}-{DEAD}.writing")
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
        "sim/model/numerics/compiled_cache.py",  # compiled caches, see tests of the cache
    }  # fmt: skip
