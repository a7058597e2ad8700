"""Plugins read responses through a few forgiving methods, and build requests from generated clients."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Self

import pytest
from hypothesis import given, strategies as st
from polyreel import FieldMap, MalformedResponse, Request, Response, Video

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["data", "id", "x"]), inner),
    max_leaves=6,
)


class Row:
    """What a generated model is to a field map."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self.sent = sent

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        return cls(src_dict)


FIELDS = FieldMap(Video, Row, id="id", fields={"title": lambda it: it.sent["name"]})


def ids(items: Iterable[Video]) -> list[str]:
    return [item.id for item in items]


def test_each_row_of_a_list_is_an_item_of_the_account_that_was_asked() -> None:
    response = Response(data={"data": [{"id": 1, "name": "One"}]}, provider="acme", account="work")
    (video,) = response.items(FIELDS, "data")
    assert (video.uid, video.provider, video.title) == ("work:1", "acme", "One")
    assert video.raw == {"id": 1, "name": "One"}


def test_a_list_may_lie_deeper_or_be_the_body_itself() -> None:
    rows = [{"id": 1}, {"id": "b"}]
    assert ids(Response(data={"data": {"videos": rows}}).items(FIELDS, "data.videos")) == [
        "1",
        "b",
    ]
    assert ids(Response(data=rows).items(FIELDS, "data")) == ["1", "b"]


@pytest.mark.parametrize("data", [{"data": None}, {"data": []}, []])
def test_null_and_nothing_are_an_empty_list(data: Any) -> None:
    assert Response(data=data).items(FIELDS, "data") == ()


@pytest.mark.parametrize(
    "row", [None, 7, "text", [], {}, {"uid": 1}, {"id": None}, {"id": ""}, True]
)
def test_a_row_that_cannot_be_read_costs_that_row_alone(
    row: Any, caplog: pytest.LogCaptureFixture
) -> None:
    response = Response(data={"data": [{"id": 1}, row, {"id": 3}]}, account="work")
    with caplog.at_level(logging.WARNING, "polyreel"):
        assert ids(response.items(FIELDS, "data")) == ["1", "3"]
    assert "work: left out row 1 under 'data'" in caplog.text


def test_rows_of_which_none_can_be_read_are_no_empty_page() -> None:
    with pytest.raises(MalformedResponse, match="none of the 2 rows under 'data' can be read"):
        Response(data={"data": [{"name": "a"}, "b"]}).items(FIELDS, "data")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({}, "the response has no 'data'"),
        (7, "expected an object, got a number"),
        ("x", "expected an object, got a text"),
        (None, "expected an object, got null"),
        (True, "expected an object, got a boolean"),
        ({"data": {}}, "expected a list under 'data', got an object"),
        ({"data": "x"}, "expected a list under 'data', got a text"),
    ],
)
def test_what_is_no_list_is_malformed_and_the_message_says_what_it_is(
    data: Any, complaint: str
) -> None:
    with pytest.raises(MalformedResponse, match=complaint):
        Response(data=data).items(FIELDS, "data")


def test_a_missing_envelope_within_an_envelope_is_named_in_full() -> None:
    with pytest.raises(MalformedResponse, match=r"no 'data\.videos'"):
        Response(data={"data": {}}).items(FIELDS, "data.videos")
    with pytest.raises(MalformedResponse, match="expected an object under 'data', got a number"):
        Response(data={"data": 1}).item(FIELDS, "data.video")


def test_one_item_is_the_body_or_below_it() -> None:
    assert Response(data={"id": 1}).item(FIELDS).id == "1"
    assert Response(data={"data": {"id": 1}}).item(FIELDS, "data").id == "1"


@pytest.mark.parametrize("data", [[], None, 7, "x", {}, {"id": ""}, {"data": {"id": 1}}])
def test_a_response_that_is_no_item_is_malformed(data: Any) -> None:
    with pytest.raises(MalformedResponse, match="no Video"):
        Response(data=data).item(FIELDS)


@given(data=JSON)
def test_no_response_raises_anything_but_malformed(data: Any) -> None:
    response = Response(data=data)
    response.get("data")
    for path in ("", "data", "data.x"):
        with suppress(MalformedResponse):
            response.item(FIELDS, path)
        with suppress(MalformedResponse):
            response.items(FIELDS, path)


def test_a_field_of_a_body_that_is_no_object_is_none() -> None:
    assert Response(data=[1]).get("has_more") is None
    assert Response(data={"has_more": True}).get("has_more") is True


def test_a_request_is_made_from_a_generated_endpoint() -> None:
    from polyreel_clients.openai.api.videos import get_video, list_videos

    made = Request.of(list_videos, limit=5, after=None, order="asc", read=lambda response: response)
    assert (made.method, made.path) == ("GET", "/videos")
    assert made.params == {"limit": 5, "order": "asc"}
    one = Request.of(get_video, video_id="a/../b?c#d e", read=lambda response: response)
    assert one.path == "/videos/a%2F..%2Fb%3Fc%23d%20e"
    assert one.missing == {404}
