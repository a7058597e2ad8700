"""An item read back from its sidecar. Pure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from attrs import frozen

from polyreel.convert import time
from polyreel.library.archive import sidecar
from polyreel.library.archive.sidecar import SidecarRecord
from polyreel.models import Item, Replica, Video


@frozen
class StoredItem:
    """An item as it was when its files were stored.

    Attributes:
        item: The item; its links lack their queries, and so their signatures.
        record: What is stored of it.
        archived_at: When that was, or None.
    """

    item: Item
    record: SidecarRecord
    archived_at: datetime | None


def read(content: bytes) -> StoredItem | None:
    """Read a sidecar; None for what is none, or of a format that is newer."""
    record = sidecar.read(content)
    if record is None:
        return None
    model: type[Item] = Replica if record.kind == "replicas" else Video
    found: dict[str, Any] = json.loads(content)
    fields, raw = found.get("fields"), found.get("raw")
    known = {
        name: value
        for name, value in (fields if isinstance(fields, dict) else {}).items()
        if name in model.fields() and name not in _NAMED
    }
    try:
        item = model(
            **known,
            provider=record.provider,
            account=record.account,
            id=record.id,
            raw=raw if isinstance(raw, dict) else {},
        )
    except ValueError:  # no id
        return None
    return StoredItem(item, record, time(found.get("archived_at")))


_NAMED = frozenset({"uid", "provider", "account", "id"})
