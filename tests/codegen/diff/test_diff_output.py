"""What `polyreel spec diff` prints, in each form, and the page about its rules."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from polyreel.cli.spec_command import spec_app
from polyreel.codegen.diff import Change, Level, Report, handbook, report_forms
from polyreel.codegen.diff.rules import RULES
from rich.console import Console
from typer.testing import CliRunner

ROOT = Path(__file__).parents[3]

OLD = """
openapi: 3.1.0
info: {title: Reelhouse API, version: '1'}
paths:
  /videos:
    get:
      operationId: listVideos
      parameters: [{name: limit, in: query, schema: {type: integer, maximum: 100}}]
      responses: {'200': {description: OK}}
"""
TIGHTER = OLD.replace("maximum: 100", "maximum: 50")
WIDER = OLD.replace("maximum: 100", "maximum: 500")


@pytest.fixture
def run(tmp_path):
    def run(old: str, new: str, *options: str):
        (tmp_path / "old.yaml").write_text(old)
        (tmp_path / "new.yaml").write_text(new)
        arguments = ["diff", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), *options]
        return CliRunner().invoke(spec_app, arguments)

    return run


def test_what_yaml_1_2_does_not_have_is_noted_and_stops_nothing(run):
    tagged = TIGHTER.replace("maximum: 50", "maximum: !!int 50, default: !film 5")
    result = run(OLD, tagged, "--format", "json")
    rules = [change["rule"] for change in json.loads(result.stdout)["changes"]]
    assert "request-bound-tightened" in rules
    assert "new.yaml, line 8: the YAML tag 'tag:yaml.org,2002:int' is not needed" in result.stderr
    assert "!film" in result.stderr


def test_json_has_exactly_the_documented_form(run):
    result = run(OLD, TIGHTER, "--format", "json")
    assert json.loads(result.stdout) == {
        "changes": [
            {
                "level": "breaking",
                "rule": "request-bound-tightened",
                "operation": "GET /videos",
                "place": "query limit",
                "text": "The maximum tightened from `100` to `50`.",
            }
        ],
        "summary": {"breaking": 1, "warning": 0, "info": 0},
    }
    assert result.exit_code == 0


def test_json_of_no_change_has_no_changes(run):
    result = run(OLD, OLD, "--format", "json")
    expected = {"changes": [], "summary": {"breaking": 0, "warning": 0, "info": 0}}
    assert json.loads(result.stdout) == expected


def test_no_change_is_said_on_stderr_only(run):
    result = run(OLD, OLD)
    assert result.stdout == ""
    assert "no changes" in result.stderr


def test_a_json_spec_is_compared_with_a_yaml_one(run):
    from polyreel.openapi.documents import load_yaml

    result = run(json.dumps(load_yaml(OLD, where="old")), TIGHTER, "--format", "json")
    assert json.loads(result.stdout)["summary"]["breaking"] == 1


@pytest.mark.parametrize(
    ("new", "level", "code"),
    [
        (TIGHTER, "breaking", 1),
        (TIGHTER, "info", 1),
        (WIDER, "breaking", 0),
        (WIDER, "warning", 0),
        (WIDER, "info", 1),
        (OLD, "info", 0),
    ],
)
def test_fail_on_a_level_fails_on_that_level_and_worse_ones(run, new, level, code):
    assert run(OLD, new, "--fail-on", level).exit_code == code


def test_a_piped_table_is_one_plain_line_for_each_change(run):
    header, row, *rest = run(OLD, TIGHTER).stdout.splitlines()
    assert not rest
    assert header.split() == ["Level", "Operation", "Place", "Change", "Rule"]
    assert "\x1b" not in header + row
    assert "The maximum tightened from `100` to `50`." in row


def change(operation: str, **facts: str) -> Change:
    return Change(
        level=Level.WARNING,
        rule=facts.get("rule", "parameter-removed"),
        operation=operation,
        place=facts.get("place", "query page"),
        text=facts.get("text", "The parameter is gone."),
    )


def test_a_narrow_terminal_breaks_lines_between_words():
    report = Report((change("GET /v2/videos", text="The parameter is gone for good and all."),))
    stream = io.StringIO()
    report_forms.print_table(
        report, Console(file=stream, force_terminal=True, width=70, no_color=True)
    )
    words = {word for line in stream.getvalue().splitlines() for word in line.split()}
    assert {"parameter", "warning", "/v2/videos", "good"} <= words


def test_the_same_change_of_many_operations_is_shown_once():
    report = Report(tuple(change(f"GET /v2/{name}") for name in "abcdef"))
    text = report_forms.as_markdown(report)
    assert text.count("The parameter is gone.") == 1
    assert "`GET /v2/a` and 5 more" in text
    assert len(json.loads(report_forms.as_json(report))["changes"]) == 6


def test_nothing_that_a_spec_says_acts_in_markdown():
    hostile = "GET /`@everyone` <img src=x>\n# Title"
    (line,) = [
        line
        for line in report_forms.as_markdown(Report((change(hostile),))).splitlines()
        if line.startswith("- ")
    ]
    span = line.split("`")[1]
    assert "@everyone" in span
    assert "<img src=x>" in span
    assert line.count("`") == 4


def test_markdown_groups_by_level_the_worst_first():
    report = Report((change("GET /a"), RULES["operation-removed"].at("GET /b", "", how="")))
    headings = [
        line for line in report_forms.as_markdown(report).splitlines() if line.startswith("###")
    ]
    assert headings == ["### Breaking", "### Warning"]


def test_markdown_of_no_change_says_so():
    assert report_forms.as_markdown(Report(())) == "No changes.\n"


def test_the_page_about_the_rules_is_current():
    page = (ROOT / "docs" / "diff-rules.md").read_text(encoding="utf-8")
    message = "run: python -m polyreel.codegen.diff.handbook > docs/diff-rules.md"
    assert page == handbook.page(), message


def test_every_rule_has_a_sentence_and_a_reason():
    for rule in RULES.values():
        assert rule.sentence.endswith(".") or rule.sentence.endswith("}.")
        assert rule.why.endswith(".")
    assert set(handbook.DIFFERENCES) <= set(RULES)


# The overlay beside a spec

OVERLAY = """
overlay: 1.0.0
info: {title: Ours, version: 1.0.0}
actions:
  - target: $.paths['/videos'].get
    description: How it is read.
    update:
      x-polyreel: {kind: videos, role: list, paging: {style: page, parameter: page, size: limit}}
"""
WITHOUT = OLD.replace("name: limit", "name: count")


def rules(result: Any) -> set[tuple[str, str]]:
    return {(each["level"], each["rule"]) for each in json.loads(result.stdout)["changes"]}


def test_the_overlay_beside_a_spec_says_what_the_plugin_uses(run, tmp_path):
    assert ("warning", "parameter-removed") in rules(run(OLD, WITHOUT, "--format", "json"))
    (tmp_path / "overlay.yaml").write_text(OVERLAY)
    result = run(OLD, WITHOUT, "--format", "json", "--fail-on", "breaking")
    assert ("breaking", "parameter-removed") in rules(result)
    assert result.exit_code == 1


def test_the_overlay_can_be_named(run, tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "overlay.yaml").write_text(OVERLAY)
    result = run(OLD, WITHOUT, "--format", "json", "--overlay", str(tmp_path / "ours/overlay.yaml"))
    assert ("breaking", "parameter-removed") in rules(result)
