"""An item as the library keeps it: its fields as columns, its links apart, its JSON without secrets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from polyreel.files.links import cut_links, unchanging
from polyreel.library.catalog.schema import FIELDS, LINKS, NUMBERS, TEXTS
from polyreel.library.portable import portable, portable_text
from polyreel.models import MODELS, Item, Kind


@frozen
class Record:
    """One item, ready to be stored.

    Attributes:
        uid: ``account:id``.
        kind: ``videos`` or ``replicas``.
        values: Column to value: the item's fields but for its links.
        links: Field to URL, whole, for those that the item has.
        raw: The provider's JSON as text, with the query and fragment of every link cut.
        fingerprint: A digest of ``raw``: equal when nothing but signatures and hosts of links changed.
    """

    uid: str
    kind: Kind
    values: Mapping[str, object]
    links: Mapping[str, str]
    raw: str
    fingerprint: bytes


def record(item: Item, kind: Kind) -> Record:
    """Turn an item into what is stored of it."""
    fields = item.as_dict()
    links = {name: fields[name] for name in LINKS if fields.get(name)}
    values = {name: _column(fields[name]) for name in (*TEXTS, *NUMBERS) if name in fields}
    values |= {name: portable_text(fields[name]) for name in ("provider", "account", "id")}
    raw = json.dumps(
        portable(cut_links(item.raw)), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    # An item whose JSON was not kept is told from its later self by its fields.
    told = unchanging(raw) if item.raw else repr(sorted(values.items()))
    return Record(
        uid=portable_text(item.uid),
        kind=kind,
        values=values,
        links={name: portable_text(url) for name, url in links.items()},
        raw=raw,
        fingerprint=hashlib.blake2b(told.encode(), digest_size=16).digest(),
    )


def stamp(moment: datetime) -> str:
    """Write a time in UTC to the millisecond; such texts sort as the times do."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='milliseconds')}Z"


def item_of(row: Mapping[str, Any], kind: Kind) -> Item:
    """Return the item that a row of a view holds."""
    fields = {name: row[name] for name in FIELDS[kind] if name != "uid"}
    return MODELS[kind](**fields, raw=json.loads(row["raw"]))


def _column(value: object) -> object:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, int) and abs(value) >= 2**63:
        return None  # SQLite has no such number
    return portable_text(value) if isinstance(value, str) else value
