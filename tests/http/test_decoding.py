"""A compressed body is unpacked piece by piece, and no further than the limit."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import httpx
import pytest
from hypothesis import given, strategies as st
from polyreel import MalformedResponse
from polyreel.http.decoding import Decoder

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "identity": bytes,
}


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def decoded(encoding: str, body: bytes, limit: int = 1_000_000, piece: int = 7000) -> bytes:
    decoder = Decoder(encoding, limit)
    for start in range(0, len(body), piece):
        decoder.feed(body[start : start + piece])
    return decoder.finish()


@given(
    data=st.binary(max_size=300_000) | st.integers(0, 300_000).map(lambda n: b"a" * n),
    layers=st.lists(st.sampled_from(sorted(PACK)), max_size=3),
    piece=st.sampled_from([1000, 65_536, 10_000_000]),
)
def test_whatever_is_packed_comes_out(data: bytes, layers: list[str], piece: int) -> None:
    body = data
    for name in layers:
        body = PACK[name](body)
    assert decoded(", ".join(layers), body, piece=piece) == data


@given(parts=st.lists(st.binary(max_size=50_000), min_size=1, max_size=3))
def test_a_gzip_body_may_have_several_members(parts: list[bytes]) -> None:
    assert decoded("gzip", b"".join(map(gzip.compress, parts))) == b"".join(parts)


def test_deflate_comes_with_zlibs_header_or_without() -> None:
    for pack in (zlib.compress, bare):
        assert decoded("deflate", pack(b"[1, 2]" * 999)) == b"[1, 2]" * 999


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_body_that_breaks_off_is_no_body(cut: int) -> None:
    with pytest.raises(httpx.DecodingError):
        decoded("gzip", gzip.compress(b"{}" * 999)[:-cut])


def test_an_empty_body_is_empty_whatever_it_says() -> None:
    assert decoded("gzip", b"") == b""


def test_what_is_not_packed_as_it_says_is_an_error() -> None:
    for encoding in ("gzip", "deflate"):
        with pytest.raises(httpx.DecodingError):
            decoded(encoding, b"not packed at all")


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "compress", "\x1b[2J"])
def test_an_encoding_that_was_not_asked_for_is_named(encoding: str) -> None:
    with pytest.raises(MalformedResponse, match="wasn't asked for") as caught:
        Decoder(encoding, 10)
    assert str(caught.value).isprintable()


def test_nesting_has_an_end() -> None:
    with pytest.raises(MalformedResponse, match="4 times over"):
        Decoder("gzip, gzip, gzip, gzip", 10)


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_bomb_costs_no_more_than_the_limit(layers: int) -> None:
    body = b"\0" * 50_000_000
    for _ in range(layers):
        body = gzip.compress(body)
    tracemalloc.start()
    with pytest.raises(MalformedResponse, match="more than 1,000,000 bytes"):
        decoded(", ".join(["gzip"] * layers), body, piece=65_536)
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_members_that_hold_nothing_end_too() -> None:
    with pytest.raises(MalformedResponse, match="more than 100,000 bytes"):
        decoded("gzip", gzip.compress(b"") * 10_000, limit=100_000)


def test_a_body_in_endlessly_many_chunks_ends() -> None:
    decoder = Decoder("", 10_000_000)
    with pytest.raises(MalformedResponse, match="chunks"):
        any(decoder.feed(b" ") for _ in range(1_000_000))
