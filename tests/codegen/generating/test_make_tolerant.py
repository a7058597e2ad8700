"""The tolerant reader: nothing a provider sends can make a generated model raise."""

from __future__ import annotations

import copy
import importlib
import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from polyreel.codegen.generating.make_tolerant import make_tolerant
from polyreel.codegen.generating.programs import run_generator
from polyreel.errors import SpecError

TEXT = {"type": "string"}
REEL = {"$ref": "#/components/schemas/Reel"}


def spec(
    received: Any = None,
    components: dict[str, Any] | None = None,
    parameters: list[Any] | None = None,
    body: Any = None,
    **responses: Any,
) -> dict[str, Any]:
    ok = {"description": "OK", "content": {"application/json": {"schema": received}}}
    operation: dict[str, Any] = {
        "operationId": "listReels",
        "tags": ["Reels", "More"],
        "parameters": parameters or [],
        "responses": {"200": ok} | responses,
    }
    if body is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reels", "version": "1"},
        "paths": {"/reels": {"get": operation}},
        "components": {"schemas": components or {}},
    }


def response(document: dict[str, Any]) -> Any:
    content = make_tolerant(document)["paths"]["/reels"]["get"]["responses"]["200"]["content"]
    return content["application/json"]["schema"]


def fields(**properties: Any) -> Any:
    """What becomes of an object's properties."""
    return response(spec({"type": "object", "properties": properties}))["properties"]


# Scalars lose all that could fail, and stay plain, because plain is what costs least.


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "enum": ["a", "b"]},
        {"type": "string", "x-extensible-enum": ["a"]},
        {"enum": ["a", None]},
        {"type": "string", "const": "a"},
        {"const": "a"},
        {"type": "string", "format": "date-time"},
        {"type": ["string", "null"]},
        {"anyOf": [TEXT, {"type": "null"}]},
        {"anyOf": [TEXT, {"type": "string", "enum": ["a"]}]},
        {"oneOf": [{"const": "a"}, {"const": "b"}]},
        {"allOf": [TEXT], "default": "a"},
        {"type": "string", "maxLength": 3, "pattern": "^a", "default": "a", "examples": ["a"]},
    ],
)
def test_every_way_to_say_text_becomes_plain_text(schema):
    assert fields(it=schema)["it"] == TEXT


def test_a_reference_to_a_scalar_is_the_scalar():
    components = {
        "Status": {"type": "string", "enum": ["a"]},
        "Alias": {"$ref": "#/components/schemas/Status"},
    }
    received = {"type": "object", "properties": {"it": {"$ref": "#/components/schemas/Alias"}}}
    document = make_tolerant(spec(received, components))
    assert response(spec(received, components))["properties"]["it"] == TEXT
    assert document["components"]["schemas"] == {}


@pytest.mark.parametrize(
    "schema",
    [True, {}, {"type": "null"}, {"type": "object"}, {"anyOf": [{}, TEXT]}, {"enum": ["a", [1]]}],
)
def test_what_could_be_anything_is_handed_on_as_it_came(schema):
    assert fields(it=schema)["it"] == {}


def test_whole_and_broken_numbers_are_numbers():
    assert fields(it={"type": ["integer", "number"]})["it"] == {"type": "number"}


def test_a_list_of_scalars_needs_no_reader_and_no_null():
    schema = {"type": ["array", "null"], "items": {"type": "string", "enum": ["a"]}}
    assert fields(it=schema)["it"] == {"type": "array", "items": TEXT}


# What has a reader of its own becomes a union with null.


def test_null_is_allowed_for_objects_lists_and_their_items():
    components = {"Reel": {"type": "object", "properties": {"id": TEXT}, "required": ["id"]}}
    received = {
        "type": "object",
        "properties": {"one": REEL, "all": {"type": "array", "items": REEL}},
        "required": ["one", "all"],
        "additionalProperties": False,
    }
    document = spec(received, components)
    maybe = {"anyOf": [REEL, {"type": "null"}]}
    assert response(document) == {
        "type": "object",
        "properties": {
            "one": maybe,
            "all": {"anyOf": [{"type": "array", "items": maybe}, {"type": "null"}]},
        },
    }
    assert make_tolerant(document)["components"]["schemas"]["Reel"] == {
        "type": "object",
        "properties": {"id": TEXT},
    }


def test_scalars_of_several_types_stay_a_union():
    it = fields(it={"type": ["string", "integer", "null"]})["it"]
    assert it == {"anyOf": [TEXT, {"type": "integer"}, {"type": "null"}]}


def test_an_inline_object_is_named_after_its_property():
    it = fields(it={"type": ["object", "null"], "properties": {"a": TEXT}})["it"]
    assert it["anyOf"][0] == {"type": "object", "properties": {"a": TEXT}, "title": "it"}


# The request half stays strict, and each half has components of its own.


def test_what_is_sent_stays_strict_but_sends_no_defaults_of_its_own():
    order = {
        "name": "order",
        "in": "query",
        "required": True,
        "schema": {"type": "string", "enum": ["asc", "desc"], "default": "asc", "format": "x"},
    }
    (parameter,) = make_tolerant(spec(parameters=[order]))["paths"]["/reels"]["get"]["parameters"]
    assert parameter == {
        "name": "order",
        "in": "query",
        "required": True,
        "schema": {"type": "string", "format": "x", "enum": ["asc", "desc"]},
    }


def test_a_component_of_both_halves_comes_twice():
    reel = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": TEXT, "kind": {"$ref": "#/components/schemas/Kind"}, "next": REEL},
    }
    components = {"Reel": reel, "Kind": {"type": "string", "enum": ["a"]}, "ReelInput": reel}
    document = make_tolerant(spec(REEL, components, body=REEL))
    body = document["paths"]["/reels"]["get"]["requestBody"]["content"]["application/json"]
    schemas = document["components"]["schemas"]
    assert body["schema"] == {"$ref": "#/components/schemas/ReelInput2"}
    assert schemas["ReelInput2"]["required"] == ["id"]
    assert schemas["ReelInput2"]["properties"]["next"] == body["schema"]
    assert schemas["Kind"] == {"type": "string", "enum": ["a"]}
    assert "required" not in schemas["Reel"]
    assert schemas["Reel"]["properties"]["kind"] == TEXT
    assert "ReelInput" not in schemas  # nothing uses it


def test_a_parameter_that_the_client_would_come_without_is_refused():
    page = {"name": "page", "in": "query", "content": {"application/json": {"schema": TEXT}}}
    with pytest.raises(SpecError, match="GET /reels: the parameter 'page' has no schema"):
        make_tolerant(spec(parameters=[page]))


def test_shared_parameters_and_responses_are_put_where_they_are_used():
    document = spec(parameters=[{"$ref": "#/components/parameters/Page"}])
    document["components"]["parameters"] = {"Page": {"name": "page", "in": "query", "schema": TEXT}}
    document["components"]["responses"] = {"Ok": {"description": "OK"}}
    operation = document["paths"]["/reels"]["get"]
    operation["responses"] = {"200": {"$ref": "#/components/responses/Ok"}}
    relaxed = make_tolerant(document)["paths"]["/reels"]["get"]
    assert relaxed["parameters"] == [{"name": "page", "in": "query", "schema": TEXT}]
    assert relaxed["responses"] == {"200": {"description": "OK"}}


# Only what can be read as a success is left.


def test_errors_and_what_only_they_use_are_gone():
    components = {"Reel": {"type": "object", "properties": {"id": TEXT}}, "Problem": REEL}
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    document = make_tolerant(
        spec(REEL, components, **{"404": {"description": "", "content": problem}})
    )
    assert list(document["paths"]["/reels"]["get"]["responses"]) == ["200"]
    assert list(document["components"]["schemas"]) == ["Reel"]


def test_what_is_said_of_all_responses_counts_where_no_success_is_documented():
    document = spec(REEL, {"Reel": {"type": "object", "properties": {"id": TEXT}}})
    responses = document["paths"]["/reels"]["get"]["responses"]
    responses["default"] = responses.pop("200")
    assert list(make_tolerant(document)["paths"]["/reels"]["get"]["responses"]) == ["default"]
    assert list(make_tolerant(document)["components"]["schemas"]) == ["Reel"]


def test_a_body_that_is_no_json_is_left_to_the_transport():
    document = spec()
    ok = document["paths"]["/reels"]["get"]["responses"]["200"]
    ok["content"] = {"video/mp4": {"schema": {"type": "string", "format": "binary"}}}
    assert make_tolerant(document)["paths"]["/reels"]["get"]["responses"] == {
        "200": {"description": "OK"}
    }


def test_nothing_but_what_the_generator_understands_is_left():
    document = spec({"type": "object", "properties": {"a": TEXT}, "x-note": 1, "title": "Sneaky"})
    document |= {"x-ours": 1, "servers": [{"url": "https://example.org"}], "tags": [{"name": "a"}]}
    document["info"]["description"] = "prose"
    document["paths"]["/reels"]["get"] |= {"x-polyreel": {}, "deprecated": True, "callbacks": {}}
    relaxed = make_tolerant(document)
    assert list(relaxed) == ["openapi", "info", "paths", "components"]
    assert list(relaxed["info"]) == ["title", "version"]
    operation = relaxed["paths"]["/reels"]["get"]
    assert list(operation) == ["operationId", "tags", "parameters", "responses"]
    assert operation["tags"] == ["Reels"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(schema) == ["type", "properties"]


def test_the_document_given_is_not_changed():
    document = spec(REEL, {"Reel": {"type": "object", "properties": {"id": TEXT}}}, body=REEL)
    before = copy.deepcopy(document)
    relaxed = make_tolerant(document)
    relaxed["components"]["schemas"]["Reel"]["properties"].clear()
    assert document == before


def test_schemas_may_lead_back_to_themselves():
    tree = {"$ref": "#/components/schemas/Tree"}
    components = {
        "Tree": {"type": "object", "properties": {"twigs": {"type": "array", "items": tree}}},
        "Lists": {"type": "array", "items": {"$ref": "#/components/schemas/Lists"}},
    }
    received = {
        "type": "object",
        "properties": {"a": tree, "b": {"$ref": "#/components/schemas/Lists"}},
    }
    assert response(spec(received, components))["properties"]["a"]["anyOf"][0] == tree


def test_a_chain_of_a_thousand_schemas_is_refused_rather_than_followed():
    components = {f"S{n}": {"$ref": f"#/components/schemas/S{n + 1}"} for n in range(1000)}
    components["S1000"] = TEXT
    with pytest.raises(SpecError, match="too deeply"):
        make_tolerant(
            spec(
                {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/S0"}}},
                components,
            )
        )


# The committed clients, against everything that JSON can hold.

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
MODELS = [
    ("tavus", "Video"),
    ("tavus", "VideoList"),
    ("tavus", "Replica"),
    ("tavus", "ReplicaList"),
    ("openai", "Video"),
    ("openai", "VideoList"),
]


def surprises(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """An object that has, lacks or misuses each of the names, with others beside them."""
    known = {name: JSON | st.builds(lambda v, n=name: {n: v}, JSON) for name in names}
    nested = st.fixed_dictionaries({}, optional=known)
    deeper = {name: JSON | nested | st.lists(nested | JSON, max_size=3) for name in names}
    return st.builds(
        lambda extra, own: extra | own,
        st.dictionaries(st.text(max_size=5), JSON, max_size=3),
        st.fixed_dictionaries({}, optional=deeper),
    )


@pytest.mark.parametrize(("provider", "model"), MODELS)
def test_a_committed_model_reads_whatever_object_comes_and_loses_nothing(provider, model):
    cls = getattr(importlib.import_module(f"polyreel_clients.{provider}.models"), model)
    names = sorted(wire_names(provider, model))
    assert names

    @settings(max_examples=25, deadline=None)
    @given(surprises(names))
    def reads(item: dict[str, Any]) -> None:
        before = copy.deepcopy(item)
        assert cls.from_dict(item).to_dict() == before
        assert item == before

    reads()


@pytest.mark.parametrize(("provider", "model"), MODELS)
def test_null_for_any_field_of_a_committed_model_costs_that_field_alone(provider, model):
    cls = getattr(importlib.import_module(f"polyreel_clients.{provider}.models"), model)
    names = sorted(wire_names(provider, model))
    read = cls.from_dict(dict.fromkeys(names))
    assert read.additional_properties == {}
    assert read.to_dict() == dict.fromkeys(names)


def wire_names(provider: str, model: str) -> set[str]:
    """The names that the strict spec documents for a model."""
    text = (files(f"polyreel_clients.{provider}") / "openapi.json").read_text(encoding="utf-8")
    return set(json.loads(text)["components"]["schemas"][model]["properties"])


# A client of every shape that a schema can have, against the same.

RICH = {
    "Reel": {
        "type": "object",
        "required": ["id", "of", "map"],
        "properties": {
            "id": TEXT,
            "when": {"type": "string", "format": "date-time"},
            "tree": {"$ref": "#/components/schemas/Tree"},
            "either": {"oneOf": [{"$ref": "#/components/schemas/Tree"}, REEL]},
            "mixed": {"anyOf": [TEXT, REEL, {"type": "array", "items": REEL}]},
            "all": {"allOf": [{"$ref": "#/components/schemas/Tree"}, {"properties": {"x": TEXT}}]},
            "map": {"type": "object", "additionalProperties": REEL},
            "words": {"type": "object", "additionalProperties": {"enum": ["a", "b"]}},
            "rows": {"type": "array", "items": {"type": "array", "items": REEL}},
            "grid": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
            "of": {"type": "object", "properties": {"cast": TEXT, "x": {"const": "x"}}},
        },
    },
    "Tree": {
        "type": "object",
        "properties": {
            "twigs": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            "kind": {"type": "string", "enum": ["oak"]},
        },
    },
}
RICH_NAMES = [*RICH["Reel"]["properties"], "twigs", "kind", "x", "cast"]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("rich")
    assert run_generator(make_tolerant(spec(REEL, RICH)), folder / "rich_client") == []
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield importlib.import_module("rich_client.models").Reel


def test_any_object_is_read_by_a_client_of_every_shape_of_schema(rich: Any) -> None:
    @settings(max_examples=50, deadline=None)
    @given(surprises(RICH_NAMES))
    def reads(item: dict[str, Any]) -> None:
        assert rich.from_dict(item).to_dict() == item

    reads()


def test_what_fits_is_typed_although_it_may_be_missing_or_null(rich: Any) -> None:
    read = rich.from_dict(
        {
            "id": "a",
            "tree": {"twigs": [{"kind": "elm"}, None]},
            "either": {"kind": "oak"},
            "map": {"b": {"id": "b"}, "c": None},
            "rows": [[{"id": "d"}], None],
            "of": {"x": "y", "cast": "actors"},
        }
    )
    assert read.tree.twigs[0].kind == "elm"
    assert read.tree.twigs[1] is None
    assert read.either.kind == "oak"
    assert read.map_["b"].id == "b"
    assert read.map_["c"] is None
    assert read.rows[0][0].id == "d"
    assert read.of.x == "y"
    assert read.of["cast"] == "actors"


# References with something beside them, as an overlay may make them


def test_a_reference_with_fields_beside_it_is_read_with_all_of_them():
    base = {"type": "object", "properties": {"id": TEXT}}
    longer = REEL | {"properties": {"url": TEXT}}
    made = make_tolerant(
        spec({"$ref": "#/components/schemas/Longer"}, {"Reel": base, "Longer": longer})
    )
    assert made["components"]["schemas"]["Longer"] == {
        "allOf": [REEL, {"type": "object", "properties": {"url": TEXT}}]
    }


@pytest.mark.parametrize(
    "beside", [{"default": {}}, {"deprecated": True}, {"x-polyreel-sample": []}]
)
def test_annotations_beside_a_reference_change_nothing(beside):
    components = {"Reel": {"type": "object", "properties": {"id": TEXT}}}
    assert make_tolerant(spec(REEL | beside, components)) == make_tolerant(spec(REEL, components))
