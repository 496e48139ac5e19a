"""The draws of what is not known as a table: a row a draw, a column a number."""

import pyarrow as pa

from sim.design.draws import Draws
from sim.storage import parquet


def draw_table(drawn: Draws) -> pa.Table:
    """What each draw took of each number."""
    abouts = [("draw", pa.int64(), "", "number of the draw")]
    abouts += [(one.name, pa.float64(), one.parameter.unit, one.parameter.meaning) for one in drawn.varied]
    return parquet.table(abouts, list(zip(range(len(drawn.u)), *drawn.numbers.values(), strict=True)))
