"""The smallest well-formed files, for downloads."""

from __future__ import annotations

import base64
import struct
from collections.abc import Collection, Mapping

from polyreel.sandbox.field_words import words_of

_STILLS = frozenset({"thumbnail", "spritesheet", "image", "still", "preview"})


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


_MP4 = (
    _box(b"ftyp", b"isom" + struct.pack(">I", 0x200) + b"isommp41")
    + _box(
        b"moov",
        # A movie of no length: version, times, 1000 ticks a second, rate 1, volume 1, no turning.
        _box(
            b"mvhd",
            struct.pack(">IIIII", 0, 0, 0, 1000, 0)
            + struct.pack(">IH10x", 0x10000, 0x100)
            + struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
            + struct.pack(">24xI", 1),
        ),
    )
    + _box(b"mdat", b"")
)

_FILES: Mapping[str, bytes] = {
    "video/mp4": _MP4,
    "image/gif": base64.b64decode("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="),
    "image/png": base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ),
    "image/webp": base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="),
}


def choose(offered: Collection[str], query: Collection[str]) -> tuple[str, bytes]:
    """Give a media type and the bytes of a tiny file of it.

    Args:
        offered: The media types that the operation documents; the first that is known is taken.
        query: The values in the request's query; one like ``thumbnail`` asks for a picture.
    """
    still = any(_STILLS & set(words_of(value)) for value in query)
    known = [media for media in offered if media in _FILES] or ["video/mp4"]
    media = next((one for one in known if one.startswith("image/") == still), known[0])
    return media, _FILES[media]
