"""Our commands: where each stands in the help, and the module that is imported when it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
import typer.core
import typer.main
from attrs import frozen

from polyreel.cli.helping import examples

_ITEMS, _LIBRARY = "Videos and replicas", "The library: everything that was ever seen"
_START, _SPECS = "Getting started", "For who maintains a provider"


@frozen
class RootCommand:
    """One command of the root.

    Attributes:
        panel: Where it stands in the root's help.
        module: Its module, below ``polyreel.cli``.
        name: What the module calls it: a function, a ``typer.Typer``, or what makes one.
        summary: The first paragraph of its help, which the root's help shows.
        examples: Command lines, for its own help.
        arguments: For what makes a ``typer.Typer``.
        cls: The class of the command, by its name in the module; empty for the usual one.
    """

    panel: str
    module: str
    name: str
    summary: str
    examples: tuple[str, ...] = ()
    arguments: tuple[Any, ...] = ()
    cls: str = ""

    def load(self, name: str) -> Any:
        """Import the module, and make the command."""
        module = import_module(f"polyreel.cli.{self.module}")
        found = getattr(module, self.name)
        if self.arguments:
            found = found(*self.arguments)
        root = typer.Typer(add_completion=False)
        root.callback()(lambda: None)  # a group, though it has one command only
        if isinstance(found, typer.Typer):
            root.add_typer(found, name=name, rich_help_panel=self.panel)
        else:
            told = examples(*self.examples)
            cls = getattr(module, self.cls) if self.cls else None
            root.command(name, cls=cls, epilog=told, rich_help_panel=self.panel)(found)
        return typer.main.get_group(root).commands[name]

    def outline(self, name: str) -> Any:
        """Make what stands for the command where only its name and summary are shown."""
        return typer.core.TyperCommand(name, help=self.summary, rich_help_panel=self.panel)


# In the order of the help: what is used most comes first.
ENTRIES: Mapping[str, RootCommand] = {
    "videos": RootCommand(
        _ITEMS,
        "items_command",
        "items_app",
        "List and get videos.",
        arguments=("videos", "videos", "tavus:783537ef5"),
    ),
    "replicas": RootCommand(
        _ITEMS,
        "items_command",
        "items_app",
        "List and get replicas (avatars).",
        arguments=("replicas", "replicas (avatars)", "tavus:r79e1c033f"),
    ),
    "wait": RootCommand(
        _ITEMS,
        "wait_command",
        "wait_command",
        "Wait until videos are ready; one that failed or was deleted is waited for no longer.",
        (
            "polyreel wait tavus:783537ef5 luma:62d1",
            "polyreel wait tavus:783537ef5 --timeout 2h",
            "polyreel wait tavus:783537ef5 --download films",
        ),
    ),
    "archive": RootCommand(
        _ITEMS,
        "archive_command",
        "archive_app",
        "Store the files of videos in a folder or bucket; verify and mend what is stored.",
    ),
    "sync": RootCommand(
        _LIBRARY,
        "library.sync_command",
        "sync_command",
        "Bring the library on this machine up to date: what is new, changed or gone.",
        ("polyreel sync", "polyreel sync --account tavus --full"),
    ),
    "watch": RootCommand(
        _LIBRARY,
        "library.watch_command",
        "watch_command",
        "Watch the accounts: one line for each video or replica that is new, changed or gone.",
        ("polyreel watch --every 5m", "polyreel watch --status failed --format jsonl"),
    ),
    "search": RootCommand(
        _LIBRARY,
        "library.reading_commands",
        "search_command",
        "Search titles and prompts of all videos that were ever seen, offline.",
        ("polyreel search waterfall", "polyreel search birthday --status ready"),
    ),
    "changes": RootCommand(
        _LIBRARY,
        "library.reading_commands",
        "changes_command",
        "Show what was new, changed, deleted or restored, as the syncs noticed it.",
        ("polyreel changes --since 1d", "polyreel changes --after 1200 --format jsonl"),
    ),
    "sql": RootCommand(
        _LIBRARY,
        "library.reading_commands",
        "sql_command",
        "Ask the library in SQL, reading only.",
        (
            "polyreel sql --schema",
            "polyreel sql 'select account, status, count(*) from videos group by 1, 2'",
        ),
    ),
    "gallery": RootCommand(
        _LIBRARY,
        "gallery_command",
        "gallery_command",
        "Look at all videos and replicas in the browser: a page that this machine serves to itself "
        "alone.",
        ("polyreel gallery", "polyreel gallery films", "polyreel gallery --sandbox"),
    ),
    "load": RootCommand(
        _LIBRARY,
        "library.load_command",
        "load_command",
        "Load what is new in the library into a warehouse: tables videos, replicas and files.",
        (
            "polyreel load duckdb:///videos.duckdb",
            "polyreel load postgresql://me@localhost/warehouse --dataset ai_videos",
            "polyreel load snowflake",
        ),
    ),
    "catalog": RootCommand(
        _LIBRARY,
        "library.catalog_commands",
        "catalog_app",
        "Look after the library's file.",
    ),
    "mcp": RootCommand(
        _LIBRARY,
        "mcp_command",
        "mcp_command",
        "Serve agents over the Model Context Protocol, on stdin and stdout: read-only, bounded, "
        "without keys.",
        ("polyreel mcp", "polyreel mcp --library", "polyreel mcp --sandbox"),
        cls="McpCommand",
    ),
    "providers": RootCommand(
        _START,
        "providers_command",
        "providers_command",
        "Show the installed providers: what they can do, their accounts, where each service stands.",
        ("polyreel providers", "polyreel providers tavus"),
    ),
    "doctor": RootCommand(
        _START,
        "doctor_command",
        "doctor_command",
        "Check plugins, configuration and accounts; exit 1 when something is broken.",
        ("polyreel doctor --online",),
    ),
    "sandbox": RootCommand(
        _START,
        "sandbox_command",
        "sandbox_command",
        "Serve every installed provider's API on this machine, with fabricated items and no real key.",
        ("polyreel sandbox --port 8765", "polyreel videos list --sandbox"),
    ),
    "spec": RootCommand(
        _SPECS, "spec_command", "spec_app", "Read, compare and refresh the providers' specs."
    ),
    "generate": RootCommand(
        _SPECS,
        "generate_command",
        "generate_command",
        "Generate the clients from specs/ into generated/, where something has changed.",
        ("polyreel generate --check",),
    ),
    "new-provider": RootCommand(
        _SPECS,
        "new_provider_command",
        "new_provider_command",
        "Scaffold a provider from its OpenAPI document or documentation pages.",
        ("polyreel new-provider acme --spec https://api.acme.example/openapi.json",),
    ),
}


class Commands(Mapping[str, Any]):
    """Our commands by name, each made when it is first looked up."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = ENTRIES[name].load(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in ENTRIES

    def __iter__(self) -> Iterator[str]:
        return iter(ENTRIES)

    def __len__(self) -> int:
        return len(ENTRIES)


def outlines() -> dict[str, Any]:
    """Return what stands for each of our commands in the root's help; none of them is imported."""
    return {name: entry.outline(name) for name, entry in ENTRIES.items()}
