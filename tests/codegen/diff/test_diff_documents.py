"""A diff of documents with recursion, deprecations, prose digests, or nonsense in them."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from polyreel.codegen.diff import Level, diff
from polyreel.errors import SpecError

Doc = dict[str, Any]


def listing(item: Any, **components: Any) -> Doc:
    """A document with one list operation."""
    response = {"type": "object", "properties": {"data": {"type": "array", "items": item}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reelhouse API", "version": "1"},
        "paths": {
            "/videos": {
                "get": {
                    "operationId": "listVideos",
                    "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
                    "responses": {"200": {"content": {"application/json": {"schema": response}}}},
                }
            }
        },
        "components": {"schemas": components},
    }


def get(doc: Doc) -> Doc:
    return doc["paths"]["/videos"]["get"]


def said(old: Doc, new: Doc, **options: Any) -> list[tuple[str, str]]:
    return [(c.rule, c.place) for c in diff(old, new, **options).changes]


def video(**properties: Any) -> Doc:
    return {"type": "object", "properties": properties}


REF = {"$ref": "#/components/schemas/Video"}


def test_a_schema_that_holds_itself_is_compared_once():
    old = listing(REF, Video=video(title={"type": "string"}, parent=REF, parts={"items": REF}))
    new = listing(REF, Video=video(title={"type": "integer"}, parent=REF, parts={"items": REF}))
    assert said(old, new) == [("response-type-changed", "200 data[].title")]


def test_a_format_that_goes_with_its_type_is_one_change():
    old = listing(video(rank={"type": "integer", "format": "int32"}))
    new = listing(video(rank={"type": "string"}))
    wider = listing(video(rank={"type": "number"}))
    assert said(old, new) == said(old, wider) == [("response-type-changed", "200 data[].rank")]


def test_two_schemas_that_hold_each_other_at_different_depths_end():
    old = listing(REF, Video=video(next=video(next=REF)))
    new = listing(REF, Video=video(next=video(next=video(next=REF, size={"type": "string"}))))
    assert ("response-property-added", "200 data[].next.next.size") in said(old, new)


def test_a_component_used_twice_in_an_operation_is_reported_once_nearest_to_the_root():
    shared = {"Video": video(url={"type": "string"})}
    old = listing(video(nested=REF, cover=REF), **shared)
    get(old)["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["first"] = (
        REF
    )
    new = {**old, "components": {"schemas": {"Video": video(url={"type": "integer"})}}}
    assert said(old, new) == [("response-type-changed", "200 first.url")]


def test_a_chain_of_thousands_of_schemas_is_walked_to_its_end():
    def chain(last: str) -> Doc:
        links = {
            f"S{n}": video(next={"$ref": f"#/components/schemas/S{n + 1}"}) for n in range(5_000)
        }
        return listing({"$ref": "#/components/schemas/S0"}, **links, S5000={"type": last})

    ((rule, place),) = said(chain("string"), chain("integer"))
    assert rule == "response-type-changed"
    assert place == "200 data[]" + ".next" * 5_000


def test_a_schema_that_takes_itself_over_ends():
    doc = listing(REF, Video={"allOf": [REF, video(title={"type": "string"})]})
    assert said(doc, listing(REF, Video={"allOf": [video(title={"type": "string"}), REF]})) == []


def test_members_of_a_union_are_known_again_when_their_sentences_change():
    def links(*sentences: str) -> Doc:
        patterns = ("^https:", "^data:", "^reel:")
        return {
            "anyOf": [
                {"type": "string", "pattern": pattern, "description": sentence}
                for pattern, sentence in zip(patterns, sentences, strict=True)
            ]
        }

    old = listing(links("A link.", "The data.", "An upload."))
    changed = listing(links("Any link.", "All data.", "Uploads."))
    get(changed)["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["data"][
        "items"
    ]["anyOf"].reverse()
    assert said(old, changed) == []


def test_renamed_components_are_named_as_the_generator_names_classes():
    old = listing(REF, Video=video(a={}))
    new = listing({"$ref": "#/components/schemas/video_item"}, video_item=video(a={}))
    (change,) = diff(old, new).changes
    assert (change.rule, change.place) == ("symbol-renamed", "200 data[]")
    assert "`Video` is `VideoItem` now" in change.text


def test_a_component_in_another_spelling_of_the_same_class_is_no_rename():
    old = listing({"$ref": "#/components/schemas/VideoItem"}, VideoItem=video(a={}))
    new = listing({"$ref": "#/components/schemas/video_item"}, video_item=video(a={}))
    assert said(old, new) == []


def test_an_operation_without_an_id_is_named_by_its_path():
    old, new = listing({}), listing({})
    get(new).pop("operationId")
    (change,) = diff(old, new).changes
    assert "`list_videos` is `get_videos` now" in change.text


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({}, "operation-removed"),
        ({"deprecated": True}, "operation-removed-after-deprecation"),
        ({"deprecated": True, "x-sunset": "2026-12-01"}, "operation-removed"),
        ({"deprecated": True, "x-sunset": "2026-11-01"}, "operation-removed-after-deprecation"),
        ({"x-sunset": "2026-09-24"}, "operation-removed-after-deprecation"),
    ],
)
def test_a_removal_is_judged_by_what_was_announced(facts, rule):
    old, new = listing({}), listing({})
    get(old).update(facts)
    new["paths"] = {}
    assert said(old, new, today=date(2026, 11, 1)) == [(rule, "")]


def test_the_end_of_the_whole_service_holds_for_each_operation():
    old, new = listing({}), listing({})
    old["info"]["x-sunset"] = new["info"]["x-sunset"] = "2026-09-24"
    new["paths"] = {}
    expected = [("operation-removed-after-deprecation", "")]
    assert said(old, new, today=date(2026, 11, 1)) == expected


def test_a_default_of_1_that_becomes_a_count_from_0_moves_every_page():
    old, new = listing({}), listing({})
    get(old)["parameters"][0]["schema"]["default"] = 1
    get(new)["parameters"][0]["schema"]["default"] = 0
    get(new)["parameters"][0]["x-index-base"] = 0
    assert said(old, new) == [
        ("index-base-changed", "query page"),
        ("pagination-touched", "query page"),
        ("request-default-changed", "query page"),
    ]


def test_what_people_read_in_a_condition_is_no_change_of_it():
    def point(field="title", **more):
        members = [{"type": "number", **more}, {"properties": {field: {"type": "string"}}}]
        return listing(video(at={"type": "array", "prefixItems": members}))

    assert not diff(point(), point(title="X", description="Across.")).changes
    changed = [("response-constraint-changed", "200 data[].at")]
    assert said(point(), point(minimum=0)) == changed
    assert said(point(), point("description")) == changed  # a field's name, and no prose


def test_a_value_and_the_text_of_it_are_told_apart():
    old, new = (listing(video(silent={"type": "boolean", "default": d})) for d in ("false", False))
    [change] = diff(old, new).changes
    assert change.text == 'The default changed from `"false"` to `false`.'

    old, new = (listing(video(take={"enum": [1, last]})) for last in (2, "1"))
    texts = {change.text for change in diff(old, new).changes}
    assert 'May come too: `"1"`.' in texts


def test_a_name_that_the_overlay_pages_by_is_paging():
    old, new = listing({}), listing({})
    for doc in (old, new):
        get(doc)["x-polyreel"] = {"role": "list", "paging": {"parameter": "chunk"}}
    get(new)["parameters"].append({"name": "chunk", "in": "query", "schema": {"type": "string"}})
    assert ("pagination-touched", "query chunk") in said(old, new)


def test_a_class_that_is_called_otherwise_is_no_paging():
    order, old, new = {"type": "string", "enum": ["up", "down"]}, listing(video()), listing(video())
    for doc, name in ((old, "Order"), (new, "Direction")):
        schema = {"$ref": f"#/components/schemas/{name}"}
        get(doc)["parameters"].append({"name": "order", "in": "query", "schema": schema})
        doc["components"]["schemas"] = {name: order}
    assert said(old, new) == [("symbol-renamed", "query order")]


def test_a_parameter_named_like_a_page_is_none_where_no_list_is_returned():
    old, new = (listing({}) for _ in range(2))
    for doc in (old, new):
        get(doc)["responses"] = {"200": {"content": {"application/json": {"schema": video(id={})}}}}
    get(new)["parameters"] = []
    assert said(old, new) == [("parameter-removed", "query page")]


# Prose digests


def test_a_sentence_that_changed_is_to_be_read():
    doc = listing(video(status={"type": "string"}))
    old = {"GET /videos": "a", "GET /videos query page": "b", "GET /videos 200 data[].status": "c"}
    new = {**old, "GET /videos query page": "B", "GET /videos 200 data[].status": "C"}
    expected = [
        ("description-changed", "200 data[].status"),
        ("description-changed", "query page"),
    ]
    assert said(doc, doc, prose_old=old, prose_new=new) == expected
    assert said(doc, doc, prose_old=old, prose_new=old) == []


def test_sentences_of_what_is_new_or_gone_as_a_whole_are_not_reported():
    old = listing(video(status={"type": "string"}))
    new = listing(video(error=video(code={"type": "string"})))
    new["paths"]["/voices"] = {"get": {"responses": {}}}
    before = {"GET /videos 200 data[].status": "a"}
    after = {"GET /videos 200 data[].error.code": "b", "GET /voices": "c"}
    rules = {rule for rule, _ in said(old, new, prose_old=before, prose_new=after)}
    assert "description-changed" not in rules


def test_a_sentence_that_came_to_what_was_there_is_reported():
    doc = listing({})
    (change,) = diff(doc, doc, prose_old={}, prose_new={"GET /videos query page": "a"}).changes
    assert (change.operation, change.place) == ("GET /videos", "query page")
    assert "is new" in change.text


def test_sentences_follow_an_operation_whose_path_parameter_is_renamed():
    def one(name: str) -> Doc:
        doc = listing({})
        doc["paths"] = {
            f"/videos/{{{name}}}": {"get": {"operationId": "getVideo", "responses": {}}}
        }
        return doc

    expected = [("symbol-renamed", "path video_id")]
    before, after = {"GET /videos/{id}": "a"}, {"GET /videos/{video_id}": "a"}
    assert said(one("id"), one("video_id"), prose_old=before, prose_new=after) == expected


# Documents from elsewhere


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"swagger": "2.0", "paths": {}},
        {"openapi": "3.1.0", "paths": []},
        {"openapi": "3.1.0", "paths": {"/a": 1}},
        {"openapi": "3.1.0", "paths": {"/a": {"get": []}}},
        {"openapi": "3.1.0", "paths": {}, "servers": {}},
        {"openapi": "3.1.0", "paths": {}, "components": []},
    ],
)
def test_a_broken_document_is_refused_with_a_reason(broken):
    with pytest.raises(SpecError):
        diff(listing({"type": "string"}), broken)


UNREADABLE = [
    {"openapi": "3.1.0", "paths": {"/videos": {"get": {"parameters": {}}}}},
    {"openapi": "3.1.0", "paths": {"/videos": {"get": {"parameters": [1]}}}},
    {"openapi": "3.1.0", "paths": {"/videos": {"get": {"responses": []}}}},
    {"openapi": "3.1.0", "paths": {"/videos": {"get": {"responses": {"200": 1}}}}},
    listing({"$ref": "other.yaml#/Video"}),
    listing({"$ref": "#/components/schemas/Missing"}),
    listing({"$ref": "#/components/schemas/A"}, A={"$ref": "#/components/schemas/A"}),
    listing("string"),
    listing({"properties": []}),
    listing({"x-unreadable": "the YAML tag '!film' isn't allowed"}),
]


@pytest.mark.parametrize("broken", UNREADABLE)
def test_a_bad_spot_that_is_new_is_breaking_and_hides_nothing_else(broken):
    old = listing({"type": "string"})
    for document in (old, broken := copy.deepcopy(broken)):
        document["paths"]["/films"] = {"get": {"responses": {"200": {"description": "OK"}}}}
    broken["paths"]["/films"]["get"]["deprecated"] = True

    found = {(c.rule, c.operation) for c in diff(old, broken).changes}

    assert ("new-unreadable", "GET /videos") in found
    assert ("operation-deprecated", "GET /films") in found


@pytest.mark.parametrize("broken", UNREADABLE)
def test_a_bad_spot_that_was_there_before_is_named_and_breaks_nothing(broken):
    report = diff(broken, copy.deepcopy(broken))
    assert {c.rule for c in report.changes} == {"old-unreadable"}
    assert not report.reaches(Level.BREAKING)


def test_what_stands_beside_a_bad_property_is_compared():
    def film(**properties: Any) -> Any:
        return listing(
            {
                "type": "object",
                "properties": {"file": {"properties": {"$ref": "#/elsewhere"}}, **properties},
            }
        )

    report = diff(film(url={"type": "string"}), film(url={"type": "integer"}))

    found = {(c.rule, c.place.rpartition(".")[2]) for c in report.changes}
    assert ("old-unreadable", "$ref") in found
    assert ("response-type-changed", "url") in found


@pytest.mark.parametrize(
    "odd",
    [
        {"type": 5},
        {"type": ["string", 5]},
        {"enum": "ab"},
        {"enum": [{"b": 1}, [2], None]},
        {"required": "a"},
        {"minimum": "3", "maxLength": True},
        {"minimum": 10**400},
        {"multipleOf": 0},
        {"format": 1, "pattern": [], "default": {"a": [None]}},
        {"anyOf": {}},
        {"anyOf": [{"type": "null"}]},
        {"additionalProperties": None, "items": None},
        {"allOf": [False, True]},
        {"const": None},
    ],
)
def test_what_makes_no_sense_in_a_schema_is_no_reason_to_fail(odd):
    diff(listing({"type": "string"}), listing(odd))
    diff(listing(odd), listing({"type": "string", "minimum": 1, "multipleOf": 2}))


def test_no_text_of_a_spec_acts_in_a_report():
    old = listing({"type": "string", "default": "a"})
    new = listing({"type": "string", "default": "`{x}` \x1b[31m\u202e" + "long " * 99})
    (change,) = diff(old, new).changes
    assert change.text.count("`") == 4
    assert change.text.isprintable()
    assert len(change.text) < 200
