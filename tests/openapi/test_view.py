"""A schema has one shape, whichever of OpenAPI's many spellings it was written in."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel.errors import SpecError
from polyreel.openapi import view as view_module
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

Schema = dict[str, Any]

A: Schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
B: Schema = {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}


def ref(name: str, **beside: Any) -> Schema:
    return {"$ref": f"#/components/schemas/{name}", **beside}


def view(**components: Any) -> SchemaView:
    return SchemaView({"components": {"schemas": {"A": A, "B": B, **components}}})


def members(schemas: SchemaView, node: Any) -> list[Any]:
    """What a schema leaves the choice of: components by name, others by their types."""
    found = [
        schemas.component(each) or sorted(schemas.of(each).types or ())
        for each in schemas.alternatives(node)
    ]
    return sorted(found, key=str)


# References


def test_a_reference_is_the_schema_and_what_stands_beside_it() -> None:
    schemas = view(Limit={"type": "integer", "minimum": 1, "default": 10})
    shape = schemas.of(ref("Limit", default=20, maximum=50))

    assert shape.types == {"integer"}
    assert shape.default == 20
    assert {key: bound.value for key, bound in shape.bounds.items()} == {
        "minimum": 1,
        "maximum": 50,
    }


def test_a_component_that_is_a_reference_with_siblings_is_all_of_it_wherever_it_is_used() -> None:
    video = ref("A", properties={"url": {"type": "string"}}, required=["url"])
    schemas = view(Video=video, Alias=ref("Video"))

    for node in (ref("Video"), ref("Alias"), {"allOf": [ref("Alias")]}):
        shape = schemas.of(node)
        assert shape.properties.keys() == {"a", "url"}
        assert shape.required == {"a", "url"}


@pytest.mark.parametrize("beside", [{}, {"default": {}}, {"deprecated": True}, {"x-a": 1}])
def test_annotations_beside_a_reference_leave_the_component_what_it_is(beside: Schema) -> None:
    schemas = view()
    assert schemas.component(ref("A", **beside)) == "A"
    assert schemas.component({"anyOf": [ref("A", **beside), {"type": "null"}]}) == "A"


def test_a_schema_that_refers_to_itself_beside_its_fields_ends() -> None:
    schemas = view(Loop=ref("Loop", properties={"id": {"type": "string"}}))
    assert schemas.of(ref("Loop")).properties == {"id": {"type": "string"}}


@pytest.mark.parametrize("beside", [{}, {"maxLength": 9}, {"description": "One of many."}])
def test_a_chain_of_references_is_followed_to_its_end_in_time_in_proportion(beside: Schema) -> None:
    def took(length: int) -> float:
        links = {f"S{n}": ref(f"S{n + 1}", **beside) for n in range(length)}
        schemas = view(**links, **{f"S{length}": {"type": "string"}})
        started = time.perf_counter()
        assert schemas.of(ref("S0")).types == {"string"}
        return time.perf_counter() - started

    took(100)
    assert took(8_000) < 40 * took(1_000) + 0.5


def test_schemas_that_are_made_of_one_another_without_bounds_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(view_module, "MAX_PARTS", 1_000)
    links = {f"S{n}": ref(f"S{n + 1}", maxLength=n) for n in range(100)}
    schemas = view(**links, S100={"type": "string"})

    with pytest.raises(SpecError, match="made of one another more than 1,000 times"):
        [schemas.of(ref(f"S{n}")) for n in range(100)]


# Null


NULLABLE_TEXT: list[Any] = [
    {"type": ["string", "null"]},
    {"type": "string", "nullable": True},
    {"anyOf": [{"type": "string"}, {"type": "null"}]},
    {"oneOf": [{"type": "null"}, {"type": "string"}]},
    {"anyOf": [{"type": "string"}, {"const": None}]},
    {"anyOf": [{"type": "string"}, {"enum": [None]}]},
    {"anyOf": [{"type": ["string", "null"]}, {"type": "string"}]},
    {"anyOf": [{"type": "string"}, ref("Nothing")]},
    {"anyOf": [{"type": "string"}], "nullable": True},
    {"anyOf": [{"anyOf": [{"type": "null"}, {"type": "string"}]}]},
    {"allOf": [{"type": "string"}], "nullable": True},
    {"allOf": [{"anyOf": [{"type": "string"}, {"type": "null"}]}]},
    ref("Text", nullable=True),
    {"anyOf": [ref("Text"), {"type": "null"}]},
    ref("Optional"),
]


@pytest.mark.parametrize("node", NULLABLE_TEXT)
def test_null_is_one_thing_in_all_its_spellings(node: Schema) -> None:
    optional = {"oneOf": [{"type": "string"}, {"type": "null"}]}
    schemas = view(Text={"type": "string"}, Nothing={"type": "null"}, Optional=optional)
    shape = schemas.of(node)

    assert (shape.types, shape.nullable, shape.variants) == ({"string"}, True, ())
    [alone] = schemas.alternatives(node)
    assert (schemas.of(alone).types, schemas.of(alone).nullable) == ({"string"}, False)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"format": "byte"}, {"contentEncoding": "base64"}),
        ({"format": "binary"}, {"contentMediaType": "application/octet-stream"}),
    ],
)
def test_bytes_are_one_thing_in_both_versions_of_openapi(older: Schema, newer: Schema) -> None:
    schemas = view()
    assert _said(schemas.of({"type": "string", **older})) == _said(
        schemas.of({"type": "string", **newer})
    )


# Unions


@pytest.mark.parametrize(
    "node",
    [
        {"anyOf": [{"type": "string"}, ref("A"), ref("B"), {"type": "null"}]},
        {"anyOf": [{"type": "string"}, ref("Either"), {"type": "null"}]},
        {"oneOf": [ref("Either"), {"type": ["string", "null"]}]},
        {"anyOf": [{"type": "string"}, {"allOf": [ref("Either")]}], "nullable": True},
        {
            "anyOf": [
                {"anyOf": [ref("B"), {"type": "null"}]},
                {"oneOf": [{"type": "string"}, ref("A")]},
            ]
        },
        {"anyOf": [{"type": "string"}, ref("EitherOrNull")]},
    ],
)
def test_unions_inside_unions_are_flattened_and_null_is_lifted_out(node: Schema) -> None:
    either: Schema = {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "kind"}}
    schemas = view(Either=either, EitherOrNull={"anyOf": [ref("Either"), {"type": "null"}]})

    assert schemas.of(node).nullable
    assert members(schemas, node) == ["A", "B", ["string"]]
    assert not any(schemas.of(each).nullable for each in schemas.alternatives(node))


def test_a_list_of_types_and_a_union_of_them_leave_the_same_choice() -> None:
    schemas = view()
    apart: Schema = {
        "anyOf": [{"type": "string", "maxLength": 3}, {"type": "array", "items": ref("A")}]
    }
    together = {"type": ["string", "array"], "maxLength": 3, "items": ref("A")}

    assert members(schemas, apart) == members(schemas, together)
    for node in (apart, together):
        text, array = sorted(
            schemas.alternatives(node), key=lambda n: "array" in schemas.of(n).types
        )
        assert list(schemas.of(text).bounds) == ["maxLength"]
        assert schemas.component(schemas.of(array).items) == "A"
        assert not schemas.of(array).bounds


def test_plain_types_in_a_union_are_a_list_of_types() -> None:
    shape = view().of({"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]})
    assert (shape.types, shape.nullable, shape.variants) == ({"string", "integer"}, True, ())


def test_any_text_or_one_of_these_is_an_open_list_of_known_values() -> None:
    shape = view().of({"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a", "b"]}]})
    assert (shape.values.known, shape.values.closed) == (["a", "b"], False)


@pytest.mark.parametrize("node", [ref("Loop"), {"anyOf": [ref("Loop"), {"type": "null"}]}])
def test_a_union_that_holds_itself_ends(node: Schema) -> None:
    schemas = view(Loop={"anyOf": [ref("A"), ref("Loop"), ref("B")]})
    assert members(schemas, node) == ["A", "B"]


def test_what_stands_beside_a_union_holds_for_each_of_its_members() -> None:
    schemas = view()
    node: Schema = {
        "type": "object",
        "properties": {"id": {"type": "string"}},
        "oneOf": [ref("A"), ref("B")],
    }
    names = [sorted(schemas.of(each).properties) for each in schemas.alternatives(node)]
    assert sorted(names) == [["a", "id"], ["b", "id"]]


def test_the_first_alternative_is_chosen_through_all_unions() -> None:
    schemas = view()
    node: Schema = {"anyOf": [{"type": "null"}, {"oneOf": [ref("B"), ref("A")]}]}
    shape = schemas.chosen({**node, "properties": {"id": {}}})
    assert (shape.properties.keys(), shape.nullable) == ({"b", "id"}, True)


# The same meaning, written otherwise


def _spellings(schema: Schema) -> list[Schema]:
    """Write a schema in ways that mean the same."""
    return [
        {"allOf": [schema]},
        {"anyOf": [schema]},
        {"oneOf": [{"anyOf": [schema]}]},
        {"allOf": [schema], "description": "In other words."},
        {"allOf": [{"description": "In other words."}, schema]},
        ref("It"),
        ref("It", description="In other words."),
        {"allOf": [ref("It")]},
        ref("Alias"),
    ]


SCHEMAS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "object", "array", ["string", "null"]]),
        "enum": st.lists(st.sampled_from(["a", "b", 1]), min_size=1, unique=True),
        "default": st.sampled_from(["a", 1]),
        "minimum": st.integers(0, 3),
        "maxLength": st.integers(0, 3),
        "properties": st.dictionaries(st.sampled_from("xyz"), st.just({"type": "string"})),
        "required": st.lists(st.sampled_from("xyz"), unique=True),
        "items": st.sampled_from([{}, {"type": "string"}]),
        "additionalProperties": st.sampled_from([True, False, {"type": "string"}]),
        "x-index-base": st.integers(0, 1),
    },
)


@given(SCHEMAS, st.data())
def test_a_schema_in_another_spelling_has_the_same_shape(
    schema: Schema, data: st.DataObject
) -> None:
    node = data.draw(st.sampled_from(_spellings(schema)))
    schemas = view(It=schema, Alias=ref("It"))

    assert _said(schemas.of(node)) == _said(schemas.of(schema))


def _said(shape: Shape) -> dict[str, Any]:
    return {name: getattr(shape, name) for name in Shape.__slots__ if not name.startswith("__")}
