"""Hooks build requests and read responses; they do no I/O and keep nothing."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve

from polyreel.models import Kind, Page
from polyreel.request import Request
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.purity import no_io
from polyreel.testing.sandbox_hubs import ServedProvider
from polyreel.testing.subject import Subject

_AWKWARD = ["a/b", "a?b=c", "a#b", "a b", "50%41", "ä-😀", "..%2f", "a;b", "a:b", "a\nb"]  # fmt: skip


class PureHooks(Fixtures):
    """polyreel_list and polyreel_get are pure functions."""

    def test_hooks_do_no_io(self, specified: Subject, kind: Kind) -> None:
        """The core performs what they build, with one set of retries and limits for everybody."""
        with no_io() as seen:
            _requests(specified, kind)
        assert not seen, f"the plugin does I/O in its hooks: {'; '.join(seen)}; {_INSTEAD}"

    def test_reading_a_response_does_no_io(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """Neither when a page is read, nor when the fields of its items are asked for."""
        (id,) = served.hold(kind, 1)
        requests = _requests(specified, kind, id)
        responses = [served.fetch(request) for request in requests]
        with no_io() as seen:
            for request, response in zip(requests, responses, strict=True):
                read = request.read(response)
                for item in read.items if isinstance(read, Page) else [read]:
                    item.as_dict()
        assert not seen, (
            f"the plugin does I/O where it reads responses: {'; '.join(seen)}; {_INSTEAD}"
        )

    def test_hooks_ask_for_the_same_thing_each_time(self, specified: Subject, kind: Kind) -> None:
        """Retries, wrappers and resumed listings rely on it."""
        first, second = (
            [(one.method, one.path, one.params, one.headers) for one in _requests(specified, kind)]
            for _ in range(2)
        )
        assert first == second, "the same hook gives another request when it is asked again"

    def test_hooks_only_ever_get_from_below_the_base_url(
        self, specified: Subject, kind: Kind
    ) -> None:
        """A path and no address, so that another server can be named; and nothing is changed there."""
        for request in _requests(specified, kind):
            assert request.method in {"GET", "POST"}, f"{request.method} {request.path}: only reads"
            assert request.path.startswith("/"), (
                f"the path is {request.path!r}; give it below the base URL, with a slash in front"
            )

    def test_hooks_handle_no_keys(self, specified: Subject, kind: Kind) -> None:
        """The core adds the account's key, its headers and its parameters."""
        key = specified.provider.auth.header.lower()
        for request in _requests(specified, kind):
            names = {name.lower() for name in request.headers}
            assert key not in names, f"leave the header {key!r} to the core; accounts hold the key"

    @pytest.mark.parametrize("id", _AWKWARD)
    def test_an_id_stays_one_part_of_the_path(self, specified: Subject, got: Kind, id: str) -> None:
        """Ids are the provider's to choose, and a caller's to mistype."""
        usual = specified.get_request(got, "x").path
        path = specified.get_request(got, id).path
        assert path.count("/") == usual.count("/"), f"{id!r} becomes several segments: {path!r}"
        assert path.isascii(), f"{id!r} isn't quoted: {path!r}"
        assert not set("?# \n") & set(path), f"{id!r} isn't quoted: {path!r}"
        assert f"/{id}" not in path or "%" not in id, f"the % of {id!r} isn't quoted: {path!r}"

    def test_a_page_is_what_the_hub_expects(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """Its types are those of polyreel.Page; cursors are texts that only the plugin reads."""
        size = specified.page_size(listed)
        served.hold(listed, 4 * size)
        page = served.page(listed, specified.query(listed))
        assert isinstance(page, Page), f"the list is read as {page!r} instead of a polyreel.Page"
        assert isinstance(page.items, tuple), f"Page.items is {type(page.items)}, not a tuple"
        assert isinstance(page.next, str | None), f"Page.next is {page.next!r}; a cursor is a text"
        assert isinstance(page.total, int | None), f"Page.total is {page.total!r}, not a number"
        assert page.more in {True, False, None}, f"Page.more is {page.more!r}"


_INSTEAD = "give the hub a Request that says what to ask and how to read it"


def _requests(subject: Subject, kind: Kind, id: str = "x") -> list[Request[Any]]:
    """Call the hooks for what is declared; one that changes the query that it is given fails."""
    found: list[Request[Any]] = []
    if subject.resource(kind).can_list:
        query = subject.query(kind)
        query = evolve(query, filters=MappingProxyType(dict(query.filters)))
        found.append(subject.list_request(kind, query))
    if subject.resource(kind).can_get:
        found.append(subject.get_request(kind, id))
    return found
