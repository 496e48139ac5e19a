"""The meta-game of eight strategies of the noisy iterated prisoner's dilemma, from simulated payoffs of the limit ``rounds``.

Which strategies are strict equilibria against themselves: under execution noise of .05 unconditional defection, grim and
contrition; under perception noise of .01, in matches long enough, unconditional defection, grim and generosity.
"""

import math
from functools import cache

import numpy as np
import pytest

import sim
from sim.design.paths import CONFIGS
from sim.engine import kernel
from sim.studies.equilibrium.strategies import menus
from sim.studies.known_answers import reciprocity
from sim.studies.known_answers.limits import set_on

PAYOFF = kernel.ROW.index("payoff_a")
MENU = CONFIGS / "strategies" / "reciprocity.yaml"
EXECUTION, PERCEPTION = (0.05, 0.0, 200), (0.0, 0.01, 5000)  # slips, errors of perception, rounds


@cache
def eight():
    """The strategies of the menu: what each sets."""
    import yaml

    return menus(yaml.safe_load(MENU.read_text(encoding="utf-8"))).a


@cache
def limit():
    """The limit's configuration."""
    return sim.load("limit=rounds")


@cache
def match(one, other, noise):
    """The crisis in which ``one`` meets ``other``."""
    slips, errs, rounds = noise
    sets = [(f"{side}.{field}", value) for side, name in (("a", one), ("b", other)) for field, value in eight()[name].items()]
    noises = (("*.accident", slips), ("*.failure", slips), ("*.phantom", errs), ("*.miss", errs))
    return set_on(limit(), (("horizon", rounds + 1.0), *sets, *noises))


@cache
def payoffs(one, other, noise, runs):
    """The payoff of ``one`` against ``other`` a round, run by run [runs], all matches on common chances."""
    return 3.0 + kernel.simulate(match(one, other, noise), 1, runs)[:, PAYOFF] / noise[2]


@cache
def exact(noise):
    """The exact payoffs, row against column [8, 8]."""
    chains = [[reciprocity.chain(match(one, other, noise), reciprocity.round_of) for other in eight()] for one in eight()]
    return np.array([[reciprocity.payoff(reciprocity.in_rounds(one, noise[2])) for one in row] for row in chains])


def margin(own, deviation, noise, runs):
    """What a deviation from ``own`` against itself loses a round, and its standard error."""
    loss = payoffs(own, own, noise, runs) - payoffs(deviation, own, noise, runs)
    return loss.mean(), loss.std(ddof=1) / math.sqrt(runs)


def strict(table):
    """The strategies that lose by every deviation against themselves."""
    names = list(eight())
    own = np.diag(table)
    return {names[j] for j in range(len(names)) if all(own[j] > table[i, j] for i in range(len(names)) if i != j)}


def test_the_exact_tables_have_the_equilibria_they_should():
    assert strict(exact(EXECUTION)) == {"ALLD", "GRIM", "contrite"}
    assert strict(exact(PERCEPTION)) == {"ALLD", "GRIM", "GTFT"}


@pytest.mark.parametrize("own", ["ALLD", "GRIM", "contrite"])
def test_simulated_payoffs_make_it_a_strict_equilibrium_under_slips(own):
    for deviation in set(eight()) - {own}:
        loss, error = margin(own, deviation, EXECUTION, 1500)
        assert loss > 3.5 * error, deviation


@pytest.mark.parametrize(("own", "better"), [("TFT", "ALLC"), ("TF2T", "contrite"), ("WSLS", "ALLD"), ("ALLC", "ALLD")])
def test_the_others_invite_a_deviation_under_slips(own, better):
    loss, error = margin(own, better, EXECUTION, 1500)
    assert loss < -5 * error


@pytest.mark.slow
def test_generosity_falls_to_contrition_under_slips_by_little():
    loss, error = margin("GTFT", "contrite", EXECUTION, 60_000)
    assert loss < -5 * error


@pytest.mark.slow
@pytest.mark.parametrize("own", ["ALLD", "GRIM", "GTFT"])
def test_simulated_payoffs_make_it_a_strict_equilibrium_under_misperception(own):
    for deviation in set(eight()) - {own}:
        runs = 8000 if own == "GTFT" else 60_000 if (own, deviation) == ("GRIM", "TF2T") else 200
        loss, error = margin(own, deviation, PERCEPTION, runs)
        assert loss > 2.5 * error, (deviation, loss, error)
