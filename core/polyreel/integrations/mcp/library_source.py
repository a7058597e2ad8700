"""A library as a source: nobody is asked, and links may have ended."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from polyreel.convert import time
from polyreel.errors import ConfigurationError, NotFound, PolyreelError, UnsupportedOption
from polyreel.hub import Hub
from polyreel.integrations.mcp.change_log import ChangeLog
from polyreel.integrations.mcp.tool_source import SearchOptions, names, secrets_of_accounts, whose
from polyreel.library.catalog.reading import Filters, LibraryReader, Recorded
from polyreel.listing.time_bounds import since_bound, until_bound
from polyreel.models import Item, Status, Video, render

_COUNTS = "SELECT account, provider, count(*) FROM {} WHERE deleted_at IS NULL GROUP BY 1, 2"


class LibrarySource:
    """Gives the tools the data of a library's file.

    Args:
        path: The file.
        only: The accounts that may be shown; empty for all.

    Raises:
        LibraryError: There is no library, or it can't be used.
    """

    open_world = False

    def __init__(self, path: Path, only: Sequence[str] = ()) -> None:
        self._reader = LibraryReader(path)
        self._log = ChangeLog(path)
        self._only = only
        self._hub: Hub | None = None

    def search(self, wanted: SearchOptions, place: Any) -> StoredSearch:
        """Begin a search of titles and prompts."""
        now = datetime.now(UTC)
        statuses = names(wanted.status.lower())
        for word in statuses:
            if word not in [*Status]:
                raise UnsupportedOption(
                    f"no status is called {word!r}; there are {', '.join(Status)}"
                )
        filters = Filters(
            words=wanted.words,
            statuses=statuses,
            since=since_bound(wanted.since, now).at if wanted.since else None,
            until=until_bound(wanted.until, now).at if wanted.until else None,
            accounts=self._accounts(wanted.account),
        )
        return StoredSearch(self._reader, wanted, filters, place)

    async def get(self, uid: str) -> Video:
        """Get one video as it was last seen."""
        found = self._reader.get("videos", uid)
        if not isinstance(found, Video) or (self._only and found.account not in self._only):
            raise NotFound(f"the library has no video {uid[:200]!r}")
        return found

    def accounts(self) -> list[dict[str, Any]]:
        """Describe all accounts of which there are items: how many, and how the last sync went."""
        found: dict[str, dict[str, Any]] = {}
        for kind in ("videos", "replicas"):
            for account, provider, count in self._reader.sql(_COUNTS.format(kind))[1]:
                row = found.setdefault(account, {"account": account, "provider": provider})
                row[kind] = count
        for run in self._reader.runs(latest=True):
            row = found.setdefault(run["account"], {"account": run["account"]})
            row["synced_at"] = max(run["ended"] or "", row.get("synced_at") or "") or None
            row["problem"] = run["error"] or row.get("problem")
        return [row for name, row in sorted(found.items()) if not self._only or name in self._only]

    async def changes(self, after: int, since: str) -> Iterable[Recorded]:
        """Return what syncs noticed."""
        found = await self._log.changes(after, since)
        return (each for each in found if not self._only or each.account in self._only)

    def synced_at(self) -> str | None:
        """Say when the library was last brought up to date."""
        return self._log.synced_at()

    def changed_at(self) -> str | None:
        """Say when the library was last brought up to date."""
        return self._log.synced_at()

    def secrets(self, accounts: Iterable[str]) -> set[str]:
        """Return what is secret of those accounts that are still configured; a library holds no key."""
        if self._hub is None:
            with suppress(PolyreelError):
                self._hub = Hub()
        return secrets_of_accounts(self._hub, accounts) if self._hub else set()

    async def close(self) -> None:
        """Close the file."""
        self._reader.close()
        self._log.close()

    def _accounts(self, text: str) -> list[str]:
        providers = {row["account"]: row.get("provider") for row in self.accounts()}
        found = whose(text, providers)
        for name in found:
            if name not in providers:
                raise ConfigurationError(
                    f"the library has no account {name[:100]!r}; it has {', '.join(providers) or 'none'}"
                )
        return found or [*self._only]


class StoredSearch:
    """Items of a library, behind a place if one is given."""

    searched = None
    failed: Sequence[PolyreelError] = ()

    def __init__(
        self, reader: LibraryReader, wanted: SearchOptions, filters: Filters, place: Any
    ) -> None:
        self._after = (time(place[0]), str(place[1])) if place else None
        self._found = reader.items(wanted.kind, filters, wanted.limit + 1, after=self._after)
        self._latest: Item | None = None
        self._ended = False

    async def items(self) -> AsyncGenerator[Item, None]:
        """Yield the items that hold the words."""
        for item in self._found:
            self._latest = item
            yield item
        self._latest = None

    @property
    def place(self) -> list[str | None] | None:
        """The latest item's time and uid."""
        if self._latest is None:
            return None
        made = self._latest.created_at
        return [None if made is None else render.iso(made), self._latest.uid]
