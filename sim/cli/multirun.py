"""The jobs of a multirun: all are looked at before the first is played, so that a refusal finds nothing written.

Each has a folder of its own: of two jobs that write to one place, the last would be left.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sim.design.errors import InputError

if TYPE_CHECKING:  # it is handed them; Hydra would come with them
    from sim.cli.job import Job

T = TypeVar("T")
LONGEST = 120  # characters of a folder's name
UNSAFE = re.compile(r"[^\w.,+@=-]+", re.ASCII)


def each(jobs: Sequence["Job"], ready: Callable[["Job"], tuple[Any, ...]], work: Callable[..., T]) -> list[T]:
    """What ``work(job, *ready(job))`` gives for each job; ``ready`` raises ``InputError`` before work starts."""
    looked = [(job, *ready(job)) for job in apart(jobs)]
    return [work(*one) for one in looked]


def apart(jobs: Sequence["Job"]) -> list["Job"]:
    """The jobs of a command line; those that share an ``out`` write below it, each to a folder named by what it varies.

    ``-m mechanism=none,hotline out=x`` writes to ``x/mechanism=none`` and ``x/mechanism=hotline``. Raises ``InputError``
    where a study stands at ``x``: with folders of others in it, it could not be replaced any more.
    """
    sharing = defaultdict(list)
    for i, job in enumerate(jobs):
        if isinstance(job.mapping.get("out"), str) and job.mapping["out"]:  # what is no text is refused with the rest
            sharing[os.path.abspath(job.mapping["out"])].append(i)
    moved = list(jobs)
    for place, members in sharing.items():
        if len(members) > 1:
            out = jobs[members[0]].mapping["out"]
            if os.path.isfile(f"{place}/summary.json"):
                raise InputError(f"out must not be a study where several jobs write folders into it, got {out!r}")
            for i, name in zip(members, names([jobs[i].overrides() for i in members]), strict=True):
                own = os.path.join(out, name)
                line = f"out: {json.dumps(own, ensure_ascii=False)}".replace("\\", "\\\\")
                text = re.sub(r"(?m)^out:.*$", line, jobs[i].text)
                moved[i] = jobs[i]._replace(mapping=jobs[i].mapping | {"out": own}, text=text)
    return moved


def names(jobs: Sequence[Mapping[str, str]]) -> list[str]:
    """A file name for each job (a dict from key to text): what differs among them, and its number where that would not do."""
    varied = [key for key in dict.fromkeys(key for job in jobs for key in job) if len({job.get(key) for job in jobs}) > 1]
    found = [UNSAFE.sub("_", ",".join(f"{key}={job[key]}" for key in varied if key in job)) for job in jobs]
    alike = [name.casefold() for name in found]
    return [
        name if 0 < len(name) <= LONGEST and alike.count(name.casefold()) == 1 else f"{name[:LONGEST]}-{i}".lstrip("-")
        for i, name in enumerate(found)
    ]
