"""Where the command runs is none of its business: results are written, in the same bytes, or a line says why not."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.cli import main
from sim.cli.surroundings import own_look
from sim.engine import compiling
from sim.model.numerics import jit

ASKED = ["sweep", "sweep=none", "runs=20", "horizon=20"]
COMMAND = [sys.executable, "-m", "sim.cli.main", *ASKED]
NOBODY = """
import os, pwd, sys
def getpwuid(uid): raise KeyError(uid)
pwd.getpwuid = getpwuid
[os.environ.pop(name, None) for name in ("HOME", "USER", "LOGNAME")]
from sim.cli.main import main
sys.exit(main())
"""
RC = b"axes.facecolor: red\nfont.size: 20\nbackend: tkagg\nsvg.fonttype: none\nnonsense\n\xff"
NOTEBOOK = "MPLBACKEND=module://matplotlib_inline.backend_inline"
BARE = 'env -i LC_ALL=C ESCALATION_CACHE="$ESCALATION_CACHE"'
SHELL = {  # what the shell runs, and whether it ends well
    "no standard error": ('"$@" 2>&-', 0),
    "no streams at all": ('"$@" <&- >&- 2>&-', 0),
    "a full output": ('"$@" >/dev/full', 2),
    "a style of one's own, ascii, a notebook and nothing else": (f'{BARE} PYTHONIOENCODING=ascii {NOTEBOOK} "$@"', 0),
}
EACH = {  # the same, one thing at a time
    "no standard output": ('"$@" >&-', 0),
    "ascii": ('PYTHONIOENCODING=ascii "$@"', 0),
    "bare": (f'{BARE} "$@"', 0),
    "a notebook": (f'{NOTEBOOK} "$@"', 0),
    "a style of one's own": ('"$@"', 0),
}


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The files of a study made in ordinary surroundings: name to bytes."""
    folder = tmp_path_factory.mktemp("ordinary")
    assert main.main([*ASKED, f"out={folder}/here"]) == 0
    return files(folder / "here")


def files(folder):
    """The files of a folder: name to bytes; but for the configuration, which names the folder, and its checksum."""
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    return {name: content for name, content in found.items() if name not in ("config.yaml", "checksums.txt")}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no such file")
@pytest.mark.parametrize("way", [*SHELL, *(pytest.param(way, marks=pytest.mark.slow) for way in EACH)])
def test_results_are_written_in_the_same_bytes(way, expected, tmp_path):
    script, status = (SHELL | EACH)[way]
    if way.startswith("a style"):
        (tmp_path / "matplotlibrc").write_bytes(RC)
    done = subprocess.run(["sh", "-c", script, "sh", *COMMAND, "out=here"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    assert files(tmp_path / "here") == expected
    said = "escalation: standard output cannot be used: No space left on device; all else is done\n"
    assert done.stderr == (said if status else "")


def test_a_reader_that_has_gone_costs_nothing(expected, tmp_path):
    done = subprocess.Popen([*COMMAND, "out=here"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    done.stdout.close()
    assert done.wait(120) == 141
    assert done.stderr.read() == b""
    done.stderr.close()
    assert files(tmp_path / "here") == expected


@pytest.mark.parametrize("option", [pytest.param("-B", marks=pytest.mark.slow), "-OO"])
def test_a_user_without_a_name_or_a_home_is_served(option, expected, tmp_path):
    asked = [sys.executable, option, "-c", NOBODY, *ASKED, "out=here"]
    cache = os.environ | {"ESCALATION_CACHE": str(Path(jit.CACHE).parent)}
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, env=cache)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "here") == expected


def test_a_home_that_cannot_be_written_is_no_news(tmp_path):
    surroundings = {name: value for name, value in os.environ.items() if name not in ("MPLCONFIGDIR", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [*COMMAND, "out=here"], cwd=tmp_path, env=surroundings | {"HOME": "/proc"}, capture_output=True, text=True, check=True
    )
    assert "atplotlib" not in done.stderr


@pytest.mark.parametrize("asked", [ASKED, ["table", "here"]])
def test_a_folder_that_is_gone_is_one_line(asked, tmp_path):
    (tmp_path / "gone").mkdir()
    script = 'rmdir ../gone; "$@"'
    here = [sys.executable, "-m", "sim.cli.main", *asked]
    done = subprocess.run(["sh", "-c", script, "sh", *here], cwd=tmp_path / "gone", capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "escalation: the folder you are in is no longer there: change to another\n"


def test_what_an_alphabet_lacks_is_written_plainly():
    assert "1\N{EN DASH}2 ∞ ≥ é 中".encode("ascii", "plainly") == b"1-2 inf >= e ?"


def test_a_notebooks_own_figures_keep_their_look():
    import matplotlib

    with matplotlib.rc_context({"font.size": 33}):
        with own_look():
            assert matplotlib.rcParams["font.size"] == 10
        assert matplotlib.rcParams["font.size"] == 33


def test_what_is_waited_for_is_said_once_and_with_its_reason(capsys):
    kernel = SimpleNamespace(py_func=SimpleNamespace(__module__="sim.engine.kernel"))
    started = SimpleNamespace(data={"dispatcher": kernel})
    listener = compiling.Compiling()
    for _ in range(2):
        listener.on_start(started)
        listener.on_end(started)
    assert capsys.readouterr().err == "escalation: compiling the game, once for these sources (some 15 seconds)\n"
