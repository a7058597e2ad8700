"""The gallery's JSON: cards, one item in full, accounts."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

from polyreel.gallery.item_files import Keyed, Local, Media, Missing, OpenLink
from polyreel.gallery.sources import GallerySources
from polyreel.library.catalog.browsing import LibraryEntry
from polyreel.models import Item, Kind, Status, Video

_SHORT, _LONG = 200, 20_000  # characters of a text on a card; in the view
_KINDS: tuple[Kind, ...] = ("videos", "replicas")


def card(entry: LibraryEntry, media: Media) -> dict[str, Any]:
    """Tell what a card shows."""
    item = entry.item
    poster = media.poster(entry)
    note = None if poster else media.film(entry)[1]
    return {
        "uid": item.uid,
        "title": _cut(_title(item), _SHORT),
        "account": item.account,
        "provider": item.provider,
        "status": str(item.status),
        "created_at": _iso(item.created_at),
        "duration": item.duration if isinstance(item, Video) else None,
        "poster": {"role": poster.role, "moving": poster.moving} if poster else None,
        "note": note.why if isinstance(note, Missing) else None,
    }


def view(entry: LibraryEntry, media: Media) -> dict[str, Any]:
    """Tell all that is known of one item."""
    item = entry.item
    role, film = media.film(entry)
    fields = {
        name: _cut(value, _LONG) if isinstance(value, str) else value
        for name, value in item.to_dict().items()
        if value is not None and name not in {"title", "prompt", "error", "status"}
    }
    seen = {
        name: _iso(getattr(entry, name))
        for name in ("first_seen", "last_seen", "changed_at", "deleted_at")
        if getattr(entry, name) is not None
    }
    return {
        **card(entry, media),
        "title": _cut(_title(item), _LONG),
        "prompt": _cut(getattr(item, "prompt", None), _LONG),
        "error": _cut(item.error, _LONG),
        "page_url": getattr(item, "page_url", None),
        "fields": {**fields, **seen},
        "film": None if isinstance(film, Missing) else role,
        "from": {Local: "archive", OpenLink: "link", Keyed: "link"}.get(type(film)),
        "leaves": isinstance(film, OpenLink) and not media.can_stream(entry),
        "captions": isinstance(media.find(entry, "captions"), Local),
        "note": film.why if isinstance(film, Missing) else None,
        "todo": film.todo if isinstance(film, Missing) else None,
        "versions": _versions(entry, media.sources),
        "raw": json.dumps(item.raw, indent=2, ensure_ascii=False),
    }


def accounts(sources: GallerySources) -> dict[str, Any]:
    """Tell how each account's last sync went, and how far the archive is read."""
    items: Counter[tuple[str, str]] = Counter()
    if sources.there:
        for kind in _KINDS:
            for (account, provider, *_), number in sources.tally(kind).items():
                items[account, provider] += number
    lines = {
        account: {
            "account": account,
            "provider": provider,
            "items": number,
            "synced": None,
            "error": None,
        }
        for (account, provider), number in items.items()
    }
    for run in reversed(sources.runs()):  # the latest of an account's kinds comes last
        line = lines.setdefault(
            run["account"],
            {"account": run["account"], "provider": "", "items": 0, "synced": None, "error": None},
        )
        line["synced"] = run["ended"] or run["started"]
        line["error"] = run["error"] or line["error"]
    shelf = sources.shelf
    return {
        "accounts": [lines[name] for name in sorted(lines)],
        "library": sources.library.is_file(),
        "archive": None
        if shelf is None
        else {
            "items": shelf.items,
            "reading": shelf.reading,
            "error": str(shelf.error) if shelf.error else None,
        },
    }


def _versions(entry: LibraryEntry, sources: GallerySources) -> list[dict[str, Any]]:
    """Tell what an item was before, each version with what was different from the one after it."""
    found = []
    after: Any = entry.item.raw
    for version in sources.versions(entry.item.uid):
        before = json.loads(version["raw"])
        found.append(
            {
                "seen_at": version["seen_at"],
                "status": version["status"] or str(Status.UNKNOWN),
                "changed": _changed(before, after),
            }
        )
        after = before
    return found


def _changed(before: Any, after: Any) -> dict[str, list[str | None]]:
    names = [*before, *(name for name in after if name not in before)]
    return {
        name: [_as_text(before, name), _as_text(after, name)]
        for name in names
        if before.get(name) != after.get(name)
    }


def _as_text(raw: Any, name: str) -> str | None:
    if name not in raw:
        return None
    value = raw[name]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _cut(text, _SHORT)


def _title(item: Item) -> str:
    return item.title or getattr(item, "prompt", None) or item.id


def _cut(text: str | None, most: int) -> str | None:
    return text if text is None or len(text) <= most else f"{text[:most]}…"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
