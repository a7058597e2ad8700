"""Small files that play: clips of a second or two, and pictures of them, different from item to item."""

from __future__ import annotations

import struct
import zlib
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

# Drawn for the sandbox: hills that move for two seconds, 320 × 180 pixels, and their first picture.
_SCENES = ("dawn", "dusk", "mint", "night", "noon", "rose", "sand", "sea")
_SCENE_FILES: Mapping[str, str] = {"video/mp4": "mp4", "image/jpeg": "jpg"}

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
    """Return the bytes of a small file of a media type."""
    return (files("polyreel.sandbox") / "clips" / _FILES[media]).read_bytes()


@cache
def _scene(number: int, extension: str) -> bytes:
    folder = files("polyreel.sandbox") / "clips" / "scenes"
    return (folder / f"{_SCENES[number]}.{extension}").read_bytes()


def clip_of(media: str, item: str) -> bytes:
    """Return a file of a media type that only this item has: a note in it bears the item's name.

    Video containers have a place for what players skip; of pictures there are a few. A clip and the picture
    of the same item show the same scene.
    """
    note = item.encode()[:100].ljust(8, b" ")
    if media in _SCENE_FILES:
        whole = _scene(zlib.crc32(item.encode()) % len(_SCENES), _SCENE_FILES[media])
    else:
        whole = clip(media)
    if media == "video/mp4":
        return whole + struct.pack(">I4s", 8 + len(note), b"free") + note
    if media == "video/webm":
        return whole + b"\xec" + bytes([0x80 | len(note)]) + note  # an EBML Void element
    return whole


def choose(offered: Collection[str], query: Collection[str]) -> str:
    """Choose the media type of a download.

    Args:
        offered: The media types that the operation documents; the first that is known is taken.
        query: The values in the request's query; one like ``thumbnail`` asks for a picture.
    """
    still = any(_STILLS & set(words_of(value)) for value in query)
    known = [media for media in offered if media in _FILES] or ["video/mp4"]
    return next((one for one in known if one.startswith("image/") == still), known[0])
