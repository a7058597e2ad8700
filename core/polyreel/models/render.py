"""Values as text: JSON for programs, HTML for notebooks. The one place that knows how either is written."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

# JSON allows these as they are, but a terminal obeys some of them; escaped they mean the same.
_CONTROLS = re.compile(r"[\x7f-\x9f]")
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_encode_indented = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2).encode


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
        written = encode(value)
    except ValueError:
        written = encode(_finite(value))
    if not written.isascii() or "\x7f" in written:
        written = _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
        written = written.encode(errors="backslashreplace").decode()
    return written


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value


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
