"""One item, asked for by its uid, is the one of the listing."""

from __future__ import annotations

from typing import get_args

import pytest

from polyreel.errors import NotFound, UnsupportedOperation
from polyreel.models import Kind
from polyreel.testing.fixtures import Fixtures, every_twin
from polyreel.testing.hubs import ACCOUNT, Stage, Twin
from polyreel.testing.subject import Subject

_ITEMS = 12  # enough for every status that the sandbox has


class Gets(Fixtures):
    """Uids lead back to items."""

    @every_twin
    def test_a_uid_leads_to_its_item(self, stage: Stage, got: Kind, twin: Twin) -> None:
        """``account:id``, where the id is the provider's own."""
        for id in stage.hold(got, 3):
            item = stage.get(got, id, twin)
            assert item.id == id, (
                f"asked for {id!r}, got {item.id!r}; is the id field the right one?"
            )
            assert item.uid == f"{ACCOUNT}:{id}"

    def test_an_item_alone_is_the_one_of_the_listing(
        self, specified: Subject, stage: Stage, got: Kind
    ) -> None:
        """What both responses tell must be read the same way; one may tell more than the other."""
        if not specified.resource(got).can_list:
            pytest.skip(f"{specified.provider.title} can't list {got}")
        stage.hold(got, _ITEMS)
        for listed in stage.list(got):
            alone, there = stage.get(got, listed.id).as_dict(), listed.as_dict()
            both = [name for name in there if there[name] is not None and alone[name] is not None]
            differ = [name for name in both if there[name] != alone[name]]
            assert not differ, (
                f"{listed.uid} has another {', '.join(differ)} alone than in the listing: "
                f"{[(there[name], alone[name]) for name in differ]}"
            )

    @every_twin
    def test_an_unknown_id_is_not_found(self, stage: Stage, got: Kind, twin: Twin) -> None:
        """Whatever status the provider documents for it."""
        stage.hold(got, 1)
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which one is the question
            stage.get(got, "no-such-id", twin)
        status = getattr(caught.value, "status_code", None)
        assert isinstance(caught.value, NotFound), (
            f"an unknown id gives {caught.value!r} instead of NotFound; if {status} is how this provider "
            f"says it, build the request with missing=frozenset({{{status}, 404}})"
        )

    def test_what_is_not_declared_is_refused(self, specified: Subject, stage: Stage) -> None:
        """With an error that names what the provider can do, and before anybody is asked."""
        resources = specified.provider.resources
        for kind in get_args(Kind):
            resource = resources.get(kind)
            if resource is None or not resource.can_list:
                with pytest.raises(UnsupportedOperation):
                    stage.list(kind)
            if resource is None or not resource.can_get:
                with pytest.raises(UnsupportedOperation):
                    stage.get(kind, "x")
        assert not stage.wire.asked
