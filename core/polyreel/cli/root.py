"""The root command: its options, its commands, and those that plugins add."""

from __future__ import annotations

import logging
import sys
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from polyreel.cli import completion, exits, reporting, streams
from polyreel.cli.archive_command import archive_app
from polyreel.cli.doctor_command import doctor_command
from polyreel.cli.gallery_command import gallery_command
from polyreel.cli.generate_command import generate_command
from polyreel.cli.helping import examples
from polyreel.cli.items_command import items_app
from polyreel.cli.library.catalog_commands import catalog_app
from polyreel.cli.library.load_command import load_command
from polyreel.cli.library.reading_commands import changes_command, search_command, sql_command
from polyreel.cli.library.sync_command import sync_command
from polyreel.cli.library.watch_command import watch_command
from polyreel.cli.mcp_command import McpCommand, mcp_command
from polyreel.cli.new_provider_command import new_provider_command
from polyreel.cli.providers_command import providers_command
from polyreel.cli.sandbox_command import sandbox_command
from polyreel.cli.spec_command import spec_app
from polyreel.cli.version import print_version
from polyreel.cli.wait_command import wait_command
from polyreel.configuration import installed

_log = logging.getLogger("polyreel")


_ORDER = (
    "videos",
    "replicas",
    "wait",
    "archive",
    "sync",
    "watch",
    "search",
    "changes",
    "sql",
    "gallery",
    "load",
    "catalog",
    "mcp",
    "providers",
    "doctor",
    "sandbox",
    "spec",
    "generate",
    "new-provider",
)


class Root(typer.core.TyperGroup):
    """Finds plugins' commands when they are asked for, and ends well when nobody wants the output."""

    _plugged: dict[str, Any] | None = None

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return one of our commands or, only when there is none, a plugin's."""
        return super().get_command(ctx, cmd_name) or self._from_plugins().get(cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands: ours, what is used most first, then the plugins'."""
        ours = sorted(super().list_commands(ctx), key=_ORDER.index)
        return [*ours, *(name for name in self._from_plugins() if name not in ours)]

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # "| head" has read enough
            streams.abandon_stdout()
            raise typer.Exit(exits.BROKEN_PIPE) from None
        except KeyboardInterrupt:
            reporting.note("polyreel: interrupted")
            raise typer.Exit(exits.INTERRUPTED) from None
        return result

    def _from_plugins(self) -> dict[str, Any]:
        if self._plugged is None:
            self._plugged = _plugged()
        return self._plugged


app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they print local variables, and so keys
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=exits.MEANING,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print_version()
        raise typer.Exit


@app.callback()
def root(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say on stderr what is being done.")
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", envvar="POLYREEL_DEBUG", help="Show tracebacks of errors."),
    ] = False,
) -> None:
    """List and get AI videos and replicas (avatars) from every provider.

    Accounts come from the environment (TAVUS_API_KEY, OPENAI_BASE_URL, ...) and polyreel.toml.
    See which: polyreel doctor. Look around without any: polyreel videos list --sandbox
    """
    reporting.configure(verbose=verbose, debug=debug)


_ITEMS, _LIBRARY = "Videos and replicas", "The library: everything that was ever seen"
_START, _SPECS = "Getting started", "For who maintains a provider"

app.add_typer(
    items_app("videos", "videos", "tavus:783537ef5"), name="videos", rich_help_panel=_ITEMS
)
app.add_typer(
    items_app("replicas", "replicas (avatars)", "tavus:r79e1c033f"),
    name="replicas",
    rich_help_panel=_ITEMS,
)
app.add_typer(archive_app, name="archive", rich_help_panel=_ITEMS)
app.command(
    "wait",
    epilog=examples(
        "polyreel wait tavus:783537ef5 luma:62d1",
        "polyreel wait tavus:783537ef5 --timeout 2h",
        "polyreel wait tavus:783537ef5 --download films",
    ),
    rich_help_panel=_ITEMS,
)(wait_command)
app.command(
    "sync",
    epilog=examples("polyreel sync", "polyreel sync --account tavus --full"),
    rich_help_panel=_LIBRARY,
)(sync_command)
app.command(
    "watch",
    epilog=examples("polyreel watch --every 5m", "polyreel watch --status failed --format jsonl"),
    rich_help_panel=_LIBRARY,
)(watch_command)
app.command(
    "search",
    epilog=examples("polyreel search waterfall", "polyreel search birthday --status ready"),
    rich_help_panel=_LIBRARY,
)(search_command)
app.command(
    "changes",
    epilog=examples("polyreel changes --since 1d", "polyreel changes --after 1200 --format jsonl"),
    rich_help_panel=_LIBRARY,
)(changes_command)
app.command(
    "sql",
    epilog=examples(
        "polyreel sql --schema",
        "polyreel sql 'select account, status, count(*) from videos group by 1, 2'",
    ),
    rich_help_panel=_LIBRARY,
)(sql_command)
app.command(
    "gallery",
    epilog=examples("polyreel gallery", "polyreel gallery films", "polyreel gallery --sandbox"),
    rich_help_panel=_LIBRARY,
)(gallery_command)
app.command(
    "load",
    epilog=examples(
        "polyreel load duckdb:///videos.duckdb",
        "polyreel load postgresql://me@localhost/warehouse --dataset ai_videos",
        "polyreel load snowflake",
    ),
    rich_help_panel=_LIBRARY,
)(load_command)
app.add_typer(catalog_app, name="catalog", rich_help_panel=_LIBRARY)
app.command(
    "mcp",
    cls=McpCommand,
    epilog=examples("polyreel mcp", "polyreel mcp --library", "polyreel mcp --sandbox"),
    rich_help_panel=_LIBRARY,
)(mcp_command)
app.command(
    "providers",
    epilog=examples("polyreel providers", "polyreel providers tavus"),
    rich_help_panel=_START,
)(providers_command)
app.command("doctor", epilog=examples("polyreel doctor --online"), rich_help_panel=_START)(
    doctor_command
)
app.command(
    "sandbox",
    epilog=examples("polyreel sandbox --port 8765", "polyreel videos list --sandbox"),
    rich_help_panel=_START,
)(sandbox_command)
app.add_typer(spec_app, name="spec", rich_help_panel=_SPECS)
app.command("generate", epilog=examples("polyreel generate --check"), rich_help_panel=_SPECS)(
    generate_command
)
app.command(
    "new-provider",
    epilog=examples("polyreel new-provider acme --spec https://api.acme.example/openapi.json"),
    rich_help_panel=_SPECS,
)(new_provider_command)


def command() -> Any:
    """Return the root command."""
    completion.prepare()
    return typer.main.get_command(app)


def _plugged() -> dict[str, Any]:
    """Let the plugins add their commands; a plugin that fails at it costs only its own."""
    if installed.points(installed.PLUGINS) == ([], {}):
        return {}  # the usual case, in which nothing of a hub needs to be imported
    from polyreel.registry import Registry

    added = typer.Typer()
    added.callback()(lambda: None)  # a group, however many commands it gets
    try:
        Registry().commands(added)
        return dict(typer.main.get_group(added).commands)
    except Exception as error:  # noqa: BLE001 - whatever a plugin does, our commands go on
        _log.warning("a plugin's commands are left out: %s: %s", type(error).__name__, error)
        return {}
