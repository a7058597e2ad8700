"""``polyreel videos`` and ``polyreel replicas``: one implementation for both kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from polyreel.cli import complete
from polyreel.cli.helping import examples
from polyreel.cli.output import Format

if TYPE_CHECKING:
    from polyreel.models import Kind

_WHICH, _HOW = "Which items", "How they are read and written"
_SEVERAL = "Several may be given, with commas or one after another."

_Provider = Annotated[
    str | None,
    typer.Option(
        help="Only accounts of this provider.",
        metavar="NAME",
        autocompletion=complete.providers,
        rich_help_panel=_WHICH,
    ),
]
_Account = Annotated[
    str | None,
    typer.Option(
        help="Only this account.",
        metavar="NAME",
        autocompletion=complete.accounts,
        rich_help_panel=_WHICH,
    ),
]
_Providers = Annotated[
    list[str] | None,
    typer.Option(
        "--provider",
        help=f"Only accounts of this provider. {_SEVERAL}",
        metavar="NAME",
        autocompletion=complete.several(complete.providers),
        rich_help_panel=_WHICH,
    ),
]
_Accounts = Annotated[
    list[str] | None,
    typer.Option(
        "--account",
        help=f"Only this account. {_SEVERAL}",
        metavar="NAME",
        autocompletion=complete.several(complete.accounts),
        rich_help_panel=_WHICH,
    ),
]
_Exclude = Annotated[
    list[str] | None,
    typer.Option(
        help=f"All but this account or provider. {_SEVERAL}",
        metavar="NAME",
        autocompletion=complete.several(complete.accounts),
        rich_help_panel=_WHICH,
    ),
]
_Status = Annotated[
    list[str] | None,
    typer.Option(
        help=f"Only items of this status: queued, running, ready, failed, deleted or unknown. {_SEVERAL}",
        metavar="WORD",
        autocompletion=complete.several(complete.statuses),
        rich_help_panel=_WHICH,
    ),
]
_Since = Annotated[
    str | None,
    typer.Option(
        help="Only items made since a day (2026-11-20) or a time, in UTC, or for so long (7d, 24h).",
        metavar="WHEN",
        rich_help_panel=_WHICH,
    ),
]
_Until = Annotated[
    str | None,
    typer.Option(
        help="Only items made before a time; of a day, the whole day is included.",
        metavar="WHEN",
        rich_help_panel=_WHICH,
    ),
]
_Limit = Annotated[
    int | None,
    typer.Option(
        help="At most so many items; of several accounts, the newest.",
        metavar="N",
        min=0,
        rich_help_panel=_WHICH,
    ),
]
_Order = Annotated[
    str | None,
    typer.Option(
        help="By time, across accounts; else the providers' own order.",
        metavar="asc|desc",
        autocompletion=complete.orders,
        rich_help_panel=_WHICH,
    ),
]
_Filter = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        help="One of the provider's own filters; polyreel providers NAME lists them. May be given "
        "several times.",
        metavar="NAME=VALUE",
        rich_help_panel=_WHICH,
    ),
]
_Cursor = Annotated[
    str | None,
    typer.Option(
        help="Go on where an earlier listing with the same options stopped; @last goes on with the last "
        "one that stopped, and knows its options.",
        metavar="TEXT",
        rich_help_panel=_WHICH,
    ),
]
_PageSize = Annotated[
    int | None,
    typer.Option(
        help="Items per request; the provider sets the most.", metavar="N", rich_help_panel=_HOW
    ),
]
_Format = Annotated[
    Format,
    typer.Option(
        "--format", help="How items are written.", case_sensitive=False, rich_help_panel=_HOW
    ),
]
_FormatOrNone = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="How items are written: table (the default), json, jsonl or csv.",
        case_sensitive=False,
        show_default=False,
        rich_help_panel=_HOW,
    ),
]
_Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help="With json or jsonl: add the provider's own JSON.", rich_help_panel=_HOW
    ),
]
_CsvExact = Annotated[
    bool,
    typer.Option(
        "--csv-exact",
        help="With csv: free text exactly as it is, even what a spreadsheet would run as a formula.",
        rich_help_panel=_HOW,
    ),
]
_Fields = Annotated[
    str | None,
    typer.Option(
        help="Only these fields, such as uid,title,created_at.",
        metavar="NAMES",
        autocompletion=complete.several(complete.fields),
        rich_help_panel=_HOW,
    ),
]
_Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Only uids, one on a line.", rich_help_panel=_HOW),
]
_Count = Annotated[
    bool, typer.Option("--count", help="Only how many items there are.", rich_help_panel=_HOW)
]
_Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        help="Ask a sandbox with made-up items, started for this command; no key is needed.",
        rich_help_panel=_HOW,
    ),
]


def items_app(kind: Kind, what: str, example: str) -> typer.Typer:
    """Make the commands of one kind of item.

    Args:
        kind: ``videos`` or ``replicas``.
        what: What they are, for people.
        example: A uid of a video or replica, for the help.
    """
    app = typer.Typer(no_args_is_help=True, help=f"List and get {what}.")

    @app.command("list", help=f"List {what}, across all accounts.", epilog=_list_examples(kind))
    def list_command(
        *,
        provider: _Providers = None,
        account: _Accounts = None,
        exclude: _Exclude = None,
        status: _Status = None,
        since: _Since = None,
        until: _Until = None,
        limit: _Limit = None,
        order: _Order = None,
        where: _Filter = None,
        cursor: _Cursor = None,
        page_size: _PageSize = None,
        form: _FormatOrNone = None,
        fields: _Fields = None,
        raw: _Raw = False,
        csv_exact: _CsvExact = False,
        quiet: _Quiet = False,
        count: _Count = False,
        sandbox: _Sandbox = False,
    ) -> None:
        from polyreel.cli.list_and_get import list_items
        from polyreel.cli.shape import make_shape, several

        options: dict[str, Any] = {
            "provider": several("--provider", provider),
            "account": several("--account", account),
            "exclude": several("--exclude", exclude),
            "status": several("--status", status),
            "since": since,
            "until": until,
            "limit": limit,
            "order": order,
            "filters": _filters(where or []) or None,
            "cursor": cursor,
            "page_size": page_size,
        }
        shape = make_shape(kind, form, fields, raw=raw, quiet=quiet, count=count, exact=csv_exact)
        list_items(kind, options, shape, sandbox=sandbox)

    @app.command(
        "get",
        help=f"Get single {what}.\n\nWith one UID, JSON is one object; with several, an array of them.",
        epilog=_get_examples(kind, example),
        no_args_is_help=True,
    )
    def get_command(
        *,
        uids: Annotated[
            list[str],
            typer.Argument(
                help="ACCOUNT:ID, as a listing shows it; or the provider's own id, with --provider "
                "or --account.",
                metavar="UID...",
                show_default=False,
            ),
        ],
        provider: _Provider = None,
        account: _Account = None,
        form: _Format = Format.TABLE,
        raw: _Raw = False,
        csv_exact: _CsvExact = False,
        sandbox: _Sandbox = False,
    ) -> None:
        from polyreel.cli.list_and_get import get_items
        from polyreel.cli.shape import make_shape

        whom = {"provider": provider, "account": account}
        shape = make_shape(kind, form, None, raw=raw, exact=csv_exact)
        get_items(kind, uids, whom, shape, sandbox=sandbox)

    return app


def _filters(given: list[str]) -> dict[str, Any]:
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


def _list_examples(kind: Kind) -> str:
    return examples(
        f"polyreel {kind} list --status ready --limit 20",
        f"polyreel {kind} list --provider tavus --format jsonl > {kind}.jsonl",
        f"polyreel {kind} list --since 7d --fields uid,title,created_at",
        f"polyreel {kind} list --sandbox",
    )


def _get_examples(kind: Kind, example: str) -> str:
    return examples(
        f"polyreel {kind} get {example}",
        f"polyreel {kind} get {example.partition(':')[2]} --provider tavus --format json --raw",
    )
