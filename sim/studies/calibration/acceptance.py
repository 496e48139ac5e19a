"""Which vectors of plausible numbers the targets accept: candidates over all ranges, each held against every fitted target.

Candidates are the points of a scrambled Sobol sequence, uniform over each range. A candidate is accepted that no target, nor
all together, rules out (``implausibility``). So the accepted set is the uniform law over the ranges, conditioned on not being
ruled out: plain rejection, whose accepted vectors are independent of each other but for the sequence's evenness, and their
number is their effective number. No waves or chains are needed as long as one candidate in a hundred is accepted.
"""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from sim.design.accepted_set import AcceptedSet, written
from sim.design.uncertainty import Assumption, assumptions
from sim.engine.thread_pool import thread_pool
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.mechanism import Mechanism
from sim.runs.progress_bar import bar
from sim.runs.rules_mark import rules_mark
from sim.statistics.space_filling import sobol
from sim.storage import parquet
from sim.storage.provenance import digest, provenance
from sim.studies.calibration.acceptance_text import acceptance_text
from sim.studies.calibration.implausibility import accepted, distances, implausibilities, ruled_out
from sim.studies.calibration.options import TargetOptions
from sim.studies.calibration.target import FITTED, Target
from sim.studies.calibration.targets import targets, told
from sim.studies.result import Result

ELSEWHERE = ("mechanism", "weights")  # parts that no fitted target hangs on: their numbers are drawn where they matter
LEAST = 40  # vectors below which a set is none


@dataclass(frozen=True, repr=False, eq=False)
class Acceptance(Result):
    """Every candidate, and how far it is from every fitted target."""

    experiment, text_file = "targets", "accepted.txt"
    options: TargetOptions
    varied: Sequence[Assumption]
    values: np.ndarray  # [candidates, numbers]
    far: np.ndarray  # [candidates, fitted targets, 2]
    fitted: Sequence[Target]  # at the numbers as configured

    @property
    def kept(self) -> np.ndarray:
        """Which candidates are accepted: [candidates]."""
        return accepted(self.far)

    @property
    def shipped(self) -> AcceptedSet:
        """The first accepted vectors, as many as are asked for."""
        ends = np.array([[one.low for one in self.varied], [one.high for one in self.varied]])
        values = self.values[self.kept][: self.options.vectors]
        return AcceptedSet(tuple(one.name for one in self.varied), ends, values, self.about())

    def about(self) -> dict[str, str]:
        """What the set was made by."""
        asked = self.options
        return {
            "accepted set": "vectors of plausible numbers that the fitted targets do not rule out (docs/uncertainty.md)",
            "made by": f"escalation targets accept={asked.accept} accept_runs={asked.accept_runs} seed={asked.seed}",
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "candidates": str(len(self.values)),
            "accepted": str(int(self.kept.sum())),
            "kept": str(int(min(self.kept.sum(), asked.vectors))),
            "rules": rules_mark(),
            "targets": targets_mark(self.fitted),
        }

    def told(self) -> Iterator[str]:
        """How many are accepted, what rules out the others, and what is learnt of each number."""
        names = [one.quantity for one in self.fitted]
        yield acceptance_text(self.varied, self.values, self.far, names, self.options)
        if self.kept.sum() < LEAST:
            yield f"\nFewer than {LEAST} are no set, and none is written: ask for more candidates (accept=...)."

    def tables(self) -> dict[str, pa.Table]:
        """A row a candidate."""
        each = implausibilities(self.far)
        columns = [
            ("accepted", pa.bool_(), "", "whether no target rules it out, nor all together"),
            ("worst", pa.float64(), "", "largest implausibility of a target, as far as they were asked"),
            ("sum_of_squares", pa.float64(), "", "of the implausibilities of the fitted targets that were asked"),
            ("asked", pa.int64(), "targets", "fitted targets that were asked, in their order, until it was ruled out"),
            *((one.name, pa.float64(), one.parameter.unit, one.parameter.meaning) for one in self.varied),
        ]
        worst, squares, asked = np.nanmax(each, 1), np.nansum(each * each, 1), np.isfinite(self.far[..., 1]).sum(1)
        rows = zip(self.kept.tolist(), worst, squares, asked, *self.values.T, strict=True)
        return {"table": parquet.table(columns, list(rows))}

    def data(self) -> dict:
        """What was accepted, in numbers."""
        about = {key: value for key, value in self.about().items() if key not in ("date", "made by")}
        first, together = ruled_out(self.far)
        alone = dict(zip([one.quantity for one in self.fitted], first.tolist(), strict=True))
        asked = {"seed": self.options.seed, "runs": self.options.accept_runs, "made by": provenance()}
        return asked | about | {"ruled out first by": alone, "ruled out by all together": together}

    def write_more(self, folder: Path, path: Path) -> list[str]:
        """Write the set itself, where enough are accepted to be one."""
        if self.kept.sum() < LEAST:
            return []
        (folder / "accepted.csv").write_text(written(self.shipped), encoding="utf-8")
        return ["accepted.csv"]


def targets_mark(found: Sequence[Target]) -> str:
    """A digest of what is known: the fitted targets, their values, intervals and cases."""
    return digest([[t.quantity, *(f"{x:.9g}" for x in (t.known, t.low, t.high, t.cases))] for t in found if t.role == FITTED])


def candidates(block: Any, dyad: Crisis) -> list[Assumption]:
    """What is varied: every assumption of a block that a fitted target could hang on."""
    return [one for one in assumptions(block, dyad) if one.places[0][0] not in ELSEWHERE]


def acceptance(dyad: Crisis, reference: Crisis, settlement: Mechanism, block: Any, options: TargetOptions) -> Acceptance:
    """``options.accept`` candidates held against the targets, ``options.accept_runs`` runs of each."""
    varied = candidates(block, dyad)
    own = {one.name: one for one in assumptions(block, reference)}
    u = sobol(len(varied), (options.accept - 1).bit_length(), options.seed)[: options.accept]
    values = np.stack([np.asarray(one.at(u[:, j]), float) for j, one in enumerate(varied)], axis=1)

    known = targets(dyad, reference, settlement, options.seed, options.accept_runs, options.threads)
    fitted = [one for one in known if one.role == FITTED]

    def one(i: int) -> np.ndarray:
        """The distances of a candidate: [fitted targets, 2]."""
        pair = at(dyad, varied, u[i]), at(reference, [own.get(each.name, each) for each in varied], u[i])
        return distances(told(*pair, settlement, options.seed, options.accept_runs, 1), len(fitted))

    with bar(total=options.accept, desc="candidates", unit=" candidates") as shown, thread_pool(options.threads) as pool:
        far = []
        for each in pool.map(one, range(options.accept)):
            far.append(each)
            shown.update()
    return Acceptance(options, varied, values, np.array(far), fitted)


def at(crisis: Crisis, varied: Sequence[Assumption], u: np.ndarray) -> Crisis:
    """The crisis with every assumption at its uniform: ``u`` [numbers]."""
    for one, share in zip(varied, u, strict=True):
        value = one.at(share).item()
        for part, field in one.places:
            crisis = with_number(crisis, f"{part}.{field}" if part else field, value)
    return dataclasses.replace(crisis)
