"""Several pages become one document: refinements unite, contradictions are decided and told."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel.codegen.reading.merge import merge
from polyreel.codegen.reading.normalise import Facts, normalise
from polyreel.codegen.reading.readers import Fragment
from polyreel.errors import SpecError

Schema = dict[str, Any]


def page(
    source: str,
    schema: Schema | None = None,
    *,
    parameters: list[dict[str, Any]] | None = None,
    schemas: dict[str, Schema] | None = None,
    **more: Any,
) -> Facts:
    """Make a page on ``GET /clips`` that answers with a schema."""
    content = {"application/json": {"schema": schema if schema is not None else {}}}
    operation = {"parameters": parameters or [], "responses": {"200": {"content": content}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": source, "version": "1"},
        "paths": {"/clips": {"get": operation | more}},
        "components": {"schemas": schemas or {}},
    }
    return normalise(Fragment(source, copy.deepcopy(document), rank=0))


def response(facts: Facts) -> Schema:
    responses = facts.document["paths"]["/clips"]["get"]["responses"]
    schema: Schema = responses["200"]["content"]["application/json"]["schema"]
    return schema


def united(one: Schema, two: Schema) -> Schema:
    """Unite two schemas of a field, and make sure that nothing was in the way."""
    merged = merge([page("one", _object(it=one)), page("two", _object(it=two))])
    assert merged.conflicts == ()
    found: Schema = response(merged)["properties"]["it"]
    return found


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ({"type": "number"}, {"type": "integer"}, {"type": "integer"}),
        ({"type": ["number", "null"]}, {"type": ["integer", "null"]}, {"type": ["integer", "null"]}),
        ({}, {"type": "string"}, {"type": "string"}),
        ({"type": "integer"}, {"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 1}),
        ({"type": "integer", "maximum": 9}, {"type": "integer", "minimum": 1},
         {"type": "integer", "minimum": 1, "maximum": 9}),
        ({"type": "string"}, {"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a"]}),
        ({"type": "string"}, {"type": "string", "x-extensible-enum": ["a", "b"]},
         {"type": "string", "x-extensible-enum": ["a", "b"]}),
        ({"type": "array", "items": {}}, {"type": "array", "items": {"type": "string"}},
         {"type": "array", "items": {"type": "string"}}),
        ({"type": "object"}, _object(a={"type": "string"}), _object(a={"type": "string"})),
    ],
)  # fmt: skip
def test_a_page_that_says_less_contradicts_nobody(one: Schema, two: Schema, both: Schema) -> None:
    assert united(one, two) == both
    assert united(two, one) == both


def test_open_enums_know_what_either_page_knows() -> None:
    one = {"type": "string", "x-extensible-enum": ["a", "b"]}
    two = {"type": "string", "x-extensible-enum": ["b", "c"]}

    assert united(one, two)["x-extensible-enum"] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("one", "two", "fact", "values"),
    [
        ({"type": "string"}, {"type": "integer"}, "type", ("string", "integer")),
        ({"type": "string"}, {"type": ["string", "null"]}, "null", (False, True)),
        ({"type": "integer", "default": 1}, {"type": "integer", "default": 0}, "default", (1, 0)),
        ({"type": "integer", "maximum": 5}, {"type": "integer", "maximum": 9}, "maximum", (5, 9)),
        ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}, "enum", (["a"], ["b"])),
        ({"type": "string", "enum": ["a"]}, {"type": "string", "x-extensible-enum": ["a"]}, "enum",
         ("closed", "open")),
        ({"type": "string", "format": "uuid"}, {"type": "string", "format": "uri"}, "format",
         ("uuid", "uri")),
    ],
)  # fmt: skip
def test_a_contradiction_is_decided_by_the_order_of_the_pages(
    one: Schema, two: Schema, fact: str, values: tuple[Any, Any]
) -> None:
    first, second = page("one", _object(it=one)), page("two", _object(it=two))

    forth, back = merge([first, second]), merge([second, first])

    assert response(forth)["properties"]["it"] == one
    assert response(back)["properties"]["it"] == two
    told = [(c.place, c.fact, c.kept, c.kept_from, c.other, c.other_from) for c in forth.conflicts]
    assert told == [("GET /clips 200 it", fact, values[0], "one", values[1], "two")]
    assert len(back.conflicts) == 1


def test_required_or_not_is_a_contradiction_and_so_is_a_field_that_one_page_leaves_out() -> None:
    one = _object(a={}, b={}) | {"required": ["a"]}
    two = _object(a={}, c={}) | {"required": ["c"]}

    merged = merge([page("one", one), page("two", two)])

    assert list(response(merged)["properties"]) == ["a", "b", "c"]
    assert response(merged)["required"] == ["a", "c"]
    assert [str(conflict) for conflict in merged.conflicts] == [
        'GET /clips 200 c: it is "listed" by two, but "left out" by one; kept the former',
        'GET /clips 200 b: it is "listed" by one, but "left out" by two; kept the former',
        "GET /clips 200 a: required is true by one, but false by two; kept the former",
    ]


def test_an_envelope_of_which_only_the_items_are_known_is_completed_without_contradiction() -> None:
    item = _object(id={"type": "string"})
    part = _object(data={"type": "array", "items": item}) | {"x-partial": True}
    whole = _object(more={"type": "boolean"}, data={"type": "array", "items": item})
    whole |= {"required": ["more", "data"]}

    for pages in ([page("p", part), page("w", whole)], [page("w", whole), page("p", part)]):
        merged = merge(pages)

        assert merged.conflicts == ()
        assert set(response(merged)["properties"]) == {"data", "more"}
        assert set(response(merged)["required"]) == {"data", "more"}
        assert "x-partial" not in response(merged)


def test_an_unnamed_shape_takes_the_name_that_another_page_has_for_it() -> None:
    named = page(
        "named",
        {"$ref": "#/components/schemas/Clip"},
        schemas={"Clip": _object(n={"type": "number"})},
    )
    unnamed = page("unnamed", _object(n={"type": "integer"}))

    for pages in ([named, unnamed], [unnamed, named]):
        merged = merge(pages)

        assert response(merged) == {"$ref": "#/components/schemas/Clip"}
        assert merged.document["components"]["schemas"] == {"Clip": _object(n={"type": "integer"})}


def test_a_nullable_shape_takes_the_name_too() -> None:
    named = _object(error={"anyOf": [{"$ref": "#/components/schemas/Why"}, {"type": "null"}]})
    unnamed = _object(error=_object(code={"type": "string"}) | {"type": ["object", "null"]})
    pages = [
        page("named", named, schemas={"Why": _object(code={"type": "string"})}),
        page("unnamed", unnamed),
    ]

    merged = merge(pages)

    assert merged.conflicts == ()
    assert response(merged)["properties"]["error"]["anyOf"][0] == {
        "$ref": "#/components/schemas/Why"
    }


def test_two_names_for_one_shape_become_the_first_everywhere() -> None:
    one = page("one", {"$ref": "#/components/schemas/Clip"}, schemas={"Clip": _object(a={})})
    two = page(
        "two",
        {"$ref": "#/components/schemas/Film"},
        schemas={"Film": _object(a={}, next={"$ref": "#/components/schemas/Film"})},
    )

    merged = merge([one, two])

    assert merged.document["components"]["schemas"] == {
        "Clip": _object(a={}, next={"$ref": "#/components/schemas/Clip"})
    }


def test_schemas_that_contain_themselves_are_merged() -> None:
    def recursive(name: str) -> Facts:
        ref = {"$ref": f"#/components/schemas/{name}"}
        return page(
            name, ref, schemas={name: _object(child=ref, items={"type": "array", "items": ref})}
        )

    merged = merge([recursive("Tree"), recursive("Node")])

    assert list(merged.document["components"]["schemas"]) == ["Tree"]


def test_parameters_are_united_by_place_and_name() -> None:
    one = page("one", parameters=[_parameter("limit", {"type": "number"}, required=True)])
    two = page("two", parameters=[_parameter("limit", {"type": "integer", "minimum": 0})])

    merged = merge([one, two])

    (limit,) = merged.document["paths"]["/clips"]["get"]["parameters"]
    assert (limit["schema"], limit["required"]) == ({"type": "integer", "minimum": 0}, True)
    assert [conflict.fact for conflict in merged.conflicts] == ["required"]


def _parameter(name: str, schema: Schema, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


def test_operations_of_other_pages_are_added() -> None:
    other = page("two")
    other.document["paths"] = {
        "/clips": {"post": {"responses": {}}},
        "/films": {"get": {"responses": {}}},
    }

    merged = merge([page("one"), other])

    assert {path: list(item) for path, item in merged.document["paths"].items()} == {
        "/clips": ["get", "post"],
        "/films": ["get"],
    }


def test_deprecation_on_either_page_counts() -> None:
    merged = merge([page("one"), page("two", deprecated=True)])

    assert merged.document["paths"]["/clips"]["get"]["deprecated"] is True


def test_there_has_to_be_a_page() -> None:
    with pytest.raises(SpecError, match="name at least one"):
        merge([])


_NAMES = st.sampled_from(["a", "b", "c"])
_PLAIN: st.SearchStrategy[Schema] = st.sampled_from(
    [
        {"type": "string"},
        {"type": ["integer", "null"]},
        {"type": "integer", "minimum": 1, "default": 5},
        {"type": "string", "enum": ["x", "y"]},
        {"type": "string", "x-extensible-enum": ["x", "y"]},
        {"anyOf": [{"$ref": "#/components/schemas/Named"}, {"type": "null"}]},
        {"$ref": "#/components/schemas/Named"},
        {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        {},
    ]
)


def _objects(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    def build(properties: dict[str, Schema], required: set[str]) -> Schema:
        return _object(**properties) | {
            "required": [name for name in properties if name in required]
        }

    return st.builds(build, st.dictionaries(_NAMES, inner, max_size=3), st.sets(_NAMES))


_SCHEMAS = st.recursive(
    _PLAIN,
    lambda inner: (
        _objects(inner) | st.builds(lambda items: {"type": "array", "items": items}, inner)
    ),
    max_leaves=6,
)


_NAMED = _objects(_SCHEMAS)


@given(_SCHEMAS, _NAMED)
def test_a_page_merged_with_itself_is_itself(schema: Schema, named: Schema) -> None:
    facts = page("one", schema, schemas={"Named": named})

    merged = merge([facts, facts])

    assert (merged.document, merged.conflicts) == (facts.document, ())


@given(_SCHEMAS, _SCHEMAS, _NAMED)
def test_what_does_not_contradict_is_the_same_in_any_order(
    one: Schema, two: Schema, named: Schema
) -> None:
    pages = [page("one", one, schemas={"Named": named}), page("two", two, schemas={"Named": named})]

    forth, back = merge(pages), merge(pages[::-1])

    assert bool(forth.conflicts) == bool(back.conflicts)
    if not forth.conflicts:
        assert _canonical(forth.document) == _canonical(back.document)


@given(_SCHEMAS, _SCHEMAS, _NAMED)
def test_merging_again_what_was_merged_changes_nothing(
    one: Schema, two: Schema, named: Schema
) -> None:
    second = page("two", two, schemas={"Named": named})
    once = merge([page("one", one, schemas={"Named": named}), second])

    assert merge([once, second]).document == once.document


def _canonical(node: Any) -> Any:
    """Put what has no order into one: properties, required names, values, and who said what."""
    if isinstance(node, dict):
        return {key: _canonical(value) for key, value in sorted(node.items()) if key != "info"}
    if isinstance(node, list):
        return sorted((_canonical(item) for item in node), key=repr)
    return node
