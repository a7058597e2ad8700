"""What a plugin says about its provider: plain data, read by the hub, the command line and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from polyreel.auth import Auth

if TYPE_CHECKING:
    from polyreel.models import Kind, Order


@frozen
class Setting:
    """Something that a provider needs to know of an account besides its key.

    Its value is taken from the environment (``ACME_WORKSPACE`` for the setting ``workspace`` of acme) or
    from the table ``settings`` of the account in ``polyreel.toml``. It is put where ``{workspace}`` stands
    in the provider's base URL or headers, and handed to hooks.

    Attributes:
        about: What it is and where to find it, in a few words.
        default: Its value where nobody gives one; None if somebody has to.
    """

    about: str
    default: str | None = None


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
        time_filters: Which of ``ListQuery.since`` and ``ListQuery.until`` the list can be asked for.
        mixed: The list holds other things too, which the plugin leaves out of its pages; so a page of
            the usual size is asked for even when the caller wants few items.
        collections: The names of the provider's several lists of this kind, such as ``("talks",
            "clips")``; empty where there is one. Each is paged on its own; an item's id begins with its
            collection (``talks/tlk_1``), hooks are told which one is asked, and callers choose with the
            filter ``collection``. One may be "": the usual list, whose ids are bare, and which alone
            is asked without the filter.
        newest_first: Lists begin with the newest item when no order is asked for. A fact with its source
            beside it; False where nobody knows.
        window: How far back a list goes at most; None where it holds everything.
        span: The longest span of time that one request may ask for; None where there is no such limit.
            Hooks are then always told since and until, at most ``window`` apart, and step through them
            with :func:`polyreel.paging.by_span`.
        files_kept: How long the provider keeps an item's files, or its links work; None if unknown.
    """

    can_list: bool = True
    can_get: bool = True
    orders: tuple[Order, ...] = ()
    filters: Mapping[str, str] = field(factory=dict)
    page_size: int = 50
    max_page_size: int | None = None
    time_filters: tuple[Literal["since", "until"], ...] = ()
    mixed: bool = False
    collections: tuple[str, ...] = ()
    newest_first: bool = False
    window: timedelta | None = None
    span: timedelta | None = None
    files_kept: timedelta | None = None

    def __attrs_post_init__(self) -> None:
        if self.span and not (self.window and "since" in self.time_filters):
            raise TypeError("a list that is read in spans needs a window and the time filter since")


@frozen(kw_only=True)
class Lifecycle:
    """Where a provider's service stands.

    Attributes:
        retrieved: The day that its documentation is of, as it was read for this plugin; for a copy, the day
            on which the copy was made.
        checked: The day on which the spec was last held against the documentation itself, or None.
        sunset: The announced last day of the service at its default base URL, or None.
        note: What a user should know about it, in a sentence.
    """

    retrieved: date
    checked: date | None = None
    sunset: date | None = None
    note: str = ""

    def over(self, today: date) -> bool:
        """Tell whether the announced last day has come."""
        return self.sunset is not None and today >= self.sunset

    def service(self, today: date) -> str:
        """Say where the service stands: ``active``, ``ends 2027-01-01`` or ``ended 2026-09-24``."""
        if self.sunset is None:
            return "active"
        return f"{'ended' if self.over(today) else 'ends'} {self.sunset}"


@frozen(kw_only=True)
class Provider:
    """A provider, as its plugin describes it.

    Attributes:
        name: The entry point's name, such as ``tavus``; lower case.
        title: For people, such as ``Tavus``.
        base_url: The documented base URL, without a slash at the end; may have settings in braces.
        auth: How the key travels.
        resources: What can be listed and got, by kind.
        lifecycle: Where the service stands, and when its documentation was last read.
        client: The import name of the generated client; it also holds ``openapi.json``.
        docs: The address of its API reference.
        headers: Headers that every request needs, such as an API version; may have settings in braces.
        hints: What to do about an error response whose text or header names hold a word, by that
            word in lower case.
        settings: What it needs to know of an account besides its key, by name in lower case.
        wrong_key: The statuses with which it refuses a wrong key.
    """

    name: str
    title: str
    base_url: str
    auth: Auth
    resources: Mapping[Kind, Resource]
    lifecycle: Lifecycle
    client: str
    docs: str
    headers: Mapping[str, str] = field(factory=dict)
    hints: Mapping[str, str] = field(factory=dict)
    settings: Mapping[str, Setting] = field(factory=dict)
    wrong_key: frozenset[int] = frozenset({401})
