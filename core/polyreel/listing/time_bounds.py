"""The two ends of a time window: days, times and ages, as aware times in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from attrs import frozen

from polyreel.errors import UnsupportedOption

Moment: TypeAlias = datetime | date | timedelta | str

_AGE = re.compile(r"(\d{1,9})\s*([smhdw])", re.IGNORECASE)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAY = timedelta(days=1)
_EXPECTED = (
    "a day (2026-11-20), a time (2026-11-20T08:00Z; UTC if it has no zone) or an age (7d, 24h, 30m)"
)


@frozen
class TimeBound:
    """One end of a time window.

    Attributes:
        at: The time, aware UTC.
        age: How long before the listing began, when the caller gave an age; else None.
    """

    at: datetime
    age: timedelta | None = None

    def asks_for_the_same(self, other: TimeBound | None) -> bool:
        """Tell whether a caller gave the same: one age means another time whenever it is given."""
        if other is None or self.age is not None or other.age is not None:
            return other is not None and self.age == other.age
        return self.at == other.at

    def __str__(self) -> str:
        if self.age is not None:
            days, seconds = divmod(self.age.total_seconds(), 86_400)
            return f"{days:.0f}d ago" if not seconds else f"{self.age.total_seconds():.0f}s ago"
        return self.at.isoformat().replace("+00:00", "Z")


def since_bound(value: object, now: datetime) -> TimeBound:
    """Read where a window begins; that moment is part of it, and a day begins at midnight UTC.

    Raises:
        UnsupportedOption: It is no day, time or age.
    """
    return _bound("since", value, now, end=False)


def until_bound(value: object, now: datetime) -> TimeBound:
    """Read where a window ends; that moment isn't part of it, but of a day the whole day is.

    Raises:
        UnsupportedOption: It is no day, time or age.
    """
    return _bound("until", value, now, end=True)


def age(option: str, text: str) -> timedelta:
    """Read a span of time such as ``7d``, ``24h`` or ``10m``.

    Raises:
        UnsupportedOption: It is none.
    """
    match = _AGE.fullmatch(text.strip())
    if match is None:
        raise UnsupportedOption(f"{option} must be a span of time (7d, 24h, 10m), not {text!r}")
    return timedelta(**{_UNITS[match[2].lower()]: int(match[1])})


def _bound(option: str, value: object, now: datetime, *, end: bool) -> TimeBound:
    try:
        read = _read(value) if isinstance(value, str) else value
        if isinstance(read, timedelta):
            if read < timedelta(0):
                raise UnsupportedOption(f"{option} must be an age of zero or more, not {read}")
            return TimeBound(now - read, age=read)
        if isinstance(read, datetime):
            return TimeBound(
                read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
            )
        if isinstance(read, date):
            midnight = datetime(read.year, read.month, read.day, tzinfo=UTC)
            return TimeBound(midnight + _DAY if end else midnight)
    except (ValueError, OverflowError):
        pass
    raise UnsupportedOption(f"{option} must be {_EXPECTED}; not {value!r}")


def _read(text: str) -> Moment:
    text = text.strip()
    if age := _AGE.fullmatch(text):
        return timedelta(**{_UNITS[age[2].lower()]: int(age[1])})
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text.upper())
