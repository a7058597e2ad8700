"""A document in several files is read as the one document that it is."""

from __future__ import annotations

import json
import posixpath
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel.codegen.reading import bundle as bundling
from polyreel.codegen.reading.bundle import bundle
from polyreel.codegen.reading.read import DocPage, read_pages
from polyreel.errors import SpecError

Doc = dict[str, Any]

WHOLE: Doc = {
    "openapi": "3.1.0",
    "info": {"title": "Acme", "version": "1"},
    "servers": [{"url": "https://api.acme.example"}],
    "paths": {
        "/films": {
            "get": {
                "operationId": "listFilms",
                "parameters": [{"$ref": "#/components/parameters/Page"}],
                "responses": {"200": {"$ref": "#/components/responses/Films"}},
            },
            "post": {
                "operationId": "makeFilm",
                "requestBody": {"$ref": "#/components/requestBodies/Order"},
                "responses": {"200": {"$ref": "#/components/responses/Films"}},
            },
        },
        "/films/{id}": {
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "get": {
                "operationId": "getFilm",
                "responses": {
                    "200": {
                        "description": "One.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Film"}}
                        },
                    }
                },
            },
        },
    },
    "components": {
        "parameters": {
            "Page": {"name": "page", "in": "query", "schema": {"type": "integer", "default": 1}},
            "Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        },
        "requestBodies": {
            "Order": {
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Film"}}}
            }
        },
        "responses": {
            "Films": {
                "description": "Some.",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "films": {
                                    "type": "array",
                                    "items": {"$ref": "#/components/schemas/Film"},
                                }
                            },
                        }
                    }
                },
            }
        },
        "schemas": {
            "Film": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "mood": {"$ref": "#/components/schemas/Mood"},
                    "sequel": {"$ref": "#/components/schemas/Film"},
                },
            },
            "Mood": {"enum": ["calm", "wild"], "type": "string"},
        },
    },
}

PARTS = [(section, name) for section, named in WHOLE["components"].items() for name in named] + [
    ("paths", path) for path in WHOLE["paths"]
]


def pointing(node: Any, places: dict[str, str], file: str) -> Any:
    """Copy a node, with references to what lies in other files as they are from this one."""
    if isinstance(node, list):
        return [pointing(each, places, file) for each in node]
    if not isinstance(node, dict):
        return node
    if isinstance(ref := node.get("$ref"), str):
        there, _, pointer = places.get(ref, f"main.json{ref}").partition("#")
        here = posixpath.relpath(there, posixpath.dirname(file) or ".")
        return {"$ref": f"#{pointer}" if there == file else f"{here}#{pointer}"}
    return {name: pointing(each, places, file) for name, each in node.items()}


def split(moved: dict[tuple[str, str], str]) -> dict[str, str]:
    """Write the document in several files: each part in the file that is named for it."""
    places = {
        f"#/components/{section}/{name}": f"{file}#/{section}/{name}"
        for (section, name), file in moved.items()
        if section != "paths"
    }
    files: dict[str, Doc] = {"main.json": {}}
    for key, each in WHOLE.items():
        if key not in {"components", "paths"}:
            files["main.json"][key] = each
    files["main.json"] |= {"paths": {}, "components": {}}
    for section, named in [*WHOLE["components"].items(), ("paths", WHOLE["paths"])]:
        for name, node in named.items():
            file = moved.get((section, name), "main.json")
            here = files.setdefault(file, {})
            if section == "paths":
                escaped = name.replace("/", "~1")
                if file != "main.json":
                    files["main.json"]["paths"][name] = {"$ref": f"./{file}#/paths/{escaped}"}
                here.setdefault("paths", {})[name] = pointing(node, places, file)
            else:
                holder = here["components"] if file == "main.json" else here
                holder.setdefault(section, {})[name] = pointing(node, places, file)
    return {file: json.dumps(each) for file, each in files.items()}


def read(text: str) -> Doc:
    return read_pages([DocPage("main.json", text)]).document


@given(
    st.dictionaries(
        st.sampled_from(PARTS), st.sampled_from(["parts.json", "a/b.json", "a/c/d.json"])
    )
)
def test_however_a_document_is_split_it_says_what_it_said(moved):
    files = split(moved)
    assert read(bundle("main.json", files["main.json"], files.__getitem__)) == read(
        json.dumps(WHOLE)
    )


def test_a_document_that_refers_to_no_other_stays_as_it_is():
    text = json.dumps(WHOLE)
    assert bundle("main.json", text, {}.__getitem__) is text


def test_files_that_hold_one_thing_each_need_no_pointer():
    files = {
        "paths/films.yaml": "get: {responses: {'200': {$ref: '../responses/films.yaml'}}}",
        "responses/films.yaml": "{content: {application/json: {schema: {$ref: ../Film.yaml}}}}",
        "Film.yaml": "{type: object, properties: {next: {$ref: Film.yaml}}}",
    }
    main = "openapi: 3.1.0\npaths: {/films: {$ref: ./paths/films.yaml}}\n"
    made = json.loads(bundle("openapi.yaml", main, files.__getitem__))
    assert made["paths"]["/films"]["get"]["responses"]["200"] == {
        "$ref": "#/components/responses/films"
    }
    film = made["components"]["schemas"]["Film"]
    assert film["properties"]["next"] == {"$ref": "#/components/schemas/Film"}


def test_what_the_main_document_names_keeps_that_name():
    files = {"parts.yaml": "{Film: {type: object, properties: {next: {$ref: '#/Film'}}}}"}
    main = (
        "openapi: 3.1.0\nx: {$ref: 'parts.yaml#/Film'}\n"
        "components: {schemas: {Reel: {$ref: 'parts.yaml#/Film'}}}\n"
    )
    made = json.loads(bundle("openapi.yaml", main, files.__getitem__))
    assert made["x"] == {"$ref": "#/components/schemas/Reel"}
    film = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Reel"}}}
    assert made["components"]["schemas"] == {"Reel": film}


def test_two_parts_of_one_name_stay_two():
    files = {"a.yaml": "{Film: {type: string}}", "b.yaml": "{Film: {type: integer}}"}
    main = "openapi: 3.1.0\nx: [{$ref: 'a.yaml#/Film'}, {$ref: 'b.yaml#/Film'}, {$ref: 'a.yaml#/Film'}]"
    made = json.loads(bundle("openapi.yaml", main, files.__getitem__))
    kinds = [made["components"]["schemas"][each["$ref"].rpartition("/")[2]] for each in made["x"]]
    assert [each["type"] for each in kinds] == ["string", "integer", "string"]


def test_references_in_examples_are_data():
    main = "openapi: 3.1.0\nx: {example: {$ref: gone.yaml}}"
    assert json.loads(bundle("openapi.yaml", main, {}.__getitem__))["x"] == {
        "example": {"$ref": "gone.yaml"}
    }


def test_what_leads_nowhere_or_to_itself_is_named():
    with pytest.raises(SpecError, match=r"a\.yaml has nothing at '/Film', to which openapi\.yaml"):
        bundle("openapi.yaml", "openapi: 3.1.0\nx: {$ref: 'a.yaml#/Film'}", lambda _: "{}")
    with pytest.raises(SpecError, match="leads to itself"):
        bundle(
            "openapi.yaml",
            "openapi: 3.1.0\npaths: {/a: {$ref: 'a.yaml'}}",
            lambda _: "{$ref: a.yaml}",
        )


def test_documents_without_end_are_refused(monkeypatch):
    def another(place: str) -> str:
        number = int(place.removesuffix(".yaml"))
        return f"{{properties: {{next: {{$ref: {number + 1}.yaml}}}}}}"

    with pytest.raises(SpecError, match="more than 500 documents"):
        bundle("openapi.yaml", "openapi: 3.1.0\nx: {$ref: 0.yaml}", another)
    monkeypatch.setattr(bundling, "MOST_CHARACTERS", 1000)
    with pytest.raises(SpecError, match="too large"):
        bundle("openapi.yaml", "openapi: 3.1.0\nx: {$ref: 0.yaml}", another)
