"""``polyreel videos`` and ``polyreel replicas``: one implementation for both kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from polyreel.cli import complete, item_options as given
from polyreel.cli.helping import examples
from polyreel.cli.item_options import filters_of
from polyreel.cli.library.listing import LibraryOrFile, list_stored
from polyreel.cli.output import RowFormat

if TYPE_CHECKING:
    from polyreel.models import Kind


def items_app(kind: Kind, what: str, example: str) -> typer.Typer:
    """Make the commands of one kind of item.

    Args:
        kind: ``videos`` or ``replicas``.
        what: What they are, for people.
        example: A uid of a video or replica, for the help.
    """
    app = typer.Typer(no_args_is_help=True, help=f"List and get {what}.")

    @app.command(
        "list",
        cls=LibraryOrFile,
        help=f"List {what}, across all accounts.",
        epilog=_list_examples(kind),
    )
    def list_command(
        *,
        provider: given.Providers = None,
        account: given.Accounts = None,
        exclude: given.Exclude = None,
        status: given.Status = None,
        since: given.Since = None,
        until: given.Until = None,
        limit: given.Limit = None,
        order: given.Order = None,
        where: given.Filter = None,
        cursor: given.Cursor = None,
        page_size: given.PageSize = None,
        form: given.FormatOrNone = None,
        fields: given.Fields = None,
        raw: given.Raw = False,
        csv_exact: given.CsvExact = False,
        quiet: given.Quiet = False,
        count: given.Count = False,
        library: given.FromLibrary = None,
        sandbox: given.Sandbox = False,
    ) -> None:
        from polyreel.cli.name_lists import several
        from polyreel.cli.shape import make_shape

        options: dict[str, Any] = {
            "provider": several("--provider", provider),
            "account": several("--account", account),
            "exclude": several("--exclude", exclude),
            "status": several("--status", status),
            "since": since,
            "until": until,
            "limit": limit,
            "order": order,
            "filters": filters_of(where or []) or None,
            "cursor": cursor,
            "page_size": page_size,
        }
        shape = make_shape(kind, form, fields, raw=raw, quiet=quiet, count=count, exact=csv_exact)
        if library is not None:
            if sandbox:
                raise typer.BadParameter("the sandbox isn't asked", param_hint="--library")
            list_stored(kind, options, shape, library)
            return
        from polyreel.cli.list_and_get import list_items

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
        provider: given.Provider = None,
        account: given.Account = None,
        form: given.FormatOption = RowFormat.TABLE,
        raw: given.Raw = False,
        csv_exact: given.CsvExact = False,
        sandbox: given.Sandbox = False,
    ) -> None:
        from polyreel.cli.list_and_get import get_items
        from polyreel.cli.shape import make_shape

        whom = {"provider": provider, "account": account}
        shape = make_shape(kind, form, None, raw=raw, exact=csv_exact)
        get_items(kind, uids, whom, shape, sandbox=sandbox)

    @app.command(
        "download",
        help=f"Save the files of single {what}, each whole or not at all, and print where they are.",
        epilog=examples(
            f"polyreel {kind} download {example}", f"polyreel {kind} download {example} -o -"
        ),
        no_args_is_help=True,
    )
    def download_command(
        *,
        uids: Annotated[
            list[str], typer.Argument(help="ACCOUNT:ID, as a listing shows it.", metavar="UID...")
        ],
        output: Annotated[
            str | None,
            typer.Option(
                "--output", "-o", help="A file, a folder, or - for stdout.", metavar="PATH"
            ),
        ] = None,
        role: Annotated[
            str | None,
            typer.Option(
                help="Which file: video, thumbnail, preview, captions.",
                metavar="NAME",
                autocompletion=complete.roles,
            ),
        ] = None,
        sandbox: given.Sandbox = False,
    ) -> None:
        from polyreel.cli.files_commands import download

        download(kind, uids, output, role, sandbox=sandbox)

    @app.command(
        "open",
        help=f"Open the web page or the file of one of the {what} in the browser.",
        epilog=examples(f"polyreel {kind} open {example}"),
        no_args_is_help=True,
    )
    def open_command(
        *,
        uid: Annotated[
            str, typer.Argument(help="ACCOUNT:ID, as a listing shows it.", metavar="UID")
        ],
        sandbox: given.Sandbox = False,
    ) -> None:
        from polyreel.cli.files_commands import show

        show(kind, uid, sandbox=sandbox)

    return app


def _list_examples(kind: Kind) -> str:
    return examples(
        f"polyreel {kind} list --status ready --limit 20",
        f"polyreel {kind} list --provider tavus --format jsonl > {kind}.jsonl",
        f"polyreel {kind} list --since 7d --fields uid,title,created_at",
        f"polyreel {kind} list --library --since 30d",
        f"polyreel {kind} list --sandbox",
    )


def _get_examples(kind: Kind, example: str) -> str:
    return examples(
        f"polyreel {kind} get {example}",
        f"polyreel {kind} get {example.partition(':')[2]} --provider tavus --format json --raw",
    )
