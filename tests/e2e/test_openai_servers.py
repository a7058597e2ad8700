"""Any OpenAI-style server is listed whole, each video once, whatever its envelope leaves out."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import (
    AuthenticationError,
    MalformedResponse,
    NotFound,
    PaginationError,
    Status,
    UnsupportedOperation,
    UnsupportedOption,
)
from support.either_hub import EitherHub, account
from support.servers import Reply, Request, openai_list, openai_video, serve

VIDEOS = [openai_video(number) for number in range(250)]
IDS = [video["id"] for video in VIDEOS]


@pytest.mark.parametrize("envelope", ["full", "data", "promise", "bare"])
@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200, 250])
def test_every_video_comes_once_in_order(either_hub: EitherHub, envelope: str, count: int) -> None:
    with serve(openai_list(VIDEOS[:count], envelope=envelope)) as server:
        result = either_hub.list([account("openai", f"{server.url}/v1")])

    assert result.error is None
    assert result.ids == IDS[:count]
    assert result.cursor is None


def test_the_key_travels_as_a_bearer_token(either_hub: EitherHub) -> None:
    with serve(openai_list(VIDEOS[:1])) as server:
        either_hub.list([account("openai", f"{server.url}/v1")])

    assert server.requests[0].headers["authorization"] == "Bearer a-test-key"
    assert server.requests[0].path == "/v1/videos"


@pytest.mark.fault(
    "A server without paging, which promises nothing",
    "Listed whole; one more request shows that the same page comes again",
)
def test_a_server_without_paging_is_listed_whole_and_ends_cleanly(either_hub: EitherHub) -> None:
    def respond(request: Request) -> Any:
        return {"object": "list", "data": VIDEOS[:30]}

    with serve(respond) as server:
        result = either_hub.list([account("openai", server.url)])

    assert result.error is None
    assert result.ids == IDS[:30]
    assert len(server.requests) == 2


@pytest.mark.fault(
    "`after` is ignored, but more is promised", "All that came, then `PaginationError`"
)
def test_a_server_that_ignores_the_cursor_but_promises_more_is_reported(
    either_hub: EitherHub,
) -> None:
    def respond(request: Request) -> Any:
        return {"data": VIDEOS[:20], "has_more": True, "last_id": IDS[19]}

    with serve(respond) as server:
        result = either_hub.list([account("openai", server.url)])

    assert result.ids == IDS[:20]
    assert isinstance(result.error, PaginationError)
    assert "20 items" in str(result.error)
    assert len(server.requests) <= 3


@pytest.mark.fault("More is promised, but no cursor given", "`PaginationError`")
def test_a_promise_without_a_way_on_is_reported(either_hub: EitherHub) -> None:
    with serve(lambda request: {"data": [], "has_more": True, "last_id": None}) as server:
        result = either_hub.list([account("openai", server.url)])

    assert isinstance(result.error, PaginationError)


@pytest.mark.fault(
    "A field of another type, an unknown status, nulls, missing and extra fields",
    "That field is None or `unknown`; `raw` has it as it came",
)
def test_surprises_in_one_field_cost_that_field_alone(either_hub: EitherHub) -> None:
    odd = [
        openai_video(0, status="rendering_on_the_moon"),
        openai_video(1, progress=None, size=None, seconds=None, model=None, prompt=None),
        openai_video(2, error={"message": "GPU on fire"}, status="failed"),
        openai_video(3, error="quota", status="failed"),
        openai_video(4, extra={"nested": [1, 2]}, quality="hd"),
        openai_video(5, size="NonexNone", seconds="", created_at="yesterday"),
        {"id": "bare"},
        openai_video(7, error=[], model={"name": "x"}, created_at=[1], prompt=7),
        openai_video(8, url="https://files.example/8.mp4", seconds=8),
    ]
    with serve(openai_list(odd)) as server:
        result = either_hub.list([account("openai", server.url)])

    assert result.error is None
    assert [item.raw for item in result.items] == odd
    by_id = {item.id: item for item in result.items}
    assert by_id["video_0000"].status is Status.UNKNOWN
    assert by_id["video_0000"].provider_status == "rendering_on_the_moon"
    assert by_id["video_0001"].width is None
    assert by_id["video_0002"].error == "GPU on fire"
    assert by_id["video_0003"].error == "quota"
    assert by_id["video_0005"].created_at is None
    assert by_id["bare"].status is Status.UNKNOWN
    assert by_id["video_0007"].model is None
    assert by_id["video_0008"].download_url == "https://files.example/8.mp4"
    assert by_id["video_0008"].duration == 8


@pytest.mark.fault(
    "A row that is no object, or has no id", "Left out with a logged warning; the others come"
)
def test_rows_that_are_no_videos_cost_themselves_alone(either_hub: EitherHub) -> None:
    rows = [openai_video(0), None, 5, "x", {}, {"id": ""}, openai_video(1)]
    with serve(lambda request: {"data": rows, "has_more": False}) as server:
        result = either_hub.list([account("openai", server.url)])

    assert result.ids == ["video_0000", "video_0001"]


def test_order_limit_and_page_size_reach_the_server(either_hub: EitherHub) -> None:
    with serve(openai_list(VIDEOS)) as server:
        result = either_hub.list(
            [account("openai", server.url)], order="asc", limit=25, page_size=10
        )

    assert result.ids == IDS[::-1][:25]
    assert [query["limit"] for query in server.queries] == ["10", "10", "10"]
    assert {query["order"] for query in server.queries} == {"asc"}


def test_a_limit_asks_for_no_more_than_it_needs(either_hub: EitherHub) -> None:
    with serve(openai_list(VIDEOS)) as server:
        result = either_hub.list([account("openai", server.url)], limit=3)

    assert result.ids == IDS[:3]
    assert server.queries == [{"limit": "3"}]


def test_a_limit_of_zero_asks_for_nothing(either_hub: EitherHub) -> None:
    with serve(openai_list(VIDEOS)) as server:
        result = either_hub.list([account("openai", server.url)], limit=0)

    assert (result.items, server.requests) == ([], [])


def test_a_status_is_looked_for_through_all_pages(either_hub: EitherHub) -> None:
    videos = [openai_video(n, status="failed" if n % 50 == 7 else "completed") for n in range(230)]
    with serve(openai_list(videos)) as server:
        result = either_hub.list([account("openai", server.url)], status="failed")
        first = either_hub.list([account("openai", server.url)], status=["failed"], limit=2)

    assert result.ids == [f"video_{n:04}" for n in (7, 57, 107, 157, 207)]
    assert first.ids == result.ids[:2]


def test_get_takes_a_uid_or_an_id_and_a_provider(either_hub: EitherHub) -> None:
    with serve(openai_list(VIDEOS)) as server:
        accounts = [account("openai", f"{server.url}/v1", name="work")]
        by_uid = either_hub.get(accounts, "work:video_0007")
        by_id = either_hub.get(accounts, "video_0007", provider="openai")
        by_account = either_hub.get(accounts, "video_0007", account="work")

    assert by_uid == by_id == by_account
    assert by_uid.uid == "work:video_0007"
    assert by_uid.raw == VIDEOS[7]


@pytest.mark.parametrize(
    "id", ["a/b", "a?b=c#d", "50%", "ü ñ", "video_" + "bGl0ZWxsbTpjdXN0b20=" * 20, "a:b", "x\ny"]
)
def test_an_odd_id_arrives_whole(either_hub: EitherHub, id: str) -> None:
    from urllib.parse import unquote

    seen = []

    def respond(request: Request) -> Any:
        seen.append(unquote(request.path.rsplit("/", 1)[1]))
        return openai_video(0, id=id)

    with serve(respond) as server:
        found = either_hub.get([account("openai", server.url)], f"openai:{id}")

    assert seen == [id]
    assert found.id == id


def test_an_unknown_id_is_not_found(either_hub: EitherHub) -> None:
    with (
        serve(openai_list(VIDEOS)) as server,
        pytest.raises(NotFound, match="No such video") as got,
    ):
        either_hub.get([account("openai", server.url)], "openai:nope")

    assert got.value.status_code == 404
    assert got.value.account == "openai"


@pytest.mark.fault("401, with the key echoed", "`AuthenticationError`, without the key")
def test_a_wrong_key_is_an_authentication_error_that_doesnt_show_it(either_hub: EitherHub) -> None:
    def respond(request: Request) -> Any:
        error = {"message": f"Incorrect API key: {request.headers['authorization']}", "code": "x"}
        return Reply({"error": error}, 401, {"x-request-id": "req_7"})

    with serve(respond) as server:
        result = either_hub.list([account("openai", server.url)])

    assert isinstance(result.error, AuthenticationError)
    assert result.error.request_id == "req_7"
    assert "a-test-key" not in str(result.error)
    assert "OPENAI_API_KEY" in str(result.error)


def test_what_the_provider_cant_do_is_said_before_anything_is_asked(either_hub: EitherHub) -> None:
    with serve(openai_list(VIDEOS)) as server:
        accounts = [account("openai", server.url)]
        with pytest.raises(UnsupportedOption, match="no filter 'tag'"):
            either_hub.list(accounts, filters={"tag": "x"})
        with pytest.raises(UnsupportedOption, match="1 to 100"):
            either_hub.list(accounts, page_size=101)
        with pytest.raises(UnsupportedOperation, match="can't list replicas"):
            either_hub.list(accounts, kind="replicas", provider="openai")

    assert server.requests == []


def test_azures_way_with_a_header_and_a_version_in_the_query(either_hub: EitherHub) -> None:
    from polyreel import Account, HeaderKey

    with serve(openai_list(VIDEOS[:3])) as server:
        azure = Account(
            name="azure",
            provider="openai",
            key="azure-key",
            base_url=f"{server.url}/openai/v1",
            auth=HeaderKey("api-key"),
            params={"api-version": "preview"},
        )
        result = either_hub.list([azure])

    assert result.ids == IDS[:3]
    request = server.requests[0]
    assert request.path == "/openai/v1/videos"
    assert request.query["api-version"] == "preview"
    assert request.headers["api-key"] == "azure-key"
    assert "authorization" not in request.headers


@pytest.mark.fault("Another video comes than was asked for", "`MalformedResponse`, naming both ids")
def test_another_video_than_was_asked_for_is_an_error(either_hub: EitherHub) -> None:
    with (
        serve(lambda request: openai_video(7)) as server,
        pytest.raises(MalformedResponse, match="'video_0007' instead of 'video_0008'"),
    ):
        either_hub.get([account("openai", f"{server.url}/v1")], "openai:video_0008")


def test_a_uuid_is_the_same_however_it_is_written(either_hub: EitherHub) -> None:
    id = "0f8fad5b-d9cb-469f-a165-70867728950e"
    with serve(lambda request: {**openai_video(7), "id": id}) as server:
        found = either_hub.get([account("openai", f"{server.url}/v1")], f"openai:{id.upper()}")
    assert found.id == id
