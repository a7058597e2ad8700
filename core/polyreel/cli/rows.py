"""Videos and replicas as rows, and what a table shows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from polyreel.cli.tables import Column
from polyreel.models import MODELS, Item, Kind


def keys(kind: Kind) -> Sequence[str]:
    """Return the keys of a row: the model's fields under their own names, after the uid."""
    return MODELS[kind].fields()


def row(item: Item, fields: Sequence[str] | None = None, *, raw: bool = False) -> dict[str, Any]:
    """Turn an item into plain JSON values.

    Args:
        item: The item.
        fields: Which of its fields, in this order; None for all.
        raw: Add the provider's own JSON, as the last.
    """
    every = item.to_dict(raw=raw)
    return every if fields is None else {name: every[name] for name in (*fields, *["raw"] * raw)}


def _status(row: Mapping[str, Any]) -> str:
    # A status that polyreel doesn't know is best shown in the provider's word.
    if row["status"] == "unknown" and row["provider_status"]:
        return f"{row['provider_status']}?"
    if row["status"] == "running" and row["progress"] is not None:
        return f"running {row['progress']:.0f}%"
    return str(row["status"])


_STYLES = {"ready": "green", "failed": "red", "running": "yellow", "queued": "cyan"}


def _created(row: Mapping[str, Any]) -> str | None:
    created: str | None = row["created_at"]
    return f"{created[:10]} {created[11:16]}Z" if created else None


def _duration(row: Mapping[str, Any]) -> str | None:
    return None if row["duration"] is None else f"{row['duration']:g} s"


def _size(row: Mapping[str, Any]) -> str | None:
    return f"{row['width']}x{row['height']}" if row["width"] and row["height"] else None


_UID = Column(header="UID", cell=lambda row: row["uid"], rank=0)
_STATUS = Column(
    header="STATUS",
    cell=_status,
    rank=1,
    style=lambda text: _STYLES.get(text.partition(" ")[0], "dim"),
)
_CREATED = Column(header="CREATED", cell=_created, rank=3)
_PROVIDER = Column(header="PROVIDER", cell=lambda row: row["provider"], rank=6, varied=True)

_COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    "videos": (
        _UID,
        _STATUS,
        Column(
            header="TITLE", cell=lambda row: row["title"] or row["prompt"], rank=2, flexible=True
        ),
        _CREATED,
        Column(header="LENGTH", cell=_duration, rank=4),
        Column(header="SIZE", cell=_size, rank=7),
        Column(header="MODEL", cell=lambda row: row["model"], rank=5),
        _PROVIDER,
    ),
    "replicas": (
        _UID,
        _STATUS,
        Column(header="NAME", cell=lambda row: row["title"], rank=2, flexible=True),
        Column(header="TYPE", cell=lambda row: row["type"], rank=4),
        _CREATED,
        _PROVIDER,
    ),
}


def columns(kind: Kind, fields: Sequence[str] | None = None) -> tuple[Column, ...]:
    """Return what a table of this kind shows: its usual columns, or one for each field."""
    if fields is None:
        return _COLUMNS[kind]
    return tuple(
        Column(header=name.upper(), cell=partial(_text, name), rank=0, asked=True)
        for name in fields
    )


def _text(name: str, row: Mapping[str, Any]) -> str | None:
    return None if row[name] is None else str(row[name])
