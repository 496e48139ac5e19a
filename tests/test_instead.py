"""What stands in another's place goes again, however the block ends; and it stands in no place that is not there."""

import contextlib

import pytest

from sim.instead import instead


class Loader:
    """Stands for a library's class."""

    @staticmethod
    def load(name):
        return f"loaded {name}"


def test_what_was_there_is_there_again():
    before = vars(Loader)["load"]
    with contextlib.suppress(RuntimeError), instead(Loader, "load", staticmethod(str.upper)):
        assert Loader.load("x") == "X"
        raise RuntimeError
    assert vars(Loader)["load"] is before
    assert Loader.load("x") == "loaded x"


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(KeyError), instead(Loader, "read", None):
        pass
    assert not hasattr(Loader, "read")
