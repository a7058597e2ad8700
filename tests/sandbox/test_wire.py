"""Each installed provider's sandbox is true to the strict spec that its client package holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from polyreel import sandbox
from polyreel.models import Status
from polyreel.registry import Registry
from polyreel.sandbox import Sandbox, served_spec as specs
from polyreel.sandbox.fixture_items import COUNTS, FixtureItems
from polyreel.sandbox.object_forms import fields
from polyreel.sandbox.served_spec import ServedOperation, Spec
from polyreel.testing import response_items

SPECS = [specs.load(provider) for provider in Registry().providers()]
NAMES = [spec.provider.name for spec in SPECS]
OPERATIONS = [(spec, one) for spec in SPECS for one in spec.operations]
LISTS = [(spec, one) for spec, one in OPERATIONS if one.role == "list"]


def where(value: object) -> str | None:
    if isinstance(value, Spec):
        return value.provider.name
    return value.path if isinstance(value, ServedOperation) else None


every_operation = pytest.mark.parametrize(("spec", "operation"), OPERATIONS, ids=where)
every_list = pytest.mark.parametrize(("spec", "operation"), LISTS, ids=where)
every_get = pytest.mark.parametrize(
    ("spec", "operation"), [pair for pair in OPERATIONS if pair[1].role == "get"], ids=where
)


def problems(spec: Spec, schema: dict[str, Any], body: Any) -> list[str]:
    """Hold a body against a schema of the document as it stands, with nothing of it opened."""
    whole = {**schema, "components": spec.document["components"]}
    found = OAS31Validator(whole).iter_errors(body)
    return [f"{error.json_path}: {error.message}" for error in found]


def address(box: Sandbox, spec: Spec, operation: ServedOperation, id: str = "") -> str:
    path = operation.path
    if "{" in path:
        path = path[: path.index("{")] + id + path[path.index("}") + 1 :]
    return box.origin + spec.route(operation).replace(operation.path, path)


def pages(
    client: httpx.Client, box: Sandbox, spec: Spec, operation: ServedOperation, **query: Any
) -> Iterator[dict[str, Any]]:
    """Read a whole list in its own way, held against the schema page by page."""
    paging = operation.paging
    url, count = address(box, spec, operation), 0
    if paging and paging.size in operation.required:
        query = {paging.size: paging.default_size, **query}
    while True:
        response = client.get(url, params=query)
        assert response.status_code == 200, response.text
        body = response.json()
        assert problems(spec, operation.schema, body) == []
        yield body
        count += len(rows(operation, body))
        then = following(operation, body, count)
        if then is None:
            return
        if paging.style == "next_url":
            url, query = then, {}
        else:
            query[paging.parameter] = then


def at(body: Any, path: str) -> Any:
    """Return what a dotted path leads to."""
    for key in path.split("."):
        body = body[key]
    return body


def following(operation: ServedOperation, body: Any, count: int) -> Any:
    """Return what a client of the list's style asks for next, after so many items; None at the end."""
    paging = operation.paging
    if paging is None:
        return None
    if paging.style == "last_id":
        return body[paging.last_id] if body[paging.more] else None
    if paging.style == "page":
        here = len(rows(operation, body))
        if paging.total is None and not here:
            return None
        ends = paging.total is not None and count >= at(body, paging.total)
        return None if ends else paging.first + count // here
    if paging.style == "offset" and paging.more:
        return count if body[paging.more] else None
    return body.get(paging.next)


def ids(spec: Spec, operation: ServedOperation) -> list[str]:
    return [one.id for one in FixtureItems.of(spec, COUNTS).items(operation.belongs_to)]


def documented(operation: ServedOperation, status: int) -> dict[str, Any]:
    schema = operation.response(str(status)) or operation.response("default")
    return schema or {"type": "object"}  # not every provider documents its errors


def rows(operation: ServedOperation, body: Any) -> list[dict[str, Any]]:
    for key in operation.items:
        body = body[key]
    return body


def test_every_installed_provider_has_a_sandbox(box):
    assert set(box.providers) == set(Registry().names)


@every_operation
def test_the_spec_says_how_each_capability_is_served(spec, operation):
    assert spec.provider.resources[operation.kind]
    assert operation.responses["200"]


@pytest.mark.parametrize("spec", SPECS, ids=where)
def test_all_that_the_plugin_says_it_can_do_is_served(spec):
    for kind, resource in spec.provider.resources.items():
        for collection in resource.collections or ("",):
            assert bool(spec.operation("list", kind, collection)) == resource.can_list
            assert bool(spec.operation("get", kind, collection)) == resource.can_get


@every_list
@pytest.mark.parametrize("size", [None, 1, 7])
def test_every_page_fits_the_schema_and_every_item_comes_once(client, box, spec, operation, size):
    if operation.paging is None or (size is not None and operation.paging.size is None):
        pytest.skip(f"{spec.provider.title} doesn't let callers choose a page size")
    query = {} if size is None else {operation.paging.size: size}
    bodies = list(pages(client, box, spec, operation, **query))
    came = [str(row[operation.id]) for body in bodies for row in rows(operation, body)]
    assert came == ids(spec, operation)
    full = [body for body in bodies if rows(operation, body)]  # the last one may be empty
    assert len(full) == -(-len(came) // (size or operation.paging.default_size))


@every_get
def test_every_item_fits_the_schema_and_is_the_one_of_the_list(client, box, spec, operation):
    listed = spec.operation("list", operation.kind, operation.collection)
    bodies = pages(client, box, spec, listed) if listed else ()
    there = {row[listed.id]: row for body in bodies for row in rows(listed, body)}
    for id in ids(spec, operation):
        response = client.get(address(box, spec, operation, id))
        assert problems(spec, operation.schema, response.json()) == []
        (alone,) = response_items.rows(operation, response.json())
        assert alone.get(operation.id, id) == id  # Vidu doesn't repeat it
        both = alone.keys() & there[id].keys() if listed else ()
        assert {name: alone[name] for name in both} == {name: there[id][name] for name in both}


@every_list
def test_items_are_spread_over_the_statuses_and_most_are_ready(client, box, spec, operation):
    known = FixtureItems.of(spec, COUNTS).kinds[operation.belongs_to].words
    there = fields(spec.view, operation.item_schema(spec.view))
    if not {"status", "state"} & there.keys():
        pytest.skip(f"{spec.provider.title} says nothing of an item's status")
    stages = [
        Status.of(row["status" if "status" in row else "state"])
        for body in pages(client, box, spec, operation)
        for row in rows(operation, body)
    ]
    assert stages.count(Status.READY) > len(stages) / 2
    assert {Status.RUNNING, Status.FAILED} & known.keys() < set(stages)


@every_operation
@pytest.mark.parametrize("key", [None, "wrong", f"{sandbox.KEY}x"])
def test_without_the_key_there_is_only_a_401(anybody, box, spec, operation, key):
    headers = {} if key is None else spec.provider.auth.headers(key)
    response = anybody.get(address(box, spec, operation, "any"), headers=headers)
    refused = 403 if {"401", "403"} & operation.responses.keys() == {"403"} else 401
    assert response.status_code == refused
    assert problems(spec, documented(operation, refused), response.json()) == []
    assert response.json()


@every_operation
def test_the_key_travels_as_the_plugin_sends_it(anybody, box, spec, operation):
    headers = spec.provider.auth.headers(sandbox.KEY)
    assert anybody.get(address(box, spec, operation, "any"), headers=headers).status_code != 401


@pytest.mark.parametrize(
    ("spec", "operation"), [pair for pair in OPERATIONS if pair[1].role != "list"], ids=where
)
def test_an_unknown_id_is_answered_as_documented(client, box, spec, operation):
    response = client.get(address(box, spec, operation, "no-such-id"))
    assert problems(spec, documented(operation, response.status_code), response.json()) == []
    assert "no-such-id" in response.text
    assert ids(spec, operation)[0] in response.text, "who can't list needs an id to begin with"


@every_list
@pytest.mark.parametrize("size", ["-1", "many"])
def test_a_page_size_out_of_range_is_refused(client, box, spec, operation, size):
    if operation.paging is None or operation.paging.size is None:
        pytest.skip(f"{spec.provider.title} doesn't let callers choose a page size")
    response = client.get(address(box, spec, operation), params={operation.paging.size: size})
    assert response.status_code in {400, 422}
    assert operation.paging.size in response.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ["/", "/no/such/path"])
def test_an_unknown_path_is_a_404_in_json(client, box, name, path):
    response = client.get(box.url(name) + path)
    assert response.status_code == 404
    assert isinstance(response.json(), dict)


@every_list
def test_a_list_can_not_be_posted_to(client, box, spec, operation):
    response = client.post(address(box, spec, operation))
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


@pytest.mark.parametrize("name", NAMES)
def test_two_sandboxes_tell_the_same(client, box, name):
    spec, operation = next(pair for pair in OPERATIONS if pair[0].provider.name == name)
    with sandbox.serve([spec.provider]) as other:
        here, there = (
            client.get(address(one, spec, operation, ids(spec, operation)[0])).text
            for one in (box, other)
        )
    moved = here.replace(box.origin, other.origin).replace(box.files, other.files)
    assert moved == there


def test_tavus_filters_replicas(client, box):
    def ids(**query):
        body = client.get(box.url("tavus") + "/v2/replicas", params=query).json()
        return {row["replica_id"] for row in body["data"]}, body["total_count"]

    everything, count = ids(limit=50)
    stock, stock_count = ids(limit=50, replica_type="system")
    own, own_count = ids(limit=50, replica_type="user")
    assert stock
    assert own
    assert stock | own == everything
    assert stock_count + own_count == count == len(everything)
    two = sorted(everything)[:2]
    assert ids(replica_ids=",".join(two)) == (set(two), 2)
    assert ids(replica_ids="no-such-id") == (set(), 0)


def test_tavus_tells_some_things_only_verbosely(client, box):
    def get(path, **query):
        return client.get(box.url("tavus") + path, params=query).json()

    ready = next(row for row in get("/v2/videos", limit=50)["data"] if row["status"] == "ready")
    path = f"/v2/videos/{ready['video_id']}"
    verbosely = get(path, verbose="true")
    assert ready["gif_thumbnail_url"] == verbosely["gif_thumbnail_url"] != ""
    assert verbosely.keys() - get(path).keys() == {
        "gif_thumbnail_url",
        "still_image_thumbnail_url",
    }
    assert "replica_type" in get("/v2/replicas", verbose="true")["data"][0]
    assert "replica_type" not in get("/v2/replicas", replica_type="user")["data"][0]


def test_openai_orders_by_time(client, box):
    def times(**query):
        body = client.get(box.url("openai") + "/videos", params=query).json()
        return [row["created_at"] for row in body["data"]]

    newest_first = times(limit=100)
    assert newest_first == sorted(newest_first, reverse=True)
    assert times(limit=100, order="desc") == newest_first
    assert times(limit=100, order="asc") == newest_first[::-1]


def test_openai_files_can_be_had_when_they_are_ready(box):
    """Every other one by way of the file server, where the key must not go."""
    key = {"authorization": f"Bearer {sandbox.KEY}"}
    with httpx.Client(base_url=box.url("openai"), headers=key, follow_redirects=True) as client:
        places = set()
        for row in client.get("/videos", params={"limit": 100}).json()["data"]:
            response = client.get(f"/videos/{row['id']}/content")
            if row["status"] == "completed":
                places.add(str(response.url).partition("/cdn/")[0].partition("/openai/")[0])
                assert response.headers["content-type"] == "video/mp4"
                assert response.content[4:8] == b"ftyp"
                still = client.get(f"/videos/{row['id']}/content?variant=thumbnail")
                assert still.headers["content-type"] == "image/webp"
            else:
                assert response.status_code == 404
                assert row["id"] in response.json()["error"]["message"]
    assert places == {box.origin, box.files}


def test_runway_tasks_have_the_form_of_their_status(client, box):
    """Of six documented forms; the fields of one never come with another."""
    spec = next(spec for spec in SPECS if spec.provider.name == "runway")
    operation = spec.operation("get", "videos")
    seen = {}
    for id in ids(spec, operation):
        task = client.get(address(box, spec, operation, id)).json()
        seen.setdefault(task["status"], set()).update(task)
    assert seen.keys() > {"PENDING", "RUNNING", "SUCCEEDED", "FAILED"}
    assert [status for status in seen if "output" in seen[status]] == ["SUCCEEDED"]
    assert [status for status in seen if "failure" in seen[status]] == ["FAILED"]


@every_operation
def test_a_header_that_every_request_must_have_is_asked_for(anybody, box, spec, operation):
    key = spec.provider.auth.headers(sandbox.KEY)
    response = anybody.get(address(box, spec, operation, "any"), headers=key)
    missing = bool(operation.headers)
    assert (response.status_code in {400, 422} and "the header" in response.text) == missing
    sent = anybody.get(address(box, spec, operation, "any"), headers=key | spec.provider.headers)
    assert "the header" not in sent.text


def test_replicate_says_where_a_prediction_is(client, box):
    for prediction in client.get(box.url("replicate") + "/predictions").json()["results"]:
        urls = prediction["urls"]
        assert client.get(urls["get"]).json() == prediction
        assert urls["cancel"] == f"{urls['get']}/cancel"
        assert client.get(urls["web"]).headers["content-type"] == "text/html"
