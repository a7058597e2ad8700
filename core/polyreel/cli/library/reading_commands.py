"""``polyreel search``, ``changes`` and ``sql``: what the library knows, without a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polyreel.cli import complete
from polyreel.cli.library.shared_options import AccountsOption, FormatOption, LibraryFile
from polyreel.cli.name_lists import several, statuses
from polyreel.cli.output import RowFormat

if TYPE_CHECKING:
    from polyreel.library.catalog.reading import LibraryReader

_CHANGES = ("rev", "at", "change", "uid", "status_before", "status", "title", "kind", "account")


def search_command(
    *,
    words: Annotated[
        list[str],
        typer.Argument(
            help="Words of the title or prompt; the last may be a beginning.", show_default=False
        ),
    ],
    status: Annotated[
        list[str] | None,
        typer.Option(
            help="Only items of this status. May be given several times, or with commas.",
            metavar="WORD",
            show_default=False,
            autocompletion=complete.several(complete.statuses),
        ),
    ] = None,
    account: AccountsOption = None,
    limit: Annotated[int, typer.Option(help="At most so many.", metavar="N", min=0)] = 50,
    library: LibraryFile = None,
    form: FormatOption = RowFormat.TABLE,
) -> None:
    """Search titles and prompts of all videos that were ever seen, offline."""
    from polyreel.cli import reporting, rows
    from polyreel.cli.library.listing import known_names
    from polyreel.cli.output import writing
    from polyreel.library.catalog.reading import Filters

    filters = Filters(
        words=" ".join(words),
        statuses=statuses(status),
        accounts=several("--account", account) or (),
    )
    with _reader(library) as reader:
        known_names("account", filters.accounts, reader.accounts())
        found = list(reader.items("videos", filters, limit))
        with writing(form, keys=rows.keys("videos"), columns=rows.columns("videos")) as out:
            out.write(rows.row(item, raw=False) for item in found)
        if len(found) == limit:
            reporting.note(f"{reader.count('videos', filters):,} found; --limit shows more")


def changes_command(
    *,
    since: Annotated[
        str | None,
        typer.Option(
            help="Noticed then or later: a day, a time, or a span such as 1d.",
            metavar="WHEN",
            show_default=False,
        ),
    ] = None,
    after: Annotated[
        int, typer.Option(help="Only changes with a higher number.", metavar="REV", min=0)
    ] = 0,
    library: LibraryFile = None,
    form: FormatOption = RowFormat.TABLE,
) -> None:
    """Show what was new, changed, deleted or restored, as the syncs noticed it."""
    from datetime import UTC, datetime

    from attrs import asdict

    from polyreel.cli.library.columns import columns
    from polyreel.cli.output import writing
    from polyreel.listing.time_bounds import since_bound

    moment_since = since_bound(since, datetime.now(UTC)).at if since else None
    shown = columns(_CHANGES, flexible={"title"}, varied={"kind", "account"})
    with _reader(library) as reader, writing(form, keys=_CHANGES, columns=shown) as out:
        out.write(
            {key: recorded[key] for key in _CHANGES}
            for recorded in map(asdict, reader.changes(after=after, since=moment_since))
        )


def sql_command(
    *,
    statement: Annotated[
        str | None,
        typer.Argument(help="One SELECT.", metavar="[SELECT ...]", show_default=False),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Show the views and their columns.")
    ] = False,
    library: LibraryFile = None,
    form: FormatOption = RowFormat.TABLE,
) -> None:
    """Ask the library in SQL, reading only."""
    from polyreel.cli.library.columns import columns
    from polyreel.cli.output import writing
    from polyreel.errors import InvalidRequest

    with _reader(library) as reader:
        if schema:
            for view, names in reader.schema():
                typer.echo(f"{view}: {', '.join(names)}")
            return
        if statement is None:
            raise InvalidRequest("give a SELECT, or --schema to see what there is")
        names, found = reader.sql(statement)
        keys = _distinct(names)
        with writing(form, keys=keys, columns=columns(keys, flexible=keys)) as out:
            out.write(dict(zip(keys, map(_value, row), strict=True)) for row in found)


def _distinct(names: list[str]) -> list[str]:
    """Tell columns of one name apart, as ``count``, ``count:2``."""
    found: list[str] = []
    for name in names:
        number = found.count(name) + sum(each.startswith(f"{name}:") for each in found)
        found.append(f"{name}:{number + 1}" if number else name)
    return found


def _value(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


@contextmanager
def _reader(library: Path | None) -> Iterator[LibraryReader]:
    from polyreel.library.catalog.database import library_path
    from polyreel.library.catalog.reading import LibraryReader

    reader = LibraryReader(library_path(library))
    try:
        yield reader
    finally:
        reader.close()
