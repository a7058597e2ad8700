"""A report in each of its forms: a table for people, JSON for programs, Markdown for a review."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from polyreel.codegen.diff.changes import EVERYWHERE, Change, Level, Report
from polyreel.codegen.diff.rules import visible

if TYPE_CHECKING:
    from rich.console import Console

APART = 3
"""The same change is shown for so many operations one by one, for more of them only once."""

RULE_FROM = 140
"""From how many columns a terminal shows the rules' ids too."""

_STYLES = {Level.BREAKING: "bold red", Level.WARNING: "yellow", Level.INFO: "green"}


def as_json(report: Report) -> str:
    """Return ``{"changes": [{level, rule, operation, place, text}], "summary": {level: count}}``."""
    changes = [
        {
            "level": change.level.value,
            "rule": change.rule,
            "operation": change.operation,
            "place": change.place,
            "text": change.text,
        }
        for change in report.changes
    ]
    return json.dumps({"changes": changes, "summary": report.summary}, indent=2) + "\n"


def as_markdown(report: Report) -> str:
    """Return a list for each level. What specs say stands in code spans, so that nothing acts."""
    if not report:
        return "No changes.\n"
    parts = [f"**{in_words(report)}**\n"]
    for level in Level:
        rows = [row for row in _folded(report.changes) if row[0].level is level]
        if not rows:
            continue
        parts.append(f"\n### {level.value.capitalize()}\n\n")
        for change, others in rows:
            where = f"`{_operation(change)}`" + (f" and {others} more" if others else "")
            place = f" · `{visible(change.place)}`" if change.place else ""
            parts.append(f"- {where}{place}: {change.text} ({change.rule})\n")
    return "".join(parts)


def print_table(report: Report, console: Console) -> None:
    """Print one row per change: fitted and coloured on a terminal, a plain line each elsewhere."""
    from rich.table import Table
    from rich.text import Text

    if not console.is_terminal:
        console.width = 100_000  # as wide as the rows are: what reads a pipe wraps for itself
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    headers = ["Level", "Operation", "Place", "Change"]
    headers += ["Rule"] if console.width >= RULE_FROM else []
    for header in headers:
        table.add_column(header, overflow="fold", no_wrap=header == "Level")
    for change, others in _folded(report.changes):
        operation = _operation(change) + (f" and {others} more" if others else "")
        cells = [operation, visible(change.place), change.text, change.rule]
        row = [Text(cell) for cell in cells[: len(headers) - 1]]
        table.add_row(Text(change.level.value, _STYLES[change.level]), *row)
    console.print(table)


def in_words(report: Report) -> str:
    """Return the summary as words: ``2 breaking, 1 warning, 0 info``."""
    return ", ".join(f"{count} {level}" for level, count in report.summary.items())


def _operation(change: Change) -> str:
    return "all operations" if change.operation == EVERYWHERE else visible(change.operation)


def _folded(changes: Iterable[Change]) -> list[tuple[Change, int]]:
    """Return the changes to show, and of how many more operations each speaks."""
    alike: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        alike.setdefault((change.rule, change.place, change.text), []).append(change)
    rows = []
    for change in changes:
        group = alike[change.rule, change.place, change.text]
        if len(group) <= APART:
            rows.append((change, 0))
        elif change is group[0]:
            rows.append((change, len(group) - 1))
    return rows
