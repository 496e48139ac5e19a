"""The answer of an equilibrium study: sentences that say what both would play, and figures nobody stumbles over."""

from types import SimpleNamespace

import numpy as np
import pytest

import sim
from sim.design.case import Case
from sim.plotting.style import saved
from sim.studies.equilibrium.answer import answer
from sim.studies.equilibrium.figures import figures
from sim.studies.equilibrium.fixed_vs_equilibrium import fixed_vs_equilibrium, likeliest
from sim.studies.equilibrium.game_spec import composed
from sim.studies.equilibrium.payoff_map import rising
from sim.studies.equilibrium.report import write_report
from sim.studies.equilibrium.weight_sensitivity import weight_sensitivities

CASE = Case(
    "Iran and Pakistan, January 2024",
    "the scenario file iran_pakistan_2024",
    tuple(f"a's field {k} {k} (not 0)" for k in range(4)),
)
ASKED = {"seed": 1, "threads": 0, "runs": 400, "budget": 0, "resamples": 60, "gain": 1.0, "rung": 7, "case": CASE}
LONG = "a strategy with a long name"
MENU = {"both": {"restraint": {"retaliation": "restraint"}, "strict": {"generosity": 0.0}, LONG: {"retaliation": "overmatch"}},
        "watched": ["restraint"]}  # fmt: skip


@pytest.fixture(scope="module")
def study():
    """Two mechanisms, two values of the noise: the games, the contest, the request and what weights do."""
    from dataclasses import asdict

    block = {"strategies": MENU, "mechanisms": ["none", "liaison_officers"],
             "noise": {"vary": "a.perception_error + b.perception_error", "over": [0.0, 0.2]}}  # fmt: skip
    spec = composed(block, lambda overrides: asdict(sim.load(*overrides)))
    options = SimpleNamespace(**ASKED)
    grid = fixed_vs_equilibrium(spec, options)
    weights = spec.games[0][0].weights
    swayed = [weight_sensitivities(games[0].table, weights, [likeliest(games[0].answer)], 60, 1) for games in grid]
    return grid, spec, options, swayed


def test_every_figure_asks_a_question_and_has_no_flaw(study, flaws):
    grid, spec, options, _ = study
    for name, figure in figures(grid, spec, options).items():
        titles = [text.get_text() for text in figure.texts] + [axes.get_title(loc="left") for axes in figure.axes]
        assert any(title.endswith("?") for title in titles), name
        assert not any("Iran and Pakistan" in title and title.endswith("?") for title in titles), name
        assert flaws(figure) == [], name


def test_the_first_sentence_says_what_each_side_would_play_and_what_that_does(study):
    said = answer(*study)
    first = study[0][0][0].expected
    assert said[0].startswith("Without a mechanism")
    assert "would play" in said[0]
    assert "the chance of escalation to rung 7 (strike on the other state's forces) is then" in said[0]
    assert any("of the resamples" in one for one in said)
    assert not any("ixed" in one for one in said)
    assert first.share == max(np.nan_to_num(one.share) for one in study[0][0][0].answer.equilibria)


def sensitivity(likeliest_, weight="death"):
    """What one weight does: the profile that is likeliest at half, once and twice its value."""
    return SimpleNamespace(weight=weight, factors=(0.5, 1.0, 2.0), likeliest=likeliest_)


def test_knife_edges_name_the_weights_that_flip_it(study):
    grid, spec, options, _ = study
    sure = grid[0][0].expected._replace(share=1.0)
    games = [
        [SimpleNamespace(mechanism=name, answer=grid[0][0].answer, expected=sure)] for name in ("none", "hotline", "shuttle")
    ]
    flat, edge = (
        sensitivity([(0, 0)] * 3),
        [sensitivity([(0, 0), (0, 0), (1, 0)]), sensitivity([(1, 0), (0, 0), (0, 0)], "envoy_day")],
    )
    said = answer(games, spec, options, [[flat], [flat, *edge], [flat, *edge]])
    assert "Without a mechanism no payoff weight, halved or doubled alone, flips it." in said
    assert said[-1] == (
        "Knife edge: under hotline and under shuttle it flips to a strict and b restraint if the weight of death is doubled, "
        "or that of envoy day halved."
    )


def test_further_equilibria_that_are_as_sure_are_said(study):
    grid, spec, options, _ = study
    sure = grid[0][0].expected._replace(share=1.0)
    high = sure._replace(peaks=[(0.5, 0.4, 0.6)] * 9)
    one = grid[0][0]._replace(answer=grid[0][0].answer._replace(equilibria=[sure, high]))
    said = answer([[one]], spec, options, [[sensitivity([(0, 0)] * 3)]])
    assert "How sure: that is an equilibrium in all of the resamples of the runs." in said
    told = next(line for line in said if "one of 2 equilibria that the runs tell" in line)
    assert "50.00 %: which of them is played, the game does not say" in told


def test_a_path_that_folds_back_is_drawn_rising_with_a_gap():
    path, shares = rising(np.array([1, 2, 3, 2, 1, 2, 3, 4.0]), np.arange(8.0)[:, None])
    assert path.tolist() == [1, 2, 3, 3, 4]
    assert shares[:, 0].tolist()[:3] == [0, 1, 2]
    assert np.isnan(shares[3, 0])
    assert shares[4, 0] == 7
    assert np.all(np.diff(path) >= 0)


def test_the_page_answers_first_and_no_table_is_wider_than_the_page(study, tmp_path):
    grid, spec, options, swayed = study
    for name, figure in figures(grid, spec, options).items():
        saved(figure, tmp_path, name)
    write_report(tmp_path, grid, spec, options, [], tmp_path, swayed, [])
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    box = page[page.index('class="answer"') :]
    assert box[: box.index("</p>")].count("would play") == 1
    assert "Fixed: a plays" not in page
