"""One item, asked for by its uid, is the one of the listing."""

from __future__ import annotations

from typing import get_args

import pytest

from polyreel.errors import NotFound, UnsupportedOperation
from polyreel.models import Kind
from polyreel.testing.fixtures import Fixtures, both_hubs
from polyreel.testing.sandbox_hubs import ACCOUNT, Mode, ServedProvider
from polyreel.testing.subject import Subject

_ITEMS = 12  # enough for every status that the sandbox has


class Gets(Fixtures):
    """Uids lead back to items."""

    @both_hubs
    def test_a_uid_leads_to_its_item(self, served: ServedProvider, got: Kind, mode: Mode) -> None:
        """``account:id``, where the id is the provider's own."""
        for id in served.hold(got, 3):
            item = served.get(got, id, mode)
            assert item.id == id, (
                f"asked for {id!r}, got {item.id!r}; is the id field the right one?"
            )
            assert item.uid == f"{ACCOUNT}:{id}"

    def test_an_item_alone_is_the_one_of_the_listing(
        self, specified: Subject, served: ServedProvider, got: Kind
    ) -> None:
        """What both responses tell must be read the same way; one may tell more than the other."""
        if not specified.resource(got).can_list:
            pytest.skip(f"{specified.provider.title} can't list {got}")
        served.hold(got, _ITEMS)
        for listed in served.list(got):
            alone, there = served.get(got, listed.id).as_dict(), listed.as_dict()
            both = [name for name in there if there[name] is not None and alone[name] is not None]
            differ = [name for name in both if there[name] != alone[name]]
            assert not differ, (
                f"{listed.uid} has another {', '.join(differ)} alone than in the listing: "
                f"{[(there[name], alone[name]) for name in differ]}"
            )

    @both_hubs
    def test_an_unknown_id_is_not_found(
        self, served: ServedProvider, got: Kind, mode: Mode
    ) -> None:
        """Whatever status the provider documents for it."""
        served.hold(got, 1)
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which one is the question
            served.get(got, "no-such-id", mode)
        status = getattr(caught.value, "status_code", None)
        assert isinstance(caught.value, NotFound), (
            f"an unknown id gives {caught.value!r} instead of NotFound; if {status} is how this provider "
            f"says it, build the request with missing=frozenset({{{status}, 404}})"
        )

    def test_what_is_not_declared_is_refused(
        self, specified: Subject, served: ServedProvider
    ) -> None:
        """With an error that names what the provider can do, and before anybody is asked."""
        resources = specified.provider.resources
        for kind in get_args(Kind):
            resource = resources.get(kind)
            if resource is None or not resource.can_list:
                with pytest.raises(UnsupportedOperation):
                    served.list(kind)
            if resource is None or not resource.can_get:
                with pytest.raises(UnsupportedOperation):
                    served.get(kind, "x")
        assert not served.wire.asked
