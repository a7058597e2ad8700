"""polyreel_files names the files of an item, each with a link; other fields' surprises cost none."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from contextlib import suppress

import pytest

from polyreel.errors import PluginError
from polyreel.files import ROLE, File, usual_files
from polyreel.http.urls import origin
from polyreel.models import Item, Kind
from polyreel.testing import response_items
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.purity import no_io
from polyreel.testing.response_items import SURPRISES
from polyreel.testing.sandbox_hubs import ServedProvider
from polyreel.testing.subject import Subject


class FileNaming(Fixtures):
    """What archives and downloads are told of an item's files."""

    def test_files_have_roles_and_links(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """A role names one file of an item, also on a disk; a link is an address of its own."""
        for item in _items(specified, served, kind, 6):
            found = _named(specified, kind, item)
            roles = [file.role for file in found]
            assert len({*roles}) == len(roles), (
                f"two files of {item.uid} have the same role: {roles}; files_of numbers them"
            )
            for file in found:
                assert ROLE.fullmatch(file.role), (
                    f"{file.role!r} is no role; use video, thumbnail, preview, captions or a word like "
                    "these, and for a further file of a role its number: video.2"
                )
                assert re.match("https?", origin(file.url)[0]), (
                    f"the link of {file.role} is {file.url!r}; read it with convert.url"
                )

    def test_the_download_is_one_of_the_files(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """What ``download_url`` links to is what callers download."""
        for item in _items(specified, served, kind, 6):
            usual = [file.url for file in usual_files(item) if file.role == "video"]
            named = [file.url for file in _named(specified, kind, item)]
            assert {*usual} <= {*named}, (
                f"{item.uid} has a download_url that polyreel_files leaves out; begin with "
                "files_of(item, ...)"
            )

    def test_naming_files_does_no_io_and_changes_nothing(
        self, specified: Subject, served: ServedProvider, kind: Kind
    ) -> None:
        """The hook may be asked often, for the same item."""
        for item in _items(specified, served, kind, 3):
            raw = copy.deepcopy(item.raw)
            with no_io() as seen, suppress(PluginError):
                specified.registry.files(kind, item)
            assert not seen, f"the plugin does I/O in polyreel_files: {'; '.join(seen)}"
            first = _named(specified, kind, item)
            assert item.raw == raw, "polyreel_files changes item.raw, which is the caller's"
            assert _named(specified, kind, item) == first, "polyreel_files gives others each time"

    @pytest.mark.parametrize("surprise", SURPRISES)
    def test_a_surprise_costs_no_item_its_other_files(
        self, specified: Subject, served: ServedProvider, kind: Kind, surprise: str
    ) -> None:
        """In all fields of all items at once."""
        for role in specified.roles(kind):
            ids = served.hold(kind, 3)
            operation = specified.operation(role, kind)
            served.wire.change = response_items.with_all(operation, SURPRISES[surprise])
            for item in served.read(role, kind, ids):
                _named(specified, kind, item)


def _items(subject: Subject, served: ServedProvider, kind: Kind, count: int) -> Sequence[Item]:
    """Read items in every way that there is."""
    found: list[Item] = []
    for role in subject.roles(kind):
        found += served.read(role, kind, served.hold(kind, count))
    return found


def _named(subject: Subject, kind: Kind, item: Item) -> tuple[File, ...]:
    try:
        return subject.registry.files(kind, item)
    except PluginError as error:
        pytest.fail(
            f"polyreel_files fails for an item that can be read: {error}; read what it takes from "
            "item.raw with polyreel.convert, which gives None for what it doesn't expect"
        )
