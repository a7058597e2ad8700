"""Values as text: JSON for programs, HTML for notebooks. The one place that knows how either is written."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
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

    def write_text(sent: object) -> str:
        return encode_basestring(sent) if sent.__class__ is str and sent else write(sent)

    def write_time(sent: object) -> str:
        if sent.__class__ is int and sent in convert.UNIX_SECONDS:
            return _unix_seconds(sent)
        return write(sent)

    if to is convert.text:
        return write_text
    return write_time if to is convert.time else write


_TWO = tuple(f"{number:02}" for number in range(60))


def _unix_seconds(stamp: int) -> str:
    # What a list is full of: the same as iso() of a datetime, in a third of its time.
    days, second = divmod(stamp, 86_400)
    minute, second = divmod(second, 60)
    hour, minute = divmod(minute, 60)
    return f'"{_day(days)}T{_TWO[hour]}:{_TWO[minute]}:{_TWO[second]}Z"'


@lru_cache(1000)
def _day(days: int) -> str:
    return (date(1970, 1, 1) + timedelta(days)).isoformat()


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
