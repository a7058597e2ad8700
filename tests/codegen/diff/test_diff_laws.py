"""What holds of a diff whatever the documents are."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import assume, given, settings, strategies as st
from polyreel.codegen.diff import Level, diff

Doc = dict[str, Any]

LAW = settings(deadline=None, max_examples=60)  # what is imported on first use takes its time

NAMES = st.sampled_from(["id", "title", "status", "size", "parent"])

SCALARS = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["string", ["string", "null"]])},
        optional={"maxLength": st.integers(1, 9), "format": st.sampled_from(["uri", "date"])},
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={"minimum": st.integers(-3, 3), "default": st.integers(0, 3)},
    ),
    st.fixed_dictionaries(
        {"enum": st.lists(st.sampled_from(["a", "b", "c", 1, True]), min_size=1, unique_by=repr)}
    ),
    st.sampled_from(["One", "Two"]).map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    st.sampled_from([{}, True, False]),
)


def _objects(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(NAMES, children, max_size=3)},
        optional={
            "required": st.lists(NAMES, unique=True, max_size=3),
            "additionalProperties": st.one_of(st.booleans(), children),
            "nullable": st.booleans(),
        },
    )


SCHEMAS = st.recursive(
    SCALARS,
    lambda children: st.one_of(
        _objects(children),
        st.builds(lambda items: {"type": "array", "items": items}, children),
        st.builds(
            lambda key, members: {key: members},
            st.sampled_from(["allOf", "anyOf", "oneOf"]),
            st.lists(children, min_size=1, max_size=3),
        ),
    ),
    max_leaves=6,
)


def document(sent: Any, returned: Any, **components: Any) -> Doc:
    """A document whose one operation takes a schema as its body and returns another one."""
    return {
        "openapi": "3.1.0",
        "paths": {
            "/things": {
                "post": {
                    "parameters": [
                        {"name": "filter", "in": "query", "schema": sent},
                        {"name": "X-Team", "in": "header", "schema": {"type": "string"}},
                    ],
                    "requestBody": {"content": {"application/json": {"schema": sent}}},
                    "responses": {"200": {"content": {"application/json": {"schema": returned}}}},
                }
            }
        },
        "components": {"schemas": components},
    }


DOCUMENTS = st.builds(document, SCHEMAS, SCHEMAS, One=SCHEMAS, Two=SCHEMAS).filter(
    lambda d: not any(_leads_to_itself(d, name) for name in ("One", "Two"))
)


def _leads_to_itself(document: Doc, name: str) -> bool:
    """Whether a component is nothing but a reference that leads back to it, which is no schema."""
    node, seen = {"$ref": f"#/components/schemas/{name}"}, 0
    while isinstance(node, dict) and "$ref" in node and seen < 3:
        node, seen = document["components"]["schemas"][node["$ref"].split("/")[-1]], seen + 1
    return seen == 3


def shuffled(node: Any, random: Any) -> Any:
    """The same document with every mapping and every list in another order."""
    if isinstance(node, dict):
        items = [(key, shuffled(value, random)) for key, value in node.items()]
        random.shuffle(items)
        return dict(items)
    if isinstance(node, list):
        items = [shuffled(item, random) for item in node]
        random.shuffle(items)
        return items
    return node


@LAW
@given(DOCUMENTS)
def test_nothing_changed_between_a_document_and_itself(doc):
    assert diff(doc, copy.deepcopy(doc)).changes == ()


@LAW
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_order_is_no_change(doc, random):
    facts = {(c.rule, c.place) for c in diff(doc, shuffled(doc, random)).changes}
    assert facts == set()


@LAW
@given(DOCUMENTS, DOCUMENTS)
def test_any_two_documents_can_be_compared(old, new):
    report = diff(old, new)
    assert sum(report.summary.values()) == len(report.changes)
    assert len(set(report.changes)) == len(report.changes)


def respelled(schema: Any, random: Any, components: Doc) -> Any:
    """Write a schema, and those in it, in other words that mean the same."""
    if schema is True or schema == {}:
        return random.choice([True, {}])
    if not isinstance(schema, dict):
        return schema
    new = {key: _below(key, value, random, components) for key, value in schema.items()}
    types = new.get("type")
    if isinstance(types, str) and random.random() < 0.3:
        new["type"] = [types]
    elif types == ["string", "null"] and random.random() < 0.5:
        new |= {"type": "string", "nullable": True}
    how = random.choice(["", "", "allOf", "anyOf", "oneOf", "described", "component"])
    if how == "described":
        return new | {"description": "In other words."}
    if how == "component":
        name = f"New{len(components)}"
        components[name] = new
        return {"$ref": f"#/components/schemas/{name}"}
    return {how: [new]} if how else new


def _below(key: str, value: Any, random: Any, components: Doc) -> Any:
    if key == "properties":
        return {name: respelled(each, random, components) for name, each in value.items()}
    if key in ("allOf", "anyOf", "oneOf"):
        return [respelled(each, random, components) for each in value]
    if key in ("items", "additionalProperties"):
        return respelled(value, random, components)
    return value


@LAW
@given(SCHEMAS, SCHEMAS, SCHEMAS, SCHEMAS, st.randoms(use_true_random=False))
def test_another_spelling_is_no_change(sent, returned, one, two, random):
    old = document(sent, returned, One=one, Two=two)
    assume(not any(_leads_to_itself(old, name) for name in ("One", "Two")))
    more: Doc = {}
    again = [respelled(schema, random, more) for schema in (sent, returned, one, two)]
    new = document(again[0], again[1], One=again[2], Two=again[3], **more)
    found = {
        change.rule for report in (diff(old, new), diff(new, old)) for change in report.changes
    }
    assert found <= {"symbol-renamed"}  # what became a component, or is none any more


# (a schema, a schema that allows more)
WIDENINGS = st.sampled_from(
    [
        ({"type": "integer"}, {"type": "number"}),
        ({"type": "string"}, {"type": ["string", "integer"]}),
        ({"type": "string"}, {}),
        ({"type": "string"}, {"type": ["string", "null"]}),
        ({"type": "string"}, {"type": "string", "nullable": True}),
        ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b", "a"]}),
        ({"type": "string", "enum": ["a", "b"]}, {"type": "string"}),
        ({"enum": ["a", "b"]}, {"type": "string", "x-extensible-enum": ["a", "b"]}),
        ({"type": "integer", "maximum": 5}, {"type": "integer", "maximum": 6}),
        ({"type": "integer", "maximum": 5}, {"type": "integer"}),
        ({"type": "number", "exclusiveMinimum": 0}, {"type": "number", "minimum": 0}),
        ({"type": "string", "minLength": 2}, {"type": "string", "minLength": 1}),
        ({"type": "array", "uniqueItems": True}, {"type": "array"}),
        ({"type": "integer", "multipleOf": 4}, {"type": "integer", "multipleOf": 2}),
        ({"type": "string", "format": "date"}, {"type": "string"}),
        ({"type": "integer", "format": "int32"}, {"type": "integer", "format": "int64"}),
        (
            {"type": "object", "properties": {"a": {}}, "required": ["a"]},
            {"type": "object", "properties": {"a": {}}},
        ),
        ({"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "object"}]}),
    ]
)

WRAPPERS = st.lists(
    st.sampled_from(
        [
            lambda s: ({"type": "object", "properties": {"p": s}}, ".p"),
            lambda s: ({"properties": {"p": s, "q": {"type": "string"}}}, ".p"),
            lambda s: ({"type": "array", "items": s}, "[]"),
            lambda s: ({"type": "object", "additionalProperties": s}, ".*"),
            lambda s: ({"allOf": [s]}, ""),
            lambda s: ({"allOf": [{"description": "One."}, s]}, ""),
            lambda s: (
                {"oneOf": [{"type": "object", "properties": {"p": s}}, {"type": "null"}]},
                ".p",
            ),
        ]
    ),
    max_size=4,
)


def wrapped(schema: Any, wrappers: list[Any]) -> tuple[Any, str]:
    place = ""
    for wrapper in wrappers:
        schema, step = wrapper(schema)
        place = step + place
    return schema, place


@LAW
@given(WIDENINGS, WRAPPERS, st.booleans())
def test_a_request_may_widen_and_not_narrow_and_a_response_the_reverse(pair, wrappers, shared):
    (narrow, place), (wide, _) = (wrapped(schema, wrappers) for schema in pair)

    def request(schema: Any) -> Doc:
        if shared:
            return document({"$ref": "#/components/schemas/One"}, {}, One=schema)
        return document(schema, {})

    def response(schema: Any) -> Doc:
        return document({}, schema)

    widened, narrowed = diff(request(narrow), request(wide)), diff(request(wide), request(narrow))
    assert not widened.reaches(Level.WARNING)
    assert narrowed.reaches(Level.BREAKING)
    widened, narrowed = (
        diff(response(narrow), response(wide)),
        diff(response(wide), response(narrow)),
    )
    assert not narrowed.reaches(Level.WARNING)
    assert widened.reaches(Level.WARNING)
    below = {change.place.removeprefix("200").strip() for change in widened.changes}
    assert all(found.startswith(place.removeprefix(".")) for found in below)


@LAW
@given(st.sampled_from(["query", "header", "cookie"]), st.booleans())
def test_a_parameter_that_came_as_optional_never_breaks(where, deprecated):
    old = document({}, {})
    new = copy.deepcopy(old)
    added = {"name": "extra", "in": where, "schema": {"type": "string"}, "deprecated": deprecated}
    new["paths"]["/things"]["post"]["parameters"].append(added)
    assert [c.level for c in diff(old, new).changes] == [Level.INFO]
    assert [c.level for c in diff(new, old).changes] == [Level.WARNING]
