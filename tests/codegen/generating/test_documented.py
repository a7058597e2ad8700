"""What the sandbox serves: the documentation with what an overlay adds, never what it changes."""

from __future__ import annotations

from hypothesis import given, strategies as st
from polyreel.codegen.generating.documented import documented
from polyreel.codegen.generating.overlay import parse_overlay

DOCUMENT = {
    "paths": {
        "/a": {"get": {"parameters": [{"name": "v", "in": "header"}], "responses": {"200": {}}}}
    },
    "components": {
        "schemas": {
            "A": {"type": "object", "properties": {"id": {"type": "string"}}},
            "Free": {"description": "Anything"},
        }
    },
}


def served(*actions):
    raw = [{"description": "because", **action} for action in actions]
    overlay = {"overlay": "1.0.0", "info": {"title": "o", "version": "1"}, "actions": raw}
    return documented(DOCUMENT, parse_overlay(overlay, where="here"))


def test_what_is_removed_stays():
    target = "$.paths['/a'].get.parameters[?@.name == 'v']"
    assert served({"target": target, "remove": True}) == DOCUMENT


def test_a_type_that_is_replaced_stays_as_documented():
    assert served(
        {"target": "$.components.schemas.A.properties.id", "update": {"type": "integer"}},
        {"target": "$.components.schemas.A", "update": {"$ref": "#/components/schemas/B"}},
    ) == DOCUMENT  # fmt: skip


def test_what_was_removed_and_put_back_otherwise_stays_as_documented():
    assert served(
        {"target": "$.components.schemas.A.properties.id", "remove": True},
        {"target": "$.components.schemas.A.properties", "update": {"id": {"type": "integer"}}},
        {
            "target": "$.paths['/a'].get.parameters",
            "update": {"name": "v", "in": "header", "schema": {"type": "integer"}},
        },
    ) == DOCUMENT  # fmt: skip


def test_a_component_of_the_same_name_is_not_mixed_with_what_it_replaces():
    assert served(
        {"target": "$.components.schemas.A", "remove": True},
        {
            "target": "$.components.schemas",
            "update": {"A": {"type": "object", "properties": {"other": {"type": "string"}}}},
        },
    ) == DOCUMENT  # fmt: skip


def test_a_reference_stays_alone():
    before = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}
    raw = {"target": "$.B.properties.a", "description": "because", "update": {"type": "object"}}
    info = {"title": "o", "version": "1"}
    overlay = parse_overlay({"overlay": "1.0.0", "info": info, "actions": [raw]}, where="here")
    assert documented({"B": before}, overlay) == {"B": before}


def test_what_is_added_is_there():
    found = served(
        {"target": "$.paths['/a'].get", "update": {"x-polyreel": {"role": "get"}}},
        {"target": "$.components.schemas.A.properties", "update": {"url": {"type": "string"}}},
        {"target": "$.components.schemas.Free", "update": {"anyOf": [{"type": "string"}]}},
        {"target": "$.paths", "update": {"/b": {"get": {}}}},
    )
    assert found["paths"]["/a"]["get"]["x-polyreel"] == {"role": "get"}
    assert found["components"]["schemas"]["A"]["properties"].keys() == {"id", "url"}
    assert found["components"]["schemas"]["Free"]["anyOf"] == [{"type": "string"}]
    assert "/b" in found["paths"]


def test_an_action_on_what_only_the_overlay_made_changes_nothing():
    assert served({"target": "$.components.schemas.B", "update": {"type": "object"}}) == DOCUMENT


values = st.recursive(
    st.sampled_from(["string", "object", 1, True, None]),
    lambda inner: st.dictionaries(
        st.sampled_from(["type", "properties", "id", "$ref", "x-new"]), inner, max_size=3
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["type", "properties", "x-new", "$ref"]), values))
def test_whatever_an_update_says_nothing_documented_changes(update):
    target = {"target": "$.components.schemas.A", "update": update}
    assert_kept(DOCUMENT, served(target))


def assert_kept(before, after):
    if isinstance(before, dict):
        assert before.keys() <= after.keys()
        for key, value in before.items():
            assert_kept(value, after[key])
    else:
        assert after == before
