"""The interface of the tools' data sources: the accounts themselves, or a library."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from polyreel.errors import PolyreelError
from polyreel.hub.inside import secrets_of
from polyreel.models import Item, Kind, Video

if TYPE_CHECKING:
    from polyreel.hub import AsyncHub, Hub
    from polyreel.library.catalog.reading import Recorded


@frozen(kw_only=True)
class SearchOptions:
    """Which items are searched for; an empty text means any.

    Attributes:
        kind: ``videos`` or ``replicas``.
        words: Words that title or prompt holds.
        status: Common statuses, with commas.
        account: Names of accounts or providers, with commas.
        since: Made then or later: a day, a time or an age.
        until: Made before then.
        limit: At most so many.
    """

    kind: Kind
    words: str = ""
    status: str = ""
    account: str = ""
    since: str = ""
    until: str = ""
    limit: int = 20


class Search(Protocol):
    """A search that has begun."""

    def items(self) -> AsyncGenerator[Item, None]:
        """Return the items as a generator, which the caller closes when it has enough."""

    @property
    def place(self) -> Any:
        """The place after the latest item, as JSON, from which another search continues; None at the end."""

    @property
    def searched(self) -> int | None:
        """How many items were looked through for the words, or None where that isn't known."""

    @property
    def failed(self) -> Sequence[PolyreelError]:
        """The failures of accounts so far: why they returned no items, or not all."""


class ToolSource(Protocol):
    """A data source of the tools."""

    open_world: bool
    """Whether providers are asked."""

    def search(self, wanted: SearchOptions, place: Any) -> Search:
        """Begin a search, the newest items first, at the beginning or at a place of an earlier one.

        Raises:
            PolyreelError: Nothing of the kind can be searched.
        """

    async def get(self, uid: str) -> Video:
        """Get one video.

        Raises:
            PolyreelError: It can't be had.
        """

    def accounts(self) -> list[dict[str, Any]]:
        """Describe all accounts, by name."""

    async def changes(self, after: int, since: str) -> Iterable[Recorded]:
        """Return changes of videos in the order in which they were noticed.

        Raises:
            PolyreelError: There is no library.
        """

    def synced_at(self) -> str | None:
        """Say when the library was last brought up to date; None where no library is read."""

    def changed_at(self) -> str | None:
        """Say when the library that `changes` are read from was last brought up to date."""

    def secrets(self, accounts: Iterable[str]) -> set[str]:
        """Return the secrets that a response about these accounts must not contain."""

    async def close(self) -> None:
        """Close connections and files."""


def names(text: str) -> list[str]:
    """Split a comma-separated text into names."""
    return [name for part in text.split(",") if (name := part.strip())]


def whose(text: str, providers: Mapping[str, str | None]) -> list[str]:
    """Return the accounts that a comma-separated text names; an unknown name is returned as it is.

    Args:
        text: Names of accounts and providers.
        providers: Account to provider, of all accounts.
    """
    found: list[str] = []
    for name in names(text):
        of_provider = [account for account, provider in providers.items() if provider == name]
        found += [name] if name in providers or not of_provider else of_provider
    return found


def secrets_of_accounts(hub: Hub | AsyncHub, accounts: Iterable[str]) -> set[str]:
    """Return the keys of some accounts of a hub, wherever they are kept, and what else is secret of them."""
    found: set[str] = set()
    for name in accounts:
        with suppress(PolyreelError, KeyError):
            found.update(secrets_of(hub, name))
    return found
