"""What is shipped compiled gives the bytes that Numba gives, and is used only where it was made of these sources."""

import json
import shutil
import subprocess
import sys
from types import SimpleNamespace

import llvmlite.binding as llvm
import numpy as np
import pytest

from sim.engine import compiling, kernel, splitting
from sim.engine.browser import module
from sim.model.numerics import rules_digest, shipped
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis
from sim.runs import summary
from sim.statistics import histogram, incomplete_beta, kaplan_meier

LIVELY = Crisis(opening="strike_by_a", horizon=200)
KERNELS = (kernel._played, splitting._replicate, histogram.distinct, histogram.aligned,
           kaplan_meier._outlived, kaplan_meier._medians, summary._counted)  # fmt: skip


def code_of(one):
    """The shipped code of a kernel."""
    incomplete_beta.ready()
    code = one._shipped()
    assert code is not None, "the sources have changed since the kernels were made: make kernel (needs apt-get install lld)"
    return code


@pytest.mark.parametrize("one", KERNELS, ids=lambda one: one.__name__)
def test_every_kernel_that_python_calls_is_shipped_and_of_these_sources(one):
    assert shipped.made_of_these(one.__module__), "make kernel (needs apt-get install lld), and commit what it writes"
    code_of(one)


def test_nothing_else_is_shipped():
    names = {path.name for path in shipped.FOLDER.iterdir()}
    assert names == {"kernels.json", *(f"{name}.bc.xz" for name in shipped.manifest()["kernels"])}
    assert len(shipped.manifest()["kernels"]) == len(KERNELS)


def given(one, rng):
    """Arguments for a kernel, and what it writes into."""
    steps = np.unique(rng.integers(0, 5000, 60))
    counts = rng.integers(1, 9, len(steps))
    rows = kernel.simulate(LIVELY, int(rng.integers(1 << 40)), 300)
    out, log, found = np.empty((40, len(kernel.ROW))), np.zeros((40_000, len(kernel.LOG))), np.empty(splitting.TOP + 1)
    return {
        "_played": ((records([LIVELY]), 0, 2**62 + 1, 5, out, log), (out, log)),
        "replicate": ((records([LIVELY]), 0, 7, 3, 300, found), (found,)),
        "distinct": ((rng.integers(0, 3000, 500),), ()),
        "aligned": ((steps, counts, steps[:20].copy(), counts[:20].copy()), ()),
        "_outlived": ((counts * 1.0, counts[::-1] * 1.0, float(2 * counts.sum() + 5)), ()),
        "_medians": ((float(2 * counts.sum()), steps, counts, np.array([len(steps) - 9, len(steps)]), 0.025), ()),
        "_counted": ((rows, summary._HELD, summary._TIMED, 7), ()),
    }[one.__name__]


def answers(function, one, seed):
    """The bytes of all that a kernel answers and writes."""
    arguments, written = given(one, np.random.default_rng(seed))
    answer = function(*arguments)
    parts = answer if isinstance(answer, tuple) else (answer,)
    return [(np.asarray(part).dtype, np.shape(part), np.asarray(part).tobytes()) for part in (*parts, *written)]


@pytest.mark.slow
@pytest.mark.parametrize("one", KERNELS, ids=lambda one: one.__name__)
def test_the_bytes_are_those_of_numba(one):
    code = code_of(one)
    assert code.fits(given(one, np.random.default_rng(0))[0])
    for seed in range(20):
        assert answers(code, one, seed) == answers(one.numbas, one, seed)


PLAIN = {
    histogram: ["_sorted", "distinct"],
    summary: ["distinct"],
    kaplan_meier: ["_outlived", "_as_beta", "_crossings", "_first_below", "_below", "aligned"],
}


@pytest.mark.parametrize("one", KERNELS[2:], ids=lambda one: one.__name__)
def test_the_bytes_are_those_of_the_plain_functions(one, monkeypatch):
    """Numba's own are compared in a slow test; these need no compiler."""
    for home, names in PLAIN.items():
        for name in names:
            monkeypatch.setattr(home, name, getattr(home, name).py_func)
    assert answers(code_of(one), one, 3) == answers(one.py_func, one, 3)


def test_memory_is_given_back():
    """Ten thousand arrays of a megabyte would not fit."""
    code, values = code_of(histogram.aligned), np.arange(100_000)
    for _ in range(100):
        assert len(code(values, values, values, values)) == 3
    assert peak() < 3_000_000


def peak():
    """The most memory of this process so far, in kilobytes."""
    resource = pytest.importorskip("resource")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize(
    "argument", [np.zeros(4), np.zeros(4, np.int32), np.zeros((2, 2), np.int64), np.arange(8)[::2], [1, 2], 3], ids=repr
)
def test_arguments_of_other_types_are_left_to_numba(argument):
    assert not code_of(histogram.distinct).fits((argument,))


def test_records_of_another_layout_are_left_to_numba():
    code, arguments = code_of(kernel._played), list(given(kernel._played, np.random.default_rng(1))[0])
    assert code.fits(arguments)
    other = np.zeros(1, [("horizon", float), ("rest", np.uint8, arguments[0].dtype.itemsize - 8)])
    assert not code.fits([other, *arguments[1:]])


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A folder of shipped code that a test may spoil, and what is kept of it."""
    folder = shutil.copytree(shipped.FOLDER, tmp_path / "compiled")
    (tmp_path / "kept").mkdir()
    monkeypatch.setattr(shipped, "FOLDER", folder)
    monkeypatch.setattr(shipped, "REFUSED", [])
    for cached in (shipped.manifest, shipped.made_of_these):
        cached.cache_clear()
    yield SimpleNamespace(folder=folder, kept=tmp_path / "kept")
    monkeypatch.undo()
    for cached in (shipped.manifest, shipped.made_of_these):
        cached.cache_clear()


def asked(another):
    """The shipped code of the smallest kernel."""
    return shipped.shipped("histogram.aligned", "sim.statistics.histogram", another.kept)


def test_code_of_other_sources_is_not_loaded(another):
    path = another.folder / "kernels.json"
    about = json.loads(path.read_text())
    about["sources"]["sim.statistics.histogram"] = {"files": [], "program": "of another rule", "bytes": "of another rule"}
    path.write_text(json.dumps(about))
    assert asked(another) is None
    assert not shipped.REFUSED


def test_an_edit_of_words_changes_nothing(another):
    path = another.folder / "kernels.json"
    about = json.loads(path.read_text())
    about["sources"]["sim.statistics.histogram"]["bytes"] = "of other comments"
    path.write_text(json.dumps(about))
    assert asked(another)


def test_where_nothing_is_shipped_numba_compiles(another):
    (another.folder / "kernels.json").unlink()
    assert asked(another) is None


def test_a_spoilt_file_is_not_loaded_and_why_is_said(another, monkeypatch):
    path = another.folder / "histogram.aligned.bc.xz"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert asked(another) is None
    assert shipped.REFUSED == ["histogram.aligned.bc.xz is not what kernels.json says"]
    monkeypatch.setattr(compiling, "REFUSED", shipped.REFUSED)
    assert "what is shipped cannot be used here: histogram.aligned.bc.xz is not what kernels.json says" in compiling.told(
        "it", 9
    )


def test_instructions_are_kept_and_made_again_where_they_are_spoilt(another):
    assert asked(another)
    (path,) = another.kept.iterdir()
    good = path.read_bytes()
    path.write_bytes(good[:-7])
    assert asked(another)
    assert path.read_bytes() == good


def test_where_nothing_can_be_kept_it_works_all_the_same(another):
    another.kept.rmdir()
    assert asked(another)


def test_no_type_of_one_processor_is_in_it():
    """It is laid out for another one: with nothing to resolve but what each machine has."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    target = llvm.Target.from_triple("aarch64-unknown-linux-gnu")
    machine = target.create_target_machine(opt=0)
    for name in ("histogram.aligned", "kaplan_meier.medians"):
        module = shipped.laid_out((shipped.FOLDER / f"{name}.bc.xz").read_bytes(), target.triple, str(machine.target_data))
        assert len(machine.emit_object(module)) > 1000


@pytest.mark.slow
def test_what_is_shipped_can_be_made_again(tmp_path):
    """To the byte, the browser's clock too, where the linker is at hand, by the same versions."""
    from sim.making.__main__ import versions

    if not shutil.which("wasm-ld"):
        pytest.skip("no wasm-ld on this machine: what is shipped is not made again (Debian: apt-get install lld)")
    if versions() != (wanted := shipped.manifest()["made_with"]):
        pytest.skip(f"what is shipped was made with {wanted}: it is not made again with {versions()}")
    made = subprocess.run([sys.executable, "-m", "sim.making", str(tmp_path)], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    for path in (*shipped.FOLDER.iterdir(), module.MODULE, module.MADE):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_sources_of_a_kernel_are_what_it_imports():
    game, curve = rules_digest.sources(), rules_digest.sources("sim.statistics.kaplan_meier")
    assert {"engine/kernel.py", "model/rules/retaliation.py", "model/ladder.py", "model/setting/nation.py"} <= set(game)
    assert not {"engine/event_loop.py", "engine/splitting.py", "model/text.py"} & set(game)
    assert {"statistics/kaplan_meier.py", "statistics/histogram.py", "model/numerics/jit.py"} <= set(curve)
    assert not any(name.startswith(("model/rules", "engine")) for name in curve)
