"""Addresses that the sandbox hands out: of its API, and signed ones of its files."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlencode

from attrs import frozen

LIFETIME = 3600
"""How long a signed link is good at least, in seconds."""

FILES = "/cdn"
"""The path below which files are served."""

_SECRET = b"polyreel's sandbox signs with this; it guards nothing"
_PAIR = "POLYREELSANDBOX"


@frozen(kw_only=True)
class Links:
    """Makes the addresses in one response.

    Attributes:
        item: Where the API gives the item alone, such as ``http://127.0.0.1:8765/openai/v1/videos/1``.
        files: The origin of the files.
        expires: When signed links end, as Unix time.
        fault: What the file server does wrong, or "": see :mod:`polyreel.sandbox.cdn`.
    """

    item: str
    files: str
    expires: int
    fault: str = ""

    def file(self, path: str) -> str:
        """Return the signed address of a file, from its path ``provider/kind/id/name.ext``."""
        path = f"{FILES}/{path}"
        query = {
            "Expires": str(self.expires),
            "Signature": signature(path, str(self.expires)),
            "Key-Pair-Id": _PAIR,
        }
        if self.fault:
            query["fault"] = self.fault
        return f"{self.files}{path}?{urlencode(query)}"

    def page(self, path: str) -> str:
        """Return the address of a web page, which needs no signature."""
        return f"{self.files}{FILES}/{path}"


def signature(path: str, expires: str) -> str:
    """Return the signature of a file's path and of the time when its link ends."""
    return hmac.new(_SECRET, f"{path}?{expires}".encode(), hashlib.sha256).hexdigest()[:32]
