"""Overlays: what each action changes, and what is refused because it can't be meant."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from polyreel.codegen.generating.apply_overlay import apply_overlay
from polyreel.codegen.generating.overlay import actions_of, load_overlay, parse_overlay
from polyreel.errors import SpecError

SPEC: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Reels", "version": "1"},
    "paths": {
        "/reels": {
            "get": {
                "operationId": "listReels",
                "parameters": [
                    {"name": "page", "in": "query", "schema": {"type": "integer", "default": 1}},
                    {"name": "size", "in": "query", "schema": {"type": "integer"}},
                ],
            }
        },
        "/reels/{id}": {"get": {"operationId": "getReel", "tags": ["Reels"]}},
    },
}


def applied(*actions: dict[str, Any], document: dict[str, Any] = SPEC, **fields: Any) -> Any:
    raw = {
        "overlay": "1.0.0",
        "info": {"title": "ours", "version": "1"},
        "actions": [{"description": "seen there, 2026-11-21"} | action for action in actions],
    }
    return apply_overlay(document, parse_overlay(raw | fields, where="overlay.yaml"))


def refusal(*actions: dict[str, Any], **fields: Any) -> str:
    with pytest.raises(SpecError) as caught:
        applied(*actions, **fields)
    return str(caught.value)


def test_an_update_merges_into_an_object_key_by_key():
    result = applied(
        {"target": "$.info", "update": {"version": "2", "license": {"name": "MIT"}}},
        {"target": "$.info", "update": {"license": {"url": "https://example.org"}}},
    )
    assert result["info"] == {
        "title": "Reels",
        "version": "2",
        "license": {"name": "MIT", "url": "https://example.org"},
    }


def test_arrays_inside_an_update_are_added_to_the_arrays_there():
    result = applied({"target": "$.paths['/reels/{id}'].get", "update": {"tags": ["Films"]}})
    assert result["paths"]["/reels/{id}"]["get"]["tags"] == ["Reels", "Films"]


@pytest.mark.parametrize("update", [{"name": "sort"}, [{"name": "sort"}]])
def test_a_selected_array_gets_the_update_appended(update):
    result = applied({"target": "$.paths['/reels'].get.parameters", "update": update})
    names = [parameter["name"] for parameter in result["paths"]["/reels"]["get"]["parameters"]]
    assert names == ["page", "size", "sort"]


def test_a_value_takes_the_place_of_one_of_another_shape():
    result = applied({"target": "$.info", "update": {"title": {"en": "Reels"}, "version": None}})
    assert result["info"] == {"title": {"en": "Reels"}, "version": None}


def test_one_action_changes_all_that_its_target_selects():
    result = applied({"target": "$.paths.*.get", "update": {"deprecated": True}})
    assert all(item["get"]["deprecated"] for item in result["paths"].values())


def test_a_filter_selects_items_of_an_array_by_what_they_hold():
    result = applied(
        {"target": "$..parameters[?@.name == 'page']", "update": {"schema": {"default": 0}}}
    )
    page, size = result["paths"]["/reels"]["get"]["parameters"]
    assert page["schema"] == {"type": "integer", "default": 0}
    assert size["schema"] == {"type": "integer"}


def test_the_whole_document_can_be_updated():
    assert applied({"target": "$", "update": {"x-ours": 1}}) == SPEC | {"x-ours": 1}


def test_remove_takes_away_everything_selected_at_once():
    result = applied({"target": "$.paths['/reels'].get.parameters[*]", "remove": True})
    assert result["paths"]["/reels"]["get"]["parameters"] == []


def test_remove_reaches_nested_matches_without_losing_its_way():
    document = {"a": {"b": {"b": {}}, "list": [{"b": {}}, {}]}}
    assert applied({"target": "$..b", "remove": True}, document=document) == {
        "a": {"list": [{}, {}]}
    }


def test_remove_false_removes_nothing():
    result = applied({"target": "$.info", "remove": False, "update": {"version": "2"}})
    assert result["info"] == {"title": "Reels", "version": "2"}


def test_update_has_no_effect_beside_remove():
    result = applied({"target": "$.paths['/reels']", "remove": True, "update": {"get": {}}})
    assert list(result["paths"]) == ["/reels/{id}"]


def test_actions_see_what_those_before_them_did():
    result = applied(
        {"target": "$.paths['/reels']", "remove": True},
        {"target": "$.paths", "update": {"/reels": {"post": {}}}},
        {"target": "$.paths['/reels'].post", "update": {"tags": ["new"]}},
    )
    assert result["paths"]["/reels"] == {"post": {"tags": ["new"]}}


@pytest.mark.parametrize("target", ["$", "$.info", "$.paths.*", "$..parameters"])
def test_neither_the_document_nor_the_overlay_is_changed(target):
    before, update = copy.deepcopy(SPEC), {"x-list": [1]}
    first = applied({"target": target, "update": update}, {"target": target, "update": update})
    assert before == SPEC
    assert update == {"x-list": [1]}
    first["paths"]["/reels"]["get"]["parameters"].clear()
    assert before == SPEC


def test_a_target_that_selects_nothing_is_an_error_that_names_the_nearest_path():
    message = refusal({"target": "$.paths['/reelz'].get", "update": {}})
    assert "selects nothing" in message
    assert "$['paths'] (with /reels, /reels/{id})" in message
    assert "Did you mean '/reels'?" in message
    assert "delete the action" in message


def test_a_filter_that_selects_nothing_names_the_array_it_looked_into():
    message = refusal(
        {"target": "$.paths['/reels'].get.parameters[?@.name == 'offset']", "update": {}}
    )
    assert "$['paths']['/reels']['get']['parameters']" in message


@pytest.mark.parametrize("description", [None, "", "  "])
def test_an_action_without_a_reason_is_refused(description):
    action = {"target": "$.info", "update": {}}
    raw = {
        "overlay": "1.0.0",
        "info": {"title": "ours", "version": "1"},
        "actions": [action if description is None else action | {"description": description}],
    }
    with pytest.raises(SpecError, match=r"action 1 \(\$\.info\): gives no reason"):
        parse_overlay(raw, where="overlay.yaml")


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"target": "$.info[", "update": {}}, "no RFC 9535 query"),
        ({"target": "info", "update": {}}, "no RFC 9535 query"),
        ({"target": "$.paths.~", "update": {}}, "no RFC 9535 query"),
        ({"target": "$.info.title", "update": {}}, "name what holds the value"),
        ({"target": "$.info", "update": ["x"]}, "'update' has to be a mapping"),
        ({"target": "$", "remove": True}, "would remove the whole document"),
        ({"target": "$.info"}, "needs an 'update' or 'remove: true'"),
        ({"update": {}}, "has no target"),
        ({"target": "$.info", "remove": "yes"}, "'remove' has to be a true or false"),
        ({"target": "$.info", "updates": {}}, "did you mean 'update'?"),
    ],
)
def test_an_action_that_cannot_be_meant_is_refused(action, words):
    assert words in refusal(action)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"overlay": "2.0.0"}, "version 1.0.x"),
        ({"overlay": 1.0}, "'overlay' has to be a text"),
        ({"info": {"title": "ours"}}, "title and a version"),
        ({"actions": []}, "at least one action"),
        ({"actions": ["$"]}, "action 1: has to be a mapping"),
        ({"extend": "x"}, "did you mean 'extends'?"),
    ],
)
def test_a_malformed_overlay_is_refused(fields, words):
    raw = {
        "overlay": "1.0.0",
        "info": {"title": "ours", "version": "1"},
        "actions": [{"target": "$.info", "description": "why", "update": {}}],
    }
    with pytest.raises(SpecError) as caught:
        parse_overlay(raw | fields, where="overlay.yaml")
    assert words in str(caught.value)


@pytest.mark.parametrize("extends", ["openapi.yaml", "./openapi.yaml"])
def test_extends_may_name_the_spec_beside_the_overlay(extends):
    assert applied({"target": "$.info", "update": {}}, extends=extends) == SPEC


@pytest.mark.parametrize("extends", ["../other/openapi.yaml", "https://example.org/openapi.yaml"])
def test_an_overlay_for_another_spec_is_refused(extends):
    assert "lies beside" in refusal({"target": "$.info", "update": {}}, extends=extends)


def test_fields_of_ones_own_are_allowed_everywhere():
    action = {"target": "$.info", "update": {}, "x-reviewed": "2026-11-21"}
    assert applied(action, **{"x-team": "ours"}) == SPEC


def test_the_actions_of_a_file_come_with_their_reasons(tmp_path: Path):
    path = tmp_path / "overlay.yaml"
    assert actions_of(path) == ()
    path.write_text(
        "overlay: 1.0.0\ninfo: {title: ours, version: 1.0.0}\nactions:\n"
        "  - target: $.info\n    description: The page says so.\n    update: {version: '2'}\n",
        encoding="utf-8",
    )
    assert [(action.target, action.reason) for action in actions_of(path)] == [
        ("$.info", "The page says so.")
    ]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    path = tmp_path / "overlay.yaml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SpecError, match=r"overlay\.yaml"):
        load_overlay(path)


def test_all_actions_that_do_not_fit_are_named_at_once():
    message = refusal(
        {"target": "$.paths['/reelz'].get", "update": {"x-a": 1}},
        {"target": "$.info", "update": {"version": "2"}},
        {"target": "$.paths['/reels'].get.parameters[?@.name == 'offset']", "update": {}},
    )
    first, second = message.splitlines()
    assert first.startswith("overlay.yaml, action 1 ($.paths['/reelz'].get): selects nothing.")
    assert "Did you mean '/reels'?" in first
    assert second.startswith("overlay.yaml, action 3 (")


@pytest.mark.parametrize(
    ("target", "update", "what", "where"),
    [
        (
            "$.paths['/reels'].get.parameters",
            {"name": "page", "in": "query", "schema": {"type": "string"}},
            "the query parameter 'page'",
            "$['paths']['/reels']['get']['parameters'][0]",
        ),
        (
            "$.paths['/reels'].get",
            {"parameters": [{"name": "sort", "in": "query"}, {"name": "size", "in": "query"}]},
            "the query parameter 'size'",
            "$['paths']['/reels']['get']['parameters'][1]",
        ),
        ("$.paths['/reels/{id}'].get", {"tags": ["Reels"]}, '"Reels"', "['get']['tags'][0]"),
    ],
)
def test_an_action_that_adds_what_upstream_documents_itself_is_named_with_both_places(
    target, update, what, where
):
    message = refusal({"target": target, "update": update})
    assert message.startswith(f"overlay.yaml, action 1 ({target}): adds {what}")
    assert "openapi.yaml has already, at $" in message
    assert f"{where}." in message
