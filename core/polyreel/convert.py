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
from functools import lru_cache

_LARGEST_WHOLE = 2**63 - 1  # what a database or a data frame can hold
UNIX_SECONDS = range(10**9, 10**11)
"""Whole numbers that stand for seconds since 1970 and for nothing else: 2001 to 5138."""

_END_OF_SECONDS = 10**11  # the year 5138; a larger number counts smaller parts of a second
_MOST_DIGITS = 300  # of a number that is written out; Python reads no more than some thousands
_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FRACTION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)\s*")
_SIZE = re.compile(r"\s*(\d{1,5})\s*[xX×*]\s*(\d{1,5})\s*")
_PERCENT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%?\s*")
_WITH_UNIT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|secs?|seconds?)\s*", re.IGNORECASE)
_CLOCK = re.compile(r"\s*(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)\s*")
_ISO_DURATION = re.compile(r"PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_DIGITS = re.compile(r"((?:19|20)\d{6})(\d{6})?")  # 20240828, 20240828152740
_UTC_NAME = re.compile(r"\s*(?:z|UTC)$", re.IGNORECASE)


def text(value: object) -> str | None:
    """Return the text, a finite number's digits, or None for anything else and for the empty text."""
    if value is None:
        return None
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        return str(value)
    except ValueError:  # more digits than Python writes
        return None


def reason(value: object) -> str | None:
    """Return why something failed, or None: a text, or the best words in an object that tells it.

    The object is a dict or a generated model; its ``message`` is taken, or else ``detail``,
    ``description`` or ``code``.
    """
    if value is None or isinstance(value, str | int | float | list):
        return text(value)
    others = value if isinstance(value, dict) else getattr(value, "additional_properties", {})
    for name in ("message", "detail", "description", "code"):
        if said := text(getattr(value, name, None)) or text(others.get(name)):
            return said
    return None


def url(value: object) -> str | None:
    """Return an absolute http(s) URL, or None for anything else."""
    if value is None:
        return None
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else None


def number(value: object) -> float | None:
    """Return a finite float from a number or its text (``8`` and ``"8"``), or None."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(value.strip()):
        return None
    try:
        found = float(value) if isinstance(value, (int, float, str)) else math.nan
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def seconds(value: object) -> float | None:
    """Return a length in seconds, or None (also for a negative number, which stands for "unknown").

    A number or its text; ``"8s"``, ``"1500ms"``; ``"0:00:59.5"`` as hours, minutes and seconds;
    ``"PT8.5S"``.
    """
    if value is None:
        return None
    if value.__class__ is str and value.isdecimal():
        return float(value) if len(value) < _MOST_DIGITS else None
    found = number(value)
    if found is None and isinstance(value, str):
        if match := _WITH_UNIT.fullmatch(value):
            found = number(match[1])
            if found is not None and match[2].lower() == "ms":
                found /= 1000
        elif match := _CLOCK.fullmatch(value) or _ISO_DURATION.fullmatch(value):
            hours, minutes, rest = (float(part or 0) for part in match.groups())
            found = number(hours * 3600 + minutes * 60 + rest)
    return found if found is not None and found >= 0 else None


def milliseconds(value: object) -> float | None:
    """Return a length in seconds from one in milliseconds, or None (also for a negative number)."""
    found = number(value)
    return None if found is None or found < 0 else found / 1000


def whole(value: object) -> int | None:
    """Return a whole number from ``1280``, ``1280.0`` or ``"1280"``, or None.

    One that takes more than 64 bits is None too: no database or data frame could hold it.
    """
    found: int | None
    if value.__class__ is int:
        found = value
    elif isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        found = int(value) if len(value) < _MOST_DIGITS else None
    else:
        finite = number(value)
        found = int(finite) if finite is not None and finite == int(finite) else None
    return found if found is not None and abs(found) <= _LARGEST_WHOLE else None


def pixels(value: object) -> int | None:
    """Return a width or height in pixels, a whole number above 0, or None."""
    found = whole(value)
    return found if found is not None and found > 0 else None


def flag(value: object) -> bool | None:
    """Return True or False, or None for anything else: no other value is one of them."""
    return value if isinstance(value, bool) else None


def percent(value: object) -> float | None:
    """Return progress as 0 to 100 from ``42``, ``"42"``, ``"42%"`` or ``"42/100"``, or None."""
    if value is None:
        return None
    if value.__class__ is int and 0 <= value <= 100:
        return float(value)
    found = number(value)
    if found is None and isinstance(value, str):
        if fraction := _FRACTION.fullmatch(value):
            part, total = number(fraction[1]), number(fraction[2])
            found = number(100 * part / total) if part is not None and total else None
        elif match := _PERCENT.fullmatch(value):
            found = number(match[1])
    return None if found is None else min(max(found, 0.0), 100.0)


def share(value: object) -> float | None:
    """Return progress as 0 to 100 from a part of the whole, 0 to 1, or None."""
    found = number(value)
    return None if found is None else percent(found * 100)


def time(value: object) -> datetime | None:
    """Return an aware UTC datetime from any shape that providers send, or None.

    Unix seconds, milliseconds, microseconds or nanoseconds (a number or its text; 0 stands for "not
    yet" at several servers); ISO 8601 with or without a zone (``2024-08-28 15:27:40.824457`` is taken
    as UTC; ``z`` and ``UTC`` are zones too); ``20240828`` and ``20240828152740``; RFC 1123.
    """
    if value is None or value == "":
        return None
    try:
        if value.__class__ is int and value in UNIX_SECONDS:
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, datetime):
            return _utc(value)
        if isinstance(value, int | str) and (digits := _DIGITS.fullmatch(str(value).strip())):
            return _utc(datetime.fromisoformat(f"{digits[1]}T{digits[2] or '000000'}"))
        stamp = number(value)
        if stamp is not None:
            return _moment(stamp)
        return _written(value.strip()) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None


def _moment(stamp: float) -> datetime | None:
    for per_second in (1, 10**3, 10**6, 10**9):
        if 0 < stamp < _END_OF_SECONDS * per_second:
            return datetime.fromtimestamp(stamp / per_second, UTC)
    return None


def _written(value: str) -> datetime:
    try:
        return _utc(datetime.fromisoformat(_UTC_NAME.sub("+00:00", value)))
    except ValueError:
        return _utc(parsedate_to_datetime(value))


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@lru_cache(1000)
def _written_size(value: str) -> tuple[int | None, int | None]:
    match = _SIZE.fullmatch(value)
    return (int(match[1]), int(match[2])) if match else (None, None)


def size(value: object) -> tuple[int | None, int | None]:
    """Return (width, height) in pixels from ``"1280x720"``, or (None, None)."""
    return _written_size(value) if isinstance(value, str) else (None, None)


def identifier(value: object) -> str:
    """Return an item's id as text.

    Raises:
        ValueError: There is none; the one thing that no item can be without.
    """
    found = text(value)
    if found is None:
        raise ValueError("an item without an id")
    return found
