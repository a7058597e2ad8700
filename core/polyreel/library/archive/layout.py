"""Where what stands in an archive: usable with ``ls``, ``jq`` and ``sha256sum``, without polyreel. Pure.

::

    polyreel-archive.json                      what this is, and the version of its format
    SHA256SUMS                                 sha256sum -c SHA256SUMS
    <account>/<YYYY-MM>/<id>.mp4               the video; its extension is that of what it is
    <account>/<YYYY-MM>/<id>-thumb.jpg         its picture; further files in the same way
    <account>/<YYYY-MM>/<id>.json              the sidecar, written last: without it, nothing is stored
    <account>/<YYYY-MM>/<id>.nfo               on request: what media centres show of it
    .polyreel/                                 for polyreel: a lock, parts of files, a cache
"""

from __future__ import annotations

import re

from polyreel.files.file_names import folder_of, month_of, name_of
from polyreel.models import Item

FORMAT = 1
MARKER = "polyreel-archive.json"
SUMS = "SHA256SUMS"
WORK = ".polyreel"

_SUFFIXES = {"video": "", "captions": "", "thumbnail": "-thumb", "preview": "-preview"}


def stem_of(item: Item) -> str:
    """Return the path of an item's files without suffix and extension."""
    name = name_of(item.id, item.account)
    return f"{folder_of(item.account)}/{month_of(item.created_at)}/{name}"


def sidecar_of(stem: str) -> str:
    """Return the path of the sidecar."""
    return f"{stem}.json"


def nfo_of(stem: str) -> str:
    """Return the path of what media centres read."""
    return f"{stem}.nfo"


def path_of(stem: str, role: str, extension: str) -> str:
    """Return the path of a file.

    Args:
        stem: From `stem_of`.
        role: Such as ``video``, ``thumbnail``, ``video.2``.
        extension: What the file is, without the dot.
    """
    kind, _, number = role.partition(".")
    suffix = _SUFFIXES.get(kind, f"-{re.sub('[^a-z0-9]', '_', kind.lower())}")
    return f"{stem}{suffix}{f'.{number}' if number.isdecimal() else ''}.{extension}"


def sums(files: dict[str, str]) -> bytes:
    """Return the content of ``SHA256SUMS`` for the digests of files by path."""
    return "".join(f"{files[path]}  {path}\n" for path in sorted(files)).encode()
