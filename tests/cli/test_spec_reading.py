"""``polyreel spec read`` and ``spec lint``: data on stdout, everything else on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from polyreel.cli.spec_command import spec_app
from polyreel.errors import ConfigurationError, SpecError
from polyreel.openapi.documents import load_yaml
from typer.testing import CliRunner

_PAGE = """\
openapi: 3.1.0
info: {title: Clips, version: '2'}
paths:
  /clips:
    get:
      parameters:
        - {in: query, name: limit, schema: {type: integer}, description: Default depends on the plan.}
      responses: {'200': {description: OK}}
"""
_SOURCES = """\
title = "Clips"
server = "https://api.clips.example"
[[sources]]
url = "https://clips.example/a.yaml"
file = "a.yaml"
[[sources]]
url = "https://clips.example/b.yaml"
file = "b.yaml"
"""
_OVERLAY = """\
overlay: 1.0.0
info: {title: Ours, version: '1'}
actions:
  - target: $.paths
    description: Because of a reason.
    update: {}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a source tree with one provider, and two pages of it that disagree."""
    (tmp_path / "specs" / "clips").mkdir(parents=True)
    (tmp_path / "specs" / "clips" / "sources.toml").write_text(_SOURCES)
    (tmp_path / "specs" / "clips" / "overlay.yaml").write_text(_OVERLAY)
    (tmp_path / "b.yaml").write_text(
        _PAGE.replace("{type: integer}", "{type: integer, default: 1}")
    )
    (tmp_path / "a.yaml").write_text(
        _PAGE.replace("{type: integer}", "{type: integer, default: 2}")
    )
    return tmp_path


def run(*args: object) -> Result:
    return CliRunner().invoke(spec_app, [str(arg) for arg in args])


def test_the_spec_goes_to_stdout_and_what_pages_disagree_on_to_stderr(root: Path) -> None:
    result = run("read", root / "a.yaml", root / "b.yaml", "--root", root)

    assert result.exit_code == 0
    document = load_yaml(result.stdout, where="stdout")
    assert document["info"]["title"] == "Clips API"
    assert "default is 2 by a.yaml, but 1 by b.yaml" in result.stderr


def test_the_order_of_arguments_does_not_matter_for_pages_that_sources_name(root: Path) -> None:
    forth = run("read", root / "a.yaml", root / "b.yaml", "--root", root)
    back = run("read", root / "b.yaml", root / "a.yaml", "--root", root)

    assert forth.stdout == back.stdout


def test_pages_of_nobody_are_read_too(root: Path) -> None:
    result = run("read", root / "a.yaml", "--root", root / "elsewhere")

    assert load_yaml(result.stdout, where="stdout")["info"]["title"] == "Provider API"
    assert "no page names the API's base URL" in result.stderr


def test_json_and_files_are_written_on_demand(root: Path) -> None:
    result = run(
        "read", root / "a.yaml", "--format", "json", "-o", root / "out.json", "--root", root
    )

    assert result.stdout == ""
    assert json.loads((root / "out.json").read_text())["openapi"] == "3.1.0"


def test_a_page_that_is_none_writes_nothing(root: Path) -> None:
    (root / "login.html").write_text("<html>Log in</html>")

    result = run("read", root / "login.html", "-o", root / "out.yaml")

    assert isinstance(result.exception, SpecError)
    assert not (root / "out.yaml").exists()


def test_a_file_that_is_missing_or_no_text_is_named(root: Path) -> None:
    (root / "film.mp4").write_bytes(b"\xff\xfe\x00")

    assert isinstance(run("read", root / "none.md").exception, ConfigurationError)
    assert "film.mp4: not UTF-8 text" in str(run("read", root / "film.mp4").exception)


def test_lint_shows_sentences_that_may_be_facts(root: Path) -> None:
    result = run("lint", root / "a.yaml", "--root", root)

    assert result.stdout.startswith(
        "not understood: a.yaml: GET /clips query limit: Default depends on the plan"
    )


@pytest.mark.parametrize("names", [(), ("clips",)])
def test_lint_shows_every_reason_of_an_overlay(root: Path, names: tuple[str, ...]) -> None:
    result = run("lint", *names, "--root", root)

    assert result.stdout == "clips overlay 1: $.paths: Because of a reason.\n"


def test_lint_without_specs_says_where_it_looked(tmp_path: Path) -> None:
    assert str(tmp_path / "specs") in str(run("lint", "--root", tmp_path).exception)
