"""The groups a configuration chooses from, and what an option of each makes."""

from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.setting.payoff_weights import Weights

GROUPS = {"nation": Nation, "militants": Militants, "diplomacy": Diplomacy, "mechanism": Mechanism, "weights": Weights}
