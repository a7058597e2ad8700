"""Links to files: when one ends, as far as it says so itself, and the link without its credentials.

Pure functions over the URL; no request is made. The forms are those of the storages and delivery
networks that providers hand out, by their public documentation as of 2026-11-25: Amazon S3 (signature
versions 2 and 4), CloudFront (canned and custom policies), Google Cloud Storage (V2 and V4), Azure SAS,
Volcengine TOS, Alibaba OSS, Tencent COS, Akamai tokens, JSON web tokens, plain ``expires`` parameters.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

_MOST = 4_000  # characters of a token that are worth decoding
_YEARS = range(1_000_000_000, 10_000_000_000)  # seconds: 2001 to 2286
_PLAIN = ("expires", "x-expires", "expire", "expiry", "exp")
_SIGNED_FOR = ("amz", "goog", "tos", "oss")  # X-Amz-Date and X-Amz-Expires, and their likes
_AKAMAI = ("hdnts", "hdnea", "hdntl", "__token__")
_AKAMAI_END = re.compile(r"(?:^|~)exp=(\d{10})(?:~|$)")
_JWT = re.compile(r"[\w-]+\.([\w-]+)\.[\w-]*")
_LINK = re.compile(
    r"(?:https?|wss?|rtmps?):(?:\\*/){2}(?:\\+/|\\+u[0-9a-f]{4}|[^\s\"<>\\])*", re.IGNORECASE
)
_NESTED_QUERY = re.compile(r"%3f[^/]*(?:=|%3d).*", re.IGNORECASE)
_SUSPECT = re.compile(r"[?#@\\]|eyJ|%3f", re.IGNORECASE)  # what a link without credentials lacks
_ESCAPED = re.compile(r"\\+u")
_ESCAPED_SLASH = re.compile(r"\\+/")
_SIGNED = re.compile(
    r':(?:\\*/){2}[^/\s"\\?#]*([^"?#\s\\]*(?:\\+/[^"?#\s\\]*)*)[^"\s]*'  # begins with what is rare
)
_TENCENT = re.compile(r"\d{10};(\d{10})")


def expires_at(url: str) -> datetime | None:
    """Say when a link ends.

    Args:
        url: The link, with its query.

    Returns:
        The end in UTC, or None if the link doesn't say.
    """
    if "?" not in url and "eyJ" not in url:
        return None
    try:
        parts = urlsplit(url)
        query = {name.lower(): value for name, value in parse_qsl(parts.query)}
        return (
            _signed_for(query)
            or _policy(query)
            or _azure(query)
            or _akamai(query)
            or _tencent(query)
            or _plain(query)
            or _token(query, parts.path)
        )
    except (ValueError, OverflowError, RecursionError):
        return None


def without_credentials(url: str) -> str:
    """Return the link without user, password, query and fragment; what isn't a URL gives an empty text.

    A web token in the path is replaced by ``…``, and the query of another link in the path is cut.
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        path = "/".join(
            "…" if part.startswith("eyJ") and _JWT.fullmatch(part) else part
            for part in _NESTED_QUERY.sub("", parts.path).split("/")
        )
        return urlunsplit((parts.scheme, host, path, "", ""))
    except ValueError:
        return ""


def cut_links(value: Any) -> Any:
    """Return JSON data whose links have no credentials, wherever in a text or a name they stand.

    A link goes on to the next space, quotation mark or bracket, also within JSON that is itself a text.
    """
    if isinstance(value, str):
        if "//" not in value and "\\/" not in value:
            return value
        return _LINK.sub(_without_credentials, value)
    if isinstance(value, Mapping):
        return {cut_links(name): cut_links(each) for name, each in value.items()}
    return [cut_links(each) for each in value] if isinstance(value, list | tuple) else value


def unchanging(text: str) -> str:
    """Return JSON, as a text, with nothing of its links but their paths.

    Signatures change with every listing, and a delivery network hands out one host, then another.
    """
    return _SIGNED.sub(r"\1", text) if "//" in text or "\\/" in text else text


def _without_credentials(found: re.Match[str]) -> str:
    link = found[0]
    if not _SUSPECT.search(link):
        return link
    plain = _ESCAPED.split(link, maxsplit=1)[0]  # what is escaped is a "?" or "&", mostly
    return without_credentials(_ESCAPED_SLASH.sub("/", plain))


def _signed_for(query: Mapping[str, str]) -> datetime | None:
    """Read a beginning and a number of seconds."""
    for storage in _SIGNED_FOR:
        begin, seconds = query.get(f"x-{storage}-date"), query.get(f"x-{storage}-expires")
        if begin and seconds and seconds.isdecimal():
            start = datetime.strptime(begin, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return start + timedelta(seconds=int(seconds))
    return None


def _policy(query: Mapping[str, str]) -> datetime | None:
    """Read the end from CloudFront's custom policy: JSON in base64 with three other characters."""
    policy = query.get("policy")
    if not policy or len(policy) > _MOST:
        return None
    data: Any = _json(policy.translate(str.maketrans("-_~", "+=/")), altchars=None)
    for key in ("Statement", 0, "Condition", "DateLessThan", "AWS:EpochTime"):
        try:
            data = data[key]
        except (LookupError, TypeError):
            return None
    return _epoch(data)


def _azure(query: Mapping[str, str]) -> datetime | None:
    end = query.get("se")
    if not end or "sig" not in query:
        return None
    found = datetime.fromisoformat(end)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _akamai(query: Mapping[str, str]) -> datetime | None:
    for name in _AKAMAI:
        if match := _AKAMAI_END.search(query.get(name, "")):
            return _epoch(match[1])
    return None


def _tencent(query: Mapping[str, str]) -> datetime | None:
    match = _TENCENT.fullmatch(query.get("q-sign-time", ""))
    return _epoch(match[1]) if match else None


def _plain(query: Mapping[str, str]) -> datetime | None:
    for name in _PLAIN:
        if found := _epoch(query.get(name)):
            return found
    return None


def _token(query: Mapping[str, str], path: str) -> datetime | None:
    """Read the ``exp`` of a JSON web token, in the query or as a part of the path."""
    for text in (*query.values(), *path.split("/")):
        match = _JWT.fullmatch(text) if text.startswith("eyJ") and len(text) <= _MOST else None
        data = _json(match[1], altchars=b"-_") if match else None
        if isinstance(data, dict) and (found := _epoch(data.get("exp"))):
            return found
    return None


def _json(text: str, *, altchars: bytes | None) -> object:
    try:
        padded = text + "=" * (-len(text) % 4)
        return json.loads(base64.b64decode(padded, altchars=altchars))
    except (binascii.Error, ValueError):
        return None


def _epoch(value: object) -> datetime | None:
    """Read seconds or milliseconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value)
    if not text.isascii() or not text.isdecimal() or len(text) > 13:
        return None
    seconds = int(text) // 1000 if len(text) == 13 else int(text)
    return datetime.fromtimestamp(seconds, UTC) if seconds in _YEARS else None
