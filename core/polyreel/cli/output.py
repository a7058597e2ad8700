"""Rows on stdout, in four formats. A row is a flat mapping; all rows of one output have the same keys."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from polyreel.cli.tables import Column

Row: TypeAlias = Mapping[str, Any]


class RowFormat(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class RowWriter(Protocol):
    """Takes rows, some at a time."""

    def write(self, rows: Iterable[Any]) -> None:
        """Write some rows; readers of a pipe have them when this returns (but for tables)."""

    def close(self) -> None:
        """Write what ends the output."""


@contextmanager
def writing(
    form: RowFormat,
    *,
    keys: Sequence[str],
    columns: Sequence[Column] | None,
    single: bool = False,
    exact: bool = False,
    text: Callable[[Any], str] | None = None,
) -> Iterator[RowWriter]:
    """Open stdout for rows; in the end, however it comes, what was written becomes whole.

    Args:
        form: How rows are written.
        keys: The keys of a row, in order.
        columns: What a table shows; None writes each row as a list of its fields instead.
        single: There is at most one row, which JSON writes as it is, without an array.
        exact: CSV holds free text as it is too, even what a spreadsheet would run.
        text: What makes the JSON of what is given instead of rows; None where rows are given.
    """
    from polyreel.models.render import to_json  # not needed where only help is asked for

    writer: RowWriter
    text = text or to_json
    if form is RowFormat.JSON:
        writer = _Object() if single else _Array(text)
    elif form is RowFormat.JSONL:
        writer = _JsonLines(text)
    elif form is RowFormat.CSV:
        writer = _Csv(keys, to_json, exact=exact)
    else:
        from polyreel.cli.tables import Fields, Table

        writer = Fields() if columns is None else Table(columns)
    try:
        yield writer
    except BrokenPipeError:
        raise
    except BaseException:
        writer.close()
        raise
    writer.close()
    sys.stdout.flush()


class _Array:
    """One JSON array, written row by row: memory stays flat however long it gets."""

    def __init__(self, text: Callable[[Any], str]) -> None:
        self._text = text
        self._before = "[\n  "

    def write(self, rows: Iterable[Any]) -> None:
        for row in rows:
            # Noted first: an interrupt strikes while something is written, if ever.
            before, self._before = self._before, ",\n  "
            sys.stdout.write(before + self._text(row))
        sys.stdout.flush()

    def close(self) -> None:
        sys.stdout.write("[]\n" if self._before.startswith("[") else "\n]\n")


class _Object:
    """One JSON object."""

    def write(self, rows: Iterable[Row]) -> None:
        from polyreel.models.render import to_json

        for row in rows:
            sys.stdout.write(to_json(row, indented=True) + "\n")

    def close(self) -> None:
        pass


class _JsonLines:
    """One JSON object per line."""

    def __init__(self, text: Callable[[Any], str]) -> None:
        self._text = text

    def write(self, rows: Iterable[Any]) -> None:
        sys.stdout.write("".join([f"{self._text(row)}\n" for row in rows]))
        sys.stdout.flush()

    def close(self) -> None:
        pass


class _Records:
    r"""Takes records from the csv module, which quotes a ``\r`` only where records end in ``\r\n``."""

    def write(self, record: str) -> None:
        sys.stdout.write(record.removesuffix("\r\n") + "\n")


class _Csv:
    """A header, and one record per row; free text is made harmless for spreadsheets."""

    def __init__(self, keys: Sequence[str], text: Callable[[Any], str], *, exact: bool) -> None:
        self._text = text
        self._exact = exact
        self._columns = [(key, _MACHINE.search(key) is not None) for key in keys]
        self._writer = csv.writer(_Records())
        self._writer.writerow(keys)

    def write(self, rows: Iterable[Row]) -> None:
        cell = self._cell
        self._writer.writerows(
            [cell(row[key], machine) for key, machine in self._columns] for row in rows
        )
        sys.stdout.flush()

    def close(self) -> None:
        pass

    def _cell(self, value: Any, machine: bool) -> Any:
        if isinstance(value, dict | list | bool):
            value = self._text(value)
        if not isinstance(value, str) or self._exact:
            return value
        shown = _CONTROLS.sub(" ", value)
        return f"'{shown}" if not machine and _FORMULA.match(value) else shown


# What programs read: ids, addresses, times, and words that polyreel chooses.
_MACHINE = re.compile(r"^(?:uid|id|provider|account|collection|status)$|(?:^|_)(?:id|url|at)$")
# A spreadsheet takes a text that begins so for a formula, and runs it; some skip what is before it.
_FORMULA = re.compile(
    r"[\s\ufeff\u200b-\u200f\u2060\0'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
