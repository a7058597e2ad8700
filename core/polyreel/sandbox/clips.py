"""Small files that play: a clip of a second, and pictures of it, each a little different per item."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

from polyreel.sandbox.field_words import words_of

_STILLS = frozenset({"thumbnail", "spritesheet", "image", "still", "preview"})

# Made with ffmpeg from its own test picture: H.264 and AAC, VP9; a second, 160 × 90 pixels.
_FILES: Mapping[str, str] = {
    "video/mp4": "clip.mp4",
    "video/webm": "clip.webm",
    "image/gif": "moving.gif",
    "image/jpeg": "still.jpg",
    "image/png": "still.png",
    "image/webp": "still.webp",
}

TYPES: Mapping[str, str] = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
"""Media types by a path's ending."""


@cache
def clip(media: str) -> bytes:
    """Give the bytes of a small file of a media type."""
    return (files("polyreel.sandbox") / "clips" / _FILES[media]).read_bytes()


def clip_of(media: str, item: str) -> bytes:
    """Give a file of a media type that only this item has: a note in it bears the item's name.

    Video containers have a place for what players skip; pictures are all the same.
    """
    note = item.encode()[:100].ljust(8, b" ")
    if media == "video/mp4":
        return clip(media) + struct.pack(">I4s", 8 + len(note), b"free") + note
    if media == "video/webm":
        return clip(media) + b"\xec" + bytes([0x80 | len(note)]) + note  # an EBML Void element
    return clip(media)


def choose(offered: Collection[str], query: Collection[str]) -> str:
    """Choose the media type of a download.

    Args:
        offered: The media types that the operation documents; the first that is known is taken.
        query: The values in the request's query; one like ``thumbnail`` asks for a picture.
    """
    still = any(_STILLS & set(words_of(value)) for value in query)
    known = [media for media in offered if media in _FILES] or ["video/mp4"]
    return next((one for one in known if one.startswith("image/") == still), known[0])
