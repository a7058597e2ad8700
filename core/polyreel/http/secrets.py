"""Which values of an account are secret: its key, credentials in its headers, keys in its query."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping

_SCHEME = re.compile(
    r"(?:bearer|basic|key|token|apikey|digest|negotiate)\s+(.*)", re.IGNORECASE | re.DOTALL
)
_HARMLESS_HEADER = re.compile(
    r"version|^accept|^content-|^user-agent$|region|^x-request-id$", re.IGNORECASE
)
_SECRET_PARAM = re.compile(
    r"key|token|secret|(?:^|[-_.])sig(?:nature)?(?:$|[-_.])|passw|auth|credential|session|jwt",
    re.IGNORECASE,
)
_LIKE_A_KEY = re.compile(r"(?=.*\d)(?=.*[a-zA-Z])[\w.+/=~-]{24,}")


def secrets_of(key: str, headers: Mapping[str, str], params: Mapping[str, str]) -> tuple[str, ...]:
    """Return what must not appear in any message, log or cursor.

    Args:
        key: The account's key, which may be empty.
        headers: The account's own headers; all but those such as ``X-Api-Version`` are secret.
        params: The account's query; secret are those called or looking like a key, and no others:
            ``api-version=preview`` is none.
    """
    found = [*_parts(key)]
    for name, value in headers.items():
        if not _HARMLESS_HEADER.search(name):
            found += _parts(value)
    for name, value in params.items():
        if _SECRET_PARAM.search(name) or _LIKE_A_KEY.fullmatch(value):
            found += _parts(value)
    return tuple(dict.fromkeys(secret for secret in found if secret))


def _parts(value: str) -> Iterator[str]:
    """Return a value without the scheme before it, and what stands in it: ``user:password``."""
    scheme = _SCHEME.fullmatch(value.strip())
    credential = scheme[1].strip() if scheme else value.strip()
    yield credential
    plain = _decoded(credential) if scheme else ""
    if plain:
        yield plain
    for pair in (credential, plain):
        if ":" in pair:
            yield pair.rpartition(":")[2]


def _decoded(text: str) -> str:
    try:
        plain = b64decode(text, validate=True).decode("ascii")
    except ValueError:
        return ""
    return plain if plain.isprintable() else ""
