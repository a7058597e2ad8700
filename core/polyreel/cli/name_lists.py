"""Names that are given one after another, or with commas between them."""

from __future__ import annotations

import typer


def several(option: str, given: list[str] | None) -> list[str] | None:
    """Read names that were given one after another, or with commas between them."""
    if not given:
        return None
    names = [name.strip() for each in given for name in each.split(",")]
    if not all(names):
        raise typer.BadParameter("an empty name", param_hint=option)
    return list(dict.fromkeys(names))


def statuses(given: list[str] | None) -> list[str]:
    """Read the words of ``--status``; none for all.

    Raises:
        UnsupportedOption: There is no such status; the message names those there are.
    """
    from polyreel.listing.options import check

    found = check({"status": several("--status", given)}).statuses
    return sorted(found or ())
