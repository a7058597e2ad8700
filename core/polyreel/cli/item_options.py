"""The options that say which items are meant and how they are written, for several commands."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from polyreel.cli import complete
from polyreel.cli.output import RowFormat

_WHICH, _HOW = "Which items", "How they are read and written"
_SEVERAL = "Several may be given, with commas or one after another."

Provider = Annotated[
    str | None,
    typer.Option(
        help="Only accounts of this provider.",
        metavar="NAME",
        autocompletion=complete.providers,
        rich_help_panel=_WHICH,
    ),
]
Account = Annotated[
    str | None,
    typer.Option(
        help="Only this account.",
        metavar="NAME",
        autocompletion=complete.accounts,
        rich_help_panel=_WHICH,
    ),
]
Providers = Annotated[
    list[str] | None,
    typer.Option(
        "--provider",
        help=f"Only accounts of this provider. {_SEVERAL}",
        metavar="NAME",
        autocompletion=complete.several(complete.providers),
        rich_help_panel=_WHICH,
    ),
]
Accounts = Annotated[
    list[str] | None,
    typer.Option(
        "--account",
        help=f"Only this account. {_SEVERAL}",
        metavar="NAME",
        autocompletion=complete.several(complete.accounts),
        rich_help_panel=_WHICH,
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        help=f"All but this account or provider. {_SEVERAL}",
        metavar="NAME",
        autocompletion=complete.several(complete.accounts_and_providers),
        rich_help_panel=_WHICH,
    ),
]
Status = Annotated[
    list[str] | None,
    typer.Option(
        help=f"Only items of this status: queued, running, ready, failed, deleted or unknown. {_SEVERAL}",
        metavar="WORD",
        autocompletion=complete.several(complete.statuses),
        rich_help_panel=_WHICH,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        help="Only items made since a day (2026-11-20) or a time, in UTC, or for so long (7d, 24h).",
        metavar="WHEN",
        rich_help_panel=_WHICH,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        help="Only items made before a time; of a day, the whole day is included.",
        metavar="WHEN",
        rich_help_panel=_WHICH,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        help="At most so many items; of several accounts, the newest.",
        metavar="N",
        min=0,
        rich_help_panel=_WHICH,
    ),
]
Order = Annotated[
    str | None,
    typer.Option(
        help="By time, across accounts; else the providers' own order.",
        metavar="asc|desc",
        autocompletion=complete.orders,
        rich_help_panel=_WHICH,
    ),
]
Filter = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        help="One of the provider's own filters; polyreel providers NAME lists them. May be given "
        "several times.",
        metavar="NAME=VALUE",
        rich_help_panel=_WHICH,
    ),
]
Cursor = Annotated[
    str | None,
    typer.Option(
        help="Go on where an earlier listing with the same options stopped; @last goes on with the last "
        "one that stopped, and knows its options.",
        metavar="TEXT",
        rich_help_panel=_WHICH,
    ),
]
PageSize = Annotated[
    int | None,
    typer.Option(
        help="Items per request; the provider sets the most.", metavar="N", rich_help_panel=_HOW
    ),
]
FormatOption = Annotated[
    RowFormat,
    typer.Option(
        "--format", help="How items are written.", case_sensitive=False, rich_help_panel=_HOW
    ),
]
FormatOrNone = Annotated[
    RowFormat | None,
    typer.Option(
        "--format",
        help="How items are written: table (the default), json, jsonl or csv.",
        case_sensitive=False,
        show_default=False,
        rich_help_panel=_HOW,
    ),
]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help="With json or jsonl: add the provider's own JSON.", rich_help_panel=_HOW
    ),
]
CsvExact = Annotated[
    bool,
    typer.Option(
        "--csv-exact",
        help="With csv: free text exactly as it is, even what a spreadsheet would run as a formula.",
        rich_help_panel=_HOW,
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        help="Only these fields, such as uid,title,created_at.",
        metavar="NAMES",
        autocompletion=complete.several(complete.fields),
        rich_help_panel=_HOW,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Only uids, one on a line.", rich_help_panel=_HOW),
]
Count = Annotated[
    bool, typer.Option("--count", help="Only how many items there are.", rich_help_panel=_HOW)
]
FromLibrary = Annotated[
    str | None,
    typer.Option(
        "--library",
        help="Ask no provider but the library that polyreel sync fills: the usual one, or FILE.",
        metavar="[FILE]",
        show_default=False,
        rich_help_panel=_HOW,
    ),
]
Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        help="Ask a sandbox with made-up items, started for this command; no key is needed.",
    ),
]


def filters_of(given: list[str]) -> dict[str, Any]:
    """Read ``NAME=VALUE``; a name that is given several times has a list of values."""
    found: dict[str, Any] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not name or not equals:
            raise typer.BadParameter(f"{each!r} is not NAME=VALUE", param_hint="--filter")
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found
