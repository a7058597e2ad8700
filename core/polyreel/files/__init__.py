"""Which files an item has: the roles that a caller asks for, each with its link."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from polyreel import convert
from polyreel.models import Item, Video


@frozen
class File:
    """One file of an item.

    Attributes:
        role: What it is for: ``video``, ``thumbnail``, ``preview``, ``captions``; a further file of a
            role has a number, such as ``video.2``.
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
