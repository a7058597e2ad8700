"""A change that takes away what a plugin uses is breaking, whatever other callers may think of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from polyreel.codegen.diff import Level, Report, diff
from polyreel.codegen.generating.overlay import Overlay, parse_overlay
from polyreel.openapi.documents import load_yaml

Doc = dict[str, Any]

SPEC = """
openapi: 3.1.0
paths:
  /videos:
    get:
      operationId: listVideos
      deprecated: true
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: folder, in: query, schema: {type: string}}
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                properties:
                  result:
                    type: object
                    properties:
                      data: {type: array, items: {$ref: '#/components/schemas/Video'}}
                  has_more: {type: boolean}
                  took: {type: number}
  /videos/{id}:
    get:
      operationId: getVideo
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Video'}}}}
components:
  schemas:
    Video: {type: object, properties: {video_id: {type: string}, title: {type: string}}}
"""

OVERLAY = """
overlay: 1.0.0
info: {title: Ours, version: 1.0.0}
actions:
  - target: $.paths['/videos'].get
    description: How it is read.
    update:
      x-polyreel:
        {kind: videos, role: list, items: result.data, id: video_id,
         paging: {style: page, parameter: page, size: limit, more: has_more}}
  - target: $.paths['/videos/{id}'].get
    description: How it is read.
    update: {x-polyreel: {kind: videos, role: get}}
  - target: $.components.schemas.Video.properties.title
    description: A sample.
    update: {x-polyreel-sample: [A reel]}
"""


def spec() -> Doc:
    return load_yaml(SPEC, where="the spec")


def overlay(text: str = OVERLAY) -> Overlay:
    return parse_overlay(load_yaml(text, where="overlay.yaml"), where="overlay.yaml")


def listing(doc: Doc) -> Doc:
    return doc["paths"]["/videos"]["get"]


def body(doc: Doc) -> Doc:
    return listing(doc)["responses"]["200"]["content"]["application/json"]["schema"]["properties"]


def drop(doc: Doc, name: str) -> None:
    parameters = listing(doc)["parameters"]
    parameters[:] = [each for each in parameters if each["name"] != name]


def rename_page(doc: Doc) -> None:
    listing(doc)["parameters"][0]["name"] = "offset"


def ours(report: Report) -> set[tuple[str, str]]:
    return {
        (change.operation, change.place)
        for change in report.changes
        if "the plugin reads this" in change.text
    }


LIST, GET = "GET /videos", "GET /videos/{id}"


@pytest.mark.parametrize(
    ("change", "places"),
    [
        (rename_page, {(LIST, "query page")}),
        (lambda doc: drop(doc, "limit"), {(LIST, "query limit")}),
        (
            lambda doc: doc["components"]["schemas"]["Video"]["properties"].pop("video_id"),
            {(LIST, "200 result.data[].video_id"), (GET, "200 video_id")},
        ),
        (lambda doc: body(doc).pop("has_more"), {(LIST, "200 has_more")}),
        (lambda doc: body(doc)["result"]["properties"].pop("data"), {(LIST, "200 result.data")}),
        (lambda doc: body(doc).pop("result"), {(LIST, "200 result")}),
        (lambda doc: doc["paths"].pop("/videos"), {(LIST, "")}),
        (
            lambda doc: listing(doc)["parameters"][0].update({"in": "header"}),
            {(LIST, "header page")},
        ),
    ],
)
def test_what_an_annotation_names_is_missed(
    change: Callable[[Doc], Any], places: set[tuple[str, str]]
) -> None:
    new = spec()
    change(new)
    report = diff(spec(), new, overlay=overlay())
    assert ours(report) == places
    levels = {
        c.level for c in report.changes if (c.operation, c.place) in places and "reads" in c.text
    }
    assert levels == {Level.BREAKING}


def test_the_old_documents_own_annotations_count_without_an_overlay() -> None:
    old = spec()
    listing(old)["x-polyreel"] = {
        "kind": "videos",
        "role": "list",
        "items": "result.data",
        "id": "video_id",
        "paging": {"style": "page", "parameter": "page"},
    }
    new = spec()
    rename_page(new)
    assert ours(diff(old, new)) == {(LIST, "query page")}
    assert ours(diff(spec(), new)) == set()


@pytest.mark.parametrize(
    "change",
    [
        lambda doc: drop(doc, "folder"),
        lambda doc: body(doc).pop("took"),
        lambda doc: listing(doc)["parameters"][0]["schema"].update(default=1),
        lambda doc: listing(doc).update(deprecated=False),
    ],
)
def test_what_the_plugin_does_not_use_stays_what_the_rules_say(
    change: Callable[[Doc], Any],
) -> None:
    new = spec()
    change(new)
    report = diff(spec(), new, overlay=overlay())
    assert report.changes == diff(spec(), new).changes
    assert not report.reaches(Level.BREAKING)


def test_a_field_is_missed_also_where_the_item_is_written_as_a_union_now() -> None:
    new = spec()
    only_title = {"type": "object", "properties": {"title": {"type": "string"}}}
    new["components"]["schemas"]["Video"] = {"oneOf": [only_title]}
    places = ours(diff(spec(), new, overlay=overlay()))
    assert places == {(LIST, "200 result.data[].video_id"), (GET, "200 video_id")}


def test_a_renamed_path_parameter_is_not_what_the_plugin_loses() -> None:
    new = spec()
    new["paths"]["/videos/{video_id}"] = new["paths"].pop("/videos/{id}")
    new["paths"]["/videos/{video_id}"]["get"]["parameters"][0]["name"] = "video_id"
    report = diff(spec(), new, overlay=overlay())
    assert ours(report) == set()
    assert {c.rule for c in report.changes} == {"symbol-renamed", "overlay-action-unfit"}


def test_each_action_of_the_overlay_that_no_longer_fits_is_breaking() -> None:
    new = spec()
    new["paths"]["/films"] = new["paths"].pop("/videos")
    del new["components"]["schemas"]["Video"]["properties"]["title"]
    changes = [
        c for c in diff(spec(), new, overlay=overlay()).changes if c.rule == "overlay-action-unfit"
    ]
    assert [(c.level, c.operation, c.place) for c in changes] == [
        (Level.BREAKING, "*", "overlay action 1"),
        (Level.BREAKING, "*", "overlay action 3"),
    ]
    assert "$['paths'] (with /films, /videos/{id})" in changes[0].text
    assert "$['components']['schemas']['Video']['properties']" in changes[1].text


def test_an_action_that_adds_what_upstream_documents_now_is_breaking() -> None:
    added = """
  - target: $.paths['/videos'].get.parameters
    description: Not documented, yet read.
    update: {name: sort, in: query, schema: {type: string}}
"""
    new = spec()
    listing(new)["parameters"].append({"name": "sort", "in": "query", "schema": {"type": "string"}})
    report = diff(spec(), new, overlay=overlay(OVERLAY + added))
    assert ("overlay-action-unfit", "overlay action 4") in {
        (c.rule, c.place) for c in report.changes
    }


def test_what_the_overlay_itself_adds_is_not_missed_upstream() -> None:
    added = """
  - target: $.components.schemas.Video.properties
    description: Not documented, yet there.
    update: {video_id: {type: string}}
"""
    old = spec()
    del old["components"]["schemas"]["Video"]["properties"]["video_id"]
    assert diff(old, copy.deepcopy(old), overlay=overlay(OVERLAY + added)).changes == ()


def test_an_action_that_never_fitted_is_no_change() -> None:
    old = spec()
    del old["components"]["schemas"]["Video"]["properties"]["title"]
    assert diff(old, copy.deepcopy(old), overlay=overlay()).changes == ()
