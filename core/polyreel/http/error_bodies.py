"""What the body of an error response says: each provider and framework has a shape of its own."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

_READ = 10_000  # characters of a body that are looked at
_LONGEST = 1_000_000  # bytes of JSON that are parsed for a sentence
_SHOWN = 3  # complaints of one response that are told
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
_TITLE = re.compile(r"<(title|h1|message)\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TEXTS = (
    "error", "message", "msg", "detail", "error_message", "error_description", "description",
)  # fmt: skip
_LISTS = ("errors", "invalid-params", "invalid_params", "violations")
_PLACES = ("loc", "field", "param", "pointer", "name")
_LAST = ("title", "code", "type", "kind", "reason")


def said(body: bytes) -> str:
    """Return what an error response says, as one sentence; empty when it says nothing.

    Args:
        body: The whole body: JSON in any of the usual shapes, HTML, XML or text.
    """
    try:
        text = _message(json.loads(body)) or "" if len(body) <= _LONGEST else None
    except RecursionError:
        return ""
    except ValueError:
        text = None
    text = (body[: 4 * _READ].decode(errors="replace") if text is None else text)[:_READ]
    return markup(text) if _MARKUP.search(text) else text


def markup(text: str) -> str:
    """Say what a text with HTML or XML in it is, by its title; empty when there is no markup.

    The rest of such a page, a proxy's or a web application's, is of no use in a sentence.
    """
    if not _MARKUP.search(text):
        return ""
    what = "an XML document" if text.lstrip("\ufeff \r\n\t").startswith("<?xml") else "an HTML page"
    found = _TITLE.search(text)
    title = " ".join(unescape(_TAG.sub(" ", found[2])).split()) if found else ""
    return f"{what}, {title!r}" if title else what


def _message(data: Any) -> str | None:
    """Find the message in an object, list or text: an error, a list of errors, a detail with its place."""
    if isinstance(data, str):
        return data.strip() or None
    if isinstance(data, int) and not isinstance(data, bool):
        return str(data)
    if isinstance(data, list):
        told = [*filter(None, map(_message, data[:_SHOWN]))]
        more = [f"and {len(data) - _SHOWN} more"] if len(data) > _SHOWN else []
        return "; ".join(told + more) if told else None
    if not isinstance(data, dict):
        return None
    text = _first(data, _TEXTS)
    listed = next(filter(None, (_listed(data.get(key)) for key in _LISTS)), None)
    if listed and listed != text:
        text = f"{text}: {listed}" if text else listed
    # The code is a word for programs, and often what there is to search for.
    code = data.get("code") if text else None
    text = text or _first(data, _LAST)
    beside = [
        each for each in (_place(data), code) if isinstance(each, str) and each not in (text or "")
    ]
    return f"{text} ({', '.join(filter(None, beside))})" if text and any(beside) else text


def _first(data: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next(filter(None, (_message(data.get(name)) for name in names)), None)


def _listed(value: Any) -> str | None:
    """Read ``[…]``, or ``{"limit": ["too large"]}`` with the field's name beside each complaint."""
    if not isinstance(value, dict):
        return _message(value)
    fields = [f"{told} ({name})" for name, each in value.items() if (told := _message(each))]
    return "; ".join(fields[:_SHOWN]) or None


def _place(data: dict[str, Any]) -> str:
    """Return which field a complaint is about, where it says so."""
    source = data.get("source")
    found = next(filter(None, map(data.get, _PLACES)), None)
    if not found and isinstance(source, dict):
        found = source.get("pointer") or source.get("parameter")
    if isinstance(found, list):
        found = ".".join(str(part) for part in found if isinstance(part, str | int))
    return found if isinstance(found, str) else ""
