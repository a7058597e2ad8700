"""What a provider's list can be asked for, held against what a caller asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from polyreel.errors import UnsupportedOption
from polyreel.listing.list_source import Wanted
from polyreel.listing.options import CheckedOptions
from polyreel.listing.other_means import Means
from polyreel.models import Kind, Order
from polyreel.provider import Provider, Resource

_COLLECTION = "collection"


def keeps(resource: Resource, order: Order) -> bool:
    """Tell whether a list comes in an order of time, because it can be asked for or by itself."""
    return order in resource.orders or (order == "desc" and resource.newest_first)


def page_size(resource: Resource, options: CheckedOptions, wanted: Wanted) -> int:
    """Return how many items to ask for per page."""
    if options.page_size is not None:
        return options.page_size
    if options.limit and wanted.everything and not resource.mixed:
        # Two items show whether an order that was asked for is kept.
        fewest = 1 if options.order is None else 2
        return min(max(options.limit, fewest), resource.page_size)
    return resource.page_size


def times(resource: Resource, wanted: Wanted) -> tuple[datetime | None, datetime | None]:
    """Return the bounds that a list is asked with: those that it has, and both where it is read in spans."""
    since = wanted.since if "since" in resource.time_filters else None
    until = wanted.until if "until" in resource.time_filters else None
    if resource.span and resource.window:
        until = wanted.until or datetime.now(UTC)
        since = since or until - resource.window
    return since, until


def collections(
    provider: Provider, kind: Kind, resource: Resource, options: CheckedOptions
) -> tuple[str, ...]:
    """Return which of a provider's several lists a caller means: those of the filter ``collection``.

    Without the filter it is the usual list, where the provider has one, and else all of them.

    Raises:
        UnsupportedOption: It has no such list; the message names those it has.
    """
    if not resource.collections or _COLLECTION not in options.filters:
        return ("",) if "" in resource.collections else resource.collections
    given = options.filters[_COLLECTION]
    names = [name.strip() for name in (given.split(",") if isinstance(given, str) else given)]
    for name in names:
        if name not in resource.collections:
            raise UnsupportedOption(
                f"{provider.title} has no collection {name!r} of {kind}; it has "
                f"{', '.join(filter(None, resource.collections))}",
                provider=provider.name,
            )
    return tuple(name for name in resource.collections if name in names)


def means(resource: Resource, order: Order | None) -> Means:
    """Return what else a list can be asked for, where its pages can't be had one after the other."""
    now = order or ("desc" if resource.newest_first else None)
    others = [other for other in resource.orders if other != now]
    return Means(largest=resource.max_page_size, other_order=others[0] if now and others else None)


def own_filters(resource: Resource, options: CheckedOptions) -> Mapping[str, Any]:
    """Return the filters that a provider's list is asked with; which list it is, is none of them."""
    if not resource.collections:
        return options.filters
    return {name: value for name, value in options.filters.items() if name != _COLLECTION}


def check(provider: Provider, kind: Kind, resource: Resource, options: CheckedOptions) -> None:
    """Hold options against what a provider has.

    Raises:
        UnsupportedOption: It has no such filter or page size; the message names those it has.
    """
    for name in own_filters(resource, options):
        if name not in resource.filters:
            own = [*resource.filters, _COLLECTION] if resource.collections else resource.filters
            has = ", ".join(sorted(own)) or "no filters"
            raise UnsupportedOption(
                f"{provider.title} has no filter {name!r} for {kind}; it has {has}",
                provider=provider.name,
            )
    most = resource.max_page_size
    size = options.page_size
    if size is not None and most is not None and size > most:
        raise UnsupportedOption(
            f"{provider.title} takes a page size from 1 to {most}, not {size}",
            provider=provider.name,
        )


def no_order(provider: Provider, kind: Kind, order: Order) -> UnsupportedOption:
    """Make the error for an order that a provider's list doesn't have."""
    resource = provider.resources[kind]
    has = f"only {' and '.join(resource.orders)}" if resource.orders else "no order option"
    if resource.newest_first and not resource.orders:
        has += ", and lists the newest first"
    return UnsupportedOption(
        f"{provider.title} can't list {kind} in order {order!r}: it has {has}",
        provider=provider.name,
    )


def newest_first(resource: Resource | None) -> tuple[bool, Order | None]:
    """Say whether a list can be read newest first, and with which order option, if it needs one."""
    if resource is None or not resource.can_list:
        return False, None
    if resource.orders:
        return "desc" in resource.orders, "desc"
    return resource.newest_first, None
