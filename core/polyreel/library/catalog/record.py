"""An item as the library keeps it: its fields as columns, its links apart, its JSON without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from polyreel.files.links import cut_links, unchanging
from polyreel.library.catalog.schema import FIELDS, LINKS, NUMBERS, TEXTS, TIMES
from polyreel.library.portable import portable, portable_text
from polyreel.models import MODELS, Item, Kind

COLUMNS = (
    "uid",
    "kind",
    "provider",
    "account",
    "id",
    *TEXTS,
    *TIMES,
    *NUMBERS,
    "raw",
    "fingerprint",
)
"""The columns that an item alone says, in the order of :meth:`ItemRecord.columns`."""

_write = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode
# Scripts that are written without spaces: Thai, Lao, Burmese and Khmer, kana, Chinese characters. Their
# runs would be one word each.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)


class ItemRecord(NamedTuple):
    """One item, ready to be stored.

    Attributes:
        item: The item.
        kind: ``videos`` or ``replicas``.
        uid: ``account:id``.
        raw: The provider's JSON as text, with the query and fragment of every link cut.
        fingerprint: A digest of ``raw``: equal when nothing but signatures and hosts of links changed.
    """

    item: Item
    kind: Kind
    uid: str
    raw: str
    fingerprint: bytes

    def columns(self) -> tuple[object, ...]:
        """Return the values of `COLUMNS`."""
        return (self.uid, self.kind, *_fields(self.item), self.raw, self.fingerprint)

    def words(self) -> tuple[str | None, str | None]:
        """Return the texts that the item is found by."""
        known = self.item
        return words_of({"title": known.title, "prompt": getattr(known, "prompt", None)})

    def links(self) -> dict[str, str]:
        """Return field to URL, whole, for those that the item has."""
        found = ((name, getattr(self.item, name, None)) for name in LINKS)
        return {name: portable_text(url) for name, url in found if url}


def record(item: Item, kind: Kind) -> ItemRecord:
    """Turn an item into what is stored of it."""
    try:
        raw = cut_links(_write(item.raw))
        told = unchanging(raw).encode()
    except ValueError:  # JSON has no such number, or UTF-8 no such character
        raw = cut_links(_write(portable(item.raw)))
        told = unchanging(raw).encode()
    if not item.raw:  # an item whose JSON was not kept is told from its later self by its fields
        told = repr(_fields(item)).encode()
    return ItemRecord(
        item, kind, portable_text(item.uid), raw, blake2b(told, digest_size=16).digest()
    )


def stamp(moment: datetime) -> str:
    """Write a time in UTC to the millisecond; such texts sort as the times do."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{utc.isoformat(timespec='milliseconds')[:-6]}Z"


def words_apart(text: str) -> str:
    """Return a text whose words all stand apart: where a script has no spaces, each character does."""
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)


def words_of(row: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return a row's title and prompt as the search index knows them."""
    title, prompt = row.get("title"), row.get("prompt")
    return title and words_apart(portable_text(title)), prompt and words_apart(
        portable_text(prompt)
    )


def item_of(row: Mapping[str, Any], kind: Kind) -> Item:
    """Return the item that a row of a view holds."""
    fields = {name: row[name] for name in FIELDS[kind] if name != "uid"}
    return MODELS[kind](**fields, raw=json.loads(row["raw"]))


def _fields(item: Item) -> list[object]:
    """Return an item's provider, account and id, and its fields that are stored as columns."""
    known = item.as_dict().get
    texts = [
        text if text is None or text.isascii() else portable_text(text)
        for text in map(known, _TEXTS)
    ]
    times = [None if moment is None else stamp(moment) for moment in map(known, TIMES)]
    return [*texts, *times, *map(_number, map(known, NUMBERS))]


_TEXTS = ("provider", "account", "id", *TEXTS)


def _number(value: float | None) -> int | float | None:
    # SQLite has no larger integers.
    return None if value.__class__ is int and not -(2**63) <= value < 2**63 else value
