"""The one shape of what a study found: tables, numbers, words and figures, the same from Python and on disk.

A study's class is a dataclass of what it is (``@dataclass(frozen=True, repr=False, eq=False)``), with ``options`` among its
fields, that says its ``experiment`` and answers the questions below. What is costly may be a ``cached_property``.
"""

import html
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from matplotlib.figure import Figure

    from sim.model.setting.crisis import Crisis


class Result:
    """What a study found."""

    experiment: ClassVar[str]  # the command that asks for it
    text_file: ClassVar[str]  # where its words are written, "" for nowhere
    listed: ClassVar[str] = ""  # the list in ``data`` that is written an item a line, "" for none
    status: int = 0  # exit status of the command
    question: str = ""  # a digest of all that was asked, where a study that has it need not be made again
    options: Any  # the dataclass of what was asked

    def told(self) -> Iterator[str]:
        """The answer in words, part by part: what is known first comes first, and is shown while the rest is computed."""
        raise NotImplementedError

    def tables(self) -> "dict[str, pa.Table]":
        """The tables by name of file, the main one first, called ``table``; columns carry unit and meaning."""
        raise NotImplementedError

    def data(self) -> dict:
        """The answer as plain data, as it stands in summary.json."""
        raise NotImplementedError

    def figures(self) -> "dict[str, Figure]":
        """Every figure, by name of file."""
        return {}

    def cells(self) -> "tuple[list[Crisis], Iterable[dict]] | None":
        """The crises it starts from and the cells it set on them (labels, base, numbers), for study.json; None: no replay."""
        return None

    def write_tables(self, folder: Path) -> list[str]:
        """Write the tables and the summary into ``folder``; the files' names."""
        from sim.storage.write_study import write_tables

        return write_tables(folder, self.tables(), self.data(), self.listed)

    def write_figures(self, folder: Path) -> list[str]:
        """Draw every figure into ``folder``; the files' names."""
        from sim.plotting.style import saved

        return [path.name for name, figure in self.figures().items() for path in saved(figure, folder, name)]

    def write_more(self, folder: Path, path: Path) -> list[str]:
        """Write further files into ``folder``, which will be called ``path``; their names."""
        return []

    def configuration(self) -> dict:
        """What was asked, as plain data: the options, and the fields of the crisis where there is one of its own."""
        from sim.storage.study_file import as_data

        asked = {key: value for key, value in as_data(self.options).items() if key != "case"}
        return asked | (as_data(self.crisis) if hasattr(self, "crisis") else {})

    @property
    def frame(self) -> "pd.DataFrame":
        """The main table as a pandas frame; numbers that are not known are NaN."""
        return next(iter(self.tables().values())).to_pandas()

    def summary(self) -> str:
        """The answer in words."""
        return "\n".join(self.told())

    def plot(self, name: str = "") -> "Figure":
        """The figure called ``name``, the first where none is named. Raises ``InputError`` where there is no such."""
        from sim.design.errors import InputError, nearest
        from sim.plotting.own_look import own_look

        with own_look():
            drawn = self.figures()
        if not drawn or (name and name not in drawn):
            raise InputError(f"figure must be one of {', '.join(drawn) or 'none'}, got {name!r}{nearest(name, drawn)}")
        return drawn[name or next(iter(drawn))]

    def save(self, folder: str | Path) -> Path:
        """Write the study to ``folder`` as its command does, in place of a study there; the folder.

        Raises ``FileExistsError`` where something else stands there.
        """
        from sim.plotting.own_look import own_look
        from sim.storage.atomic_folder import folder as whole
        from sim.storage.write_study import write_configuration, write_study

        with own_look(), whole(folder) as (aside, path):
            write_study(aside, self, path)
            write_configuration(aside, self.configuration())
        return path

    def _repr_html_(self) -> str:
        """The answer in words for a notebook; every text is escaped."""
        return f"<pre>{html.escape(self.summary())}</pre>"

    def __repr__(self) -> str:
        asked = ", ".join(f"{name}={getattr(self.options, name)}" for name in ("runs", "seed") if hasattr(self.options, name))
        return f"<{type(self).__name__}: {asked}; see .summary(), .frame, .plot(), .save(folder)>"
