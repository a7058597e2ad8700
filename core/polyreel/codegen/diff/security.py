"""Compare how two operations are reached: keys and servers."""

from __future__ import annotations

from collections.abc import Iterator

from polyreel.codegen.diff.constraints import Finding
from polyreel.codegen.diff.rules import shown
from polyreel.openapi.operations import KeyScheme, Operation

Demand = tuple[str, frozenset[str]]
"""A key that is asked for, as it travels, and the scopes it must have."""

Way = frozenset[Demand]
"""Keys that are asked for together; none at all where anybody may call."""


def compare_security(a: Operation, b: Operation) -> Iterator[tuple[str, Finding]]:
    """Yield the differences between the keys that two operations ask for.

    Schemes are compared by what they are, a header of a certain name for instance, not by what
    the document calls them.
    """
    before, after = _ways(a), _ways(b)
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


def _ways(operation: Operation) -> list[Way]:
    found = [
        frozenset((_travels(scheme), scheme.scopes) for scheme in alternative)
        for alternative in operation.security()
    ]
    return list(dict.fromkeys(found)) or [frozenset()]


def _travels(scheme: KeyScheme) -> str:
    """Describe a scheme by where its key is sent, since its name in the document doesn't matter."""
    said = scheme.written
    if not said:
        return scheme.name
    type_ = said.get("type")
    if type_ == "apiKey":
        key = str(said.get("name"))
        return f"{said.get('in')} {key.lower() if said.get('in') == 'header' else key}"
    if type_ == "http":
        return f"{str(said.get('scheme')).lower()} token"
    return f"{type_} {said.get('openIdConnectUrl', scheme.name)}"


def _enough(held: Way, asked: Way) -> bool:
    """Tell whether the keys of one security alternative also satisfy another one."""
    return all(any(key == has and scopes <= had for has, had in held) for key, scopes in asked)


def _named(ways: list[Way]) -> str:
    one = (
        " and ".join(
            key + (f" with {', '.join(sorted(scopes))}" if scopes else "")
            for key, scopes in sorted(way, key=lambda demand: demand[0])
        )
        or "no key"
        for way in ways
    )
    return shown(" or ".join(sorted(one)))
