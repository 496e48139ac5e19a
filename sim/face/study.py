"""A study on disk, opened again."""

import html
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.design.case import Case
from sim.design.errors import InputError
from sim.model.ladder import WAR
from sim.model.parameter import check
from sim.model.setting.crisis import Crisis
from sim.plotting.own_look import own_look
from sim.storage.study_file import doubts, read_study
from sim.studies.play.replay import crisis_of_run

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.studies.play.trace import Trace


class Study:
    """What a command or ``save`` has written. ``doubts`` says what its reader must know first: nothing, for a whole one."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / "summary.json").is_file():
            raise InputError(f"folder must be a study's, with a summary.json, got {str(folder)!r}")
        self.doubts = [*doubts(self.folder, self._names())]

    def _names(self) -> list[str]:
        """Its files."""
        return sorted(path.name for path in self.folder.iterdir() if path.is_file() and path.name != "checksums.txt")

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """The main table as a pandas frame; numbers that are not known are NaN."""
        return self.table()

    def table(self, name: str = "table") -> "pd.DataFrame":
        """A table of the study, ``table``, ``runs`` and so on, as a pandas frame. Raises ``InputError`` where there is none."""
        import pandas as pd

        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            known = [one.stem for one in sorted(self.folder.glob("*.parquet"))]
            raise InputError(f"table must be one of {', '.join(known) or 'none'}, got {name!r}")
        return pd.read_parquet(path)

    @cached_property
    def data(self) -> dict:
        """What summary.json says."""
        import json

        return json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))

    def summary(self) -> str:
        """The answer in words, where the study has some; else what it is."""
        texts = [path for path in sorted(self.folder.glob("*.txt")) if path.name != "checksums.txt"]
        return texts[0].read_text(encoding="utf-8").rstrip() if texts else f"{self!r}\n{self.data.get('case', '')}"

    def crisis(self, cell: int = 0) -> Crisis:
        """The crisis of a cell. Raises ``InputError`` where the study has none such."""
        return crisis_of_run(self.folder, cell, 0)[1]

    def replay(self, cell: int = 0, run: int = 0) -> "Trace":
        """Any run of any cell, told again. Raises ``InputError`` where there is none such."""
        from sim.face.functions import trace

        study, crisis = crisis_of_run(self.folder, cell, run)
        return trace(crisis, study["seed"], run)

    def plot(self) -> "Figure":
        """The chance of the rung over the cells, drawn from the table, of a study that measures cells (``sweep``, ``play``)."""
        from sim.design.options import SweepOptions
        from sim.studies.sweep.figures import sweep_figures

        if not {"cell", "quantity", "value"} <= {*self.frame.columns}:
            drawn = [path.name for path in sorted(self.folder.glob("*.png"))]
            raise InputError(f"this study's figures are drawn already: {', '.join(drawn)} in {self.folder}")
        study = read_study(self.folder)
        rungs = self.frame[self.frame["quantity"].str.startswith("peak>=") & (self.frame["statistic"] == "probability")]
        chances = rungs[["value", "low", "high"]].to_numpy().reshape(-1, 9, 3)
        labels = [cell["labels"] for cell in study["cells"]]
        try:
            asked = {key: self.data[key] for key in ("rung", "contour") if key in self.data}
            case = Case(study.get("case", "").removesuffix("."))
            options = SweepOptions(seed=study["seed"], runs=study["runs"], case=case, **asked)
            check(options)
            gaps = self._gaps()
        except (TypeError, ValueError) as error:
            raise InputError(f"summary.json of {self.folder}: {error}") from None
        with own_look():
            return sweep_figures(list(labels[0]), labels, np.asarray(chances), options, self.crisis(), gaps)["escalation"]

    def _gaps(self) -> np.ndarray | None:
        """The differences of cells from others [cells, 9, 3], NaN where there is none; None where the study has none at all."""
        each = [list(cell.get("differences", {}).values()) for cell in self.data["cells"]]
        none = np.full((WAR, 3), np.nan)
        return np.array([np.array(one, float).reshape(WAR, 3) if one else none for one in each]) if any(each) else None

    def _repr_html_(self) -> str:
        """The answer in words for a notebook, and what its reader must know first; every text is escaped."""
        return f"<pre>{html.escape(chr(10).join([*self.doubts, self.summary()]))}</pre>"

    def __repr__(self) -> str:
        about = f"{self.data.get('experiment', 'study')} in {self.folder}"
        return f"<Study: {about}{'; see .doubts' if self.doubts else ''}; see .summary(), .frame, .replay(cell, run)>"
