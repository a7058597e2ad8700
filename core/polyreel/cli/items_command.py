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
_Status = Annotated[
    list[str] | None,
    typer.Option(
        help="Only items of this status: queued, running, ready, failed, deleted or unknown. "
        "May be given several times.",
        metavar="WORD",
        autocompletion=complete.statuses,
        rich_help_panel=_WHICH,
    ),
]
_Limit = Annotated[
    int | None,
    typer.Option(help="At most so many items.", metavar="N", min=0, rich_help_panel=_WHICH),
]
_Order = Annotated[
    str | None,
    typer.Option(
        help="By time; else the provider's own order.",
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
        help="Go on where an earlier listing with the same options stopped.",
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
_Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help="With json or jsonl: add the provider's own JSON.", rich_help_panel=_HOW
    ),
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
        provider: _Provider = None,
        account: _Account = None,
        status: _Status = None,
        limit: _Limit = None,
        order: _Order = None,
        where: _Filter = None,
        cursor: _Cursor = None,
        page_size: _PageSize = None,
        form: _Format = Format.TABLE,
        raw: _Raw = False,
        sandbox: _Sandbox = False,
    ) -> None:
        from polyreel.cli.list_and_get import list_items

        options: dict[str, Any] = {
            "provider": provider,
            "account": account,
            "status": status or None,
            "limit": limit,
            "order": order,
            "filters": _filters(where or []),
            "cursor": cursor,
            "page_size": page_size,
        }
        list_items(kind, options, _checked(form, raw), raw=raw, sandbox=sandbox)

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
        sandbox: _Sandbox = False,
    ) -> None:
        from polyreel.cli.list_and_get import get_items

        whom = {"provider": provider, "account": account}
        get_items(kind, uids, whom, _checked(form, raw), raw=raw, sandbox=sandbox)

    return app


def _checked(form: Format, raw: bool) -> Format:
    if raw and form not in {Format.JSON, Format.JSONL}:
        raise typer.BadParameter("it needs --format json or jsonl", param_hint="--raw")
    return form


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
        f"polyreel {kind} list --sandbox",
    )


def _get_examples(kind: Kind, example: str) -> str:
    return examples(
        f"polyreel {kind} get {example}",
        f"polyreel {kind} get {example.partition(':')[2]} --provider tavus --format json --raw",
    )
