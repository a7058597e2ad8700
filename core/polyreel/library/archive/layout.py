"""Where what stands in an archive: usable with ``ls``, ``jq`` and ``sha256sum``, without polyreel. Pure.

::

    polyreel-archive.json                      what this is, and the version of its format
    SHA256SUMS                                 sha256sum -c SHA256SUMS
    <account>/<YYYY-MM>/<id>.mp4               the video; its extension is that of what it is
    <account>/<YYYY-MM>/<id>-thumb.jpg         its picture; further files are <id>.<role>.<what it is>
    <account>/<YYYY-MM>/<id>.json              the sidecar, written last: without it, nothing is stored
    <account>/<YYYY-MM>/<id>.nfo               on request: what media centres show of it
    <account>/replicas/<YYYY-MM>/<id>.jpg      replicas, where they are stored, too; in the same way
    .polyreel/                                 for polyreel: a lock, parts of files, a cache

No two files have the same path. What an item's files are called begins with its name, which has no dot, and
goes on with what no name ends with. Two items whose names would be the same, since an account's name was
given to another one, are kept apart by a digest of all that an item is known by.
"""

from __future__ import annotations

from polyreel.files import ROLE
from polyreel.files.file_names import folder_of, month_of, name_of
from polyreel.models import Item, Kind

FORMAT = 1
MARKER = "polyreel-archive.json"
SUMS = "SHA256SUMS"
WORK = ".polyreel"

_SUFFIXES = {"video": "", "captions": "", "thumbnail": "-thumb", "preview": "-preview"}
_FOLDERS: dict[Kind, str] = {"videos": "", "replicas": "replicas/"}


def stem_of(item: Item, kind: Kind, *, apart: bool = False) -> str:
    """Return the path of an item's files without suffix and extension.

    Args:
        item: The item.
        kind: Its kind.
        apart: Another item has the path that this one would have: give the one that only it can have.
    """
    if apart:
        name = name_of(item.id, f"{item.provider}:{kind}:{item.account}", hashed=True)
    else:
        name = name_of(item.id, item.account)
    return f"{folder_of(item.account)}/{_FOLDERS[kind]}{month_of(item.created_at)}/{name}"


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
    if not ROLE.fullmatch(role):  # a plugin's own, of whatever characters
        role = name_of(role, hashed=True)
    kind, dot, number = role.partition(".")
    return f"{stem}{_SUFFIXES.get(kind, f'.{kind}')}{dot}{number}.{extension}"


def sums(files: dict[str, str]) -> bytes:
    """Return the content of ``SHA256SUMS`` for the digests of files by path."""
    return "".join(f"{files[path]}  {path}\n" for path in sorted(files)).encode()
