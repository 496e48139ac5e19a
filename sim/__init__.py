"""When two states trade strikes, what makes it stop? An escalation game simulator.

Data walks through the package once: configuration -> ``model`` (a crisis) -> ``engine`` (runs) -> ``runs`` (summaries) ->
``studies`` (an answer) -> ``storage`` (a table) and ``plotting`` (a page). The names below are all most users need; they load
on first use.

>>> import sim
>>> crisis = sim.load("scenario=iran_pakistan_2024", "mechanism=hotline")
>>> runs = sim.simulate(crisis, runs=1000, seed=1)
>>> runs.probability("peak>=6").value
1.0
>>> sim.trace(crisis, seed=1, run=0).acts["kind"][0]
'act'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.design.errors import InputError as InputError
    from sim.face.crises import Crisis as Crisis
    from sim.face.crises import load as load
    from sim.face.functions import compare as compare
    from sim.face.functions import equilibrium as equilibrium
    from sim.face.functions import explore as explore
    from sim.face.functions import forecast as forecast
    from sim.face.functions import open as open
    from sim.face.functions import sensitivity as sensitivity
    from sim.face.functions import simulate as simulate
    from sim.face.functions import solve as solve
    from sim.face.functions import sweep as sweep
    from sim.face.functions import trace as trace
    from sim.model.setting.diplomacy import Diplomacy as Diplomacy
    from sim.model.setting.mechanism import Mechanism as Mechanism
    from sim.model.setting.militants import Militants as Militants
    from sim.model.setting.nation import Nation as Nation
    from sim.model.setting.payoff_weights import Weights as Weights

__version__ = "0.1.0"
_HOMES = {
    "load": "sim.face.crises",
    "simulate": "sim.face.functions",
    "trace": "sim.face.functions",
    "sweep": "sim.face.functions",
    "forecast": "sim.face.functions",
    "compare": "sim.face.functions",
    "equilibrium": "sim.face.functions",
    "sensitivity": "sim.face.functions",
    "solve": "sim.face.functions",
    "explore": "sim.face.functions",
    "open": "sim.face.functions",
    "split": "sim.engine.splitting",
    "Crisis": "sim.face.crises",
    "Nation": "sim.model.setting.nation",
    "Militants": "sim.model.setting.militants",
    "Diplomacy": "sim.model.setting.diplomacy",
    "Mechanism": "sim.model.setting.mechanism",
    "Weights": "sim.model.setting.payoff_weights",
    "InputError": "sim.design.errors",
}
__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
