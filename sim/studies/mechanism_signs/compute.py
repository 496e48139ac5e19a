"""Does each mechanism do what is predicted of it: lower, raise or leave the outcome?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.studies.mechanism_signs.options import SignsOptions
from sim.studies.mechanism_signs.predictions import cases
from sim.studies.mechanism_signs.sign_tests import Sign, sign_tests
from sim.studies.mechanism_signs.table import data, tidy
from sim.studies.mechanism_signs.text import sign_table
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class SignsResult(Result):
    """Every prediction beside what was measured."""

    experiment, text_file = "signs", "signs.txt"
    crisis: Crisis
    options: SignsOptions
    signs: list[Sign]

    def told(self) -> Iterator[str]:
        """A line a case, by section."""
        yield sign_table(self.signs, self.crisis, self.options)

    def tables(self) -> dict[str, pa.Table]:
        """A row a case."""
        return {"table": tidy(self.signs)}

    def data(self) -> dict:
        """The same as plain data."""
        return data(self.signs, self.options)


def signs(crisis: Crisis, mechanisms: Mapping[str, Mechanism], options: SignsOptions) -> SignsResult:
    """Every prediction put to ``crisis``; ``mechanisms`` holds those of ``predictions.PREDICTED`` by name."""
    asked = cases(crisis, mechanisms, options.rung)
    return SignsResult(crisis, options, sign_tests(asked, options.seed, options.runs, options.threads))
