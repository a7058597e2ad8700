"""From what a caller asks to what each account is asked; shared by both hubs. Does no I/O.

A listing's options go one way: :mod:`options` judges them by themselves, :mod:`selection` finds whom they
mean, and here each account's list becomes a source with a query, a place to begin and an order.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Generic

from attrs import evolve, frozen

from polyreel.accounts import Account
from polyreel.errors import ConfigurationError, PluginError
from polyreel.http.connection import Connection, connect
from polyreel.http.logs import keep_out
from polyreel.listing import abilities
from polyreel.listing.cursors import (
    Binding,
    Cursor,
    Position,
    account_of,
    encode,
    filters_text,
    resumed,
)
from polyreel.listing.engine import Job, ListingEngine
from polyreel.listing.list_source import ListSource, Wanted
from polyreel.listing.options import CheckedOptions
from polyreel.listing.other_means import Means
from polyreel.listing.selection import AccountSelection, read_only, within
from polyreel.models import Item, Kind, ListQuery, Order, Page, T
from polyreel.provider import Provider, Resource
from polyreel.registry import Registry
from polyreel.request import Request, Response

_log = logging.getLogger("polyreel")


class Planner:
    """Knows the accounts and the plugins, and makes plans.

    Args:
        accounts: The accounts by name.
        registry: The plugins.
        today: The day against which announced ends of service are held.
    """

    def __init__(self, accounts: Mapping[str, Account], registry: Registry, today: date) -> None:
        self.accounts = accounts
        self.registry = registry
        self._selection = AccountSelection(accounts, registry)
        self._today = today
        self._connections: dict[str, Connection] = {}

    def connection(self, account: str) -> Connection:
        """Return an account's connection, checked once.

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

    def listing(self, kind: Kind, options: CheckedOptions) -> ListPlan[Any]:
        """Say whom a listing asks, for what, and from where on.

        Raises:
            ConfigurationError: No such account, or none at all; or a cursor of another listing.
            UnsupportedError: A provider can't list this kind, or has no such option.
        """
        for name in options.providers:  # usage is judged before accounts
            provider = self.registry.provider(name)
            if kind in provider.resources:
                abilities.check(provider, kind, provider.resources[kind], options)
        names = self._selection.to_list(kind, options.providers, options.accounts, options.excluded)
        binding = Binding(
            kind=kind,
            accounts=tuple(names),
            statuses=tuple(sorted(options.statuses or ())),
            order=options.order,
            filters=filters_text(options.filters),
            since=options.since,
            until=options.until,
        )
        start: Mapping[str, Position] = {
            source: Position() for name in names for source in self._sources_of(name, kind, options)
        }
        if options.cursor is not None:
            binding, start = resumed(options.cursor, binding, start.keys())
        orders = self._orders(kind, options, names)
        window = Wanted(
            statuses=options.statuses,
            since=None if binding.since is None else binding.since.at,
            until=None if binding.until is None else binding.until.at,
        )
        return ListPlan(
            planner=self,
            kind=kind,
            options=options,
            binding=binding,
            wanted=window,
            sources={
                name: self._source(name, kind, options, window, at, orders[account_of(name)])
                for name, at in start.items()
            },
        )

    def get(
        self, kind: Kind, id: str, provider: str | None, account: str | None
    ) -> tuple[Connection, Request[Item]]:
        """Find out whom to ask for an item, and how.

        Args:
            kind: ``videos`` or ``replicas``.
            id: A uid (``account:id``), or the provider's id when provider or account is given.
            provider: The provider whose only account is asked.
            account: The account that is asked.

        Raises:
            ConfigurationError: No such account, several that could be meant, or no text.
            UnsupportedOperation: The provider can't get this kind.
            InvalidRequest: No item can have this id.
        """
        name, id = self._selection.to_get(id, provider, account)
        resource = self._selection.resource(name, kind, "can_get")
        collection, id = within(resource.collections, id, name)
        connection = self.connection(name)
        request = self.registry.get_request(
            connection.provider.name,
            kind,
            id,
            collection=collection,
            settings=connection.settings,
        )
        asked = f"{collection}/{id}" if collection else id
        return connection, evolve(request, read=partial(read_only, asked, request))

    def newest_first(self, kind: Kind, account: str) -> tuple[bool, Order | None]:
        """Say whether an account's list can be read newest first, and with which order to ask for it."""
        return abilities.newest_first(self._resource(account, kind))

    def _orders(
        self, kind: Kind, options: CheckedOptions, names: list[str]
    ) -> dict[str, Order | None]:
        """Say in which order of time each account's items come.

        Raises:
            UnsupportedOption: An order is asked for that none of the accounts has, or not one that is
                named.
        """
        resources = {name: self._resource(name, kind) for name in names}
        if options.order is None:
            return {
                name: "desc" if resource and resource.newest_first else None
                for name, resource in resources.items()
            }
        orders: dict[str, Order | None] = {}
        without: list[Provider] = []
        for name, resource in resources.items():
            kept = resource is None or abilities.keeps(resource, options.order)
            orders[name] = options.order if kept else None
            if not kept:
                without.append(self.registry.provider(self.accounts[name].provider))
        named = bool(options.providers or options.accounts) and options.cursor is None
        if without and (named or len(without) == len(names)):
            raise abilities.no_order(without[0], kind, options.order)
        if without:
            _log.warning(
                "%s can't list %s in order %r; their items come last, in an order of their own",
                ", ".join(dict.fromkeys(provider.title for provider in without)),
                kind,
                options.order,
            )
        return orders

    def _source(
        self,
        name: str,
        kind: Kind,
        options: CheckedOptions,
        wanted: Wanted,
        start: Position,
        order: Order | None,
    ) -> ListSource:
        account = self.accounts[account_of(name)]
        resource = self._resource(account.name, kind)
        if resource is None:  # it is asked, fails, and is reported with the others
            query = ListQuery(page_size=1)
        else:
            abilities.check(self.registry.provider(account.provider), kind, resource, options)
            since, until = abilities.times(resource, wanted)
            query = ListQuery(
                page_size=abilities.page_size(resource, options, wanted),
                order=options.order if options.order in resource.orders else None,
                filters=abilities.own_filters(resource, options),
                since=since,
                until=until,
            )
        return ListSource(
            name=name,
            account=account.name,
            collection=name.partition("/")[2],
            query=query,
            start=start,
            window=account.in_flight,
            order=order,
            means=Means() if resource is None else abilities.means(resource, query.order),
            strict=options.order is not None and order is not None,
        )

    def _sources_of(self, account: str, kind: Kind, options: CheckedOptions) -> list[str]:
        """Name what is read of an account: its list, or each of its several lists."""
        resource = self._resource(account, kind)
        if resource is None:
            return [account]
        provider = self.registry.provider(self.accounts[account].provider)
        lists = abilities.collections(provider, kind, resource, options)
        return [f"{account}/{name}" if name else account for name in lists] or [account]

    def _resource(self, account: str, kind: Kind) -> Resource | None:
        """Return what an account's provider can do, or None when its plugin can't be used."""
        try:
            return self.registry.provider(self.accounts[account].provider).resources[kind]
        except (PluginError, ConfigurationError, KeyError):
            return None


@frozen(kw_only=True)
class ListPlan(Generic[T]):
    """A checked listing: what is read, and how each page is asked for.

    Attributes:
        planner: Who made it.
        kind: ``videos`` or ``replicas``.
        options: What the caller asked for.
        binding: What its cursors belong to.
        wanted: Which items the caller wants.
        sources: What is read, by name.
    """

    planner: Planner
    kind: Kind
    options: CheckedOptions
    binding: Binding
    wanted: Wanted
    sources: Mapping[str, ListSource]

    @property
    def asked(self) -> Mapping[str, object]:
        """The options that say which items are wanted, by name; only those that were given."""
        binding = self.binding
        given = {
            "status": ",".join(binding.statuses),
            "since": binding.since,
            "until": binding.until,
            "order": binding.order,
            "limit": self.options.limit,
        }
        return {name: value for name, value in given.items() if value not in (None, "")}

    def __str__(self) -> str:
        said = "".join(f", {name}={value}" for name, value in self.asked.items())
        return f"{self.kind} of {', '.join(self.binding.accounts)}{said}"

    def engine(self) -> ListingEngine[T]:
        """Begin an iteration."""
        merge = self.options.order
        if merge is None and self.options.limit is not None:
            merge = "desc"
        return ListingEngine(
            self.sources.values(),
            self.cursor,
            wanted=self.wanted,
            limit=self.options.limit,
            merge=merge if len(self.sources) > 1 else None,
        )

    def cursor(self, positions: Mapping[str, Position]) -> str:
        """Write where sources stand as a cursor of this listing."""
        return encode(Cursor(binding=self.binding, positions=positions))

    def request(self, job: Job) -> tuple[Connection, Request[Page[T]]]:
        """Say how one page is asked for.

        Raises:
            PolyreelError: The account or its plugin can't be used.
        """
        source = self.sources[job.source]
        connection = self.planner.connection(source.account)
        request: Request[Page[T]] = self.planner.registry.list_request(
            connection.provider.name,
            self.kind,
            evolve(
                source.query,
                cursor=job.ask.cursor,
                page_size=job.ask.size,
                order=job.ask.order or source.query.order,
            ),
            collection=source.collection,
            settings=connection.settings,
        )

        def read(response: Response) -> Page[T]:
            # Some servers put the key into the next page's address; it must not get into a cursor.
            page = request.read(response)
            following = page.next and connection.redact(page.next)
            return evolve(page, next=following) if following != page.next else page

        return connection, evolve(request, read=read)
