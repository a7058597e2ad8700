"""Listing and getting for the command line: what could be had is written, what failed is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from attrs import define, field

from polyreel.cli import exits, reporting, rows
from polyreel.cli.output import Format, writing
from polyreel.errors import PolyreelError
from polyreel.hub import Collection, Hub
from polyreel.models import Item, Kind

if TYPE_CHECKING:
    from polyreel.listing.iterate import Listing


def list_items(
    kind: Kind, options: Mapping[str, Any], form: Format, *, raw: bool, sandbox: bool
) -> None:
    """Write a listing as it arrives, and say at the end how it went.

    Args:
        kind: ``videos`` or ``replicas``.
        options: See :class:`polyreel.ListOptions`.
        form: How items are written.
        raw: Add the provider's JSON to each row.
        sandbox: Ask a sandbox instead of the configured accounts.

    Raises:
        PolyreelError: Nothing could be asked for.
        typer.Exit: Something failed; it has been said.
    """
    with _collection(kind, sandbox=sandbox) as collection:
        listing = collection.list(**options, on_error="skip")
        told = _Told(kind)
        try:
            _write(listing, told, form, raw)
        except KeyboardInterrupt:
            reporting.note(f"polyreel: interrupted after {told.and_how_to_go_on()}")
            raise typer.Exit(exits.INTERRUPTED) from None
    failed = {error.account for error in listing.errors}
    several = len(failed | told.accounts) > 1
    for error in listing.errors:
        reporting.failed(error, about=error.account if several else None)
    if told.accounts:
        reporting.note(told.and_how_to_go_on())
    if code := exits.code(listing.errors, delivered=bool(told.accounts - failed)):
        raise typer.Exit(code)


def get_items(
    kind: Kind,
    uids: Sequence[str],
    whom: Mapping[str, str | None],
    form: Format,
    *,
    raw: bool,
    sandbox: bool,
) -> None:
    """Write items as they arrive; one that can't be had doesn't keep the others back.

    Args:
        kind: ``videos`` or ``replicas``.
        uids: Whose items; see :meth:`polyreel.hub.Collection.get`.
        whom: ``provider`` and ``account``, each a name or None.
        form: How items are written.
        raw: Add the provider's JSON to each row.
        sandbox: Ask a sandbox instead of the configured accounts.

    Raises:
        typer.Exit: Something failed; it has been said.
    """
    errors = []
    single = len(uids) == 1
    with (
        _collection(kind, sandbox=sandbox) as collection,
        writing(form, keys=rows.keys(kind), columns=None, single=single) as out,
    ):
        for uid in uids:
            try:
                item = collection.get(uid, **whom)
            except PolyreelError as error:
                reporting.failed(error, about=None if single else uid)
                errors.append(error)
            else:
                out.write([rows.row(item, raw=raw)])
    if code := exits.code(errors, delivered=len(errors) < len(uids)):
        raise typer.Exit(code)


@define
class _Told:
    """What has been written so far."""

    kind: Kind
    items: int = 0
    accounts: set[str | None] = field(factory=set)
    cursor: str | None = None

    def __str__(self) -> str:
        return f"{_count(self.items, self.kind)} from {_count(len(self.accounts), 'accounts')}"

    def and_how_to_go_on(self) -> str:
        """Add what resumes the listing where it stopped, unless it is complete."""
        return f"{self}; go on with: --cursor {self.cursor}" if self.cursor else str(self)


def _write(listing: Listing[Any], told: _Told, form: Format, raw: bool) -> None:
    columns = rows.columns(told.kind)
    with (
        writing(form, keys=rows.keys(told.kind), columns=columns) as out,
        reporting.progress(f"listing {told.kind}", table=form is Format.TABLE) as progress,
    ):
        for page in listing.pages():
            out.write(rows.row(item, raw=raw) for item in page.items)
            told.items += len(page.items)
            told.accounts.add(page.account)
            told.cursor = listing.cursor
            progress(f"listing {told.kind}: {told}")
        told.cursor = listing.cursor  # at the end it is known that a last attempt gave nothing more


def _count(number: int, plural: str) -> str:
    return f"{number} {plural if number != 1 else plural.removesuffix('s')}"


@contextmanager
def _collection(kind: Kind, *, sandbox: bool) -> Iterator[Collection[Item]]:
    with _hub(sandbox=sandbox) as hub:
        yield getattr(hub, kind)


@contextmanager
def _hub(*, sandbox: bool) -> Iterator[Hub]:
    if not sandbox:
        with Hub() as hub:
            yield hub
        return
    from polyreel.sandbox import serve

    with serve() as box, Hub(box.accounts()) as hub:
        yield hub
