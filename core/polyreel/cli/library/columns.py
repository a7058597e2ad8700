"""Table columns that show a row's values as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from polyreel.cli.tables import Column


def columns(
    keys: Sequence[str], *, flexible: Collection[str] = (), varied: Collection[str] = ()
) -> list[Column]:
    """Return a column for each key, in order; those further right make room first.

    Args:
        keys: The keys of a row.
        flexible: Those whose texts may be cut on a narrow terminal.
        varied: Those that are shown only when their texts differ.
    """
    return [
        Column(
            header=key.upper().replace("_", " "),
            cell=_cell(key),
            rank=number,
            flexible=key in flexible,
            varied=key in varied,
        )
        for number, key in enumerate(keys)
    ]


def _cell(key: str) -> Callable[[Mapping[str, Any]], str | None]:
    def text(row: Mapping[str, Any]) -> str | None:
        value = row[key]
        if value is None:
            return None
        return f"{value:,}" if isinstance(value, int) and key != "rev" else str(value)

    return text
