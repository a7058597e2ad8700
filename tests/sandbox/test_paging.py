"""The laws of paging: who follows a style's own signals sees each item once, in order, and stops."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from polyreel.openapi.annotations import Paging
from polyreel.sandbox.page_styles import echoes, signals, window
from polyreel.sandbox.refusals import Refusal

_SIGNALS = {
    "page": {"total": "total", "more": "more", "next": "next"},
    "offset": {"total": "total", "more": "more", "next": "next"},
    "token": {"more": "more", "next": "next"},
    "last_id": {"more": "more", "first_id": "first_id", "last_id": "last_id"},
    "next_url": {"next": "next"},
}

pagings = st.sampled_from(sorted(_SIGNALS)).flatmap(
    lambda style: st.builds(
        lambda first, default: Paging(
            style=style,
            parameter="at",
            size="limit",
            first=first,
            default_size=default,
            **_SIGNALS[style],
        ),
        st.integers(0, 1),
        st.integers(1, 30),
    )
)
lists = st.integers(0, 60).map(lambda count: [f"item{n}" for n in range(count)])
sizes = st.none() | st.integers(1, 70)


def ask(paging: Paging, ids: list[str], size: int | None, at: object = None) -> tuple:
    query = {} if size is None else {"limit": str(size)}
    if at is not None:
        query["at"] = str(at)
    here = window(paging, query, ids)
    return ids[here.start : here.stop], signals(paging, here, ids, lambda cursor: f"url/{cursor}")


def paginator(paging: Paging, ids: list[str], size: int | None, follow) -> list[list[str]]:
    pages, at = [], None
    while True:
        page, said = ask(paging, ids, size, at)
        pages.append(page)
        assert len(pages) <= len(ids) + 1, "the signals lead round in a circle"
        at = follow(said, pages)
        if at is None:
            return pages


def by_next(said: dict, _pages: list) -> object:
    """Follow what leads to the next page, as clients of each style do."""
    if "last_id" in said:
        return said["last_id"] if said["more"] else None
    following = said["next"]
    return following.removeprefix("url/") if isinstance(following, str) else following


@given(pagings, lists, sizes)
def test_following_the_signals_gives_each_item_once_in_order(paging, ids, size):
    pages = paginator(paging, ids, size, by_next)
    assert [one for page in pages for one in page] == ids


@given(pagings, lists, sizes)
def test_every_page_but_the_last_is_full(paging, ids, size):
    *full, last = paginator(paging, ids, size, by_next)
    asked = size or paging.default_size
    assert all(len(page) == asked for page in full)
    assert len(last) <= asked
    assert last or not full, "nobody is sent to an empty page"


@given(st.integers(0, 1), lists, st.integers(1, 70))
def test_counting_pages_up_to_the_total_gives_each_item_once_in_order(first, ids, size):
    paging = Paging(style="page", parameter="at", size="limit", first=first, total="total")

    def count(said, pages):
        read = sum(map(len, pages))
        return first + len(pages) if read < said["total"] else None

    assert [one for page in paginator(paging, ids, size, count) for one in page] == ids


@given(lists, st.integers(1, 70))
def test_adding_up_what_came_gives_each_item_once_in_order(ids, size):
    paging = Paging(style="offset", parameter="at", size="limit")

    def add(_said, pages):
        return sum(map(len, pages)) if pages[-1] else None

    assert [one for page in paginator(paging, ids, size, add) for one in page] == ids


@given(pagings, lists, sizes)
def test_the_first_page_is_the_one_that_is_not_named(paging, ids, size):
    if paging.style == "page":
        assert ask(paging, ids, size)[0] == ask(paging, ids, size, paging.first)[0]
    if paging.style == "offset":
        assert ask(paging, ids, size)[0] == ask(paging, ids, size, 0)[0]


@given(pagings, sizes)
def test_an_empty_list_is_one_empty_page_that_promises_nothing(paging, size):
    page, said = ask(paging, [], size)
    assert page == []
    assert not any(said.get(name) for name in ("total", "more", "next", "first_id", "last_id"))


@given(pagings, lists.filter(bool), sizes)
def test_a_page_names_its_own_ends_and_size(paging, ids, size):
    page, said = ask(paging, ids, size)
    here = window(paging, {} if size is None else {"limit": str(size)}, ids)
    assert echoes(paging, here)["limit"] == (size or paging.default_size)
    if paging.style == "last_id":
        assert (said["first_id"], said["last_id"]) == (page[0], page[-1])


@given(pagings, lists)
def test_behind_the_end_there_is_nothing(paging, ids):
    if paging.style in {"page", "offset"}:
        page, said = ask(paging, ids, 5, 1000)
        assert (page, said["next"]) == ([], None)


@given(pagings, st.text(max_size=12).filter(lambda text: not text.isdigit()))
def test_a_cursor_that_is_none_of_this_list_is_refused(paging, junk):
    with pytest.raises(Refusal, match=r"^at\b"):
        window(paging, {"at": junk}, ["item0", "item1"])


@pytest.mark.parametrize("size", ["-1", "101", "ten", "", "1.5", "٣", "9" * 5000])
def test_a_size_that_is_no_number_in_range_is_refused(size):
    paging = Paging(style="page", parameter="page", size="limit", max_size=100)
    with pytest.raises(Refusal, match="limit must be a whole number from 0 to 100"):
        window(paging, {"limit": size}, ["item0"])


def test_a_page_before_the_first_is_refused():
    paging = Paging(style="page", parameter="page", first=1)
    with pytest.raises(Refusal, match="page must be a whole number from 1"):
        window(paging, {"page": "0"}, ["item0"])
