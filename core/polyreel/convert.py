"""Whatever a provider sent → the type that a model promises, or None.

Providers send one and the same thing in several shapes, and change them without notice; the models
use these functions as attrs converters, so that a surprise in one field costs that field and nothing
else. An absent field may arrive as ``None``, as ``""`` or as a generated client's ``UNSET``: all
become None. They run for every field of every item, so the usual types are tried first.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MILLISECONDS = 100_000_000_000  # as seconds, this is the year 5138
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FRACTION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)\s*")
_SIZE = re.compile(r"\s*(\d{1,5})\s*[xX*]\s*(\d{1,5})\s*")
_PERCENT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%?\s*")


def text(value: object) -> str | None:
    """Give the text, a number's digits, or None for anything else and for the empty string."""
    if value is None:
        return None
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def url(value: object) -> str | None:
    """Give an absolute http(s) URL, or None for anything else."""
    if value is None:
        return None
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None


def number(value: object) -> float | None:
    """Give a finite number from a number or its text (``8`` and ``"8"``), or None."""
    if value is None or value.__class__ is int:
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, (int, float)):
        try:
            return value if math.isfinite(value) else None
        except OverflowError:
            return None
    return None


def seconds(value: object) -> float | None:
    """Give seconds from ``8``, ``"8"`` or ``"8s"``, or None (also for a negative number)."""
    found = number(value.removesuffix("s") if isinstance(value, str) else value)
    return found if found is not None and found >= 0 else None


def whole(value: object) -> int | None:
    """Give a whole number from ``1280``, ``1280.0`` or ``"1280"``, or None."""
    found = number(value)
    if found is None or found.__class__ is int:
        return found
    return int(found) if found == int(found) else None


def flag(value: object) -> bool | None:
    """Give True or False, or None for anything else: no other value is one of them."""
    return value if isinstance(value, bool) else None


def percent(value: object) -> float | None:
    """Give progress as 0–100 from ``42``, ``"42"``, ``"42%"`` or ``"42/100"``, or None."""
    if value is None:
        return None
    found = number(value)
    if found is None and isinstance(value, str):
        if fraction := _FRACTION.fullmatch(value):
            part, total = float(fraction[1]), float(fraction[2])
            found = number(100 * part / total) if total else None
        elif match := _PERCENT.fullmatch(value):
            found = float(match[1])
    return None if found is None else min(max(found, 0), 100)


def time(value: object) -> datetime | None:
    """Give an aware UTC datetime from any shape that providers send, or None.

    Unix seconds or milliseconds (number or digits; 0 stands for "not yet" at several servers),
    ISO 8601 with or without a zone (``2024-08-28 15:27:40.824457`` is taken as UTC), and RFC 1123.
    """
    if value is None or value == "":
        return None
    try:
        stamp = number(value)
        if stamp is not None:
            stamp = stamp / 1000 if stamp >= _MILLISECONDS else stamp
            return datetime.fromtimestamp(stamp, UTC) if stamp > 0 else None
        if isinstance(value, datetime):
            return _utc(value)
        return _written(value.strip()) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None


def _written(value: str) -> datetime:
    try:
        return _utc(datetime.fromisoformat(value))
    except ValueError:
        return _utc(parsedate_to_datetime(value))


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def size(value: object) -> tuple[int | None, int | None]:
    """Give (width, height) in pixels from ``"1280x720"``, or (None, None)."""
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    return (int(match[1]), int(match[2])) if match else (None, None)


def identifier(value: object) -> str:
    """Give an item's id as text.

    Raises:
        ValueError: There is none; the one thing that no item can be without.
    """
    found = text(value)
    if found is None:
        raise ValueError("an item without an id")
    return found
