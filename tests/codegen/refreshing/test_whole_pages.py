"""A provider's document may be published in several files; refreshing reads all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from polyreel.cli import main
from polyreel.codegen.refreshing.refresh import SpecOutcome, refresh
from support.servers import Reply, Request, Server, serve

MAIN = """
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.example"}]
paths:
  /films: {$ref: paths/films.yaml}
"""
FILMS = """
get:
  operationId: listFilms
  parameters:
    - {name: limit, in: query, schema: {type: integer, default: 20}}
  responses:
    "200":
      description: Films.
      content:
        application/json:
          schema: {type: array, items: {$ref: ../schemas.yaml#/Film}}
"""
SCHEMAS = "Film: {type: object, properties: {id: {type: string}}}\n"
PAGES = {"/docs/openapi.yaml": MAIN, "/docs/paths/films.yaml": FILMS, "/docs/schemas.yaml": SCHEMAS}


@pytest.fixture
def pages() -> dict[str, str]:
    return dict(PAGES)


@pytest.fixture
def server(pages: dict[str, str]) -> Iterator[Server]:
    def reply(request: Request) -> Reply:
        text = pages.get(request.path)
        return Reply("", 404) if text is None else Reply(text, headers={"ETag": f'"{hash(text)}"'})

    with serve(reply) as server:
        yield server


@pytest.fixture
def specs(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("polyreel.codegen.generating.programs.validate", lambda *_, **__: None)
    folder = tmp_path / "specs/acme"
    folder.mkdir(parents=True)
    (folder / "sources.toml").write_text(
        'title = "Acme"\nserver = "https://api.acme.example"\n[[sources]]\n'
        f'url = "{server.url}/docs/openapi.yaml"\nfile = "openapi.yaml"\n'
        'operations = ["GET /films"]\n'
    )
    return tmp_path / "specs"


def once(specs: Path, start: Path | None = None) -> SpecOutcome:
    [outcome] = refresh(["acme"], specs=specs, start=start)
    return outcome


def test_a_change_in_any_of_the_files_is_noticed(specs: Path, pages: dict[str, str]):
    assert once(specs).state == "new"
    assert "Film" in (specs / "acme/openapi.yaml").read_text()
    assert once(specs).state == "unchanged"
    pages["/docs/paths/films.yaml"] = FILMS.replace("default: 20", "default: 50")
    outcome = once(specs)
    assert outcome.state == "changed"
    assert outcome.report is not None
    assert "request-default-changed" in {change.rule for change in outcome.report.changes}


def test_copies_lie_as_they_are_published(specs: Path, tmp_path: Path):
    assert once(specs).state == "new"
    for path, text in PAGES.items():
        copy = tmp_path / "copies" / path.removeprefix("/docs/")
        copy.parent.mkdir(exist_ok=True, parents=True)
        copy.write_text(text)
    assert once(specs, tmp_path / "copies").state == "unchanged"


def test_a_file_that_is_missing_or_on_another_server_is_named(specs: Path, pages: dict[str, str]):
    once(specs)
    before = (specs / "acme/openapi.yaml").read_bytes()
    missing = pages.pop("/docs/schemas.yaml")
    outcome = once(specs)
    assert outcome.state == "failed"
    assert "it refers to http" in str(outcome.error)
    assert "/docs/schemas.yaml: 404" in str(outcome.error)
    pages["/docs/schemas.yaml"] = missing
    pages["/docs/openapi.yaml"] = MAIN.replace("paths/films.yaml", "https://other.example/f.yaml")
    assert "on another server" in str(once(specs).error)
    assert (specs / "acme/openapi.yaml").read_bytes() == before


def test_documents_of_several_files_are_compared_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for name, films in (("old", FILMS), ("new", FILMS.replace("default: 20", "default: 50"))):
        for path, text in (PAGES | {"/docs/paths/films.yaml": films}).items():
            copy = tmp_path / name / path.removeprefix("/docs/")
            copy.parent.mkdir(exist_ok=True, parents=True)
            copy.write_text(text)
    code = main(
        ["spec", "diff", str(tmp_path / "old/openapi.yaml"), str(tmp_path / "new/openapi.yaml")]
    )
    assert code == 0
    assert "The default changed from `20` to `50`" in " ".join(capsys.readouterr().out.split())
