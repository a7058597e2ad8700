"""Names that OpenAPI or a client can't have: made legal, the same way each time, or left out and said so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel.codegen.generating.checks import check_content, check_names
from polyreel.codegen.generating.generate import build_client
from polyreel.codegen.reading.legal_names import (
    COMPONENT,
    legal_components,
    legal_operation,
    legal_tag,
    plain,
)
from polyreel.codegen.reading.read import DocPage, Reading, read_pages
from polyreel.errors import SpecError
from polyreel.openapi.documents import dump_yaml
from support.odd_documents import NAMES, documents

OK = {"description": "OK"}


def read(paths: dict[str, Any], schemas: dict[str, Any] | None = None, *wanted: str) -> Reading:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Clips", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas or {}},
    }
    text = json.dumps(document, ensure_ascii=False)
    return read_pages([DocPage("clips.json", text, operations=wanted)])


def answering(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "OK", "content": {"application/json": {"schema": schema}}}}


@given(st.lists(NAMES, unique=True, max_size=8))
def test_every_schema_gets_a_legal_name_that_is_its_own_in_small_letters_too(
    names: list[str],
) -> None:
    renamed = legal_components(names)
    now = [renamed.get(name, name) for name in names]

    assert all(COMPONENT.fullmatch(name) and len(name) <= 100 for name in now)
    assert len({plain(name) for name in now}) == len(names)
    assert legal_components(now) == {}
    assert legal_components(reversed(names)) == renamed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type_generations:Generation", "TypeGenerationsGeneration"),
        ("Page«Video»", "PageVideo"),
        ("Größe", "Grosse"),
        ("UNSET", "UNSETModel"),
    ],
)
def test_a_schema_is_renamed_in_words_that_people_know_again(old: str, new: str) -> None:
    assert legal_components([old]) == {old: new}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("videos/list", "videosList"),
        ("List all videos", "listAllVideos"),
        ("videos/get-one", "videosGetOne"),
        ("视频", ""),
        ("listVideos", "listVideos"),
    ],
)
def test_an_operation_keeps_its_words(old: str, new: str) -> None:
    assert legal_operation(old) == new


def test_a_tag_of_other_letters_is_left_to_be_derived() -> None:
    assert legal_tag("Vidéos") == "Videos"
    assert legal_tag("视频") == ""


def test_what_is_renamed_is_said_and_the_upstream_name_kept_beside() -> None:
    ref = {"$ref": "#/components/schemas/type_a:Clip"}
    reading = read(
        {
            "/clips/{id}": {
                "get": {
                    "operationId": "clips/get",
                    "tags": [["a"], ""],
                    "responses": answering(ref),
                }
            }
        },
        {"type_a:Clip": {"type": "object", "properties": {"id": {"type": "string"}}}},
    )

    operation = reading.document["paths"]["/clips/{id}"]["get"]
    assert operation["operationId"] == "clipsGet"
    assert operation["x-upstream-name"] == "clips/get"
    assert operation["tags"] == ["a"]
    assert (
        reading.document["components"]["schemas"]["TypeAClip"]["x-upstream-name"] == "type_a:Clip"
    )
    assert any("'type_a:Clip' is called 'TypeAClip'" in note for note in reading.notes)
    assert any("the tag '' is left out" in note for note in reading.notes)
    assert any("{id} of the path isn't described" in note for note in reading.notes)


def test_a_placeholder_is_renamed_with_its_parameter() -> None:
    parameter = {"name": "clip id", "in": "path", "required": True, "schema": {"type": "string"}}
    reading = read(
        {"/clips/{clip id}": {"get": {"parameters": [parameter], "responses": {"200": OK}}}}
    )

    [(path, item)] = reading.document["paths"].items()
    assert path == "/clips/{clipId}"
    assert item["get"]["parameters"][0]["name"] == "clipId"


def test_an_optional_parameter_that_breaks_a_client_is_left_out_and_a_required_one_refused() -> (
    None
):
    def with_parameter(required: bool) -> dict[str, Any]:
        parameter = {
            "name": "params",
            "in": "query",
            "required": required,
            "schema": {"type": "string"},
        }
        return {"/clips": {"get": {"parameters": [parameter], "responses": {"200": OK}}}}

    reading = read(with_parameter(False))
    assert "parameters" not in reading.document["paths"]["/clips"]["get"]
    assert any("GET /clips query params" in note for note in reading.notes)
    with pytest.raises(SpecError, match="the operation can't do without it"):
        read(with_parameter(True))


def test_values_and_properties_that_no_client_can_have_are_left_out_with_their_place() -> None:
    schema = {
        "type": "object",
        "properties": {
            "größe": {"type": "string"},
            "kind": {"type": "string", "enum": ["a", 'b"c', "🎬"]},
        },
        "required": ["größe", "kind"],
    }
    reading = read({"/clips/{id}": {"get": {"responses": answering(schema)}}})

    clip = reading.document["components"]["schemas"]["Clip"]
    assert clip["properties"] == {"kind": {"type": "string", "x-extensible-enum": ["a", "🎬"]}}
    assert clip["required"] == ["kind"]
    assert sum("is left out" in note for note in reading.notes) == 2


# One bad spot


BROKEN = {"type": "object", "properties": {"$ref": "#/components/schemas/Other/properties"}}


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (BROKEN, "a schema was expected"),
        ({"$ref": "#/components/schemas/Nothing"}, "points at nothing"),
        ({"type": "sometimes"}, "the type 'sometimes' isn't known"),
        ({"allOf": [{"$ref": "#/components/schemas/Bad"}]}, "Bad is made of itself"),
    ],
)
def test_a_bad_schema_costs_only_the_operations_that_need_it(broken: Any, problem: str) -> None:
    bad = {"$ref": "#/components/schemas/Bad"}
    paths = {
        "/clips": {"get": {"responses": answering({"type": "object", "properties": {"bad": bad}})}},
        "/films": {"get": {"responses": {"200": OK}}},
    }

    reading = read(paths, {"Bad": broken})

    assert list(reading.document["paths"]) == ["/films"]
    [note] = [note for note in reading.notes if problem in note]
    assert note.endswith("left out for it: GET /clips")
    with pytest.raises(SpecError, match=problem):
        read(paths, {"Bad": broken}, "GET /clips")
    assert list(read(paths, {"Bad": broken}, "GET /films").document["paths"]) == ["/films"]


def test_a_document_of_which_nothing_can_be_read_is_refused_with_the_place() -> None:
    with pytest.raises(SpecError, match=r"clips.json: GET /clips .*isn't known"):
        read({"/clips": {"get": {"responses": answering({"type": "sometimes"})}}})


# Whatever is read can be generated from


@given(documents())
def test_whatever_is_read_passes_the_checks_before_generating(document: dict[str, Any]) -> None:
    try:
        reading = read_pages([DocPage("a.json", json.dumps(document, ensure_ascii=False))])
    except SpecError:
        return
    check_content(reading.document, where="a")
    check_names(reading.document, where="a")


@pytest.mark.parametrize("number", range(4))
def test_whatever_is_read_becomes_a_client_that_imports(number: int, tmp_path: Path) -> None:
    """The real generator on a bounded number of documents; building a client imports it."""
    from hypothesis import HealthCheck, Phase, seed, settings

    made: list[int] = []

    @seed(number)
    @settings(
        max_examples=8, phases=[Phase.generate], database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(documents())
    def build(document: dict[str, Any]) -> None:
        if len(made) == 2:
            return
        try:
            reading = read_pages([DocPage("a.json", json.dumps(document, ensure_ascii=False))])
        except SpecError:
            return
        made.append(len(made))
        spec = tmp_path / f"spec{len(made)}"
        spec.mkdir()
        (spec / "openapi.yaml").write_text(dump_yaml(reading.document), encoding="utf-8")
        build_client(spec, tmp_path / f"client{len(made)}")

    build()
    assert made
