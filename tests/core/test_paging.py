"""Following what a page reader says gives each item once and in order, whatever the end looks like.

The servers here answer as providers of each style do; nothing of them knows how a reader works.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import FieldMap, ListQuery, MalformedResponse, Page, Response, Video, convert, paging


class Clip:
    """Stands for a generated model; none of these tests looks at a field."""

    @classmethod
    def from_dict(cls, src_dict: Any) -> Clip:
        return cls()


FIELDS: FieldMap[Video, Any] = FieldMap(Video, Clip, id="id", fields={})
START = datetime(2026, 1, 1, tzinfo=UTC)


def row(number: int, seconds: int = 60, **more: Any) -> dict[str, Any]:
    made = START - timedelta(seconds=seconds * number)
    return {"id": f"v{number}", "created_at": made.isoformat().replace("+00:00", "Z"), **more}


def rows(count: int) -> list[dict[str, Any]]:
    return [row(number) for number in range(count)]


def response(data: Any, cursor: str | None = None, size: int = 10) -> Response:
    return Response(
        data=data,
        provider="acme",
        account="acme",
        query=ListQuery(page_size=size, cursor=cursor),
    )


Serve = Callable[[list[dict[str, Any]], str | None, int], dict[str, Any]]


def numbered(first: int) -> Serve:
    def serve(all_rows: list[dict[str, Any]], cursor: str | None, size: int) -> dict[str, Any]:
        start = (int(cursor or first) - first) * size
        shown = all_rows[start : start + size]
        return {
            "data": shown,
            "total": len(all_rows),
            "has_more": start + size < len(all_rows),
        }

    return serve


def offset(all_rows: list[dict[str, Any]], cursor: str | None, size: int) -> dict[str, Any]:
    start = int(cursor or 0)
    shown = all_rows[start : start + size]
    return {
        "data": shown,
        "has_more": start + size < len(all_rows),
        "total": len(all_rows),
        "nextOffset": start + len(shown),
    }


def token(all_rows: list[dict[str, Any]], cursor: str | None, size: int) -> dict[str, Any]:
    start = int((cursor or "t0")[1:])
    more = start + size < len(all_rows)
    return {
        "data": all_rows[start : start + size],
        "has_more": more,
        "page": {"next": f"t{start + size}" if more else None},
    }


def last_id(all_rows: list[dict[str, Any]], cursor: str | None, size: int) -> dict[str, Any]:
    ids = [one["id"] for one in all_rows]
    start = ids.index(cursor) + 1 if cursor else 0
    shown = all_rows[start : start + size]
    return {
        "data": shown,
        "last_id": shown[-1]["id"] if shown else None,
        "has_more": start + size < len(all_rows),
    }


def before(all_rows: list[dict[str, Any]], cursor: str | None, size: int) -> dict[str, Any]:
    behind = [one for one in all_rows if cursor is None or one["created_at"] < cursor]
    following = behind[size - 1]["created_at"] if len(behind) > size else None
    return {"data": behind[:size], "next_cursor": following}


def everything(all_rows: list[dict[str, Any]], cursor: str | None, size: int) -> dict[str, Any]:
    return {"data": all_rows, "total": len(all_rows)}


STYLES: dict[str, tuple[Serve, Callable[[Response], Page[Video]]]] = {
    "number from 0": (numbered(0), paging.by_number(FIELDS, "data", first=0)),
    "number from 1": (numbered(1), paging.by_number(FIELDS, "data", first=1)),
    "number with a flag": (
        numbered(1),
        paging.by_number(FIELDS, "data", first=1, total="total", more="has_more"),
    ),
    "offset": (offset, paging.by_offset(FIELDS, "data")),
    "offset with a flag": (offset, paging.by_offset(FIELDS, "data", more="has_more")),
    "offset that is given": (offset, paging.by_offset(FIELDS, "data", next="nextOffset")),
    "token": (token, paging.by_token(FIELDS, "data", next="page.next")),
    "token with a flag": (
        token,
        paging.by_token(FIELDS, "data", next="page.next", more="has_more"),
    ),
    "next URL": (token, paging.by_next_url(FIELDS, "data", next="page.next")),
    "last id": (last_id, paging.by_last_id(FIELDS, "data")),
    "last id with a flag": (last_id, paging.by_last_id(FIELDS, "data", more="has_more")),
    "time": (before, paging.by_time_window(FIELDS, "data", next=("nextCursor", "next_cursor"))),
    "whole": (everything, paging.whole(FIELDS, "data")),
    "whole with a total": (everything, paging.whole(FIELDS, "data", total="total")),
}


@pytest.mark.parametrize("style", STYLES)
@given(count=st.integers(0, 40), size=st.integers(2, 12))
def test_following_a_reader_gives_each_item_once_in_order(
    style: str, count: int, size: int
) -> None:
    serve, read = STYLES[style]
    found: list[str] = []
    cursor: str | None = None
    for _ in range(count + 2):
        page = read(response(serve(rows(count), cursor, size), cursor, size))
        found += [item.id for item in page.items if item.id not in found]
        cursor = page.next
        if cursor is None:
            break
    assert cursor is None, "the listing has no end"
    assert found == [f"v{number}" for number in range(count)]


def test_a_list_in_one_response_that_counts_more_than_it_holds_promises_the_rest() -> None:
    read = paging.whole(FIELDS, "data", total="total")
    page = read(response({"data": rows(3), "total": 50}))
    assert (len(page.items), page.next, page.more, page.total) == (3, None, True, 50)


@pytest.mark.parametrize("value", [True, {"after": "x"}, ["x"]])
def test_a_next_value_that_is_no_text_is_a_promise_that_leads_nowhere(value: Any) -> None:
    read = paging.by_token(FIELDS, "data", next="next")
    page = read(response({"data": rows(3), "next": value}))
    assert (len(page.items), page.next, page.more) == (3, None, True)


@pytest.mark.parametrize("value", [None, "", False])
def test_a_token_that_is_missing_is_the_end(value: Any) -> None:
    read = paging.by_token(FIELDS, "data", next="next")
    assert read(response({"data": rows(3), "next": value})).next is None
    assert read(response({"data": rows(3)})).next is None


def test_a_flag_that_says_the_end_outweighs_a_token() -> None:
    read = paging.by_token(FIELDS, "data", next="next", more="has_more")
    page = read(response({"data": rows(3), "next": "t", "has_more": False}))
    assert (page.next, page.more) == (None, False)


def test_the_first_of_several_names_that_is_there_counts() -> None:
    read = paging.by_token(FIELDS, "items", next=("next_cursor", "nextCursor"))
    assert read(response({"items": [], "nextCursor": "a"})).next == "a"
    assert read(response({"items": [], "next_cursor": "b", "nextCursor": "a"})).next == "b"


def test_items_that_are_left_out_still_count_as_rows() -> None:
    read = paging.by_offset(FIELDS, "data", keep=lambda item: item.raw.get("kind") != "image")
    page = read(response({"data": [row(0, kind="image"), row(1), row(2, kind="image")]}, "10"))
    assert [item.id for item in page.items] == ["v1"]
    assert page.rows == ("v0", "v1", "v2")
    assert page.next == "13"


def test_a_row_that_cannot_be_read_still_counts_as_a_row() -> None:
    page = paging.by_offset(FIELDS, "data")(response({"data": [row(0), {"id": None}, row(2)]}))
    assert (page.rows, page.next) == (("v0", "", "v2"), "3")


def test_a_last_id_that_differs_from_the_rows_own_is_kept_as_another_cursor() -> None:
    read = paging.by_last_id(FIELDS, "data")
    page = read(response({"data": rows(2), "last_id": "upstream-1", "has_more": True}))
    assert (page.next, page.also) == ("v1", ("upstream-1",))


def test_the_next_time_window_holds_what_was_made_at_the_same_moment() -> None:
    read = paging.by_time_window(FIELDS, "data")
    assert read(response({"data": rows(2)})).next == "2025-12-31T23:59:01Z"
    seconds = [row(0, created_at=1_760_000_100), row(1, created_at=1_760_000_000)]
    assert read(response({"data": seconds})).next == "1760000001"
    milliseconds = [{"id": "a", "created_at": 1_760_000_000_000}]
    assert read(response({"data": milliseconds})).next == "1760000001000"


@pytest.mark.parametrize(
    "beside",
    [
        {"error": {"message": "quota"}},
        {"error": "quota"},
        {"errors": ["quota"]},
        {"detail": "quota"},
        {"message": "quota", "code": 1102},
    ],
)
def test_null_beside_an_error_is_no_empty_list(beside: dict[str, Any]) -> None:
    with pytest.raises(MalformedResponse, match="quota"):
        paging.by_token(FIELDS, "data", next="next")(response({"data": None, **beside}))


@pytest.mark.parametrize("beside", [{}, {"error": None}, {"code": 0, "message": "SUCCEED"}])
def test_null_is_an_empty_list_on_the_first_page_only(beside: dict[str, Any]) -> None:
    read = paging.by_token(FIELDS, "data", next="next")
    assert read(response({"data": None, **beside})).items == ()
    with pytest.raises(MalformedResponse, match="after the first"):
        read(response({"data": None, **beside}, cursor="t"))


def test_converted_times_agree_with_the_window() -> None:
    page = paging.by_time_window(FIELDS, "data")(response({"data": rows(2)}))
    assert convert.time(page.next) == START - timedelta(seconds=59)
