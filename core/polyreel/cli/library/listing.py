"""``polyreel videos list --library``, and of replicas: what was last seen, without a request."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
import typer.core

from polyreel.cli.output import RowFormat

if TYPE_CHECKING:
    from polyreel.cli.shape import OutputShape
    from polyreel.library.catalog.reading import Filters, LibraryReader
    from polyreel.listing.options import CheckedOptions
    from polyreel.models import Kind

_LIBRARY = "--library"
_AT_ONCE = 500
_LIVE_ONLY = {"filters": "--filter", "cursor": "--cursor", "page_size": "--page-size"}


class LibraryOrFile(typer.core.TyperCommand):
    """Takes ``--library`` alone for the usual file, and ``--library FILE`` for another."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Write ``--library`` without a file as one that is empty."""
        for number, arg in enumerate(args):
            if arg == _LIBRARY and (number + 1 == len(args) or args[number + 1].startswith("-")):
                args = [*args[:number], f"{_LIBRARY}=", *args[number + 1 :]]
        return super().parse_args(ctx, args)


def list_stored(kind: Kind, options: dict[str, Any], shape: OutputShape, library: str) -> None:
    """Write what the library holds of what a listing would give.

    Args:
        kind: ``videos`` or ``replicas``.
        options: See :class:`polyreel.ListOptions`.
        shape: What is written of items.
        library: The library's file; empty for the usual one.

    Raises:
        LibraryError: There is no library, or it can't be used.
        ConfigurationError: No item has ever been of this account or provider.
        UnsupportedError: An option is of a wrong value.
    """
    from polyreel.cli import reporting
    from polyreel.cli.writing_items import writing_items
    from polyreel.library.catalog.database import library_path
    from polyreel.library.catalog.reading import LibraryReader
    from polyreel.listing.options import check

    for name, option in _LIVE_ONLY.items():
        if options.pop(name) is not None:
            raise typer.BadParameter("a library can't be asked for this", param_hint=option)
    asked = check(options)
    reader = LibraryReader(library_path(Path(library) if library else None))
    try:
        filters = _filters(asked, reader)
        if shape.count:
            found = reader.count(kind, filters)
            print(found if asked.limit is None else min(found, asked.limit))
            return
        items = reader.items(kind, filters, asked.limit, oldest_first=asked.order == "asc")
        count = 0
        with writing_items(kind, shape) as write:
            while page := list(islice(items, _AT_ONCE)):
                write(page)
                count += len(page)
        if shape.form is RowFormat.TABLE and not shape.quiet:
            last = max((run["ended"] or "" for run in reader.runs(latest=True)), default="")
            reporting.note(f"{count:,} {kind} of the library, as of {last[:16].replace('T', ' ')}Z")
    finally:
        reader.close()


def _filters(asked: CheckedOptions, reader: LibraryReader) -> Filters:
    """Turn a listing's options into filters of the library.

    Raises:
        ConfigurationError: A name is nobody's.
    """
    from polyreel.library.catalog.reading import Filters

    known = reader.accounts()
    accounts, providers = set(known), set(known.values())
    known_names("account", asked.accounts, accounts)
    known_names("provider", asked.providers, providers)
    known_names("account or provider", asked.excluded, accounts | providers)
    return Filters(
        accounts=asked.accounts,
        providers=asked.providers,
        excluded=asked.excluded,
        statuses=sorted(asked.statuses or ()),
        since=asked.since.at if asked.since else None,
        until=asked.until.at if asked.until else None,
    )


def known_names(what: str, names: Iterable[str], known: Collection[str]) -> None:
    """Check that names of accounts or providers are in a library.

    Raises:
        ConfigurationError: One is nobody's.
    """
    from polyreel.errors import ConfigurationError

    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ConfigurationError(
                f"the library knows no {what} {name!r} (it has {', '.join(sorted(known)) or 'none'})"
                f"{hint}"
            )
