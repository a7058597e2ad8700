"""What a caller may ask of a listing, and what a provider makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypedDict

from attrs import frozen

from polyreel.errors import UnsupportedOption
from polyreel.models import Kind, Order, Status
from polyreel.provider import Provider, Resource

StatusFilter: TypeAlias = str | Iterable[str] | None
OnError: TypeAlias = Literal["raise", "skip"]


class ListOptions(TypedDict, total=False):
    """What a caller may ask of a listing; each may be left out.

    Attributes:
        provider: Only the accounts of this provider; None for all that can list this kind.
        account: Only this account.
        status: Only items of this common status, or of one of several.
        limit: At most so many items; None for all.
        page_size: Items per request, within the provider's limits; None for its usual size.
        order: ``asc`` or ``desc`` by time; None for the provider's own order. One account's items
            come in its order; those of several accounts as their pages arrive.
        filters: The provider's own filters, by its own names.
        cursor: Where an earlier listing with the same options stopped: its ``cursor``, a page's
            ``next``, or an error's ``resume``.
        on_error: ``raise`` failures at the end, or ``skip`` them to ``Listing.errors``.
    """

    provider: str | None
    account: str | None
    status: StatusFilter
    limit: int | None
    page_size: int | None
    order: Order | None
    filters: Mapping[str, Any] | None
    cursor: str | None
    on_error: OnError


@frozen(kw_only=True)
class Options:
    """A listing's options, complete; see :class:`ListOptions`."""

    provider: str | None = None
    account: str | None = None
    status: StatusFilter = None
    limit: int | None = None
    page_size: int | None = None
    order: Order | None = None
    filters: Mapping[str, Any] | None = None
    cursor: str | None = None
    on_error: OnError = "raise"


def statuses(status: StatusFilter) -> frozenset[Status] | None:
    """Give the common statuses that a caller names, or None for all.

    Raises:
        UnsupportedOption: One is none.
    """
    if status is None:
        return None
    words = [status] if isinstance(status, str) else list(status)
    try:
        return frozenset(map(Status, words))
    except ValueError as error:
        raise UnsupportedOption(f"{error}; statuses are {', '.join(Status)}") from None


def check(provider: Provider, kind: Kind, resource: Resource, options: Options) -> None:
    """Hold options against what a provider has.

    Raises:
        UnsupportedOption: It has no such order, filter or page size; the message names those it has.
    """

    def refuse(what: str) -> UnsupportedOption:
        return UnsupportedOption(f"{provider.title} {what}", provider=provider.name)

    if options.order is not None and options.order not in resource.orders:
        has = f"only {' and '.join(resource.orders)}" if resource.orders else "no order option"
        raise refuse(f"can't list {kind} in order {options.order!r}: it has {has}")
    for name in options.filters or ():
        if name not in resource.filters:
            has = ", ".join(sorted(resource.filters)) or "no filters"
            raise refuse(f"has no filter {name!r} for {kind}; it has {has}")
    most = resource.max_page_size
    size = options.page_size
    if size is not None and (size < 1 or (most is not None and size > most)):
        raise refuse(f"takes a page size from 1 to {most or 'any number'}, not {size}")
