"""The compiled clock is ordinary Python: with the compiler off it plays the same runs, and the model's tests pass.

This is also how coverage is measured, which cannot see into compiled code.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from sim.engine import kernel
from sim.model.setting.crisis import OPENINGS, Crisis

ROOT = Path(__file__).resolve().parents[2]
PLAY = """
import sys
from sim.engine import kernel as batch
from sim.model.setting.crisis import OPENINGS, Crisis
assert not hasattr(batch._played, "py_func"), "the compiler is on"
for opening in OPENINGS:
    sys.stdout.buffer.write(batch.simulate(Crisis(opening=opening), 7, 40).tobytes())
"""


def uncompiled(*arguments):
    """The output of Python run without the compiler, or a failure that shows it."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace") + done.stderr.decode()
    return done.stdout


def test_the_compiler_adds_nothing_but_speed():
    compiled = [kernel.simulate(Crisis(opening=opening), 7, 40) for opening in OPENINGS]
    assert uncompiled("-c", PLAY) == np.concatenate(compiled).tobytes()


def test_the_models_tests_pass_without_the_compiler():
    told = uncompiled(
        *("-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=brief"),
        *("-W", "ignore::RuntimeWarning"),  # NumPy's floats warn where Python's and compiled ones overflow in silence
        *("tests/model/test_rules.py", "tests/model/test_acts.py", "tests/model/test_pace.py"),
        *("tests/engine/test_agreement.py::test_both_clocks_agree_on_any_crisis", "tests/engine/test_stories.py"),
    )
    assert b" passed" in told
    assert b" failed" not in told
