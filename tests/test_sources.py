"""Every work that code, configurations or pages name stands in docs/sources.md."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "docs" / "sources.md"
NAME = r"(?:von |de )?[A-ZÉÖ][\wéèöüç-]*[a-zéèöüç]"
YEAR = r"(?:1[89]|20)\d\d"
WORK = re.compile(rf"\b({NAME})((?:, {NAME})*,? & {NAME}| et al\.)?(?:'s)? \(?({YEAR}(?:, {YEAR})*)\b")
MONTHS = (
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec "
    "January February March April June July August September October November December"
)
COUNTRIES = "Iran Pakistan Afghanistan India Israel Russia Syria Tajikistan Turkey Kargil Iran-Pakistan Israel-Iran"
TOLD = (
    "configs/record",
    "configs/scenario",
    "configs/militants",
    "docs/stories.md",
    "CHANGELOG.md",
    "tests/neighbours/references",
)


def works(text):
    """Pairs of the first author and the year of the works a text names."""
    plain = re.sub(r"\s*\n[ \t]*(?:[#|*>]+[ \t]*)?", " ", text)
    for found in WORK.finditer(plain):
        if found[1] not in f"{MONTHS} {COUNTRIES}".split():
            yield from ((found[1].removeprefix("von "), year) for year in found[3].split(", "))


def test_works_are_seen_in_a_text():
    said = (
        "von Stengel (2010), Kydd & Walter (2002), Fay,\nBrittain & Proschan 2013, Fearon's (1994), Palmer et al. "
        "(2020, 2022), in January 2024, 1999"
    )
    assert set(works(said)) == {
        ("Stengel", "2010"), ("Kydd", "2002"), ("Fay", "2013"), ("Fearon", "1994"), ("Palmer", "2020"), ("Palmer", "2022"),
    }  # fmt: skip


def test_every_work_that_is_named_stands_in_the_sources():
    listed = set(works(SOURCES.read_text(encoding="utf-8")))
    named = subprocess.run(
        ["git", "ls-files", "*.py", "*.yaml", "*.md", "*.js"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / line for line in named.stdout.split() if not line.startswith(TOLD) and (ROOT / line).is_file()]
    missing = {
        (*work, path.relative_to(ROOT).as_posix())
        for path in paths
        if path not in (SOURCES, Path(__file__))
        for work in works(path.read_text(encoding="utf-8"))
        if work not in listed
    }
    assert len(paths) > 300
    assert not missing
