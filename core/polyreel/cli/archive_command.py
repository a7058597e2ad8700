"""``polyreel archive``: store the files of videos in a folder or bucket, verify them, mend them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from polyreel.cli import complete, item_options as given
from polyreel.cli.archive_outcomes import columns_of, write_outcomes, write_run
from polyreel.cli.helping import examples
from polyreel.cli.item_options import filters_of
from polyreel.cli.library.shared_options import LibraryFile
from polyreel.cli.output import RowFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polyreel import Hub

_PROBLEM_KEYS = ("name", "reason", "uid")
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


class _WithDefault(typer.core.TyperGroup):
    """Takes ``polyreel archive DEST`` for ``polyreel archive add DEST``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Name the default command where none is named."""
        if args and args[0] not in {*self.commands, "--help", "-h"}:
            args = ["add", *args]
        return super().parse_args(ctx, args)


archive_app = typer.Typer(
    cls=_WithDefault,
    no_args_is_help=True,
    help="Store the files of videos in a folder or bucket; verify and mend what is stored.\n\n"
    "polyreel archive DEST is short for polyreel archive add DEST.",
)

_Destination = Annotated[
    str,
    typer.Argument(
        help="A folder, or a bucket: s3://bucket/path, gs://…, az://…", metavar="DEST",
        show_default=False,
    ),
]  # fmt: skip
_FormatOption = Annotated[
    RowFormat,
    typer.Option(
        "--format", help="How outcomes are written: one line a file.", case_sensitive=False
    ),
]


@archive_app.command(
    "add",
    epilog=examples(
        "polyreel archive films",
        "polyreel archive films --provider replicate --follow 10m",
        "polyreel archive s3://videos/archive --since 30d --dry-run",
        "polyreel archive films --sandbox",
    ),
)
def add_command(
    *,
    destination: _Destination,
    provider: given.Providers = None,
    account: given.Accounts = None,
    exclude: given.Exclude = None,
    since: given.Since = None,
    until: given.Until = None,
    limit: given.Limit = None,
    where: given.Filter = None,
    roles: Annotated[
        str,
        typer.Option(
            help="Which files: video, thumbnail, preview, captions, …; or all.",
            metavar="NAMES",
            autocompletion=complete.several(complete.roles),
        ),
    ] = "video,thumbnail,captions",
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many files at a time.")] = 4,
    follow: Annotated[
        str | None,
        typer.Option(help="Look again for ever, so long after each run: 10m, 1h.", metavar="SPAN"),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Store nothing; say what would be stored, and how large it is."
        ),
    ] = False,
    max_bytes: Annotated[
        str | None,
        typer.Option(help="Get at most so many bytes in a run: 500M, 20G.", metavar="SIZE"),
    ] = None,
    rate: Annotated[
        str | None, typer.Option(help="Get at most so many bytes a second: 20M.", metavar="SIZE")
    ] = None,
    no_prompts: Annotated[
        bool,
        typer.Option("--no-prompts", help="Keep no prompts, nor the provider's own JSON."),
    ] = False,
    nfo: Annotated[
        bool,
        typer.Option("--nfo", help="Write an .nfo beside each item, for Jellyfin, Kodi, Plex."),
    ] = False,
    into: Annotated[
        bool, typer.Option("--into", help="Take a folder that holds other things already.")
    ] = False,
    library: LibraryFile = None,
    form: _FormatOption = RowFormat.TABLE,
    sandbox: given.Sandbox = False,
) -> None:
    """Store the files of all finished videos that aren't stored yet, each whole or not at all.

    A second run asks for nothing that is there. Links that end soonest come first, and one that has ended
    is got again. Exit code 3 when some files or accounts failed and others came.
    """
    from polyreel.cli.library.catalog_commands import note_files
    from polyreel.cli.list_and_get import open_hub
    from polyreel.cli.name_lists import several
    from polyreel.library.archive import Archive, ArchiveOptions

    options = ArchiveOptions(
        roles=None if roles == "all" else _roles(roles),
        workers=workers,
        max_bytes=_bytes(max_bytes, "--max-bytes"),
        rate=_bytes(rate, "--rate"),
        prompts=not no_prompts,
        nfo=nfo,
        dry_run=dry_run,
    )
    filters: dict[str, Any] = {
        "provider": several("--provider", provider),
        "account": several("--account", account),
        "exclude": several("--exclude", exclude),
        "since": since,
        "until": until,
        "limit": limit,
        "filters": filters_of(where or []) or None,
    }
    pause = _span(follow) if follow else None
    archive = Archive(destination, into=into)
    with open_hub(sandbox=sandbox) as hub:
        if pause is None:
            _warn_of_short_lives(hub, filters)
        while True:
            code = write_run(archive.add(hub, options=options, **filters), form)
            if not dry_run and not (sandbox and library is None):
                note_files(archive, library)
            if pause is None:
                raise typer.Exit(code)
            _sleep(pause)


@archive_app.command(
    "verify",
    epilog=examples("polyreel archive verify films", "polyreel archive verify films --quick"),
)
def verify_command(
    *,
    destination: _Destination,
    quick: Annotated[
        bool, typer.Option("--quick", help="Compare sizes only, and read no file.")
    ] = False,
    form: _FormatOption = RowFormat.TABLE,
) -> None:
    """Hold every stored file against its sidecar; exit code 1 when one isn't as it should be."""
    from polyreel.cli import exits, reporting
    from polyreel.cli.output import writing
    from polyreel.library.archive import Archive

    columns = columns_of("name", "reason")
    count = 0
    with writing(form, keys=_PROBLEM_KEYS, columns=columns) as writer:
        for problem in Archive(destination).verify(quick=quick):
            count += 1
            uid = problem.record.uid if problem.record else None
            writer.write([{"name": problem.name, "reason": problem.reason, "uid": uid}])
    if count:
        reporting.note(f"{count} {'file is' if count == 1 else 'files are'} not as they should be")
        raise typer.Exit(exits.FAILED)
    reporting.note(f"{destination} is good")


@archive_app.command("repair", epilog=examples("polyreel archive repair films"))
def repair_command(
    *,
    destination: _Destination,
    form: _FormatOption = RowFormat.TABLE,
    sandbox: given.Sandbox = False,
) -> None:
    """Get again what verify finds to be wrong; name what no provider has any more."""
    from polyreel.cli.list_and_get import open_hub
    from polyreel.library.archive import Archive

    with open_hub(sandbox=sandbox) as hub:
        raise typer.Exit(write_outcomes(Archive(destination).repair(hub), form, Counter()))


@archive_app.command("rebuild", epilog=examples("polyreel archive rebuild films"))
def rebuild_command(*, destination: _Destination, library: LibraryFile = None) -> None:
    """Write SHA256SUMS anew from the sidecars, and put into the library what they know and it doesn't."""
    from polyreel.cli import reporting
    from polyreel.cli.library.catalog_commands import fill
    from polyreel.library.archive import Archive
    from polyreel.library.catalog.database import library_path

    archive = Archive(destination)
    count = archive.rebuild()
    reporting.note(f"SHA256SUMS lists the files of {count} {'item' if count == 1 else 'items'}")
    fill(library_path(library), [archive])


def _warn_of_short_lives(hub: Hub, filters: Mapping[str, Any]) -> None:
    """Say whose files are kept for less than a day, so that a daily run comes too late for them."""
    from polyreel.cli import reporting

    short = timedelta(days=1)
    asked = {}
    for account in hub.accounts:
        provider = hub.provider(account)
        names = {account, provider.name}
        if all(names & {*(filters[one] or names)} for one in ("provider", "account")) and not (
            names & {*(filters["exclude"] or ())}
        ):
            asked[provider.name] = provider
    for provider in asked.values():
        resource = provider.resources.get("videos")
        if resource and resource.files_kept and resource.files_kept < short:
            hours = resource.files_kept.total_seconds() / 3600
            reporting.note(
                f"{provider.title} keeps files for {hours:g} {'hour' if hours == 1 else 'hours'}: "
                "use --follow 10m"
            )


def _roles(text: str) -> frozenset[str]:
    """Read the roles of wanted files; plugins may add roles, but a misspelt usual role is refused."""
    from difflib import get_close_matches

    from polyreel.cli.name_lists import several
    from polyreel.http.files import FAMILIES

    roles = several("--roles", [text.lower()]) or ()
    for role in roles:
        near = get_close_matches(role, FAMILIES, n=1, cutoff=0.7)
        if near and role not in FAMILIES:
            raise typer.BadParameter(
                f"no file is called {role!r}; did you mean {near[0]}?", param_hint="--roles"
            )
    return frozenset(roles)


def _bytes(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)b?", text.strip().lower())
    if match is None or not float(match[1]):
        raise typer.BadParameter(f"{text!r} is no size; write 500M or 20G", param_hint=option)
    return int(float(match[1]) * _UNITS[match[2]])


def _span(text: str) -> float:
    from polyreel.listing.time_bounds import age

    return age("--follow", text).total_seconds()


def _sleep(seconds: float) -> None:
    import time

    time.sleep(seconds)
