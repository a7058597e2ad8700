"""Files for callers: read as a stream, or saved whole under a name; in both hubs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, closing
from pathlib import Path
from typing import Self

from polyreel.errors import ConfigurationError, ConnectionFailed
from polyreel.files.media import Family
from polyreel.http.connection import Connection
from polyreel.http.download import Begin, Transfer
from polyreel.http.saving import Part
from polyreel.http.streams import AsyncDownloads, Downloads

FAMILIES: dict[str, frozenset[Family]] = {
    "video": frozenset({"video"}),
    "thumbnail": frozenset({"image"}),
    "preview": frozenset({"image", "video"}),
    "captions": frozenset({"text"}),
    "audio": frozenset({"audio", "video"}),
}
"""What a file may be, by its role; a role that isn't here may be anything that is known."""

_ANY: frozenset[Family] = frozenset({"video", "image", "audio", "text", "playlist"})


def families(role: str) -> frozenset[Family]:
    """Return the media families that a file of this role may have; ``video.2`` counts as ``video``."""
    return FAMILIES.get(role.partition(".")[0], _ANY)


class _FileStream:
    """What both streams know of their file.

    Attributes:
        size: The file's size in bytes, or None if the server doesn't say.
        type: The media type that the server names, such as ``video/mp4``.
    """

    size: int | None
    type: str

    def __init__(self) -> None:
        self._count = 0

    def _begun(self, begin: Begin) -> None:
        self.size, self.type = begin.size, begin.type

    def _passed(self, piece: Begin | bytes) -> bytes:
        """Return the bytes of a piece; fail if the transfer had to begin again after bytes were returned."""
        if isinstance(piece, bytes):
            self._count += len(piece)
            return piece
        if piece.offset != self._count:
            raise ConnectionFailed(
                f"the file broke off at byte {self._count:,}, and the server can't go on from there; "
                "read it again from its start"
            )
        return b""


class FileStream(_FileStream):
    """A file that is being read: an iterator of its bytes, and a context manager that ends it.

    A connection that breaks off is gone on with where the server can do that.

    Example::

        with hub.videos.open(uid) as stream:
            for piece in stream:
                ...
    """

    def __init__(self, pieces: Iterator[Begin | bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        begin = next(pieces)
        assert isinstance(begin, Begin)
        self._begun(begin)

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if data := self._passed(piece):
                yield data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the transfer."""
        getattr(self._pieces, "close", lambda: None)()


class AsyncFileStream(_FileStream):
    """A file that is being read in an event loop; else the same as :class:`FileStream`."""

    def __init__(self, pieces: AsyncIterator[Begin | bytes]) -> None:
        super().__init__()
        self._pieces = pieces

    @classmethod
    async def of(cls, pieces: AsyncIterator[Begin | bytes]) -> Self:
        """Make a stream when its first piece has come."""
        stream = cls(pieces)
        begin = await anext(pieces)
        assert isinstance(begin, Begin)
        stream._begun(begin)
        return stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._pieces:
            if data := self._passed(piece):
                yield data

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the transfer."""
        if close := getattr(self._pieces, "aclose", None):
            await close()


class SavePlace:
    """Where a file is to be saved.

    Args:
        path: A file's path, or a folder's: there the file is called ``name`` with the extension of
            what it is. None for the current folder.
        name: The item's file name without an extension.

    Raises:
        ConfigurationError: There is no such folder.
    """

    def __init__(self, path: Path | str | None, name: str) -> None:
        given = Path(path or ".")
        self._folder, self._name = (given, name) if given.is_dir() else (given.parent, given.name)
        self._whole = not given.is_dir()
        if not self._folder.is_dir():
            raise ConfigurationError(f"there is no folder {self._folder}: make it first")

    @property
    def part(self) -> Path:
        """Where the file is until it is whole."""
        return self._folder / f"{self._name}.part"

    def final(self, extension: str) -> Path:
        """Return where the file is in the end."""
        return self._folder / (self._name if self._whole else f"{self._name}.{extension}")


def save(
    downloads: Downloads, connection: Connection, url: str, place: SavePlace, role: str
) -> Path:
    """Get a file and save it, whole or not at all; return where it is.

    Raises:
        PolyreelError: It can't be had, or isn't what was promised.
        OSError: The disk is full, or can't be written to.
    """
    with Part(place.part) as part:
        transfer = Transfer(
            connection, url, downloads.policy, have=part.have, validator=part.validator
        )
        with closing(downloads.pieces(transfer)) as pieces:
            for piece in pieces:
                part.take(piece)
        final = place.final(part.finish(families(role)).type.extension)
        part.move(final)
    return final


async def async_save(
    downloads: AsyncDownloads, connection: Connection, url: str, place: SavePlace, role: str
) -> Path:
    """Get a file and save it in an event loop; :func:`save` says more."""
    with Part(place.part) as part:
        transfer = Transfer(
            connection, url, downloads.policy, have=part.have, validator=part.validator
        )
        async with aclosing(downloads.pieces(transfer)) as pieces:
            async for piece in pieces:
                part.take(piece)
        saved = await asyncio.to_thread(part.finish, families(role))
        final = place.final(saved.type.extension)
        part.move(final)
    return final
