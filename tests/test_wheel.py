"""What is built installs clean: it plays for a user who owns nothing and may write only where it is told to."""

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A new environment with the wheel in it, and what it depends on from this one; nobody may write there."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", place, ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", place / "env"], check=True)
    (wheel,) = place.glob("escalation_game-*.whl")
    subprocess.run([place / "env/bin/python", "-m", "pip", "install", "-q", "--no-deps", wheel], check=True)
    (packages,) = (place / "env/lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(site.getsitepackages()[0] + "\n", encoding="utf-8")
    subprocess.run(["chmod", "-R", "a-w", place / "env"], check=True)
    return place / "env" / "bin"


def ran(installed, folder, *command):
    """A program of the environment run in ``folder`` without the rights of root: a file nobody may write, it may not."""
    folder.mkdir()
    bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
    if bare and not shutil.which(bare[0]):
        pytest.skip("setpriv is not here to take root's rights away")
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder), "ESCALATION_CACHE": str(folder / "cache")}
    told = [*bare, installed / command[0], *command[1:]]
    return subprocess.run(told, cwd=folder, env=surroundings, capture_output=True, text=True)


@pytest.mark.slow
def test_the_command_plays_and_writes_where_it_is_told(installed, tmp_path):
    done = ran(installed, tmp_path / "here", "escalation", "play", "scenario=kargil_1999", "runs=50", "out=mine")
    assert done.returncode == 0, done.stderr
    assert {"story.txt", "timeline.png", "table.parquet"} <= {path.name for path in (tmp_path / "here/mine").iterdir()}


@pytest.mark.slow
def test_nothing_can_be_written_there(installed, tmp_path):
    done = ran(installed, tmp_path / "here", "python", "-c", "import sim; open(sim.__file__, 'a')")
    assert "PermissionError" in done.stderr


@pytest.mark.slow
def test_it_is_the_wheel_s_package_that_is_imported(installed, tmp_path):
    code = "import sim; print(sim.__file__); print(sim.load('scenario=iran_pakistan_2024').title)"
    done = ran(installed, tmp_path / "here", "python", "-c", code)
    assert done.returncode == 0, done.stderr
    where, title = done.stdout.splitlines()
    assert Path(where).is_relative_to(installed.parent)
    assert title.endswith("January 2024")
