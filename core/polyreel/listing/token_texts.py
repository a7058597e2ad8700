"""What can be read in a token or URL by which a page is asked for."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote

_HOST = re.compile(r"^(?:[a-z]+:)?//[^/?#]*", re.IGNORECASE)
_VALUE = re.compile(r"(?<=[=/])[\w+-]{4,}={0,2}(?![^&;#/])")
_SIZES = re.compile(r"(limit|size|per_page|pagesize|count)\W{1,4}\d+", re.IGNORECASE)


def texts(token: str) -> Iterator[str]:
    """Yield what a token says: itself, and what is in Base64 in it, or in a value of a URL's query."""
    plain = unquote(_HOST.sub("", token))  # an address counts nothing
    yield _SIZES.sub("", plain)
    for part in {plain, *_VALUE.findall(plain)}:
        packed = part.rstrip("=")
        padded = packed + "=" * (-len(packed) % 4)
        with suppress(ValueError):
            yield _SIZES.sub("", b64decode(padded, altchars=b"-_", validate=True).decode("ascii"))
