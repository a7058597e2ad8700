"""Values as text: JSON for programs, HTML for notebooks. The one place that knows how either is written."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from json.encoder import encode_basestring
from typing import Any, TypeAlias

from polyreel import convert

# JSON allows these as they are, but a terminal obeys some of them, and others turn the direction of writing;
# escaped they mean the same.
_CONTROLS = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_encode_indented = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2).encode

Write: TypeAlias = Callable[[object], str]


def iso(moment: datetime) -> str:
    """Return a UTC time in ISO 8601, such as ``2026-11-25T13:05:42Z``."""
    return f"{moment.isoformat()[:-6]}Z"


def to_json(value: Any, *, indented: bool = False) -> str:
    """Return a JSON text that every reader takes, whatever a provider sent.

    A number that JSON doesn't have (NaN, infinity) is written as null. Half a surrogate pair and the
    control characters that a terminal obeys are escaped.
    """
    encode = _encode_indented if indented else _encode
    try:
        return harmless(encode(value))
    except ValueError:
        return harmless(encode(_finite(value)))


def harmless(written: str) -> str:
    """Return a JSON text that can be encoded and shown, and means the same."""
    if not written.isascii() or "\x7f" in written:
        written = encodable(_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", written))
    return written


def encodable(text: str) -> str:
    """Return a text in which half of a surrogate pair, which UTF-8 doesn't have, is written out."""
    return text.encode(errors="backslashreplace").decode()


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value


def writer(to: Callable[[object], object]) -> Write:
    """Return what writes a field as JSON from whatever was sent.

    Args:
        to: What makes the field's type of it: a text, a number, a time, or None.
    """

    def write(sent: object) -> str:
        value = to(sent)
        if value is None:
            return "null"
        if isinstance(value, str):
            return encode_basestring(value)
        return f'"{iso(value)}"' if isinstance(value, datetime) else repr(value)

    if to is convert.text:
        return _text_writer(write)
    if to is convert.time:
        return _time_writer(write)
    return write if to is convert.url else _word_writer(write)


# Each of these writes first what lists are full of.


def _text_writer(otherwise: Write) -> Write:
    def write(sent: object) -> str:
        if sent.__class__ is str and sent:
            return encode_basestring(sent)
        return "null" if sent is None else otherwise(sent)

    return write


def _time_writer(otherwise: Write) -> Write:
    def write(sent: object) -> str:
        if sent.__class__ is int and _FIRST <= sent < _END:
            return _unix_seconds(sent)
        return "null" if sent is None else otherwise(sent)

    return write


def _word_writer(otherwise: Write) -> Write:
    repeated = lru_cache(1000, typed=True)(otherwise)  # True and 1 are told apart

    def write(sent: object) -> str:
        if sent.__class__ is int or (sent.__class__ is str and len(sent) < _WORD):
            return repeated(sent)
        return otherwise(sent)

    return write


_WORD = 30  # characters; a longer text is hardly one of a few that come again and again
_FIRST, _END = convert.UNIX_SECONDS.start, convert.UNIX_SECONDS.stop
_SECONDS = tuple(f':{number:02}Z"' for number in range(60))


def _unix_seconds(stamp: int) -> str:
    # The same as iso() of a datetime, in a fifth of its time.
    minutes, second = divmod(stamp, 60)
    return _minute(minutes) + _SECONDS[second]


@lru_cache(10_000)
def _minute(minutes: int) -> str:
    moment = datetime(1970, 1, 1) + timedelta(minutes=minutes)  # noqa: DTZ001 - UTC, as all are
    return f'"{moment:%Y-%m-%dT%H:%M}'


def html_fields(title: str, fields: Mapping[str, Any]) -> str:
    """Return an HTML table of one item's fields; those that are None are left out."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(name)}</th><td>{_html(value)}</td></tr>"
        for name, value in fields.items()
        if value is not None
    )
    return f"<table><caption>{escape(title)}</caption>{rows}</table>"


def html_table(title: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return an HTML table with a row for each mapping."""
    head = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{_html(row.get(name))}</td>' for name in columns)}</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(title)}</caption><tr>{head}</tr>{body}</table>"


def _html(value: Any) -> str:
    if value is None:
        return ""
    text = escape(str(value))
    if text.startswith(("https://", "http://")):
        return f"<a href='{text}' rel='noreferrer noopener' target='_blank'>{text}</a>"
    return text
