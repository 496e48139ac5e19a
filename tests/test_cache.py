"""Compiled code is kept where nobody else may write, and only folders that we made are ever deleted."""

import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from sim.model.numerics import compiled_cache

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner here")
ASK = "from sim.model.numerics import jit; print(jit.CACHE, flush=True)"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A cache folder of the user's choice, and a folder for what is temporary."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("ESCALATION_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compiled_cache.tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(compiled_cache, "UNKEPT", [])
    compiled_cache._private.cache_clear()
    yield tmp_path / "cache"
    compiled_cache._private.cache_clear()


def test_a_folder_of_the_user_alone_is_kept(kept):
    assert compiled_cache.folder_for("one") == str(kept / "one")
    assert (kept / "one").stat().st_mode & 0o077 == 0
    assert not compiled_cache.UNKEPT


@pytest.mark.parametrize("place", ["", "one"])
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o757])
def test_a_folder_that_others_may_write_to_is_not_trusted(place, mode, kept, monkeypatch):
    monkeypatch.setattr(compiled_cache.grp, "getgrgid", lambda _: SimpleNamespace(gr_name="staff", gr_mem=[]))
    compiled_cache.folder_for("one")
    (kept / place).chmod(mode)
    private = compiled_cache.folder_for("one")
    assert private.startswith(str(kept.parent / "tmp"))
    assert [f"others may write to {kept / place} (chmod go-w {kept / place})"] == compiled_cache.UNKEPT


OTHER = [SimpleNamespace(pw_name="other", pw_gid=os.getegid())]


@pytest.mark.parametrize(
    ("name", "members", "users", "trusted"),
    [
        ("me", [], [], True),
        ("me", ["me"], [], True),
        ("me", ["other"], [], False),
        ("me", [], OTHER, False),
        ("us", [], [], False),
    ],
)
def test_a_group_of_the_user_alone_may_write(name, members, users, trusted, kept, monkeypatch):
    """As is usual where each user has a group of that name, and files are made with umask 002."""
    me = SimpleNamespace(pw_name="me", pw_gid=os.getegid())
    monkeypatch.setattr(compiled_cache.grp, "getgrgid", lambda _: SimpleNamespace(gr_name=name, gr_mem=members))
    monkeypatch.setattr(compiled_cache.pwd, "getpwuid", lambda _: me)
    monkeypatch.setattr(compiled_cache.pwd, "getpwall", lambda: [me, *users])
    compiled_cache.folder_for("one")
    kept.chmod(0o775)
    assert (compiled_cache.folder_for("one") == str(kept / "one")) == trusted
    kept.chmod(0o777)
    assert compiled_cache.folder_for("one") != str(kept / "one")


def test_folders_above_it_are_made_for_the_user_alone(kept, monkeypatch):
    monkeypatch.setenv("ESCALATION_CACHE", str(kept / "deep" / "down"))
    before = os.umask(0o002)
    try:
        assert compiled_cache.folder_for("one") == str(kept / "deep" / "down" / "one")
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (kept, kept / "deep", kept / "deep" / "down")] == [0o700] * 3


def test_a_folder_that_may_be_in_use_is_not_pruned(kept):
    """Another process, of other sources, may be compiling into it; what is used again is young again."""
    for i in range(2 * compiled_cache.KEEP):
        compiled_cache.folder_for(f"digest{i}")
    assert len(list(kept.iterdir())) == 2 * compiled_cache.KEEP
    for path in kept.iterdir():
        os.utime(path, (0, 0))
    compiled_cache.folder_for("digest3")
    compiled_cache.folder_for("another")
    left = {path.name for path in kept.iterdir()}
    assert {"another", "digest3"} <= left
    assert len(left) == compiled_cache.KEEP


def test_a_folder_above_it_counts_too_and_a_sticky_one_is_safe(kept):
    compiled_cache.folder_for("one")
    kept.parent.chmod(0o777)
    assert compiled_cache.folder_for("one") != str(kept / "one")
    kept.parent.chmod(0o1777)
    assert compiled_cache.folder_for("one") == str(kept / "one")


def test_another_users_folder_is_not_trusted(kept, monkeypatch):
    compiled_cache.folder_for("one")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert compiled_cache.folder_for("one") != str(kept / "one")
    assert [f"{kept / 'one'} is another user's"] == compiled_cache.UNKEPT


def test_without_a_home_it_compiles_all_the_same(kept, monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    for name in ("ESCALATION_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(compiled_cache.Path, "home", homeless)
    assert compiled_cache.folder_for("one").startswith(str(kept.parent / "tmp"))


def test_only_folders_of_ours_are_pruned(kept):
    kept.mkdir()
    for i in range(20):
        (kept / f"thesis{i}").mkdir()
        (kept / f"thesis{i}" / "chapter.txt").write_text("three years of work")
    (kept / "link").symlink_to(kept / "thesis0")
    for i in range(2 * compiled_cache.KEEP):
        compiled_cache.folder_for(f"digest{i}")
        os.utime(kept / f"digest{i}", (i, i))
    left = {path.name for path in kept.iterdir()}
    assert {f"thesis{i}" for i in range(20)} | {"link"} <= left
    assert {name for name in left if name.startswith("digest")} == {
        f"digest{i}" for i in range(compiled_cache.KEEP, 2 * compiled_cache.KEEP)
    }


def test_a_private_folder_goes_with_its_process_and_those_of_the_killed_with_the_next(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "tmp" / "escalation-cache-mine").mkdir(parents=True)  # named so, and without our mark
    environment = os.environ | {"ESCALATION_CACHE": str(tmp_path / "open"), "TMPDIR": str(tmp_path / "tmp")}
    environment.pop("NUMBA_CACHE_DIR", None)
    with subprocess.Popen(
        [sys.executable, "-c", f"{ASK}; import time; time.sleep(60)"], env=environment, stdout=subprocess.PIPE, text=True
    ) as killed:
        first = killed.stdout.readline().strip()
        assert first.startswith(str(tmp_path / "tmp"))
        subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, capture_output=True)
        assert os.path.isdir(first)  # of a process that lives
        killed.kill()
    time.sleep(0.1)
    assert os.path.isdir(first)
    subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, capture_output=True)
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == ["escalation-cache-mine"]


def test_why_nothing_is_kept_is_said(monkeypatch):
    from sim.engine import compiling

    monkeypatch.setattr(compiled_cache, "UNKEPT", ["others may write to /x (chmod go-w /x)"])
    monkeypatch.setattr(compiling, "UNKEPT", compiled_cache.UNKEPT)
    line = "in each process anew, for none of it is kept: others may write to /x (chmod go-w /x)"
    assert compiling.told("the game", 15) == f"escalation: compiling the game, {line} (some 15 seconds)"
