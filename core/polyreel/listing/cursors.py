"""Cursors: one text that holds which listing it belongs to, and where each of its sources stands.

A source is what one paginator reads: an account's list, or one of several lists behind one kind, named
``account/list``. A cursor is bound to its listing's options; those of another listing are refused.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve, field, frozen

from polyreel.errors import ConfigurationError
from polyreel.listing.delivered import Delivered
from polyreel.listing.time_bounds import TimeBound
from polyreel.models import Kind, Order

KEPT_IDS = 5  # of the last items that were delivered

_PREFIX = "polyreel-"
_LARGEST = 10_000_000  # bytes of JSON; a cursor of a thousand accounts has a hundredth of it


@frozen(kw_only=True)
class Position:
    """Where one source stands.

    Attributes:
        cursor: The plugin's cursor of the next page, None for the first.
        after: The ids of the last items of which it is known that all in front of them came, the latest
            one first; the page may begin with items up to it. Several, since any of them may be deleted
            before it is resumed.
        count: How many items came before.
        page_size: The page size that the cursor belongs to: page 3 is another page at another size.
        first: The number of the first page, where cursors are page numbers and it is known; 0 where
            they are offsets in tokens.
        known: What was delivered behind those items, where rows may have moved between the pages that
            were read: then the list is read from its first page on. None where nothing can be missing.
    """

    cursor: str | None = None
    after: tuple[str, ...] = ()
    count: int = 0
    page_size: int | None = None
    first: int | None = None
    known: Delivered | None = None

    def past(self, ids: Sequence[str]) -> Position:
        """Return the position behind these further items of the page, at least one."""
        if self.known is not None:
            return evolve(self, known=self.known.past(ids), count=self.count + len(ids))
        after = (*reversed(ids[-KEPT_IDS:]), *self.after)[:KEPT_IDS]
        return evolve(self, after=after, count=self.count + len(ids))


@frozen(kw_only=True)
class Binding:
    """The options of the listing that a cursor belongs to.

    Attributes:
        kind: ``videos`` or ``replicas``.
        accounts: The names of all accounts that the listing asks.
        statuses: The statuses that are wanted, sorted; empty for all.
        order: ``asc``, ``desc``, or None.
        filters: The providers' own filters, as JSON.
        since: Where the time window begins, or None.
        until: Where it ends, or None.
    """

    kind: Kind
    accounts: tuple[str, ...]
    statuses: tuple[str, ...] = ()
    order: Order | None = None
    filters: str = "{}"
    since: TimeBound | None = None
    until: TimeBound | None = None

    def options(self) -> dict[str, Any]:
        """Return the options to list with, by name, so that the cursor goes on."""
        bounds = {"since": self.since, "until": self.until}
        return {
            "account": list(self.accounts),
            "status": list(self.statuses) or None,
            "order": self.order,
            "filters": json.loads(self.filters) or None,
            **{name: bound and (bound.age or bound.at) for name, bound in bounds.items()},
        }

    def differences(self, asked: Binding) -> Iterator[str]:
        """Say how the options of another listing differ, but for its accounts."""
        for name in ("kind", "statuses", "order", "filters"):
            mine, other = getattr(self, name), getattr(asked, name)
            if mine != other:
                yield f"{_option(name)} is {_written(mine)} there and {_written(other)} here"
        for name in ("since", "until"):
            bound, other = getattr(self, name), getattr(asked, name)
            if not (bound.asks_for_the_same(other) if bound else other is None):
                yield f"{name} is {_written(bound)} there and {_written(other)} here"


@frozen(kw_only=True)
class Cursor:
    """A listing and where its sources stand; a source without a position has come to its end."""

    binding: Binding
    positions: Mapping[str, Position] = field(factory=dict)


def account_of(source: str) -> str:
    """Return the account whose list, or one of whose lists, a source is."""
    return source.partition("/")[0]


def filters_text(filters: Mapping[str, Any]) -> str:
    """Write filters as JSON, the same for equal filters."""
    return json.dumps(filters, sort_keys=True, separators=(",", ":"), default=str)


def encode(cursor: Cursor) -> str:
    """Write a cursor as one text, safe in shells and URLs."""
    binding = cursor.binding
    plain = {
        "kind": binding.kind,
        "accounts": binding.accounts,
        "statuses": binding.statuses,
        "order": binding.order,
        "filters": binding.filters,
        "since": _plain_bound(binding.since),
        "until": _plain_bound(binding.until),
        "at": {
            source: [
                *(at.cursor, at.after, at.count, at.page_size, at.first),
                None if at.known is None else at.known.text(),
            ]
            for source, at in cursor.positions.items()
        },
    }
    # zlib's checksum tells a damaged cursor from a whole one.
    packed = zlib.compress(json.dumps(plain, separators=(",", ":")).encode())
    return _PREFIX + urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str) -> Cursor | None:
    """Read a cursor; None when the text is a provider's own.

    Raises:
        ConfigurationError: It begins like one of ours, but can't be read.
    """
    if not text.startswith(_PREFIX):
        return None
    try:
        packed = text.removeprefix(_PREFIX).encode("ascii")
        return _read(json.loads(_unpacked(packed + b"=" * (-len(packed) % 4))))
    except (
        *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError),
        zlib.error,
    ):
        raise ConfigurationError(
            f"{text[:60]!r} isn't a whole cursor; was it cut, or made by another polyreel?"
        ) from None


def resumed(
    text: str, asked: Binding, sources: Collection[str]
) -> tuple[Binding, Mapping[str, Position]]:
    """Read a cursor that belongs to the listing that is asked for.

    Args:
        text: A cursor of ours, or one of a provider.
        asked: What is asked for.
        sources: The names of all that the listing reads.

    Raises:
        ConfigurationError: It is damaged, or of another listing; says how the options differ.
    """
    cursor = decode(text)
    if cursor is None:
        if len(sources) != 1:
            raise ConfigurationError(
                "a provider's own cursor needs its account named, and one that has a single list; a "
                "listing's cursor begins with 'polyreel-'"
            )
        return asked, {source: Position(cursor=text) for source in sources}
    differences = [*cursor.binding.differences(asked)]
    strange = set(asked.accounts) - set(cursor.binding.accounts)
    # A list that isn't asked would be lost, and of an account that is strange to the cursor nobody
    # knows whether it was read.
    if strange or not cursor.positions.keys() <= set(sources):
        differences.append(
            f"it belongs to {', '.join(cursor.binding.accounts)}; asked are "
            f"{', '.join(asked.accounts)}"
        )
    if differences:
        raise ConfigurationError(
            f"the cursor is one of another listing: {'; '.join(differences)}. Give the options of "
            "that listing again, or leave the cursor out"
        )
    return cursor.binding, cursor.positions


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(b64decode(packed, altchars=b"-_", validate=True), _LARGEST)
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("not one whole stream")
    return content


def _read(plain: Any) -> Cursor:
    return Cursor(
        binding=Binding(
            kind=plain["kind"],
            accounts=tuple(map(_text, plain["accounts"])),
            statuses=tuple(map(_text, plain["statuses"])),
            order=plain["order"],
            filters=_text(plain["filters"]),
            since=_bound(plain["since"]),
            until=_bound(plain["until"]),
        ),
        positions={source: _position(*at) for source, at in plain["at"].items()},
    )


def _position(
    cursor: Any, after: Any, count: Any, page_size: Any, first: Any, known: Any
) -> Position:
    return Position(
        cursor=None if cursor is None else _text(cursor),
        after=tuple(map(_text, after)),
        count=int(count),
        page_size=None if page_size is None else int(page_size),
        first=None if first is None else int(first),
        known=None if known is None else Delivered.of(_text(known)),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _plain_bound(bound: TimeBound | None) -> tuple[str, float | None] | None:
    if bound is None:
        return None
    return bound.at.isoformat(), None if bound.age is None else bound.age.total_seconds()


def _bound(plain: Any) -> TimeBound | None:
    if plain is None:
        return None
    at, age = plain
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return TimeBound(moment, None if age is None else timedelta(seconds=age))


def _option(name: str) -> str:
    return {"statuses": "status"}.get(name, name)


def _written(value: object) -> str:
    if value is None or value in ((), "{}"):
        return "not given"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
