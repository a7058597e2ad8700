"""Both hubs behind one interface, so that one test states a fact about both."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from polyreel import Account, AsyncHub, Hub, Item, Page, Policy, PolyreelError

QUICK = Policy(timeout=5, connect_timeout=2, attempts=3, longest_wait=0.05)


@dataclass
class Result:
    """What a listing gave until its end, or until it failed."""

    items: list[Any]
    error: PolyreelError | None = None
    errors: list[PolyreelError] = field(default_factory=list)
    cursor: str | None = None

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.items]


@dataclass
class EitherHub:
    name: str

    def list(
        self,
        accounts: Iterable[Account],
        kind: str = "videos",
        policy: Policy = QUICK,
        **options: Any,
    ) -> Result:
        return self._run(accounts, kind, policy, options, pages=False)

    def pages(
        self,
        accounts: Iterable[Account],
        kind: str = "videos",
        policy: Policy = QUICK,
        **options: Any,
    ) -> list[Page[Any]]:
        result = self._run(accounts, kind, policy, options, pages=True)
        if result.error:
            raise result.error
        return result.items

    def get(
        self,
        accounts: Iterable[Account],
        id: str,
        kind: str = "videos",
        policy: Policy = QUICK,
        **options: Any,
    ) -> Item:
        if self.name == "sync":
            with Hub(accounts, policy=policy) as hub:
                return getattr(hub, kind).get(id, **options)

        async def get() -> Item:
            async with AsyncHub(accounts, policy=policy) as hub:
                return await getattr(hub, kind).get(id, **options)

        return asyncio.run(get())

    def _run(
        self, accounts: Iterable[Account], kind: str, policy: Policy, options: Any, *, pages: bool
    ) -> Result:
        result = Result([])
        if self.name == "sync":
            with Hub(accounts, policy=policy) as hub:
                listing = getattr(hub, kind).list(**options)
                try:
                    for item in listing.pages() if pages else listing:
                        result.items.append(item)
                except PolyreelError as error:
                    result.error = error
        else:

            async def run() -> Any:
                async with AsyncHub(accounts, policy=policy) as hub:
                    listing = getattr(hub, kind).list(**options)
                    try:
                        async for item in listing.pages() if pages else listing:
                            result.items.append(item)
                    except PolyreelError as error:
                        result.error = error
                    return listing

            listing = asyncio.run(run())
        result.errors, result.cursor = listing.errors, listing.cursor
        return result


def account(provider: str, url: str, name: str | None = None, **more: Any) -> Account:
    return Account(name=name or provider, provider=provider, key="a-test-key", base_url=url, **more)
