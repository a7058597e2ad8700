"""What the shell offers for an option's value; imports what it needs when it is asked."""

from __future__ import annotations

from collections.abc import Callable


def providers(incomplete: str) -> list[str]:
    """Offer the installed providers."""
    from polyreel.configuration import installed

    names = {point.name for point in installed.read().points[installed.PROVIDERS]}
    return _starting(incomplete, sorted(names))


def specs(incomplete: str) -> list[str]:
    """Offer the providers that have a spec in this source tree."""
    from pathlib import Path

    return _starting(
        incomplete, sorted({path.parent.name for path in Path("specs").glob("*/openapi.yaml")})
    )


def accounts(incomplete: str) -> list[str]:
    """Offer the configured accounts; nothing while they can't be read."""
    from polyreel.errors import PolyreelError
    from polyreel.hub import Hub

    try:
        return _starting(incomplete, list(Hub().accounts))
    except PolyreelError:
        return []


def accounts_and_providers(incomplete: str) -> list[str]:
    """Offer the configured accounts, and the providers."""
    return sorted({*accounts(incomplete), *providers(incomplete)})


def roles(incomplete: str) -> list[str]:
    """Offer the usual roles of files."""
    from polyreel.http.files import FAMILIES

    return _starting(incomplete, list(FAMILIES))


def statuses(incomplete: str) -> list[str]:
    """Offer the common statuses."""
    from polyreel.models import Status

    return _starting(incomplete, list(Status))


def orders(incomplete: str) -> list[str]:
    """Offer the orders."""
    return _starting(incomplete, ["asc", "desc"])


def fields(incomplete: str) -> list[str]:
    """Offer the fields of items."""
    from polyreel.cli import rows

    return _starting(incomplete, [*dict.fromkeys([*rows.keys("videos"), *rows.keys("replicas")])])


def several(offer: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Offer the same behind each comma."""

    def offer_last(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        return [f"{before}{comma}{word}" for word in offer(last)]

    return offer_last


def _starting(start: str, words: list[str]) -> list[str]:
    return [str(word) for word in words if word.startswith(start)]
