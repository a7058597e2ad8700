"""What the command line writes of items."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer
from attrs import frozen

from polyreel.cli.name_lists import several
from polyreel.cli.output import RowFormat

if TYPE_CHECKING:
    from polyreel.models import Kind


@frozen(kw_only=True)
class OutputShape:
    """What is written of items.

    Attributes:
        form: How rows are written.
        fields: Which fields a row has, or None for all (in a table, those that fit).
        raw: Rows also have the provider's own JSON.
        quiet: Only uids are written, one on a line.
        count: Only the number of items is written.
        exact: CSV holds free text as it is too.
    """

    form: RowFormat = RowFormat.TABLE
    fields: tuple[str, ...] | None = None
    raw: bool = False
    quiet: bool = False
    count: bool = False
    exact: bool = False


def make_shape(
    kind: Kind,
    form: RowFormat | None,
    fields: str | None,
    *,
    raw: bool = False,
    quiet: bool = False,
    count: bool = False,
    exact: bool = False,
) -> OutputShape:
    """Say what is written of items.

    Raises:
        typer.BadParameter: Options exclude each other, or there is no such field.
    """
    given = {
        "--format": form is not None,
        "--fields": fields is not None,
        "--raw": raw,
        "--quiet": quiet,
        "--count": count,
        "--csv-exact": exact,
    }
    for alone in ("--quiet", "--count"):
        others = [name for name, is_given in given.items() if is_given and name != alone]
        if given[alone] and others:
            raise typer.BadParameter(f"it can't go with {others[0]}", param_hint=alone)
    form = form or RowFormat.TABLE
    if raw and form not in {RowFormat.JSON, RowFormat.JSONL}:
        raise typer.BadParameter("it needs --format json or jsonl", param_hint="--raw")
    if exact and form is not RowFormat.CSV:
        raise typer.BadParameter("it needs --format csv", param_hint="--csv-exact")
    if fields is None:
        return OutputShape(form=form, raw=raw, quiet=quiet, count=count, exact=exact)
    from polyreel.cli import rows

    names = tuple(several("--fields", [fields]) or ())
    known = rows.keys(kind)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"fields are {', '.join(known)}"
            raise typer.BadParameter(f"there is no field {name!r}; {hint}", param_hint="--fields")
    return OutputShape(form=form, fields=names, raw=raw, quiet=quiet, count=count, exact=exact)
