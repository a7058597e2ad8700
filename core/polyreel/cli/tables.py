"""Tables and field lists for people: fitted and coloured on a terminal, plain aligned text in a pipe.

What providers wrote is shown on one line, without anything that a terminal would obey.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import frozen
from rich.cells import cell_len, set_cell_size

from polyreel.cli import standard_streams
from polyreel.http.redaction import printable

if TYPE_CHECKING:
    from rich.console import Console

_GAP = "  "
_WIDEST = 60  # of what may be cut
_LONGEST_CELL = 100_000
_NARROWEST = 24


@frozen(kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        header: What stands above it.
        cell: Gives a row's text for it; empty when there is nothing to show.
        rank: The higher, the sooner it makes room on a narrow terminal; 0 always stays.
        flexible: Its texts may be cut.
        varied: It is shown only when its texts differ.
        below: Its texts stand below the table, each whole behind its row's first cell.
        asked: It is shown even when it is empty, and never cut.
        style: Gives the colour of a text.
    """

    header: str
    cell: Callable[[Mapping[str, Any]], str | None]
    rank: int
    flexible: bool = False
    varied: bool = False
    below: bool = False
    asked: bool = False
    style: Callable[[str], str] = lambda _text: ""


class Table:
    """Gathers the cells, and prints them when all are known; empty columns are left out."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = [column for column in columns if not column.below]
        self._below = [column for column in columns if column.below]
        self._rows: list[list[str]] = []
        self._notes: list[tuple[str, str]] = []

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take some rows."""
        for row in rows:
            cells = [printable(column.cell(row) or "", _LONGEST_CELL) for column in self._columns]
            self._rows.append(cells)
            for column in self._below:
                if text := printable(column.cell(row) or "", _LONGEST_CELL):
                    self._notes.append((cells[0], text))

    def close(self) -> None:
        """Print the table; nothing at all when there is no row."""
        if not self._rows:
            return
        available = _width()
        widths = self._fit(available)
        shown = [n for n, width in enumerate(widths) if width]
        print_cells([(self._columns[n].header, widths[n], "bold") for n in shown])
        for row in self._rows:
            print_cells([(row[n], widths[n], self._columns[n].style(row[n])) for n in shown])
        if self._notes:
            print_cells([])
        for name, note in self._notes:
            print_cells([(name, 0, "bold"), (note, 0, "")])
        if available is not None and (hidden := self._hidden(widths)):
            print(f"Too narrow for all: {hidden}; --format json shows it whole.", file=sys.stderr)

    def _hidden(self, widths: Sequence[int]) -> str:
        """Name what a terminal was too narrow for: columns left out, and those with texts cut."""
        told = []
        for number, column in enumerate(self._columns):
            longest = max(cell_len(row[number]) for row in self._rows)
            if self._natural(number) and not widths[number]:
                told.append(f"{column.header} is left out")
            elif widths[number] and longest > widths[number]:
                told.append(f"{column.header} is cut")
        return ", ".join(told)

    def _fit(self, available: int | None) -> list[int]:
        """Return each column's width; 0 for those that are left out."""
        if available is None:  # a pipe: whole and aligned
            return [self._natural(number, _LONGEST_CELL) for number in range(len(self._columns))]
        widths = [self._natural(number) for number in range(len(self._columns))]
        flexible = next((n for n, c in enumerate(self._columns) if c.flexible and widths[n]), None)
        natural = widths[flexible] if flexible is not None else 0
        if flexible is not None:
            widths[flexible] = min(natural, _NARROWEST)
        for number in sorted(range(len(widths)), key=lambda n: -self._columns[n].rank):
            if _total(widths) > available and self._columns[number].rank:
                widths[number] = 0
        if flexible is not None and widths[flexible]:
            spare = available - _total(widths)
            widths[flexible] = min(natural, widths[flexible] + max(0, spare))
        return widths

    def _natural(self, number: int, widest: int = _WIDEST) -> int:
        column, cells = self._columns[number], [row[number] for row in self._rows]
        if column.varied and len(set(cells)) == 1:
            return 0
        if not column.asked and not any(cells):
            return 0
        width = max(cell_len(text) for text in [column.header, *cells])
        return min(width, widest) if column.flexible else width


class Fields:
    """One list of named fields per row; those without a value are left out."""

    def __init__(self) -> None:
        self._begun = False

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Print some rows."""
        for row in rows:
            if self._begun:
                print_cells([])
            self._begun = True
            width = max(map(len, row))
            for name, value in row.items():
                if text := printable(_words(value), _LONGEST_CELL):
                    print_cells([(name, width, "bold"), (text, 0, "")])

    def close(self) -> None:
        """Nothing is left to print."""


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        named = ((name, _words(each)) for name, each in value.items())
        return "; ".join(f"{name}: {words}" for name, words in named if words)
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _total(widths: Sequence[int]) -> int:
    shown = [width for width in widths if width]
    return sum(shown) + len(_GAP) * (len(shown) - 1)


def _width() -> int | None:
    return standard_streams.columns() if sys.stdout.isatty() else None


def print_cells(cells: Sequence[tuple[str, int, str]]) -> None:
    """Print texts beside each other on one line of stdout.

    Args:
        cells: Each a text, the width to which it is filled (0: as it is), and its style. A terminal
            alone shows the style, and cuts what is longer.
    """
    cut = _width() is not None
    padded = [
        (_filled(text, width, cut=cut) if width else text, style) for text, width, style in cells
    ]
    if not sys.stdout.isatty():
        sys.stdout.write(_GAP.join(text for text, _ in padded).rstrip() + "\n")
        return
    from rich.text import Text

    line = Text(_GAP).join(Text(text, style) for text, style in padded)
    line.rstrip()
    _console().print(line, soft_wrap=True)


@cache
def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _filled(text: str, width: int, *, cut: bool) -> str:
    missing = width - cell_len(text)
    if missing < 0 and cut:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    return text + " " * missing
