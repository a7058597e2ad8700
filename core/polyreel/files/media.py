"""Media files: what a file is by its first bytes, and whether it is whole. Pure but for reading.

Formats, seen 2026-11-25: ISO base media files (ISO/IEC 14496-12, also QuickTime), Matroska and WebM
(RFC 8794, RFC 9559), JPEG, PNG, GIF, WebP and AVI (RIFF), WebVTT, SubRip.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Mapping
from typing import BinaryIO, Literal

from attrs import frozen

Family = Literal["video", "image", "audio", "text", "playlist"]

HEAD = 4096
"""How many bytes of a file's start `sniff` looks at, at most."""


@frozen
class MediaType:
    """What a file is.

    Attributes:
        extension: Without the dot, such as ``mp4``.
        media: The media type, such as ``video/mp4``.
        family: What it is for.
    """

    extension: str
    media: str
    family: Family


_MP4 = MediaType("mp4", "video/mp4", "video")
_MOV = MediaType("mov", "video/quicktime", "video")
_M4A = MediaType("m4a", "audio/mp4", "audio")
_AVIF = MediaType("avif", "image/avif", "image")
_HEIC = MediaType("heic", "image/heic", "image")
_WEBM = MediaType("webm", "video/webm", "video")
_MKV = MediaType("mkv", "video/x-matroska", "video")
_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\xff\xd8\xff", MediaType("jpg", "image/jpeg", "image")),
    (b"\x89PNG\r\n\x1a\n", MediaType("png", "image/png", "image")),
    (b"GIF8", MediaType("gif", "image/gif", "image")),
    (b"OggS", MediaType("ogg", "audio/ogg", "audio")),
    (b"ID3", MediaType("mp3", "audio/mpeg", "audio")),
    (b"fLaC", MediaType("flac", "audio/flac", "audio")),
    (b"FLV\x01", MediaType("flv", "video/x-flv", "video")),
    (b"\x00\x00\x01\xba", MediaType("mpg", "video/mpeg", "video")),
    (b"#EXTM3U", MediaType("m3u8", "application/vnd.apple.mpegurl", "playlist")),
    (b"WEBVTT", MediaType("vtt", "text/vtt", "text")),
)
_RIFF = {
    b"WEBP": MediaType("webp", "image/webp", "image"),
    b"AVI ": MediaType("avi", "video/x-msvideo", "video"),
    b"WAVE": MediaType("wav", "audio/wav", "audio"),
}
EXTENSIONS: Mapping[str, Family] = {
    found.extension: found.family
    for found in (
        *(_MP4, _MOV, _M4A, _AVIF, _HEIC, _WEBM, _MKV),
        *(kind for _, kind in _MAGIC),
        *_RIFF.values(),
    )
} | {"ts": "video", "srt": "text"}
"""What the name of a media file ends with, without the dot, and what such a file is for."""

_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"pnot"})


def sniff(head: bytes) -> MediaType | None:
    """Return what a file is by its first bytes, or None for what is no media file.

    A web page and an error in JSON are None, whatever they were called.
    """
    if head[4:8] in _BOXES and len(head) >= 8:
        return _by_brand(head)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return _WEBM if b"webm" in head[:64] else _MKV
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[:1] == b"\xff" and head[1:2] and head[1] & 0xE6 == 0xE2:
        return MediaType("mp3", "audio/mpeg", "audio")
    if head[:1] == b"G" and head[188:189] == b"G":
        return MediaType("ts", "video/mp2t", "video")
    text = head.removeprefix(b"\xef\xbb\xbf")
    for magic, found in _MAGIC:
        if text.startswith(magic):
            return found
    if re.match(rb"\s*\d+\s*\r?\n\d\d:\d\d:\d\d,\d{3} --> ", text):
        return MediaType("srt", "application/x-subrip", "text")
    return None


def _by_brand(head: bytes) -> MediaType:
    brand = head[8:12] if head[4:8] in {b"ftyp", b"styp"} else b"qt  "
    if brand in {b"avif", b"avis"}:
        return _AVIF
    if brand in {b"heic", b"heix", b"mif1"}:
        return _HEIC
    if brand == b"M4A ":
        return _M4A
    return _MOV if brand == b"qt  " else _MP4


def incomplete(file: BinaryIO) -> str | None:
    """Say why a file isn't whole, or None if it is as far as its container tells.

    The boxes of MP4 and MOV, the elements of WebM and Matroska, the chunks of RIFF, the blocks
    of GIF and the ends of PNG and JPEG are followed; other media types pass. What is no media file is
    told by name.

    Args:
        file: Open for reading, seekable; its position is changed.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(HEAD)
    found = sniff(head)
    if not head:
        return "it is empty"
    if found is None:
        return _what_came(head)
    if found.extension in {"mp4", "mov", "m4a", "avif", "heic"}:
        return _boxes(file, size, movie=found.family == "video")
    if found.extension in {"webm", "mkv"}:
        return _elements(file, size)
    if head.startswith(b"RIFF"):
        told = struct.unpack("<I", head[4:8].ljust(4, b"\0"))[0] + 8
        return None if size >= told else f"it ends at byte {size} of {told}"
    if found.extension == "gif":
        return _blocks(file, head)
    start = _scan(file) if found.extension == "jpg" else 0
    file.seek(max(start, size - _TAIL))
    return _end(found.extension, file.read())


def _what_came(head: bytes) -> str:
    """Name what came instead of a media file."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, name in ((b"<!doctype html", "a web page"), (b"<html", "a web page"), (b"<", "XML")):
        if text.startswith(start):
            return f"it is {name}"
    return "it is JSON" if text[:1] in {b"{", b"["} else "it is of no known media type"


_TAIL = 4096
_ENDS = {"png": b"IEND\xaeB`\x82", "jpg": b"\xff\xd9"}
_NO_END = "its end is missing"


def _end(extension: str, tail: bytes) -> str | None:
    return None if _ENDS.get(extension, b"") in tail else _NO_END


def _scan(file: BinaryIO) -> int:
    """Return where the picture of a JPEG begins, behind its segments: small pictures in these end, too."""
    place = 2
    while True:
        file.seek(place)
        header = file.read(4)
        if len(header) < 4 or header[0] != 0xFF or header[1] == 0xDA:
            return place
        place += 1 if header[1] == 0xFF else 2 + int.from_bytes(header[2:])  # the former fills up


def _blocks(file: BinaryIO, head: bytes) -> str | None:
    """Follow a GIF's blocks to its trailer; what a picture is made of could be taken for one."""
    place = 13 + _colours(head[10:11])
    while True:
        file.seek(place)
        start = file.read(11)
        if start[:1] == b";":
            return None
        if start[:1] == b"!":
            place += 2
        elif start[:1] == b",":
            place += 11 + _colours(start[9:10])
        else:
            return None if start else _NO_END  # a cut leaves no block that GIF doesn't have
        while True:
            file.seek(place)
            length = file.read(1)
            if not length:
                return _NO_END
            place += 1 + length[0]
            if length == b"\0":
                break


def _colours(flags: bytes) -> int:
    """Return how many bytes a table of colours has, by the byte that says whether there is one."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _boxes(file: BinaryIO, size: int, *, movie: bool) -> str | None:
    """Follow an ISO file's boxes on the top level; each says how long it is."""
    place, seen = 0, set()
    while place < size:
        file.seek(place)
        header = file.read(16)
        if len(header) < 8:
            return f"it ends within a box's header at byte {place}"
        length, kind = struct.unpack(">I4s", header[:8])
        least = 8
        if length == 1:
            if len(header) < 16:
                return f"it ends within a box's header at byte {place}"
            (length,), least = struct.unpack(">Q", header[8:16]), 16
        elif length == 0:  # to the end of the file, wherever that is
            seen.add(kind)
            break
        if length < least:
            return f"a box at byte {place} says that it has {length} bytes"
        if place + length > size:
            return f"a box at byte {place} goes on to byte {place + length}, the file to {size}"
        seen.add(kind)
        place += length
    missing = {b"moov", b"mdat"} - seen if movie and b"moof" not in seen else set()
    if not missing:
        return None
    return f"it has no {' and no '.join(sorted(kind.decode() for kind in missing))} box"


_SEGMENT = 0x18538067
_CLUSTER = 0x1F43B675


def _elements(file: BinaryIO, size: int) -> str | None:
    """Follow a Matroska file's elements; a segment of unknown size is followed from within."""
    place, clusters = 0, 0
    while place < size:
        file.seek(place)
        header = file.read(12)
        identifier, used = _number(header, keep=True)
        length, more = _number(header[used:], keep=False) if used else (None, 0)
        if not used or not more:
            return f"it ends within an element's header at byte {place}"
        place += used + more
        clusters += identifier == _CLUSTER
        if identifier == _SEGMENT or (length is None and identifier == _CLUSTER):
            if length is not None and place + length > size:
                return f"its segment goes on to byte {place + length}, the file to {size}"
            continue  # what is in it is followed one by one
        if length is None:
            return f"an element at byte {place} doesn't say how long it is"
        if place + length > size:
            return f"an element goes on to byte {place + length}, the file to {size}"
        place += length
    return None if clusters else "it has no cluster of frames"


def _number(data: bytes, *, keep: bool) -> tuple[int | None, int]:
    """Read a number of variable length; None for an unknown size, and 0 bytes where data ends."""
    if not data or not data[0]:
        return None, 0
    length = 9 - data[0].bit_length()
    if len(data) < length:
        return None, 0
    value = int.from_bytes(data[:length])
    if keep:
        return value, length
    value &= (1 << 7 * length) - 1
    return (None if value == (1 << 7 * length) - 1 else value), length
