"""Replicate's predictions become our items; the next page's URL is followed, but not to strangers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from polyreel import ListQuery, MalformedResponse, PaginationError, Response, Status, Video, urls_in
from polyreel_plugins import replicate
from support.either_hub import EitherHub, account
from support.servers import Reply, Request, serve

FILE = "https://delivery.example/abc/output.mp4"
PREDICTION: dict[str, Any] = {
    "id": "gm3qorzdhgbfurvjtvhg6dckhu",
    "model": "lakeside/film-maker",
    "version": "hidden",
    "input": {"prompt": "A lake at dusk", "fps": 24},
    "output": FILE,
    "logs": "",
    "error": None,
    "status": "succeeded",
    "source": "api",
    "data_removed": False,
    "created_at": "2026-09-08T16:19:34.765994Z",
    "started_at": "2026-09-08T16:19:34.779176Z",
    "completed_at": "2026-09-08T16:19:54.791859Z",
    "metrics": {"total_time": 20.0},
    "urls": {
        "get": "https://api.replicate.com/v1/predictions/gm3qorzdhgbfurvjtvhg6dckhu",
        "cancel": "https://api.replicate.com/v1/predictions/gm3qorzdhgbfurvjtvhg6dckhu/cancel",
        "web": "https://replicate.com/p/gm3qorzdhgbfurvjtvhg6dckhu",
    },
}


def read(**changes: Any) -> Any:
    response = Response(data={**PREDICTION, **changes}, provider="replicate", account="work")
    return replicate.polyreel_get(id="x").read(response)


def test_a_prediction_is_mapped_field_by_field() -> None:
    assert read() == Video(
        provider="replicate",
        account="work",
        id="gm3qorzdhgbfurvjtvhg6dckhu",
        prompt="A lake at dusk",
        provider_status="succeeded",
        created_at=datetime(2026, 9, 8, 16, 19, 34, 765994, tzinfo=UTC),
        completed_at=datetime(2026, 9, 8, 16, 19, 54, 791859, tzinfo=UTC),
        model="lakeside/film-maker",
        download_url=FILE,
        page_url="https://replicate.com/p/gm3qorzdhgbfurvjtvhg6dckhu",
    )


@pytest.mark.parametrize(
    ("output", "found"),
    [
        (None, None),
        (FILE, FILE),
        (f"{FILE}?token=1", f"{FILE}?token=1"),
        (["https://x.example/0.png", FILE, "https://x.example/2.mp4"], FILE),
        ({"thumbnail": "https://x.example/0.jpg", "video": FILE}, FILE),
        ({"clips": [{"file": {"url": FILE}}, {"file": "https://x.example/2.mp4"}]}, FILE),
        ("https://x.example/CLIP.MOV", "https://x.example/CLIP.MOV"),
        ("https://x.example/0.webp", None),
        ("https://x.example/page?file=a.mp4", None),
        (["Once", " upon", " a time.mp4"], None),
        ("javascript:alert('.mp4')", None),
        (7, None),
        ([], None),
        ({}, None),
        (True, None),
    ],
)
def test_the_first_video_of_any_output_is_the_download(output: Any, found: str | None) -> None:
    assert read(output=output).download_url == found


def test_an_output_of_any_depth_is_searched() -> None:
    output: Any = FILE
    for _ in range(50_000):
        output = [output]
    assert next(urls_in(output, "video")) == FILE


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("starting", Status.QUEUED),
        ("processing", Status.RUNNING),
        ("succeeded", Status.READY),
        ("failed", Status.FAILED),
        ("canceled", Status.FAILED),
        ("aborted", Status.FAILED),
        ("moonwalking", Status.UNKNOWN),
        (None, Status.UNKNOWN),
        (["succeeded"], Status.UNKNOWN),
    ],
)
def test_a_status_is_understood(word: Any, status: Status) -> None:
    assert read(status=word).status is status


def test_an_output_that_was_removed_makes_a_video_deleted_but_no_failure_so() -> None:
    gone = read(data_removed=True, output=None)
    assert (gone.status, gone.provider_status) == (Status.DELETED, "succeeded")
    assert read(data_removed=True, status="failed", error="Too dark").status is Status.FAILED


@pytest.mark.parametrize("value", [None, [], "x", 7, {"prompt": {}, "web": {}}])
def test_a_surprise_costs_its_own_field(value: Any) -> None:
    found = read(input=value, urls=value)
    assert (found.prompt, found.page_url) == (None, None)
    assert found.download_url == FILE


def test_the_next_page_is_asked_for_by_its_url_and_with_the_filters() -> None:
    url = "https://api.replicate.com/v1/predictions?cursor=abc"
    query = ListQuery(page_size=100, cursor=url, filters={"source": "web"})
    request = replicate.polyreel_list(query=query)
    assert (request.path, request.params) == (url, {"source": "web"})


# Over a socket


def replicate_list(rows: list[dict[str, Any]], origin: str | None = None) -> Any:
    """Answer with 100 predictions a page, and whole URLs whose cursors stand for a row."""
    cursors = {row["id"].encode().hex(): place for place, row in enumerate(rows)}

    def respond(request: Request) -> Any:
        start = cursors[request.query["cursor"]] if "cursor" in request.query else 0
        more = start + 100 < len(rows)
        here = origin or f"http://{request.headers['host']}"
        kept = "".join(f"&{name}={it}" for name, it in request.query.items() if name != "cursor")
        cursor = rows[start + 100]["id"].encode().hex() if more else ""
        return {
            "next": f"{here}{request.path}?cursor={cursor}{kept}" if more else None,
            "previous": None,
            "results": rows[start : start + 100],
        }

    return respond


def rows(count: int) -> list[dict[str, Any]]:
    return [{**PREDICTION, "id": f"p{number:04}"} for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_every_prediction_comes_once(either_hub: EitherHub, count: int) -> None:
    with serve(replicate_list(rows(count))) as server:
        result = either_hub.list([account("replicate", f"{server.url}/v1")])

    assert result.error is None
    assert result.ids == [row["id"] for row in rows(count)]
    assert len(server.requests) == max(1, -(-count // 100))
    assert {request.path for request in server.requests} == {"/v1/predictions"}
    assert {request.headers["authorization"] for request in server.requests} == {
        "Bearer a-test-key"
    }


def test_filters_go_with_every_page(either_hub: EitherHub) -> None:
    filters = {"created_after": "2026-01-01T00:00:00Z", "source": "web"}
    with serve(replicate_list(rows(250))) as server:
        one = [account("replicate", f"{server.url}/v1")]
        result = either_hub.list(one, provider="replicate", filters=filters)

    assert len(result.ids) == 250
    assert all(filters.items() <= query.items() for query in server.queries)


def test_what_an_account_adds_to_every_request_leaves_the_next_pages_cursor_alone(
    either_hub: EitherHub,
) -> None:
    with serve(replicate_list(rows(250))) as server:
        result = either_hub.list(
            [account("replicate", f"{server.url}/v1", params={"team": "blue"})]
        )

    assert len(result.ids) == 250
    assert [query.get("cursor") for query in server.queries] == [
        None,
        b"p0100".hex(),
        b"p0200".hex(),
    ]
    assert {query["team"] for query in server.queries} == {"blue"}


def test_the_key_goes_to_no_other_origin(either_hub: EitherHub) -> None:
    with (
        serve(lambda _request: {"next": None, "results": []}) as stranger,
        serve(replicate_list(rows(250), origin=stranger.url)) as server,
    ):
        result = either_hub.list([account("replicate", f"{server.url}/v1")])

    assert len(result.ids) == 100, "what came before is the caller's"
    assert isinstance(result.error, MalformedResponse)
    assert "another origin" in str(result.error)
    assert stranger.requests == []


@pytest.mark.parametrize(
    "url", ["HTTPS://evil.example/v1", "//evil.example/v1", "@evil.example", "ftp://evil.example"]
)
def test_no_spelling_of_another_origin_is_followed(either_hub: EitherHub, url: str) -> None:
    def respond(request: Request) -> Any:
        first = request.path == "/v1/predictions"
        return (
            {"next": url, "results": rows(1)} if first else Reply({"detail": "No such page"}, 404)
        )

    with serve(respond) as server:
        result = either_hub.list([account("replicate", f"{server.url}/v1")])

    assert result.ids == ["p0000"]
    assert result.error is not None
    assert len(server.requests) <= 3, "whatever is asked is asked of the account's own server"


def test_a_url_that_leads_in_a_circle_ends_in_an_error(either_hub: EitherHub) -> None:
    def respond(request: Request) -> Any:
        here = f"http://{request.headers['host']}/v1/predictions?cursor=same"
        return {"next": here, "results": rows(2)}

    with serve(respond) as server:
        result = either_hub.list([account("replicate", f"{server.url}/v1")])

    assert result.ids == ["p0000", "p0001"]
    assert isinstance(result.error, PaginationError)
    assert len(server.requests) < 10


def test_a_window_of_time_is_asked_of_replicate_itself() -> None:
    since, until = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    request = replicate.polyreel_list(query=ListQuery(page_size=100, since=since, until=until))
    assert request.params == {
        "created_after": "2026-09-01T00:00:00+00:00",
        "created_before": "2026-10-01T00:00:00+00:00",
    }


def test_a_filter_of_ones_own_goes_before_the_window() -> None:
    query = ListQuery(
        page_size=100,
        since=datetime(2026, 9, 1, tzinfo=UTC),
        filters={"created_after": "2026-09-15"},
    )
    assert replicate.polyreel_list(query=query).params == {"created_after": "2026-09-15"}
