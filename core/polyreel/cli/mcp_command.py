"""``polyreel mcp``: serve agents on stdin and stdout."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from polyreel.cli.item_options import Sandbox
from polyreel.cli.library.shared_options import AccountsOption
from polyreel.cli.name_lists import several

if TYPE_CHECKING:
    from polyreel.accounts import Account

_USUAL = "="  # stands for the usual file, where --library has no value


class McpCommand(typer.core.TyperCommand):
    """Lets ``--library`` stand without a file, for the usual one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments."""
        for at, arg in enumerate(args):
            if arg == "--library" and (at + 1 == len(args) or args[at + 1].startswith("-")):
                args = [*args[: at + 1], _USUAL, *args[at + 1 :]]
                break
        return super().parse_args(ctx, args)


def mcp_command(
    *,
    account: AccountsOption = None,
    library: Annotated[
        str | None,
        typer.Option(
            "--library",
            help="Answer from the library and ask nobody; without a file, from the usual one.",
            metavar="[FILE]",
            show_default=False,
        ),
    ] = None,
    sandbox: Sandbox = False,
) -> None:
    """Serve agents over the Model Context Protocol, on stdin and stdout: read-only, bounded, without keys.

    An agent's client starts this by itself; docs/agents.md says how each is told to.
    """
    import asyncio
    import sys

    from polyreel.cli import reporting
    from polyreel.errors import ConfigurationError
    from polyreel.integrations.mcp import opening
    from polyreel.integrations.mcp.server import Mcp
    from polyreel.library.catalog.database import library_path

    if library is not None and sandbox:
        raise ConfigurationError(
            "--library asks nobody, --sandbox asks a sandbox: give one of them"
        )
    only = several("--account", account) or ()
    with ExitStack() as stack:
        if sandbox:
            open_source = opening.from_sandbox(partial(_served, stack), only, stack)
        elif library is None:
            open_source = opening.from_accounts(only)
        else:
            path = library_path(None if library == _USUAL else Path(library))
            open_source = opening.from_library(path, only)
        if sys.stdin.isatty():
            reporting.note(
                "speaking the Model Context Protocol on stdin and stdout; Ctrl-D ends it"
            )
        _end_by_signals(stack)
        asyncio.run(Mcp(open_source, open_world=library is None).serve())


def _served(stack: ExitStack) -> Iterable[Account]:
    """Serve a sandbox until the stack is closed, and return its accounts."""
    from polyreel.sandbox import serve

    return stack.enter_context(serve()).accounts()


def _end_by_signals(stack: ExitStack) -> None:
    """End at once by SIGINT and SIGTERM: the thread that waits for the client's next line can't be."""

    def end(number: int, _frame: object) -> None:
        stack.close()
        os._exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
