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
    "Crisis": ("sim.game.setting.crisis", "Crisis"),
    "Nation": ("sim.game.setting.nation", "Nation"),
    "Militants": ("sim.game.setting.militants", "Militants"),
    "Diplomacy": ("sim.game.setting.diplomacy", "Diplomacy"),
    "Mechanism": ("sim.game.setting.mechanism", "Mechanism"),
    "Weights": ("sim.game.setting.weights", "Weights"),
    "load": ("sim.config", "load"),
    "tell": ("sim.clock.loop", "play"),
    "play": ("sim.clock.batch", "play"),
    "acts": ("sim.clock.batch", "acts"),
    "split": ("sim.clock.splitting", "split"),
    "solve": ("sim.study.exact.solution", "solution"),
}
__all__ = [*_HOMES, "__version__"]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
