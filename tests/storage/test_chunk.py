"""A chunk is whole and what is expected, or it is refused; nothing in it can be run."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.storage import arrays as chunk
from sim.storage.chunk_store import Store

ARRAYS = {"values": np.arange(12.0).reshape(3, 4), "counts": np.array([1, 2, 3], np.int32)}
EXPECTED = {"values": (np.float64, (3, 4)), "counts": (np.int32, (-1,))}


def test_arrays_come_back_to_the_last_bit():
    arrays = {"values": np.array([[np.nan, -0.0], [np.inf, 5e-324]]), "counts": np.empty(0, np.int32)}
    back = chunk.unpacked(chunk.packed(arrays, "x"), {"values": (np.float64, (2, 2)), "counts": (np.int32, (-1,))}, "x")
    for name, array in arrays.items():
        assert back[name].tobytes() == array.tobytes()
        assert back[name].shape == array.shape


def test_the_same_arrays_are_the_same_bytes():
    assert chunk.packed(ARRAYS, "x") == chunk.packed({name: array.copy() for name, array in ARRAYS.items()}, "x")


def test_a_chunk_under_the_name_of_another_is_refused():
    with pytest.raises(chunk.Damaged, match="another"):
        chunk.unpacked(chunk.packed(ARRAYS, "x"), EXPECTED, "y")


@given(st.data())
def test_a_chunk_cut_short_or_altered_anywhere_is_refused(data):
    whole = chunk.packed(ARRAYS, "x")
    at = data.draw(st.integers(0, len(whole) - 1))
    bad = (
        whole[:at]
        if data.draw(st.booleans())
        else whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    )
    with pytest.raises(chunk.Damaged):
        chunk.unpacked(bad, EXPECTED, "x")


@given(st.binary(max_size=400))
def test_a_stream_from_a_stranger_with_a_right_checksum_is_refused(body):
    with pytest.raises(chunk.Damaged):
        chunk.unpacked(chunk.sealed(body, "x"), EXPECTED, "x")


@given(st.data())
def test_an_altered_stream_with_a_right_checksum_gives_numbers_or_is_refused(data):
    body = bytearray(chunk.packed(ARRAYS, "x")[chunk.HEAD :])
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        back = chunk.unpacked(chunk.sealed(bytes(body), "x"), EXPECTED, "x")
    except chunk.Damaged:
        return
    assert back["values"].shape == (3, 4)
    assert back["counts"].dtype == np.int32


@pytest.mark.parametrize(
    "arrays",
    [
        {"values": ARRAYS["values"]},
        {"counts": ARRAYS["counts"], "values": ARRAYS["values"]},
        {**ARRAYS, "values": ARRAYS["values"][:2]},
        {**ARRAYS, "values": ARRAYS["values"].astype(np.float32)},
    ],
)
def test_other_arrays_than_expected_are_refused(arrays):
    with pytest.raises(chunk.Damaged):
        chunk.unpacked(chunk.packed(arrays, "x"), EXPECTED, "x")


def test_a_pickle_in_the_place_of_a_chunk_is_not_run(tmp_path):
    import pickle

    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "sprung"), "w"))

    store = Store(tmp_path / "store")
    (store.folder / "x.chunk").write_bytes(pickle.dumps(Trap()))
    assert store.get("x", EXPECTED) is None
    column = pa.array([pickle.dumps(Trap())], pa.binary())
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, pa.schema([("values", pa.binary())])) as writer:
        writer.write_batch(pa.record_batch([column], names=["values"]))
    store.put("x", chunk.sealed(sink.getvalue().to_pybytes(), "x"))
    assert store.get("x", EXPECTED) is None
    assert not (tmp_path / "sprung").exists()


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    chunk.write(tmp_path / "a", b"first")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chunk.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        chunk.write(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
