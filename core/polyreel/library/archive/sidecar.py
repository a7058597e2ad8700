"""Sidecars: what is known of an item, beside its files, as JSON that holds no credential. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from attrs import field, frozen

from polyreel import convert
from polyreel.files.links import cut_links, unchanging
from polyreel.http.redaction import redact_json
from polyreel.library.archive.layout import FORMAT
from polyreel.library.portable import portable
from polyreel.models import Item, Kind

_to_text = json.JSONEncoder(sort_keys=True, default=str).encode
_PROMPTS = re.compile(r"prompt|script|transcript", re.IGNORECASE)


@frozen
class StoredFile:
    """One file that is stored.

    Attributes:
        role: What it is for.
        name: Its path in the archive.
        size: Its bytes.
        sha256: Its digest, in hexadecimal.
        content_type: What it is by its first bytes.
        etag: What the server named its state, or None.
        source: Its link without credentials.
    """

    role: str
    name: str
    size: int
    sha256: str
    content_type: str
    etag: str | None
    source: str


@frozen(kw_only=True)
class SidecarRecord:
    """What a sidecar says.

    Attributes:
        provider: The provider's name.
        account: The account's name when it was stored.
        kind: ``videos`` or ``replicas``.
        id: The provider's own id.
        fingerprint: Names the state of what is known of the item.
        files: What is stored of it.
        archived_at: When that was written, or None.
    """

    provider: str
    account: str
    kind: Kind
    id: str
    fingerprint: str
    files: tuple[StoredFile, ...]
    archived_at: datetime | None = field(default=None, eq=False)

    @property
    def uid(self) -> str:
        """``account:id``."""
        return f"{self.account}:{self.id}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What an item is recognised by, whatever its account is called."""
        return self.provider, self.kind, self.id


def write(
    item: Item, kind: Kind, files: Iterable[StoredFile], *, secrets: Iterable[str], prompts: bool
) -> tuple[SidecarRecord, bytes]:
    """Make a sidecar.

    Args:
        item: The item.
        kind: Its kind.
        files: What is stored of it.
        secrets: What must not be in it, whoever sent it.
        prompts: Whether prompts and the provider's own JSON are kept.

    Returns:
        What it says, and its content.
    """
    said = about(item, secrets=secrets, prompts=prompts)
    now = datetime.now(UTC).replace(microsecond=0)
    record = SidecarRecord(
        provider=item.provider,
        account=item.account,
        kind=kind,
        id=item.id,
        fingerprint=fingerprint(item, prompts=prompts),
        files=tuple(files),
        archived_at=now,
    )
    document = {
        "format": FORMAT,
        "uid": item.uid,
        "provider": item.provider,
        "account": item.account,
        "kind": kind,
        "id": item.id,
        **said,
        "fingerprint": record.fingerprint,
        "files": [_plain(file) for file in record.files],
        "archived_at": now.isoformat(),
        "polyreel": version("polyreel"),
    }
    return record, (json.dumps(portable(document), indent=2, ensure_ascii=False) + "\n").encode()


def read(content: bytes) -> SidecarRecord | None:
    """Read a sidecar; None for what is none, or of a format that is newer."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            return None
        files = [StoredFile(**file) for file in found["files"]]
        if not all(isinstance(it.size, int) and isinstance(it.name, str) for it in files):
            return None
        texts = {
            name: str(found[name]) for name in ("provider", "account", "kind", "id", "fingerprint")
        }
        made = convert.time(found.get("archived_at"))
        return SidecarRecord(files=tuple(files), archived_at=made, **texts)  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        return None


def about(item: Item, *, secrets: Iterable[str], prompts: bool) -> dict[str, Any]:
    """Return what is kept of an item: its fields, and what the provider sent."""
    fields = {name: value for name, value in item.to_dict().items() if name != "uid"}
    if not prompts:
        fields = {name: value for name, value in fields.items() if not _PROMPTS.search(name)}
    said: dict[str, Any] = {"fields": cut_links(fields)}
    if prompts:
        said["raw"] = cut_links(item.raw)
    cleaned: dict[str, Any] = redact_json(said, tuple(secrets))
    return cleaned


def fingerprint(item: Item, *, prompts: bool) -> str:
    """Name the state of what is known of an item; links that were signed anew don't change it."""
    known = item.raw or item.to_dict()
    text = unchanging(_to_text(known))
    return hashlib.sha256(f"{item.uid} {prompts} {text}".encode()).hexdigest()[:16]


def _plain(file: StoredFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in StoredFile.__annotations__}
