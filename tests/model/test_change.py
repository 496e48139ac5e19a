"""Fields change by name, on either clock alike; what a tuple does not have, or cannot hold, is refused."""

from typing import NamedTuple

import numba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.numerics.change import changed
from sim.model.numerics.jit import jitted


class Inner(NamedTuple):
    """Whole numbers."""

    first: int = 1
    second: int = 2


class Outer(NamedTuple):
    """A tuple, a fraction and a whole number."""

    inner: Inner = Inner()
    share: float = 0.5
    count: int = 7


NEW = Outer()
WHOLE, FRACTION = st.integers(-(2**62), 2**62), st.floats(allow_nan=False)


@jitted
def _moved(value, share, second):
    value = changed(value, inner=changed(value.inner, second=second), share=share)
    return changed(value, count=value.count + 1)


@given(st.builds(Outer, st.builds(Inner, WHOLE, WHOLE), FRACTION, WHOLE), FRACTION, WHOLE)
def test_the_named_fields_change_and_no_other(compiled, value, share, second):
    after = _moved(value, share, second)
    assert after == compiled(_moved)(value, share, second)
    assert after == Outer(Inner(value.inner.first, second), share, value.count + 1)


@jitted
def _from_start(share):
    return changed(NEW, share=share, count=share > 0.25, inner=changed(NEW.inner, first=0))


def test_a_field_keeps_its_type_when_compiled(compiled):
    after = compiled(_from_start)(1)
    assert after == _from_start(1) == Outer(Inner(0, 2), 1.0, 1)
    assert (type(after.share), type(after.count)) == (float, int)


def test_an_unknown_field_is_refused(compiled):
    with pytest.raises(ValueError, match="colour"):
        changed(NEW, colour=1)
    with pytest.raises(numba.TypingError, match="Outer has no field 'colour'"):
        compiled(jitted(lambda value: changed(value, colour=1)))(NEW)


def test_a_fraction_is_no_whole_number(compiled):
    with pytest.raises(numba.TypingError, match=r"Outer.count is int64, got float64"):
        compiled(jitted(lambda value: changed(value, count=0.5)))(NEW)


def test_a_number_is_no_tuple(compiled):
    with pytest.raises(numba.TypingError, match=r"Outer.inner is .*, got"):
        compiled(jitted(lambda value: changed(value, inner=1)))(NEW)
