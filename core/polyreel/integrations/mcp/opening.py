"""Opens the source that the tools' data comes from: accounts, a library, or a sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from polyreel.errors import ConfigurationError

if TYPE_CHECKING:  # a client waits for the server's first word, which needs none of these
    from polyreel.accounts import Account
    from polyreel.integrations.mcp.tool_source import ToolSource
    from polyreel.library import Library


def from_library(path: Path, only: Sequence[str]) -> Callable[[], ToolSource]:
    """Return what opens a library.

    Args:
        path: Its file.
        only: The accounts that may be shown; empty for all.

    Raises:
        LibraryError: There is no library, or it can't be used.
    """
    from polyreel.integrations.mcp.library_source import LibrarySource
    from polyreel.library.catalog.reading import LibraryReader

    LibraryReader(path).close()  # whether it can be used is said at once
    return lambda: LibrarySource(path, only)


def from_accounts(only: Sequence[str]) -> Callable[[], ToolSource]:
    """Return what opens the configured accounts; they are loaded when they are first asked.

    Args:
        only: Names of accounts, which are looked up at once; empty for all.

    Raises:
        ConfigurationError: There is no such account.
    """
    chosen = None
    if only:
        from polyreel.hub import Hub

        chosen = _chosen(Hub().accounts.values(), only)

    def start() -> ToolSource:
        from polyreel.hub import AsyncHub
        from polyreel.integrations.mcp.change_log import ChangeLog
        from polyreel.integrations.mcp.live import Live

        return Live(AsyncHub(chosen), ChangeLog(None))

    return start


def from_sandbox(
    serve: Callable[[], Iterable[Account]], only: Sequence[str], until: ExitStack
) -> Callable[[], ToolSource]:
    """Return what starts a sandbox; its changes are those of a library that is synced when it is read.

    Args:
        serve: Starts the sandbox, and returns its accounts.
        only: Names of accounts; empty for all.
        until: Removes that library in the end.
    """

    def start() -> ToolSource:
        from polyreel.hub import AsyncHub, Hub
        from polyreel.integrations.mcp.change_log import ChangeLog
        from polyreel.integrations.mcp.live import Live

        accounts = _chosen(serve(), only)
        folder = until.enter_context(TemporaryDirectory())

        def sync(library: Library) -> None:
            with Hub(accounts) as hub:
                library.sync(hub)

        turn = asyncio.Lock()

        async def fill(library: Library) -> None:
            async with turn:  # tools are called side by side
                await asyncio.to_thread(sync, library)

        return Live(AsyncHub(accounts), ChangeLog(Path(folder) / "library.db", fill))

    return start


def _chosen(accounts: Iterable[Account], only: Sequence[str]) -> list[Account]:
    by_name = {account.name: account for account in accounts}
    for name in only:
        if name not in by_name:
            raise ConfigurationError(
                f"there is no account {name!r}; there are {', '.join(by_name) or 'none'}"
            )
    return [by_name[name] for name in only or by_name]
