"""What is watched for in a chain, under the names of ``outcome_columns`` and by the definitions of ``sim.model.tally``.

A watch is a list of stages; a stage is a list of pairs (mask over the moves, number of the stage that follows). The number
after the last stage's means that what was watched for has come.
"""

import numpy as np

from sim.model.ladder import CLASH, NORMAL, STATE_STRIKE, WAR
from sim.model.state import (
    ACTED,
    AGREED,
    ENVOYS_BACK,
    FADED,
    MADE_CONTACT,
    MADE_STATEMENT,
    VISITED,
    WORDS,
    A,
    B,
)
from sim.studies.exact.markov_chain import Moves

EventOfInterest = list[list[tuple[np.ndarray, int]]]


def events_of_interest(moves: Moves) -> dict[str, EventOfInterest]:
    """Every watch by name: ``peak>=r``, and the times of a run that a chain can tell."""
    strike = (moves.kind == ACTED) & (moves.rung >= CLASH)
    statement = moves.kind == MADE_STATEMENT
    normal = (moves.kind >= MADE_CONTACT) & (moves.kind <= FADED) & (moves.rung == NORMAL)
    watched = {f"peak>={rung}": in_turn(moves.counted_rung >= rung) for rung in range(1, WAR + 1)}
    watched["war_at"] = in_turn(strike & (moves.rung == WAR))
    watched["first_strike_at"] = in_turn(strike)
    watched["state_strike_at"] = in_turn(strike & (moves.rung >= STATE_STRIKE))
    watched["recall_at"] = in_turn((moves.kind == WORDS) & (moves.recalled > 0))
    watched["answer_at"] = _answer(strike, moves.who, statement | normal)
    steps = {"contact_at": MADE_CONTACT, "envoys_at": ENVOYS_BACK, "visit_at": VISITED, "agreement_at": AGREED}
    watched |= {name: in_turn(strike, moves.kind == kind) for name, kind in steps.items()}
    watched["statement_at"] = in_turn(strike, statement)
    watched["recurrence_at"] = in_turn(strike, statement, strike)
    watched["normal_at"] = in_turn(moves.counted_rung > 0, normal)
    return watched


def in_turn(*masks: np.ndarray) -> EventOfInterest:
    """The watch for moves of several kinds, one after the other."""
    return [[(mask, k + 1)] for k, mask in enumerate(masks)]


def _answer(strike: np.ndarray, who: np.ndarray, over: np.ndarray) -> EventOfInterest:
    """The watch for a strike that follows one by the other side before the crisis is over."""
    by_a, by_b = strike & (who == A), strike & (who == B)
    return [[(by_a, 1), (by_b, 2)], [(by_b, 3), (over, 0)], [(by_a, 3), (over, 0)]]
