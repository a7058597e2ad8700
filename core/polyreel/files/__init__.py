"""Which files an item has: the roles that a caller asks for, each with its link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from polyreel import convert
from polyreel.files.media import EXTENSIONS
from polyreel.models import Item, Video

# Further names that files of AI models' results bear, which no media file begins with.
_FAMILIES = {
    **EXTENSIONS,
    **dict.fromkeys(("m4v", "mpeg"), "video"),
    **dict.fromkeys(("jpeg", "bmp", "tiff"), "image"),
    **dict.fromkeys(("aac", "opus"), "audio"),
    **dict.fromkeys(("glb", "gltf", "obj", "usdz", "safetensors", "zip"), "model"),
}


def family_of(url: object) -> str | None:
    """Tell what a file is for by its URL's path: ``video``, ``image``, ``audio``, ``text`` or ``model``.

    Returns:
        None for no URL, and for a name that tells nothing.
    """
    path = (convert.url(url) or "").partition("?")[0].partition("#")[0]
    return _FAMILIES.get(path.rpartition("/")[2].rpartition(".")[2].lower())


def may_be_video(url: object) -> bool:
    """Tell whether a file may be a video by its URL's path, which may tell nothing."""
    return family_of(url) in ("video", None)


def urls_in(output: object, family: str | None = None) -> Iterator[str]:
    """Yield the URLs in what a model gave, in order: a text, a list, an object, or them nested.

    Args:
        output: What it gave.
        family: Give only those of files that are for this, such as ``video``; see :func:`family_of`.
    """
    waiting = [output]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | dict):
            waiting += reversed(one if isinstance(one, list) else [*one.values()])
        elif (url := convert.url(one)) and family in (None, family_of(url)):
            yield url


ROLE = re.compile(r"[a-z][a-z0-9_]*(\.[2-9]|\.[1-9]\d+)?")
"""What a file's role looks like; it becomes part of a file's name."""


@frozen
class File:
    """One file of an item.

    Attributes:
        role: What it is for: ``video``, ``thumbnail``, ``preview``, ``captions``, or another word in
            small letters; a further file of a role has a number, such as ``video.2``.
        url: Its link, absolute; it may be signed, and end.
    """

    role: str
    url: str


def usual_files(item: Item) -> tuple[File, ...]:
    """Return the files that an item's own fields link to: the video, its picture, its preview."""
    links = (
        ("video", item.download_url if isinstance(item, Video) else None),
        ("thumbnail", item.thumbnail_url),
        ("preview", item.preview_url),
    )
    return tuple(File(role, url) for role, url in links if url)


def files_of(item: Item, more: Iterable[tuple[str, object]]) -> tuple[File, ...]:
    """Return an item's usual files and further ones, for a plugin's ``polyreel_files``.

    Args:
        item: The item.
        more: Roles and links as the provider sent them; what is no URL, or a file that is there
            already, is left out. A role that is there already is given a number: ``video.2``.
    """
    found = [*usual_files(item)]
    for role, link in more:
        url = convert.url(link)
        if url is None or any(file.url == url for file in found):
            continue
        same = sum(file.role.partition(".")[0] == role for file in found)
        found.append(File(f"{role}.{same + 1}" if same else role, url))
    return tuple(found)
