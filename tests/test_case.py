"""What differs from the scenario file is said wherever a changed crisis could pass as the reference."""

import dataclasses
import math

import pytest
import yaml

import sim
from sim.cli import hydra_config
from sim.cli.job import job
from sim.cli.main import main
from sim.design import crisis_from_mapping
from sim.design.case import BRIEF, MOST, Case, case_of, common, every
from sim.design.paths import CONFIGS
from sim.model.setting.crisis import Crisis
from sim.plotting import setting_table
from sim.storage.atomic_folder import asked
from sim.studies.play.options import PlayOptions

pytestmark = pytest.mark.usefixtures("undrawn")

FILE = "the scenario file x"


def test_a_crisis_as_its_file_has_it_says_so():
    own = crisis_from_mapping.defaults(Crisis)
    assert case_of(Crisis(title="T"), FILE, own).words == "T. As in the scenario file x."


def test_what_a_mapping_leaves_out_has_its_default():
    crisis = dataclasses.replace(Crisis(), horizon=30.0)
    assert case_of(crisis, FILE, {}).differs == ("horizon 30 days (not 365)",)


def test_a_change_names_its_side_and_both_sides_alike_are_named_once():
    one, both = (
        crisis_from_mapping.crisis_of({"a": {"generosity": 0.2}}),
        crisis_from_mapping.crisis_of({s: {"generosity": 0.2} for s in "ab"}),
    )
    named = crisis_from_mapping.crisis_of({"b": {"name": "B-land", "retaliation": "contrite"}})
    assert case_of(one, FILE, {}).differs == ("a's generosity 0.2 (not 0.9)",)
    assert case_of(both, FILE, {}).differs == ("both sides' generosity 0.2 (not 0.9)",)
    assert "B-land's retaliation contrite (not tit for tat)" in case_of(named, FILE, {}).differs


def test_long_lists_are_cut_and_counted():
    case = Case("", FILE, tuple(f"field {i}" for i in range(MOST + 3)))
    assert case.said.endswith(f"field {MOST - 1}; and 3 more.")
    assert case.brief.endswith(f"field {BRIEF - 1}; and {MOST + 3 - BRIEF} more.")


def test_several_jobs_share_what_all_of_them_change():
    cases = [Case("", FILE, ("horizon 30 days", "mechanism hotline")), Case("", FILE, ("horizon 30 days",))]
    assert common(cases).differs == ("horizon 30 days",)


def test_the_case_is_no_part_of_the_question():
    one, two = PlayOptions(), PlayOptions(case=Case("T", FILE, ("a",)))
    assert one == two
    assert asked(one, {}) == asked(two, {})


CHANGED = ["a.generosity=0.2", "b.retaliation=contrite", "mechanism=hotline", "horizon=5"]
SAID = (
    "mechanism hotline; horizon 5 days (not 365); Iran's generosity 0.2 (not 0.9); "
    "Pakistan's retaliation contrite (not tit for tat)."
)
SMALL = {
    "play": ["runs=20"],
    "sweep": ["runs=20", "sweep.axes=[{vary: b.patience, over: [1, 2]}]"],
    "compare": ["runs=20"],
    "targets": ["runs=20"],
}


def _plain(text):
    return " ".join(text.split())


def test_every_command_says_what_differs(tmp_path, capsys):
    for name, small in SMALL.items():
        out = tmp_path / name
        assert main([name, *CHANGED, *small, f"out={out}"]) == 0
        printed = capsys.readouterr().out
        assert SAID in _plain((out / "summary.json").read_text(encoding="utf-8")), name
        assert name == "sweep" or SAID in _plain(printed), name
    assert main(["replay", f"study={tmp_path / 'sweep'}", "cell=1"]) == 0
    printed = _plain(capsys.readouterr().out)
    assert SAID in printed
    assert "patience" in printed.split("What cell 1 sets beyond that: ")[1]


def test_a_comparison_says_what_its_own_base_sets(tmp_path, capsys):
    base = ["+compare.base={horizon: 5, mechanism: hotline}", "runs=20"]
    assert main(["compare", *base, f"out={tmp_path / 'out'}"]) == 0
    said = "base: Differs from the scenario file iran_pakistan_2024: mechanism hotline; horizon 5 days (not 365)."
    assert said in _plain(capsys.readouterr().out)


def _answer(job_kind, *overrides):
    with hydra_config.files():
        hydra_config.read_overrides(overrides)
        return job("play", overrides).asked(job_kind)


def _sources(*overrides):
    crisis, request = _answer(PlayOptions, *overrides)
    return {row[0]: row[-1] for row in setting_table.changed(crisis, request.case)}


def test_a_value_has_the_source_of_the_file_that_gives_it():
    found = _sources("mechanism=hotline")
    assert found["militants_a.rate"].startswith("headline attacks a year: Feb 2019")
    assert found["mechanism.contact_gain"].startswith("assumption (no quantitative effect")


def test_a_value_of_the_command_line_or_of_a_later_file_does_not_keep_the_source_of_another():
    assert _sources("militants_a.rate=2")["militants_a.rate"] == "as asked"
    assert _sources("limit=hawkes")["militants_a.rate"] == "no source given (limit/hawkes)"


def test_a_wrong_source_is_a_line():
    lines = crisis_from_mapping.problems(Crisis, {"a": {"trust": 0.2, "sources": {"trst": "x", "trust": 3}}}, "")
    assert lines == [
        "a.sources.trst is not a field; did you mean a.sources.trust or a.sources.resort?",
        "a.sources.trust must be a text, got 3",
    ]
    assert crisis_from_mapping.problems(Crisis, {"sources": "x"}, "") == [
        "sources must be a mapping from fields to texts, got 'x'"
    ]


def test_a_number_is_told_with_the_plausible_range_of_its_file_else_of_its_field():
    crisis, request = _answer(PlayOptions, "mechanism=hotline", "b.trust=0.6")
    rows = {row[0]: row[3] for row in setting_table.changed(crisis, request.case)}
    assert rows["mechanism.compliance"] == "0.5 to 1 (assumption: Turkey and Russia cut theirs in November 2015)"
    assert rows["b.trust"] == "0.1 to 0.9 (assumption)"
    assert rows["opening_dead"] == "given by the case, and no assumption about it"


@pytest.mark.parametrize(
    ("ranges", "line"),
    [
        ("wide", "mechanism.ranges must be a mapping from fields to {from, to, evidence}, got 'wide'"),
        ({"relif": {}}, "mechanism.ranges.relif is not a field; did you mean mechanism.ranges.relief"),
        ({"in_force": {}}, "mechanism.ranges.in_force is not a field"),
        (
            {"relief": [0, 1]},
            "mechanism.ranges.relief must be {from, to, evidence}, a range within [0, 1] and a text, got [0, 1]",
        ),
        (
            {"relief": {"from": 0, "to": 2, "evidence": "x"}},
            "mechanism.ranges.relief must be {from, to, evidence}, a range within",
        ),
        (
            {"relief": {"from": 0.5, "to": 0.2, "evidence": "x"}},
            "mechanism.ranges.relief must be {from, to, evidence}, a range within",
        ),
        (
            {"half_life": {"from": 1, "to": math.inf, "evidence": "x"}},
            "mechanism.ranges.half_life must be {from, to, evidence}",
        ),
    ],
)
def test_a_wrong_range_is_a_line(ranges, line):
    (found,) = crisis_from_mapping.problems(Crisis, {"mechanism": {"relief": 0.1, "ranges": ranges}}, "")
    assert found.startswith(line)


def test_every_number_of_every_mechanism_has_a_range_with_evidence_that_holds_it():
    for path in sorted((CONFIGS / "mechanism").glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        numbers = {key for key, value in content.items() if isinstance(value, float)} - {"relay_cost"}  # talk that is free
        assert set(content.get("ranges") or {}) == numbers, path.stem
        for key, span in (content.get("ranges") or {}).items():
            assert span["from"] <= content[key] <= span["to"], (path.stem, key)
            assert span["from"] < span["to"]
            assert span["evidence"]
        assert numbers <= set(content.get("sources") or {}), path.stem


@pytest.mark.parametrize("option", ["scenario=iran_pakistan_2024", "scenario=headline_dyad"])
def test_every_number_of_the_reference_lies_in_its_plausible_range(option):
    for key, parameter, value in every(sim.load(option)):
        if parameter.plausible:
            assert parameter.plausible.low <= value <= parameter.plausible.high, key


def test_sources_change_no_crisis():
    assert crisis_from_mapping.crisis_of({"a": {"trust": 0.2, "sources": {"trust": "x"}}}) == crisis_from_mapping.crisis_of(
        {"a": {"trust": 0.2}}
    )


def test_a_file_of_a_strangers_own_may_name_sources_or_not(tmp_path, capsys):
    (tmp_path / "mine" / "mechanism").mkdir(parents=True)
    file = tmp_path / "mine" / "mechanism" / "pact.yaml"
    given = ["play", "mechanism=pact", "runs=20", f"out={tmp_path / 'out'}", "--config-dir", str(tmp_path / "mine")]
    for text in ("name: pact\nrelief: 0.1\n", "name: pact\nrelief: 0.1\nsources: {relief: a treaty}\n"):
        file.write_text(text, encoding="utf-8")
        assert main(given) == 0
    file.write_text("name: pact\nrelief: 0.1\nsources: {relif: a treaty}\n", encoding="utf-8")
    assert main(given) == 2
    assert "mechanism.sources.relif is not a field" in capsys.readouterr().err
