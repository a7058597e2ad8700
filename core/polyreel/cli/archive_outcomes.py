"""What became of each file of an archive's run, written as it does, and the run in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyreel.cli.output import RowFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polyreel.library.archive import FileOutcome, Run

_KEYS = ("state", "uid", "role", "name", "size", "reason")


def write_run(run: Run, form: RowFormat) -> int:
    """Write what becomes of each file as it does, and return the exit code."""
    from polyreel.cli import exits, reporting
    from polyreel.cli.archive_progress import watched

    code = write_outcomes(watched(run, table=form is RowFormat.TABLE), form, run.counts)
    for error in run.errors:
        reporting.failed(error, about=error.account)
    reporting.note(_summary(run))
    if run.errors:
        some = run.counts["stored"] or run.counts["kept"]
        return exits.code(run.errors, delivered=bool(some)) if not code else exits.PARTLY
    return code


def write_outcomes(outcomes: Any, form: RowFormat, counts: Mapping[str, int]) -> int:
    """Write outcomes as they come; return the exit code, for which what was there already counts."""
    from polyreel.cli import exits
    from polyreel.cli.output import writing

    columns = columns_of("state", "uid", "role", "name", "reason")
    failed = done = 0
    with writing(form, keys=_KEYS, columns=columns) as writer:
        for outcome in outcomes:
            failed += outcome.state in {"failed", "gone"}
            done += outcome.state not in {"failed", "gone"}
            writer.write([_row(outcome)])
    if not failed:
        return 0
    return exits.PARTLY if done or counts["kept"] else exits.FAILED


def columns_of(*names: str) -> list[Any]:
    """Return a table's columns for the keys of its rows."""
    from polyreel.cli.tables import Column

    def cell(name: str) -> Callable[[Mapping[str, Any]], str | None]:
        return lambda row: row[name] or None

    return [
        Column(header=name.upper(), cell=cell(name), rank=0, flexible=name == "reason")
        for name in names
    ]


def _row(outcome: FileOutcome) -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in _KEYS}


def _summary(run: Run) -> str:
    """Say how a run went, in one line."""
    words = {
        "stored": "stored", "planned": "would be stored", "kept": "there already",
        "waiting": "not ready yet", "left": "left for later", "failed": "failed", "gone": "gone",
    }  # fmt: skip
    parts = [f"{run.counts[state]:,} {word}" for state, word in words.items() if run.counts[state]]
    if run.counts["planned"]:
        unsized = f", {run.counts['unsized']:,} of unknown size" if run.counts["unsized"] else ""
        parts.append(f"{_size(run.planned)}{unsized}")
        return ", ".join(parts)
    return f"{', '.join(parts) or 'nothing to store'}; {_size(run.control.got)} got"


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "bytes" else f"{count:,.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} TB"
