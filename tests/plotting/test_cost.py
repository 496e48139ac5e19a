"""What the lower axes over the noise show: escalation, or payoffs where escalation tells nothing."""

from types import SimpleNamespace

import pytest

from sim.plotting.panel_grid import key, panel_grid
from sim.studies.equilibrium.cost import escalation, pay, saturated


def bootstrap_profile(p, a, b):
    """A standing with P(peak >= 9) and payoffs, each with its interval."""
    return SimpleNamespace(peaks={8: (p, p - 0.01, p + 0.01)}, payoffs=[(a, a - 1, a + 1), (b, b - 3, b + 3)])


def solved_game(p, other):
    """A game in which policies fixed and re-chosen are the same, and another equilibrium has P(peak >= 9) ``other``."""
    one, two = bootstrap_profile(p, -4.0, -2.0), bootstrap_profile(other, -10.0, -20.0)
    values = sorted((p, other), reverse=True)
    return SimpleNamespace(
        fixed=one, chosen=[one], answer=SimpleNamespace(equilibria=[one, two]),
        peak=lambda rung: one.peaks[rung - 1], worst=lambda rung: values,
    )  # fmt: skip


def test_costs_of_a_choice():
    cost = escalation(9)(solved_game(0.25, 0.5))
    assert cost.fixed == cost.chosen == pytest.approx((25, 24, 26))
    assert cost.span == pytest.approx((25, 50))
    cost = pay(solved_game(0.25, 0.5))
    assert cost.fixed == cost.chosen == pytest.approx((-3, -5, -1))
    assert cost.span == pytest.approx((-15, -3))


@pytest.mark.parametrize(
    ("games", "told"),
    [
        ([solved_game(0.0, 0.0), solved_game(1.0, 1.0), solved_game(1.0, 0.999)], True),
        ([solved_game(0.4, 0.0), solved_game(0.0, 0.001)], True),
        ([solved_game(0.0, 0.0), solved_game(0.0, 1.0)], False),  # the equilibria differ
        ([solved_game(0.0, 0.0), solved_game(0.03, 0.03)], False),
        ([solved_game(1.0, 1.0)], False),  # one value of the noise
    ],
)
def test_escalation_that_moves_nowhere_is_saturated(games, told):
    assert saturated([games], 9) == told


@pytest.mark.parametrize(
    "watched", [["GTFT"], ["restraint", "generous", "generous, shares"], [f"strategy {i}" for i in range(9)]]
)
def test_the_legend_stays_on_the_page_and_nothing_in_it_overlaps(watched, flaws):
    figure, _ = panel_grid("Does it hold?")
    key(figure, [(name, f"#{i:06x}") for i, name in enumerate(watched)])
    assert flaws(figure) == []
    assert [text.get_text() for text in figure.texts] == ["Does it hold?", *watched]
