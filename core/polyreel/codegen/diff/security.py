"""Compare how two operations are reached: keys and servers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from polyreel.codegen.diff.facets import Finding
from polyreel.codegen.diff.parts import followed, listing, mapping
from polyreel.codegen.diff.rules import shown
from polyreel.openapi.documents import Document

Demand = tuple[str, frozenset[str]]
"""A key that is asked for, as it travels, and the scopes it must have."""

Way = frozenset[Demand]
"""Keys that are asked for together; none at all where anybody may call."""


def compare_security(
    old: Document, new: Document, a: dict[str, Any], b: dict[str, Any]
) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between the keys that two operations ask for.

    Schemes are compared by what they are, a header of a certain name for instance, not by what
    the document calls them.
    """
    before, after = _ways(old, a), _ways(new, b)
    lost = [way for way in before if not any(_enough(way, other) for other in after)]
    won = [way for way in after if not any(_enough(way, other) for other in before)]
    facts = {"old": _named(before), "new": _named(after)}
    if lost and any(not way for way in before):
        yield "security", Finding("security-added", facts)
    elif len(lost) == len(before) and lost:
        yield "security", Finding("security-changed", facts)
    elif lost:
        yield "security", Finding("security-alternative-removed", {"old": _named(lost)})
    elif frozenset() in after and frozenset() not in before:
        yield "security", Finding("security-removed", facts)
        return
    if won and len(lost) < len(before):
        yield "security", Finding("security-alternative-added", {"new": _named(won)})


def servers(document: Document, item: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """Return the base URLs of an operation: its own, its path's, or the document's."""
    for part in (operation, item, document):
        found = listing(part, "servers")
        if found:
            return [_url(server) for server in found if isinstance(server, dict)]
    return []


def compare_servers(old: list[str], new: list[str]) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between two lists of base URLs."""
    gone = [url for url in old if url not in new]
    come = [url for url in new if url not in old]
    if len(gone) == len(come) == 1:
        yield "servers", Finding("server-changed", {"old": shown(gone[0]), "new": shown(come[0])})
        return
    for url in gone:
        yield "servers", Finding("server-removed", {"old": shown(url)})
    for url in come:
        yield "servers", Finding("server-added", {"new": shown(url)})


def _ways(document: Document, operation: dict[str, Any]) -> list[Way]:
    part = operation if operation.get("security") is not None else document
    ways = [way for way in listing(part, "security") if isinstance(way, dict)]
    schemes = mapping(mapping(document, "components"), "securitySchemes")
    found = [
        frozenset(
            (_scheme(document, schemes.get(name), name), frozenset(map(str, scopes or ())))
            for name, scopes in way.items()
        )
        for way in ways
    ]
    return list(dict.fromkeys(found)) or [frozenset()]


def _scheme(document: Document, scheme: Any, name: str) -> str:
    """Name a scheme by how a key travels, so that its name in the document doesn't matter."""
    if scheme is None:
        return name
    scheme = followed(document, scheme, where=f"security scheme {name}")
    kind = scheme.get("type")
    if kind == "apiKey":
        key = str(scheme.get("name"))
        return f"{scheme.get('in')} {key.lower() if scheme.get('in') == 'header' else key}"
    if kind == "http":
        return f"{str(scheme.get('scheme')).lower()} token"
    return f"{kind} {scheme.get('openIdConnectUrl', name)}"


def _enough(held: Way, asked: Way) -> bool:
    """Say whether who has the keys of one way may pass by another one."""
    return all(any(kind == has and scopes <= had for has, had in held) for kind, scopes in asked)


def _named(ways: list[Way]) -> str:
    one = (
        " and ".join(
            kind + (f" with {', '.join(sorted(scopes))}" if scopes else "")
            for kind, scopes in sorted(way, key=lambda demand: demand[0])
        )
        or "no key"
        for way in ways
    )
    return shown(" or ".join(sorted(one)))


def _url(server: dict[str, Any]) -> str:
    url = str(server.get("url"))
    for name, variable in mapping(server, "variables").items():
        if isinstance(variable, dict):
            url = url.replace(f"{{{name}}}", str(variable.get("default")))
    return url.rstrip("/")
