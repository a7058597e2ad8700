"""Options that the library's commands share."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from polyreel.cli.output import Format

LibraryFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--library",
        help="The library's file; else the one in your data folder.",
        envvar="POLYREEL_LIBRARY",
        metavar="FILE",
        dir_okay=False,
        show_default=False,
    ),
]
FormatOption: TypeAlias = Annotated[
    Format, typer.Option("--format", help="How rows are written.", case_sensitive=False)
]
AccountsOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--account",
        help="Only this account. May be given several times, or with commas.",
        metavar="NAME",
        show_default=False,
    ),
]

_AGO = re.compile(r"(\d{1,6})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def several(values: list[str] | None) -> list[str]:
    """Give the values of an option that is repeatable and takes commas."""
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def span(text: str, option: str) -> timedelta:
    """Read a span of time such as ``7d``, ``24h`` or ``10m``.

    Raises:
        typer.BadParameter: It is none.
    """
    match = _AGO.fullmatch(text.strip())
    if match is None:
        raise typer.BadParameter(f"{option}: {text!r} is no span of time; write 7d, 24h or 10m")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def moment(text: str | None, option: str, now: datetime | None = None) -> datetime | None:
    """Read a day, a time, or a span before now; without a zone it is UTC.

    Raises:
        typer.BadParameter: It is none of them.
    """
    if text is None:
        return None
    if _AGO.fullmatch(text.strip()):
        return (now or datetime.now(UTC)) - span(text, option)
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{option}: {text!r} is neither a day (2026-11-25), a time (2026-11-25T12:00) nor a span "
            "(7d, 24h)"
        ) from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
