"""The accounts themselves as a source: providers are asked when a tool is called."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

from polyreel.errors import PolyreelError
from polyreel.hub import AsyncHub
from polyreel.hub.inside import secrets_of
from polyreel.integrations.mcp.change_log import ChangeLog
from polyreel.integrations.mcp.tool_source import SearchOptions, names, secrets_of_accounts, whose
from polyreel.library.catalog.reading import Recorded
from polyreel.listing.iterate import AsyncListing
from polyreel.models import Item, Kind, Video
from polyreel.provider import Provider

_MOST_SEARCHED = 2_000  # items that one search for words looks through; providers can't search

_KINDS: tuple[Kind, ...] = ("videos", "replicas")


class Live:
    """Gives the tools the data of providers.

    Args:
        hub: The accounts.
        log: What has changed, as syncs noticed it.
    """

    open_world = True

    def __init__(self, hub: AsyncHub, log: ChangeLog) -> None:
        self._hub = hub
        self._log = log

    def search(self, wanted: SearchOptions, place: Any) -> LiveSearch:
        """Begin a search; an account that fails costs its own items."""
        providers = {name: account.provider for name, account in self._hub.accounts.items()}
        options = {
            "account": whose(wanted.account, providers),
            "status": names(wanted.status.lower()),
            "since": wanted.since,
            "until": wanted.until,
            "cursor": place,
        }
        collection = getattr(self._hub, wanted.kind)
        limit = _MOST_SEARCHED if wanted.words.strip() else wanted.limit
        listing = collection.list(
            **{name: value for name, value in options.items() if value},
            limit=limit,
            on_error="skip",
        )
        return LiveSearch(listing, wanted.words, limit)

    async def get(self, uid: str) -> Video:
        """Get one video from its provider."""
        return await self._hub.videos.get(uid)

    def accounts(self) -> list[dict[str, Any]]:
        """Describe all accounts: their providers, what they can do, and what keeps them from it."""
        return [
            {"account": name, "provider": account.provider, **self._abilities(name)}
            for name, account in sorted(self._hub.accounts.items())
        ]

    async def changes(self, after: int, since: str) -> Iterable[Recorded]:
        """Return what syncs noticed."""
        return await self._log.changes(after, since)

    def synced_at(self) -> None:
        """Return None, since a search always asks the providers."""

    def changed_at(self) -> str | None:
        """Say when the library was last brought up to date."""
        return self._log.synced_at()

    def secrets(self, accounts: Iterable[str]) -> set[str]:
        """Return the accounts' keys, and what else is secret of them."""
        return secrets_of_accounts(self._hub, accounts)

    async def close(self) -> None:
        """Close all connections."""
        await self._hub.close()
        self._log.close()

    def _abilities(self, name: str) -> dict[str, Any]:
        try:
            provider = self._hub.provider(name)
            found: dict[str, Any] = {kind: _can(provider, kind) for kind in _KINDS}
        except PolyreelError as error:
            return {"problem": str(error)}
        over = provider.lifecycle.over(datetime.now(UTC).date())
        try:
            secrets_of(self._hub, name)
        except PolyreelError as error:
            found["problem"] = str(error)
        return found | (
            {"note": provider.lifecycle.note or "its service has ended"} if over else {}
        )


class LiveSearch:
    """The items of a listing that hold some words.

    Args:
        listing: The listing, of which accounts may fail.
        words: The words; none for all items.
        limit: The listing's limit.
    """

    def __init__(self, listing: AsyncListing[Any], words: str, limit: int) -> None:
        self._listing = listing
        self._words = words.casefold().split()
        self._limit = limit
        self._looked_at = 0
        self._ended = False

    async def items(self) -> AsyncGenerator[Item, None]:
        """Yield the items that hold the words.

        Raises:
            PolyreelError: All accounts failed, and nothing came.
        """
        async with aclosing(aiter(self._listing)) as items:
            async for item in items:
                self._looked_at += 1
                text = f"{item.title or ''}\n{getattr(item, 'prompt', '') or ''}".casefold()
                if all(word in text for word in self._words):
                    yield item
        self._ended = True
        errors = self.failed
        if not self._looked_at and {error.account for error in errors} >= {*self._listing.accounts}:
            if len(errors) == 1:
                raise errors[0]
            each = "; ".join(f"{error.account}: {error}" for error in errors)
            raise PolyreelError(f"all {len(errors)} accounts failed: {each}")

    @property
    def place(self) -> str | None:
        """The listing's cursor; None also where only accounts that failed would be asked again."""
        ended = self._ended and self._looked_at < self._limit
        return None if ended else self._listing.cursor

    @property
    def searched(self) -> int | None:
        """How many items were looked through; None if all of them were wanted."""
        return self._looked_at if self._words else None

    @property
    def failed(self) -> Sequence[PolyreelError]:
        """Why accounts failed."""
        return self._listing.errors


def _can(provider: Provider, kind: Kind) -> list[str]:
    resource = provider.resources.get(kind)
    if resource is None:
        return []
    return ["list"] * resource.can_list + ["get"] * resource.can_get
