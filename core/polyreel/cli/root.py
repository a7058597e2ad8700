"""The root command: its options, its commands, and those that plugins add."""

from __future__ import annotations

import logging
import sys
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from polyreel.cli import completion, exits, reporting, standard_streams
from polyreel.cli.commands import Commands, outlines
from polyreel.cli.version import print_version
from polyreel.configuration import installed

_log = logging.getLogger("polyreel")


class Root(typer.core.TyperGroup):
    """Finds commands when they are asked for, and ends well when nobody wants the output."""

    _plugged: dict[str, Any] | None = None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, for which no command needs to be imported."""
        commands: Any = self.commands
        self.commands = outlines()
        try:
            super().format_help(ctx, formatter)
        finally:
            self.commands = commands

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return one of our commands or, only when there is none, a plugin's."""
        return super().get_command(ctx, cmd_name) or self._from_plugins().get(cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return the names of all commands: ours, what is used most first, then the plugins'."""
        ours = list(self.commands)
        return [*ours, *(name for name in self._from_plugins() if name not in ours)]

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # "| head" has read enough
            standard_streams.abandon_stdout()
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


def command() -> Any:
    """Return the root command."""
    completion.prepare()
    root: Any = typer.main.get_command(app)
    root.commands = Commands()
    return root


def _plugged() -> dict[str, Any]:
    """Let the plugins add their commands; a plugin that fails at it costs only its own."""
    if not installed.read().points[installed.PLUGINS]:
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
