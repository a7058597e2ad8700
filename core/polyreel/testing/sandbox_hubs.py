"""A provider's sandbox on a real socket, and both hubs in front of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias, TypeVar

from attrs import evolve

from polyreel.accounts import Account
from polyreel.http.loopback import listening
from polyreel.http.pacing import Policy
from polyreel.hub import AsyncHub, Hub
from polyreel.models import Item, Kind, ListQuery, Page
from polyreel.openapi.annotations import Role
from polyreel.request import Request, Response
from polyreel.sandbox import KEY
from polyreel.sandbox.key_check import settings
from polyreel.sandbox.served_spec import prefix
from polyreel.testing.served_wire import Wire
from polyreel.testing.subject import Subject

R = TypeVar("R")

Mode: TypeAlias = Literal["sync", "async"]

ACCOUNT = "contract"
WRONG_KEY = "with-a-wrong-key"
_ONCE = Policy(timeout=20, connect_timeout=5, attempts=1)  # no failure is waited out


class ServedProvider:
    """A provider, served, and everything that callers do with it.

    Attributes:
        subject: The provider.
        wire: What it is asked, and what it answers.
    """

    def __init__(self, subject: Subject, wire: Wire, origin: str) -> None:
        self.subject = subject
        self.wire = wire
        base_url = origin + prefix(subject.provider)
        accounts = [
            Account(
                name=name,
                provider=subject.name,
                key=key,
                base_url=base_url,
                settings=settings(subject.provider),
            )
            for name, key in ((ACCOUNT, KEY), (WRONG_KEY, "a-wrong-key"))
        ]
        self._hub = Hub(accounts, policy=_ONCE, registry=subject.registry)
        self._async_hub = AsyncHub(accounts, policy=_ONCE, registry=subject.registry)
        self._runner = asyncio.Runner()

    @classmethod
    @contextmanager
    def of(cls, subject: Subject) -> Iterator[ServedProvider]:
        """Serve a provider as long as the context lasts."""
        wire = Wire(subject.spec)
        with listening(wire) as origin:
            served = cls(subject, wire, origin)
            try:
                yield served
            finally:
                served.close()

    def close(self) -> None:
        """Close both hubs."""
        self._hub.close()
        self._runner.run(self._async_hub.close())
        self._runner.close()

    def hold(self, kind: Kind, count: int) -> Sequence[str]:
        """Set the number of the provider's items of a kind; return their ids, the newest first."""
        self.wire.hold({kind: count})
        return self.subject.ids(kind, count)

    def list(
        self, kind: Kind, mode: Mode = "sync", account: str = ACCOUNT, **options: Any
    ) -> Sequence[Item]:
        """List as a caller does, to the end."""
        options = self._options(kind, account, options)
        if mode == "sync":
            return [*getattr(self._hub, kind).list(**options)]

        async def items() -> Sequence[Item]:
            return [item async for item in getattr(self._async_hub, kind).list(**options)]

        return self._runner.run(items())

    def _options(self, kind: Kind, account: str, given: dict[str, Any]) -> dict[str, Any]:
        resource = self.subject.provider.resources.get(kind)
        needed = self.subject.needed(kind) if resource and resource.can_list else {}
        if resource and (collection := self.subject.collection_of(kind)):
            needed = {**needed, "collection": collection}
        return {**given, "account": account, "filters": {**needed, **given.get("filters", {})}}

    def get(self, kind: Kind, id: str, mode: Mode = "sync", account: str = ACCOUNT) -> Item:
        """Get an item by its uid, as a caller does."""
        uid = f"{account}:{self.subject.id(kind, id)}"
        item: Item
        if mode == "sync":
            item = getattr(self._hub, kind).get(uid)
        else:
            item = self._runner.run(getattr(self._async_hub, kind).get(uid))
        return item

    def cursors(self, kind: Kind, **options: Any) -> Sequence[tuple[int, str | None]]:
        """List page by page; return how many items came up to each page's end, and where to go on."""
        found, count = [], 0
        for page in getattr(self._hub, kind).list(**self._options(kind, ACCOUNT, options)).pages():
            count += len(page.items)
            found.append((count, page.next))
        return found

    def read(self, role: Role, kind: Kind, ids: Sequence[str]) -> Sequence[Item]:
        """Read items out of a listing, or one by one."""
        if role == "list":
            return self.list(kind, limit=len(ids))
        return [self.get(kind, id) for id in ids]

    def page(self, kind: Kind, query: ListQuery) -> Page[Any]:
        """Read one page as the plugin gives it to the hub."""
        return self.perform(self.subject.list_request(kind, query))

    def fetch(self, request: Request[Any]) -> Response:
        """Perform a request, but leave its response unread."""
        unread: Request[Response] = evolve(request, read=lambda response: response)
        return self.perform(unread)

    def perform(self, request: Request[R]) -> R:
        """Perform a request as the hub does."""
        return self._hub._transport.perform(self._hub._planner.connection(ACCOUNT), request)
