"""Options that a provider has reach it; those that it doesn't have are refused by name."""

from __future__ import annotations

import pytest

from polyreel.errors import PaginationError, UnsupportedOption
from polyreel.models import Kind
from polyreel.openapi.shapes import ANYTHING
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.sandbox_hubs import ServedProvider
from polyreel.testing.subject import Subject, sample


class ListingOptions(Fixtures):
    """Page sizes, orders and filters do what they say."""

    def test_the_page_size_that_is_asked_for_is_sent(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """``query.page_size`` goes into the provider's own parameter."""
        paging = specified.operation("list", listed).paging
        if paging is None or paging.size is None:
            pytest.skip(f"{specified.provider.title} doesn't let callers choose a page size")
        size = specified.page_size(listed)
        served.hold(listed, 1)
        served.list(listed, page_size=size)
        sent = served.wire.asked[0].query.get(paging.size)
        assert sent == str(size), f"page_size={size} was sent as {paging.size}={sent}"

    def test_a_page_size_beyond_the_largest_is_refused(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """Before anybody is asked."""
        most = specified.resource(listed).max_page_size
        if most is None:
            pytest.skip(f"{specified.provider.title} states no largest page")
        with pytest.raises(UnsupportedOption, match=str(most)):
            served.list(listed, page_size=most + 1)
        assert not served.wire.asked

    def test_every_declared_order_is_kept(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """Through all pages: newest first for ``desc``, oldest first for ``asc``."""
        size = specified.page_size(listed)
        ids = served.hold(listed, 2 * size + 1)
        for order in specified.resource(listed).orders:
            try:
                came = [item.id for item in served.list(listed, order=order, page_size=size)]
            except PaginationError as error:
                came = [str(error)]
            wanted = ids if order == "desc" else ids[::-1]
            assert came == wanted, (
                f"order={order!r} gives another order; is query.order sent? The last request was "
                f"{served.wire.asked[-1]}"
            )

    def test_an_order_that_it_does_not_have_is_refused(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """With an error that names those it has."""
        orders = specified.resource(listed).orders
        with pytest.raises(UnsupportedOption) as caught:
            served.list(listed, order="sideways")
        assert all(order in str(caught.value) for order in orders)
        assert not served.wire.asked

    def test_every_declared_filter_is_sent(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """By its own name, with the caller's value, on every page."""
        operation = specified.operation("list", listed)
        size = specified.page_size(listed)
        ids = served.hold(listed, 2 * size)
        for name in specified.resource(listed).filters:
            served.wire.asked.clear()
            plural = name == f"{operation.id}s"
            value = (
                ",".join(ids[: size + 1]) if plural else sample(operation.query.get(name, ANYTHING))
            )
            served.list(listed, filters={name: value}, page_size=size)
            for asked in served.wire.asked:
                assert asked.query.get(name) == value, (
                    f"the filter {name}={value} was sent as {name}={asked.query.get(name)}; the request "
                    f"was {asked}"
                )

    def test_a_filter_that_it_does_not_have_is_refused(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """With an error that names those it has; it is never dropped in silence."""
        with pytest.raises(UnsupportedOption, match="polyreel_no_such_filter") as caught:
            served.list(listed, filters={"polyreel_no_such_filter": "x"})
        assert all(name in str(caught.value) for name in specified.resource(listed).filters)
        assert not served.wire.asked
