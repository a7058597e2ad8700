"""Undoing a body's compression within bounds: memory and work end where the limit is passed.

Only what the standard library decodes piece by piece is asked for (gzip and deflate), so that a body
that unpacks to more than the limit costs no more than the limit.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator

import httpx

from polyreel.errors import MalformedResponse

ACCEPTED = "gzip, deflate"
"""The value of ``Accept-Encoding``."""

_UNPACKED = frozenset({"gzip", "x-gzip", "deflate"})
_LAYERS = 3  # how often a body may be compressed over
_PIECE = 65_536  # bytes that are unpacked at a time
_MOST_CHUNKS = 200_000  # of a body on the wire; each takes ten microseconds, were it of one byte
_PIECES = 16  # after so many others may go on, be they a megabyte or a byte each


class Unpacker:
    """Unpacks one body piece by piece, of whatever size.

    Args:
        encoding: The response's ``Content-Encoding``; empty for none.
        limit: The most bytes of the body, at every layer of compression.

    Raises:
        MalformedResponse: It is compressed too often.
    """

    def __init__(self, encoding: str, limit: float = math.inf) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        self.unknown = [name for name in names if name not in {"", "identity", *_UNPACKED}]
        applied = [name for name in names if name in _UNPACKED]
        if len(applied) > _LAYERS:
            raise MalformedResponse(f"the body is compressed {len(applied)} times over")
        self._layers = [_Layer(name) for name in reversed(applied)]
        self._sizes = [0] * (len(applied) + 1)
        self._limit = limit

    def pieces(self, data: bytes, layer: int = 0) -> Iterator[bytes]:
        """Take the next bytes as they came over the wire; yield what is in them, of bounded length each.

        Raises:
            MalformedResponse: The body has grown beyond the limit.
            httpx.DecodingError: It can't be unpacked.
        """
        self._sizes[layer] += len(data)
        if self._sizes[layer] > self._limit:
            raise MalformedResponse(f"a response of more than {self._limit:,} bytes was cut")
        if layer == len(self._layers):
            yield data
            return
        for piece in self._layers[layer].unpacked(data):
            yield from self.pieces(piece, layer + 1)

    def finish(self) -> None:
        """Make sure that the body was whole.

        Raises:
            httpx.DecodingError: It broke off within what is compressed.
        """
        if self._sizes[0] and not all(layer.whole for layer in self._layers):
            raise httpx.DecodingError("the compressed body broke off")


class Decoder:
    """Collects one response's body.

    Args:
        encoding: The response's ``Content-Encoding``; empty for none.
        limit: The most bytes of the body, at every layer of compression.

    Raises:
        MalformedResponse: The encoding is one that wasn't asked for, or nested too often.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._unpacker = Unpacker(encoding, limit)
        if unknown := self._unpacker.unknown:
            raise MalformedResponse(
                f"the body is in the encoding {unknown[0][:20]!r}, which wasn't asked for"
            )
        self._body = bytearray()
        self._chunks = 0
        self._pieces = 0

    @classmethod
    def of(cls, response: httpx.Response, limit: int) -> Decoder:
        """Make one for a response's body, of which httpx gives the raw bytes."""
        return cls(response.headers.get("content-encoding", ""), limit)

    def feed(self, data: bytes) -> None:
        """Take the next bytes as they came over the wire; :meth:`Unpacker.pieces` says what it raises."""
        for _ in self.feeding(data):
            pass

    def feeding(self, data: bytes) -> Iterator[None]:
        """Take the next bytes, and pause now and then: others may want to go on."""
        self._chunks += 1
        if self._chunks > _MOST_CHUNKS:
            raise MalformedResponse(f"a response in more than {_MOST_CHUNKS:,} chunks was cut")
        for piece in self._unpacker.pieces(data):
            self._body += piece
            self._pieces += 1
            if self._pieces % _PIECES == 0:
                yield

    def finish(self) -> bytes:
        """Return the whole body; :meth:`Unpacker.finish` says what it raises."""
        self._unpacker.finish()
        return bytes(self._body)


class _Layer:
    """One layer of compression: gzip (of any number of members), zlib or bare deflate."""

    def __init__(self, name: str) -> None:
        self._deflate = name == "deflate"
        self._begun = False
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | (0 if self._deflate else 16))

    @property
    def whole(self) -> bool:
        return self._unpacker.eof

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        """Unpack some bytes, a bounded piece at a time."""
        piece = b""
        while data or len(piece) == _PIECE:  # a full piece: there may be more without more data
            if self._unpacker.eof:
                if self._deflate or not data.startswith(b"\x1f"):
                    return  # padding behind the end
                self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                piece = self._unpacker.decompress(data, _PIECE)
            except zlib.error as error:
                if self._begun or not self._deflate:
                    raise httpx.DecodingError(str(error)) from error
                self._begun = True  # some servers send deflate without zlib's header
                self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._begun = True
            data = self._unpacker.unconsumed_tail or self._unpacker.unused_data
            if piece:
                yield piece
