"""A provider's surprise costs the field in which it came, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from polyreel.errors import PolyreelError
from polyreel.models import Item, Kind, Status
from polyreel.testing import response_items
from polyreel.testing.field_mapping import check_types, with_status
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.response_items import SURPRISES
from polyreel.testing.sandbox_hubs import ServedProvider
from polyreel.testing.subject import Subject

_UNKNOWN = {"polyreel_new": {"deep": [1, None, {"deeper": True}]}, "polyreel_other": None}

every_surprise = pytest.mark.parametrize("surprise", SURPRISES)


class TolerantFields(Fixtures):
    """Nulls, missing and unknown fields, and types that nobody documented."""

    @every_surprise
    def test_a_surprise_in_any_field_costs_that_field(
        self, specified: Subject, served: ServedProvider, kind: Kind, surprise: str
    ) -> None:
        """In all fields of all items at once, and in each field alone."""
        value = SURPRISES[surprise]
        for role in specified.roles(kind):
            operation = specified.operation(role, kind)
            for change in (response_items.with_all, response_items.with_one_each):
                ids = served.hold(kind, 20 if role == "list" else 3)
                served.wire.change = change(operation, value)
                _assert_readable(ids, served.read(role, kind, ids))

    def test_fields_may_be_missing(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """All but the id, which no item can be without."""
        for role in specified.roles(kind):
            ids = served.hold(kind, 3)
            served.wire.change = response_items.without_fields(specified.operation(role, kind))
            _assert_readable(ids, served.read(role, kind, ids))

    def test_new_fields_are_kept_in_raw(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """Providers add fields without notice."""
        for role in specified.roles(kind):
            ids = served.hold(kind, 3)
            served.wire.change = response_items.with_fields(
                specified.operation(role, kind), **_UNKNOWN
            )
            items = served.read(role, kind, ids)
            _assert_readable(ids, items)
            assert all(_UNKNOWN.items() <= item.raw.items() for item in items)

    def test_an_unknown_status_is_unknown_and_keeps_its_word(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """Providers add statuses, too."""
        for role in specified.roles(kind):
            served.wire.change = None
            ids = served.hold(kind, 1)
            (item,) = served.read(role, kind, ids)
            word = with_status(item, "moonwalking")
            if not word:
                pytest.skip(f"{specified.provider.title} has no word for the status of {kind}")
            served.wire.change = response_items.with_fields(specified.operation(role, kind), **word)
            (item,) = served.read(role, kind, ids)
            assert item.status is Status.UNKNOWN
            assert item.provider_status == "moonwalking"

    def test_a_row_that_is_no_item_costs_that_row(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """null, a text, or an object without an id between good rows."""
        operation = specified.operation("list", listed)

        def spoil(body: object) -> object:
            rows = response_items.rows(operation, body)
            rows[1:1] = [None, "text", {}, {operation.id: None}]  # type: ignore[list-item]
            return body

        ids = served.hold(listed, 3)
        served.wire.change = spoil
        items = served.list(listed, limit=3)
        assert [item.id for item in items] == ids, "read the rows with Response.items"

    def test_a_page_is_read_without_its_envelope(
        self, specified: Subject, served: ServedProvider, listed: Kind
    ) -> None:
        """Compatible servers and proxies leave it out, or fill it with null."""
        operation = specified.operation("list", listed)
        ids = served.hold(listed, max(1, specified.page_size(listed) - 1))
        for change in (
            response_items.without_envelope(operation),
            response_items.with_envelope(operation, None),
        ):
            served.wire.change = change
            assert [item.id for item in served.list(listed)] == ids

    @every_surprise
    def test_a_surprise_around_the_items_is_no_crash(
        self, specified: Subject, served: ServedProvider, listed: Kind, surprise: str
    ) -> None:
        """It may end the listing with an error of polyreel's, and with no other."""
        operation = specified.operation("list", listed)
        served.hold(listed, 1)
        served.wire.change = response_items.with_envelope(operation, SURPRISES[surprise])
        try:
            served.list(listed, limit=20)
        except PolyreelError:
            pass
        except Exception as error:  # noqa: BLE001 - that there is none is the point
            pytest.fail(
                f"{surprise} in every field around the items raises {error!r}; read such fields with "
                "polyreel.convert, which gives None for what it doesn't expect"
            )


def _assert_readable(ids: Sequence[str], items: Sequence[Item]) -> None:
    assert [item.id for item in items] == ids
    for item in items:
        check_types(item)
