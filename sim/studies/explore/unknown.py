"""What is not known, for the page: the numbers that are drawn, their ranges, and vectors of them that the targets accept."""

import base64
import dataclasses
from typing import Any

import numpy as np

from sim.design import accepted_set
from sim.design.draws import draws
from sim.design.options import ACCEPTED, RANGES
from sim.design.uncertainty import Assumption
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism

DRAWS = 96  # vectors the page carries
BASE = "base"


def unknown(block: Any, crisis: Crisis, seed: int) -> dict[str, Any]:
    """The numbers of ``crisis`` that are drawn, but for its mechanism's, and where each draw has each: shares in 255ths.

    The draws are those of ``compare``: accepted vectors where a number has the range they were accepted from, a Latin hypercube
    elsewhere, and for all where there are none. Raises ``InputError`` for a block that is none.
    """
    kind = ACCEPTED if accepted_set.PATH.is_file() else RANGES
    found = draws(kind, block, {BASE: dataclasses.replace(crisis, mechanism=Mechanism())}, {BASE: ()}, DRAWS, seed)
    if found is None:
        return {"varied": [], "shares": "", "conditioned": 0}
    shares = np.round(255.0 * found.u).astype(np.uint8)
    return {
        "varied": [ranged(one) for one in found.varied],
        "shares": base64.b64encode(shares.tobytes()).decode(),
        "conditioned": found.conditioned,
    }


def ranged(one: Assumption) -> dict[str, Any]:
    """A number that is drawn, with its range: the full keys of the fields that take it, and the ends."""
    keys = [".".join(filter(None, place)) for place in one.places]
    return {"keys": keys, "low": one.low, "high": one.high, "whole": one.parameter.kind == "whole"}
