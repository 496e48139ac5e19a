"""Configuration is data: a value may name another field (``${a.generosity}``), and ask nothing of the machine.

OmegaConf would call functions in values, such as ``${oc.env:HOME}`` or ``${oc.create:...}``. Taking its table of them away
leaves no way around, whatever a text composes; it then raises ``UnsupportedInterpolationType``.
"""

from contextlib import contextmanager

from omegaconf.basecontainer import BaseContainer

from sim.instead import instead

HYDRAS = ("now", "hydra", "python_version")  # which Hydra uses in its own settings


@contextmanager
def resolvers(*names):
    """Leave OmegaConf only the functions of these names, and those that are registered meanwhile."""
    kept = {name: function for name, function in BaseContainer._resolvers.items() if name in names}
    with instead(BaseContainer, "_resolvers", kept):
        yield
