"""When two states trade strikes, what makes it stop? An escalation game simulator.

Data walks through the package once: configuration -> ``game`` (a crisis) -> ``clock`` (runs) -> ``record`` (a table) ->
``study`` (an answer) -> ``show`` (a page). The names below are all most users need; they load on first use.

>>> import sim
>>> crisis = sim.load("scenario=iran_pakistan_2024", "mechanism=hotline")
>>> [act.rung for act in sim.tell(crisis, seed=1, run=0).acts][0]
6
>>> sim.play(crisis, seed=1, runs=1000).shape[0]
1000
"""

from importlib import import_module

__version__ = "0.1.0"
_HOMES = {
    "Crisis": ("sim.model.setting.crisis", "Crisis"),
    "Nation": ("sim.model.setting.nation", "Nation"),
    "Militants": ("sim.model.setting.militants", "Militants"),
    "Diplomacy": ("sim.model.setting.diplomacy", "Diplomacy"),
    "Mechanism": ("sim.model.setting.mechanism", "Mechanism"),
    "Weights": ("sim.model.setting.payoff_weights", "Weights"),
    "load": ("sim.cli.hydra_config", "load"),
    "tell": ("sim.engine.event_loop", "play"),
    "play": ("sim.engine.kernel", "play"),
    "acts": ("sim.engine.kernel", "acts"),
    "split": ("sim.engine.splitting", "split"),
    "solve": ("sim.studies.exact.solution", "solution"),
}
__all__ = [*_HOMES, "__version__"]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
