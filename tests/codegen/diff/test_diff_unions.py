"""Null, unions inside unions, and members of unions: what changed is said once, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from polyreel.codegen.diff import Level, diff

Doc = dict[str, Any]

A: Doc = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
B: Doc = {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}
C: Doc = {"type": "object", "properties": {"c": {"type": "string"}}, "required": ["c"]}
TEXT: Doc = {"type": "string"}
NULL: Doc = {"type": "null"}


def ref(name: str, **beside: Any) -> Doc:
    return {"$ref": f"#/components/schemas/{name}", **beside}


def api(error: Any, **components: Any) -> Doc:
    """An API that returns an object with a field, and takes it too."""
    body = {"content": {"application/json": {"schema": ref("V")}}}
    return {
        "openapi": "3.1.0",
        "paths": {
            "/v": {
                "get": {"operationId": "getV", "responses": {"200": body}},
                "post": {"operationId": "postV", "requestBody": body, "responses": {}},
            }
        },
        "components": {
            "schemas": {
                "V": {"type": "object", "properties": {"error": error}},
                "A": A,
                "B": B,
                "C": C,
                "Either": {"oneOf": [ref("A"), ref("B")]},
                **components,
            }
        },
    }


def said(old: Any, new: Any, **components: Any) -> set[tuple[str, str]]:
    """Each change to the field as its rule and what stands in backticks."""
    changes = diff(api(old, **components), api(new, **components)).changes
    return {(change.rule, "".join(change.text.split("`")[1:-1])) for change in changes}


def in_both(removed: str | None = None, added: str | None = None) -> set[tuple[str, str]]:
    """What is said of a member that went and one that came, in requests and in responses."""
    pairs = [("removed", removed), ("added", added)]
    return {
        (f"{direction}-variant-{how}", name)
        for direction in ("request", "response")
        for how, name in pairs
        if name is not None
    }


def holders(schema: Any) -> list[Any]:
    return [
        schema,
        {"type": "array", "items": schema},
        {"type": "object", "properties": {"x": schema}},
    ]


@pytest.mark.parametrize("holder", [0, 1, 2])
@pytest.mark.parametrize(
    "text_or_null",
    [
        {"anyOf": [TEXT, NULL]},
        {"oneOf": [NULL, TEXT]},
        {"type": ["string", "null"]},
        {"type": "string", "nullable": True},
    ],
)
@pytest.mark.parametrize(
    "with_object",
    [
        {"anyOf": [TEXT, ref("A"), NULL]},
        {"oneOf": [{"type": ["string", "null"]}, ref("A")]},
        {"anyOf": [TEXT, ref("A")], "nullable": True},
        {"anyOf": [{"type": "string", "nullable": True}, {"allOf": [ref("A")]}]},
        {"anyOf": [TEXT, {"anyOf": [ref("A"), NULL]}]},
    ],
)
def test_a_member_beside_null_comes_and_goes_alone(
    text_or_null: Doc, with_object: Doc, holder: int
) -> None:
    old, new = holders(text_or_null)[holder], holders(with_object)[holder]
    assert said(old, new) == in_both(added="A")
    assert said(new, old) == in_both(removed="A")


def test_a_member_that_comes_beside_null_alone_comes_alone() -> None:
    assert said({"type": "null"}, {"anyOf": [ref("A"), ref("B"), NULL]}) == (
        in_both(added="A") | in_both(added="B")
    )


def test_null_that_comes_to_a_union_is_null_alone() -> None:
    old, new = {"anyOf": [TEXT, ref("A")]}, {"anyOf": [TEXT, ref("A"), NULL]}
    assert said(old, new) == {("request-became-nullable", ""), ("response-became-nullable", "")}


@pytest.mark.parametrize(
    "flat", [[TEXT, ref("A"), ref("B"), NULL], [ref("B"), NULL, TEXT, ref("A")]]
)
def test_a_union_inside_a_union_is_the_members_that_it_has(flat: list[Doc]) -> None:
    nested = {"anyOf": [TEXT, ref("Either"), NULL]}
    assert said(nested, {"anyOf": flat}) == set()
    assert said({"anyOf": flat}, nested) == set()
    without_text = {"anyOf": [member for member in flat if member != TEXT]}
    assert said(nested, without_text) == in_both(removed="string")


def test_any_text_beside_known_ones_and_objects_stays_any_text() -> None:
    voices: Doc = {"anyOf": [TEXT, {"type": "string", "enum": ["alloy", "echo"]}]}
    assert said(voices, {"anyOf": [voices, ref("A")]}) == in_both(added="A")


def test_any_object_that_becomes_certain_ones_is_narrower() -> None:
    levels = {
        (change.rule, change.level)
        for change in diff(api({"type": "object"}), api({"anyOf": [ref("A"), ref("B")]})).changes
    }
    assert levels == {
        ("request-variant-removed", Level.BREAKING),
        ("response-variant-removed", Level.INFO),
    }


def model(name: str, **properties: Any) -> Doc:
    """A member of a union that is told apart by its model."""
    fields = {"model": {"type": "string", "const": name}, **properties}
    return {"type": "object", "properties": fields, "required": sorted(fields)}


def test_members_with_other_fixed_values_are_other_members() -> None:
    gen4, veo = model("gen4", text=TEXT), model("veo3", ratio=TEXT)
    hailuo, kling = model("hailuo3", ratio=TEXT), model("kling", ratio=TEXT)

    assert said({"oneOf": [gen4, veo]}, {"oneOf": [hailuo, gen4, kling]}) == (
        in_both(removed="model: veo3", added="model: hailuo3") | in_both(added="model: kling")
    )


def test_a_member_is_known_again_by_its_fixed_values_whatever_else_changed() -> None:
    old = {"oneOf": [model("gen4", text=TEXT), model("veo3", text=TEXT)]}
    new = {"oneOf": [model("veo3", text={"type": "integer"}), model("gen4", text=TEXT)]}
    assert {rule for rule, _ in said(old, new)} == {"request-type-changed", "response-type-changed"}


def test_a_member_that_tells_itself_apart_by_a_list_of_values_is_known_by_them() -> None:
    def models(*names: str) -> Doc:
        fields = {"model": {"type": "string", "enum": list(names)}, "text": TEXT}
        return {"type": "object", "properties": fields, "required": ["model"]}

    old = {"oneOf": [models("a", "b"), models("x", "y")]}
    new = {"oneOf": [models("x", "y", "z"), models("p", "q")]}
    rules = {rule for rule, _ in said(old, new)}
    assert "request-enum-value-added" in rules
    assert {"request-variant-removed", "request-variant-added"} <= rules
    assert "request-enum-value-removed" not in rules


def test_what_stands_beside_a_union_counts_when_it_is_written_into_its_members() -> None:
    identified: Doc = {"id": TEXT}
    beside: Doc = {"type": "object", "properties": identified, "required": ["id"], "oneOf": [A, B]}
    inside: Doc = {
        "oneOf": [
            {
                **each,
                "properties": each["properties"] | identified,
                "required": [*each["required"], "id"],
            }
            for each in (A, B)
        ]
    }
    assert said(beside, inside) == said(inside, beside) == set()


# References with something beside them


def test_members_that_only_need_other_properties_are_known_in_any_order() -> None:
    both = {"type": "object", "properties": {"a": TEXT, "b": TEXT}}
    either = [{"required": ["a"]}, {"required": ["b"]}]

    assert said(both | {"anyOf": either}, both | {"anyOf": either[::-1]}) == set()


def test_a_property_beside_a_reference_counts() -> None:
    extended = ref("A", properties={"url": TEXT}, required=["url"])
    changes = diff(api(ref("W"), W=extended), api(ref("W"), W=ref("A"))).changes
    assert ("response-required-property-removed", "200 error.url") in {
        (change.rule, change.place) for change in changes
    }


def test_a_reference_with_siblings_is_both_of_them_at_once() -> None:
    joined = {"allOf": [ref("A"), {"properties": {"url": TEXT}, "required": ["url"]}]}
    assert said(ref("A", properties={"url": TEXT}, required=["url"]), joined) == set()


# Laws

MEMBERS = st.lists(
    st.sampled_from(
        [TEXT, {"type": "integer"}, {"type": "array", "items": TEXT}, ref("A"), ref("B"), ref("C")]
    ),
    min_size=1,
    max_size=5,
    unique_by=str,
)


def _written(members: list[Doc], null: bool, data: st.DataObject) -> Doc:
    """Write a union in one of its many spellings."""
    members = data.draw(st.permutations(members))
    cut = data.draw(st.integers(0, len(members)))
    parts = list(members)
    keys = st.sampled_from(["anyOf", "oneOf"])
    if len(parts) - cut > 0 and data.draw(st.booleans()):
        parts = [*parts[:cut], {data.draw(keys): parts[cut:]}]
    if null:
        how = data.draw(st.sampled_from(["member", "nullable", "inside"]))
        if how == "member":
            parts.insert(data.draw(st.integers(0, len(parts))), NULL)
        elif how == "inside":
            parts[0] = {"anyOf": [NULL, parts[0]]}
        else:
            return {data.draw(keys): parts, "nullable": True}
    return {data.draw(keys): parts}


@settings(deadline=None, max_examples=100)
@given(MEMBERS, st.booleans(), st.data())
def test_a_union_in_another_spelling_is_no_change(
    members: list[Doc], null: bool, data: st.DataObject
) -> None:
    assert said(_written(members, null, data), _written(members, null, data)) == set()


@settings(deadline=None, max_examples=100)
@given(MEMBERS, MEMBERS, st.booleans(), st.data())
def test_what_comes_one_way_goes_the_other(
    old: list[Doc], new: list[Doc], null: bool, data: st.DataObject
) -> None:
    a, b = _written(old, null, data), _written(new, null, data)
    there, back = said(a, b), said(b, a)
    for rule, name in there:
        if "-variant-" in rule:
            opposite = (
                rule.replace("added", "x").replace("removed", "added").replace("x", "removed")
            )
            assert (opposite, name) in back


@pytest.mark.parametrize("null", [[], [NULL]], ids=["without null", "null in one of them"])
def test_two_unions_at_once_are_what_both_have(null: list[Doc]) -> None:
    both = {"anyOf": [ref("A"), ref("B"), *null], "oneOf": [ref("A"), ref("B")]}
    assert said({"oneOf": [ref("A"), ref("B")]}, both) == set()
    assert said({"anyOf": [ref("A"), ref("B"), ref("C")], "oneOf": [ref("A"), ref("B")]}, both) == (
        set()
    )
    nullable = {"anyOf": [ref("A"), ref("B"), NULL], "oneOf": [ref("A"), ref("B"), NULL]}
    assert said(both, nullable) == {
        ("request-became-nullable", ""),
        ("response-became-nullable", ""),
    }


def test_a_class_that_becomes_one_of_several_has_its_name_as_long_as_it_is_among_them() -> None:
    assert said(ref("A"), {"oneOf": [ref("A"), ref("B")]}) == in_both(added="B")
    renamed = diff(api(ref("Old"), Old=A), api({"oneOf": [ref("New"), ref("B")]}, New=A)).changes
    texts = {each.text for each in renamed if each.rule == "symbol-renamed"}
    assert texts == {"The generated class `Old` is `New` now."}
