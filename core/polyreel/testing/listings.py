"""Listings are complete and in order, however the provider pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from polyreel.models import Kind
from polyreel.testing.fixtures import Fixtures, both_hubs
from polyreel.testing.sandbox_hubs import Mode, ServedProvider
from polyreel.testing.served_wire import ReceivedRequest
from polyreel.testing.subject import Subject

# How many items there are: so many pages, and so many items more.
_AMOUNTS = {
    "no items": (0, 0),
    "one item": (0, 1),
    "one less than a page": (1, -1),
    "exactly one page": (1, 0),
    "one more than a page": (1, 1),
    "exactly two pages": (2, 0),
    "many pages": (7, 1),
}


class Listings(Fixtures):
    """Every item comes once, in the provider's order."""

    @both_hubs
    @pytest.mark.parametrize("amount", _AMOUNTS)
    def test_every_item_comes_once_in_order(
        self, specified: Subject, served: ServedProvider, listed: Kind, amount: str, mode: Mode
    ) -> None:
        """Where a page ends and whether another follows is the plugin's to know: ``Page.next``."""
        size = specified.page_size(listed)
        pages, more = _AMOUNTS[amount]
        ids = served.hold(listed, pages * size + more)
        items = served.list(listed, mode, page_size=size)
        assert_all_came(ids, [item.id for item in items], served.wire.asked)

    def test_pages_of_the_usual_size_are_complete_too(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """The size that is asked for when nobody says, ``Resource.page_size``."""
        ids = served.hold(listed, specified.resource(listed).page_size + 1)
        assert_all_came(ids, [item.id for item in served.list(listed)], served.wire.asked)

    def test_a_listing_goes_on_behind_any_page(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """A cursor holds all that is needed; the plugin remembers nothing between pages."""
        size = specified.page_size(listed)
        ids = served.hold(listed, 3 * size + 1)
        for count, cursor in served.cursors(listed, page_size=size):
            if cursor is not None:
                served.wire.asked.clear()
                rest = [item.id for item in served.list(listed, cursor=cursor)]
                assert_all_came(ids[count:], rest, served.wire.asked)

    def test_sync_and_async_give_the_same(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """Field by field, and the provider's own JSON too."""
        size = specified.page_size(listed)
        served.hold(listed, 2 * size + 1)
        blocking, waiting = (served.list(listed, mode, page_size=size) for mode in _MODES)
        assert blocking == waiting
        assert [item.raw for item in blocking] == [item.raw for item in waiting]

    def test_a_limit_costs_no_request_too_many(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """Who asks for one item waits for one page."""
        size = specified.page_size(listed)
        ids = served.hold(listed, 3 * size)
        assert [item.id for item in served.list(listed, limit=1)] == ids[:1]
        assert len(served.wire.asked) == 1, (
            f"for one item, {len(served.wire.asked)} pages were asked for"
        )
        wanted = served.list(listed, limit=size + 1, page_size=size)
        assert [item.id for item in wanted] == ids[: size + 1]


_MODES: tuple[Mode, Mode] = ("sync", "async")


def assert_all_came(
    expected: Sequence[str], came: Sequence[str], asked: Sequence[ReceivedRequest]
) -> None:
    """Hold the ids that came against those that there are, and tell how they differ."""
    if list(came) == list(expected):
        return
    missing = [id for id in expected if id not in set(came)]
    twice = [id for id, times in Counter(came).items() if times > 1]
    strange = [id for id in came if id not in set(expected)]
    problems = [
        f"{len(found)} of {len(expected)} items {what}, such as {found[0]!r}"
        for what, found in (("are missing", missing), ("came twice", twice))
        if found
    ]
    problems += [f"{strange[0]!r} is none of the provider's items"] if strange else []
    requests = "\n".join(
        f"  GET {one.path} {'&'.join(f'{name}={value}' for name, value in one.query.items())}"
        for one in asked[:20]
    )
    pytest.fail(
        f"{'; '.join(problems) or 'the items came in another order'}.\nLook at the cursor that the "
        f"plugin gives as Page.next, and at what it sends for query.cursor. It asked for\n{requests}",
        pytrace=False,
    )
