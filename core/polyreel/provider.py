"""What a plugin says about its provider: plain data, read by the hub, the command line and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from polyreel.models import Kind, Order


@frozen
class HeaderKey:
    """The key goes into a header.

    Attributes:
        header: The header's name, such as ``x-api-key``.
        env: The environment variable that holds the key; None for ``<PROVIDER>_API_KEY``.
        prefix: What stands before the key, such as ``"Basic "``.
    """

    header: str
    env: str | None = field(default=None, kw_only=True)
    prefix: str = field(default="", kw_only=True)

    def headers(self, key: str) -> dict[str, str]:
        """Give the headers that carry the key."""
        return {self.header: f"{self.prefix}{key}"}


def Bearer(*, env: str | None = None) -> HeaderKey:  # noqa: N802 - reads as the scheme that it is
    """Give the usual ``Authorization: Bearer <key>``."""
    return HeaderKey("Authorization", env=env, prefix="Bearer ")


@frozen(kw_only=True)
class Resource:
    """What a provider's API can do with one kind of item.

    Attributes:
        can_list: There is a list operation.
        can_get: There is a get operation.
        orders: The orders that a list can be asked for; empty when there is no such option.
        filters: The list's own filters: name → what it takes, in a few words.
        page_size: Items per page asked for when the caller doesn't say; also the default sent.
        max_page_size: The most that the provider allows, or None when it doesn't say.
        mixed: The list holds other things too, which the plugin leaves out of its pages; so a page of
            the usual size is asked for even when the caller wants few items.
    """

    can_list: bool = True
    can_get: bool = True
    orders: tuple[Order, ...] = ()
    filters: Mapping[str, str] = field(factory=dict)
    page_size: int = 50
    max_page_size: int | None = None
    mixed: bool = False


@frozen(kw_only=True)
class Lifecycle:
    """Where a provider's service stands.

    Attributes:
        retrieved: The day on which its documentation was last read for this plugin.
        sunset: The announced last day of the service at its default base URL, or None.
        note: What a user should know about it, in a sentence.
    """

    retrieved: date
    sunset: date | None = None
    note: str = ""

    def state(self, today: date) -> str:
        """Give ``active``, ``deprecated`` (an end is announced) or ``sunset`` (that day has come)."""
        if self.sunset is None:
            return "active"
        return "sunset" if today >= self.sunset else "deprecated"


@frozen(kw_only=True)
class Provider:
    """A provider, as its plugin describes it.

    Attributes:
        name: The entry point's name, such as ``tavus``; lower case.
        title: For people, such as ``Tavus``.
        base_url: The documented base URL, without a slash at the end.
        auth: How the key travels.
        resources: What can be listed and got, by kind.
        lifecycle: Where the service stands, and when its documentation was last read.
        client: The import name of the generated client; it also holds ``openapi.json``.
        docs: The address of its API reference.
        headers: Headers that every request needs, such as an API version.
    """

    name: str
    title: str
    base_url: str
    auth: HeaderKey
    resources: Mapping[Kind, Resource]
    lifecycle: Lifecycle
    client: str
    docs: str
    headers: Mapping[str, str] = field(factory=dict)
