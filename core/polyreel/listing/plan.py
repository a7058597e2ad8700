"""From what a caller asks to what each account is asked: selection and checks, shared by both hubs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Generic

from attrs import evolve, frozen

from polyreel.accounts import Account, variable
from polyreel.errors import (
    ConfigurationError,
    InvalidRequest,
    PluginError,
    UnsupportedOperation,
    UnsupportedOption,
)
from polyreel.http.connection import Connection, connect
from polyreel.http.logs import keep_out
from polyreel.listing.cursors import Position, decode
from polyreel.listing.engine import Job, ListingEngine
from polyreel.listing.options import Options, check, statuses
from polyreel.listing.paginator import Paginator
from polyreel.models import Item, Kind, ListQuery, Page, Status, T
from polyreel.provider import Provider, Resource
from polyreel.registry import Registry
from polyreel.request import Request


class Planner:
    """Knows the accounts and the plugins; makes plans, and does no I/O.

    Args:
        accounts: The accounts by name.
        registry: The plugins.
        today: The day against which announced ends of service are held.
    """

    def __init__(self, accounts: Mapping[str, Account], registry: Registry, today: date) -> None:
        self.accounts = accounts
        self.registry = registry
        self._today = today
        self._connections: dict[str, Connection] = {}

    def connection(self, account: str) -> Connection:
        """Give an account's connection, checked once.

        Raises:
            ConfigurationError: The account's key or base URL can't be used.
            PluginError: Its provider's plugin can't be used.
        """
        if account not in self._connections:
            configured = self.accounts[account]
            provider = self.registry.provider(configured.provider)
            connection = connect(configured, provider, self._today)
            keep_out(connection.secrets)
            self._connections[account] = connection
        return self._connections[account]

    def listing(self, kind: Kind, options: Options) -> ListPlan[Any]:
        """Check a listing's options against what the providers can do.

        Raises:
            ConfigurationError: No such account, or none at all.
            UnsupportedError: A provider can't list this kind, or has no such option.
        """
        if options.limit is not None and options.limit < 0:
            raise UnsupportedOption(f"limit must be 0 or more, not {options.limit}")
        start = {
            name: evolve(at, page_size=at.page_size or self._page_size(name, kind, options))
            for name, at in self._start(kind, options).items()
        }
        return ListPlan(
            planner=self,
            kind=kind,
            options=options,
            statuses=statuses(options.status),
            start=start,
        )

    def get(
        self,
        kind: Kind,
        id: str,
        provider: str | None,
        account: str | None,
    ) -> tuple[Connection, Request[Item]]:
        """Find out whom to ask for an item, and how.

        Args:
            kind: ``videos`` or ``replicas``.
            id: A uid (``account:id``), or the provider's id when provider or account is given.
            provider: The provider whose only account is asked.
            account: The account that is asked.

        Raises:
            ConfigurationError: No such account, or several that could be meant.
            UnsupportedOperation: The provider can't get this kind.
            InvalidRequest: No item can have this id.
        """
        if provider is None and account is None:
            account, colon, id = id.partition(":")
            if not colon:
                raise ConfigurationError(
                    f"{account!r} is no uid: write ACCOUNT:ID (accounts: {self._names()}), or name "
                    "the provider"
                )
        names = self._named(provider, account)
        if len(names) > 1:
            raise ConfigurationError(
                f"provider {provider!r} has several accounts; name one of {', '.join(names)}"
            )
        id = id.removeprefix(f"{names[0]}:")
        if id.strip() in {"", ".", ".."}:
            # As a path segment it would reach the list, or what lies above it.
            raise InvalidRequest(f"no item has the id {id!r}", account=names[0])
        connection = self.connection(names[0])
        self._resource(names[0], kind, "can_get")
        name = connection.provider.name
        return connection, self.registry.get_request(name, kind, id, settings=connection.settings)

    def _start(self, kind: Kind, options: Options) -> dict[str, Position]:
        named = options.provider is not None or options.account is not None
        if named:
            names = self._named(options.provider, options.account)
            for name in names:
                self._resource(name, kind, "can_list")
        else:
            names = self._able(kind)
        if options.cursor is None:
            return {name: Position() for name in names}
        positions = decode(options.cursor)
        if positions is None:
            if len(names) != 1:
                raise ConfigurationError(
                    "a provider's own cursor needs its account named; a listing's cursor begins "
                    "with 'polyreel-'"
                )
            return {names[0]: Position(cursor=options.cursor)}
        if unknown := positions.keys() - set(names):
            raise ConfigurationError(
                f"the cursor belongs to {', '.join(sorted(unknown))}; asked are {', '.join(names)}"
            )
        return positions

    def _named(self, provider: str | None, account: str | None) -> list[str]:
        if account is not None:
            if account not in self.accounts:
                raise ConfigurationError(
                    f"there is no account {account!r} (accounts: {self._names()})"
                )
            if provider not in {None, self.accounts[account].provider}:
                raise ConfigurationError(
                    f"account {account!r} is one of {self.accounts[account].provider}, not {provider}"
                )
            return [account]
        assert provider is not None
        if names := [name for name, one in self.accounts.items() if one.provider == provider]:
            return names
        found = self.registry.provider(provider)
        raise ConfigurationError(
            f"{found.title} has no account: set {variable(found, 'API_KEY')}, or "
            f"{variable(found, 'BASE_URL')} for a server that needs no key",
            provider=provider,
        )

    def _able(self, kind: Kind) -> list[str]:
        if not self.accounts:
            wanted = [variable(each, "API_KEY") for each in self.registry.providers()]
            raise ConfigurationError(
                f"no account is configured: set one of {', '.join(wanted)}; or look around in the "
                "sandbox: polyreel videos list --sandbox"
            )
        names = []
        for name, account in self.accounts.items():
            try:
                resource = self.registry.provider(account.provider).resources.get(kind)
            except (PluginError, ConfigurationError):
                names.append(name)  # it is asked, fails, and is reported with the others
            else:
                if resource is not None and resource.can_list:
                    names.append(name)
        if not names:
            raise UnsupportedOperation(
                f"none of the configured accounts can list {kind} ({self._names()})"
            )
        return names

    def _resource(self, account: str, kind: Kind, ability: str) -> Resource:
        provider = self.registry.provider(self.accounts[account].provider)
        resource = provider.resources.get(kind)
        if resource is None or not getattr(resource, ability):
            raise UnsupportedOperation(
                f"{provider.title} can't {ability.removeprefix('can_')} {kind}; it can "
                f"{_abilities(provider)}",
                provider=provider.name,
                account=account,
            )
        return resource

    def _page_size(self, account: str, kind: Kind, options: Options) -> int:
        try:
            provider = self.registry.provider(self.accounts[account].provider)
        except (PluginError, ConfigurationError):
            return 1
        resource = provider.resources[kind]
        check(provider, kind, resource, options)
        if options.page_size is not None:
            return options.page_size
        if options.limit and options.status is None and not resource.mixed:
            return min(options.limit, resource.page_size)
        return resource.page_size

    def _names(self) -> str:
        return ", ".join(self.accounts) or "none"


@frozen(kw_only=True)
class ListPlan(Generic[T]):
    """A checked listing: where each account begins, and how each page is asked for.

    Attributes:
        start: Where each account begins.
    """

    planner: Planner
    kind: Kind
    options: Options
    statuses: frozenset[Status] | None
    start: dict[str, Position]

    def engine(self) -> ListingEngine[T]:
        """Begin an iteration."""
        paginators: list[Paginator[T]] = [
            Paginator(name, start, window=self.planner.accounts[name].in_flight)
            for name, start in self.start.items()
        ]
        return ListingEngine(paginators, self.options.limit, self.statuses)

    def request(self, job: Job) -> tuple[Connection, Request[Page[T]]]:
        """Say how one page is asked for.

        Raises:
            PolyreelError: The account or its plugin can't be used.
        """
        connection = self.planner.connection(job.account)
        query = ListQuery(
            page_size=self.start[job.account].page_size or 1,
            cursor=job.cursor,
            order=self.options.order,
            filters=self.options.filters or {},
        )
        name = connection.provider.name
        return connection, self.planner.registry.list_request(
            name, self.kind, query, settings=connection.settings
        )


def _abilities(provider: Provider) -> str:
    able = []
    for kind, resource in provider.resources.items():
        verbs = [v for v, can in (("list", resource.can_list), ("get", resource.can_get)) if can]
        if verbs:
            able.append(f"{' and '.join(verbs)} {kind}")
    return ", ".join(able) or "do nothing"
