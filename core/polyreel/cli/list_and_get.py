"""Listing and getting for the command line: what could be had is written, what failed is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from attrs import define, field

from polyreel.cli import exits, last_cursor, reporting, rows
from polyreel.cli.output import RowFormat, writing
from polyreel.cli.shape import OutputShape
from polyreel.cli.writing_items import writing_items
from polyreel.errors import PolyreelError
from polyreel.hub import Hub
from polyreel.hub.collection import Collection
from polyreel.listing.options import check
from polyreel.models import Item, Kind

if TYPE_CHECKING:
    from polyreel.listing.iterate import Listing


def list_items(kind: Kind, options: dict[str, Any], shape: OutputShape, *, sandbox: bool) -> None:
    """Write a listing as it arrives, and say at the end how it went.

    Args:
        kind: ``videos`` or ``replicas``.
        options: See :class:`polyreel.ListOptions`; the cursor may be ``@last``.
        shape: What is written of items.
        sandbox: Ask a sandbox instead of the configured accounts.

    Raises:
        PolyreelError: Nothing could be asked for.
        typer.Exit: Something failed; it has been said.
    """
    if options["cursor"] == last_cursor.NAME:
        options = last_cursor.options(kind, options, sandbox=sandbox)
    check(options)  # usage is judged before accounts
    report = _Report(kind, quiet=shape.quiet or shape.count)
    with _collection(kind, sandbox=sandbox) as collection:
        listing = collection.list(**options, on_error="skip")
        try:
            _write(listing, report, shape)
        except KeyboardInterrupt:
            if report.reached:
                report.keep(report.reached, sandbox=sandbox)
            reporting.note(f"polyreel: interrupted after {report}")
            raise typer.Exit(exits.INTERRUPTED) from None
    failed = {error.account for error in listing.errors}
    whole = set(listing.accounts) - failed
    if listing.cursor is None or not report.items:
        report.accounts |= whole
    if shape.count and (whole or report.items):
        print(report.items)
    for error in listing.errors:
        reporting.failed(error, about=error.account if len(listing.accounts) > 1 else None)
    if listing.cursor or options["cursor"] or options["limit"] is not None:
        report.keep(listing.cursor, sandbox=sandbox)
    if report.accounts:
        report.show()
    if code := exits.code(listing.errors, delivered=bool(whole)):
        raise typer.Exit(code)


def get_items(
    kind: Kind,
    uids: Sequence[str],
    whom: Mapping[str, str | None],
    shape: OutputShape,
    *,
    sandbox: bool,
) -> None:
    """Write items as they arrive; one that can't be had doesn't keep the others back.

    Args:
        kind: ``videos`` or ``replicas``.
        uids: Whose items; see :meth:`polyreel.Collection.get`.
        whom: ``provider`` and ``account``, each a name or None.
        shape: What is written of items.
        sandbox: Ask a sandbox instead of the configured accounts.

    Raises:
        typer.Exit: Something failed; it has been said.
    """
    errors = []
    single = len(uids) == 1
    with (
        _collection(kind, sandbox=sandbox) as collection,
        writing(
            shape.form, keys=rows.keys(kind), columns=None, single=single, exact=shape.exact
        ) as out,
    ):
        for uid in uids:
            try:
                item = collection.get(uid, **whom)
            except PolyreelError as error:
                reporting.failed(error, about=None if single else uid)
                errors.append(error)
            else:
                out.write([rows.row(item, raw=shape.raw)])
    if code := exits.code(errors, delivered=len(errors) < len(uids)):
        raise typer.Exit(code)


@define
class _Report:
    """What was written so far, and how to go on."""

    kind: Kind
    quiet: bool
    items: int = 0
    accounts: set[str | None] = field(factory=set)
    reached: str | None = None  # a cursor that goes on behind what was written
    cursor: str | None = None  # how it is named to the reader

    def __str__(self) -> str:
        counts = f"{_count(self.items, self.kind)} from {_count(len(self.accounts), 'accounts')}"
        return f"{counts}; go on with --cursor {self.cursor}" if self.cursor else counts

    def keep(self, cursor: str | None, *, sandbox: bool) -> None:
        """Keep the cursor for ``--cursor @last``; where that isn't possible, it is shown itself."""
        kept = last_cursor.keep(self.kind, cursor, sandbox=sandbox)
        self.cursor = last_cursor.NAME if kept else cursor

    def show(self) -> None:
        """Say it, unless the caller wants nothing but data."""
        if not self.quiet:
            reporting.note(str(self))


def _write(listing: Listing[Any], report: _Report, shape: OutputShape) -> None:
    with (
        writing_items(report.kind, shape) as write,
        reporting.progress(
            f"listing {report.kind}", table=shape.count or shape.form is RowFormat.TABLE
        ) as progress,
    ):
        for page in listing.pages():
            write(page.items)
            report.items += len(page.items)
            report.accounts |= {page.account} if page.items else set()
            report.reached = page.next
            progress(f"listing {report.kind}: {report}")


def _count(number: int, plural: str) -> str:
    return f"{number} {plural if number != 1 else plural.removesuffix('s')}"


@contextmanager
def _collection(kind: Kind, *, sandbox: bool) -> Iterator[Collection[Item]]:
    with open_hub(sandbox=sandbox) as hub:
        yield getattr(hub, kind)


@contextmanager
def open_hub(*, sandbox: bool) -> Iterator[Hub]:
    """Yield a hub over the configured accounts, or over a sandbox as long as the context lasts."""
    if not sandbox:
        with Hub() as hub:
            yield hub
        return
    from polyreel.sandbox import serve

    with serve() as box, Hub(box.accounts()) as hub:
        yield hub
