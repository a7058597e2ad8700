"""File names for items: portable, never two the same, never longer than file systems allow. Pure.

A name is the provider's id where that is safe everywhere. Else it is made safe, and ``~`` with eight
digits of the uid's hash keeps it apart from all others; also where a file system can't tell upper from
lower case.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

_LONGEST = 100  # bytes; with an extension and what is added to parts it stays far below 255
_TAKEN = re.compile(
    # What Windows takes for devices, and a name that an archive has for itself.
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|sha256sums)(\..*)?",
    re.IGNORECASE,
)


def name_of(id: str, scope: str = "", *, hashed: bool = False) -> str:
    """Return the file name of an item, without an extension.

    Args:
        id: The provider's own id, of any characters and length.
        scope: What makes the id unique, such as the account's name; part of the hash.
        hashed: Add the hash also where the id is safe.
    """
    escaped = re.sub(r"[^a-z0-9._-]", _percent, id)
    # Another file's suffix must never make one item's name that of another.
    plain = (
        escaped == id
        and len(id) <= _LONGEST
        and not id.startswith((".", "-"))
        and not re.search(r"\.|-thumb$|-preview$", id)
        and not _TAKEN.fullmatch(id)
        and id != ""
    )
    if plain and not hashed:
        return id
    digest = hashlib.sha256(f"{scope}:{id}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    safe = re.sub(r"[%.]", "_", escaped)[:_LONGEST].lstrip("-") or "id"
    return f"{safe}~{digest}"


def folder_of(account: str) -> str:
    """Return the folder name of an account; its name is one already, but for case and devices."""
    return name_of(account.lower()) if account.islower() else name_of(account)


def month_of(created_at: datetime | None) -> str:
    """Return the folder of an item by the month in which it was made, such as ``2026-11``."""
    return created_at.strftime("%Y-%m") if created_at else "undated"


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))
