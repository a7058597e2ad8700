"""A library's tables in a warehouse, through dlt: DuckDB, PostgreSQL, BigQuery, Snowflake and others.

A load follows the library's change numbers, so that it sends what differs and nothing else. How far it came
is kept in the warehouse, beside the rows. Needs ``pip install 'polyreel[warehouse]'``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, get_args

from polyreel.errors import ConfigurationError
from polyreel.files.links import without_credentials
from polyreel.integrations.destinations import Destination, destination, failure
from polyreel.library import Library
from polyreel.library.catalog.following import FollowedTo, Table, position, rows_after
from polyreel.library.catalog.schema import LINKS, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polyreel.library.catalog.database import Row

PIPELINE = "polyreel"
DATASET = "ai_videos"

_KEYS: Mapping[Table, tuple[str, ...]] = {
    "videos": ("uid",),
    "replicas": ("uid",),
    "files": ("uid", "role", "archive"),
}
_TIMES = (
    "created_at", "updated_at", "completed_at", "expires_at", "first_seen", "last_seen", "changed_at",
    "deleted_at", "stored_at",
)  # fmt: skip
_WHOLE = ("rev", "size", "width", "height")


def source(library: Library, *, hard_delete: bool = False) -> Any:
    """Return a dlt source of a library, for pipelines of one's own.

    Its resources are ``videos``, ``replicas`` and ``files``, each merged by its key. Links come without
    their credentials, ``raw`` as JSON.

    Args:
        library: The library.
        hard_delete: Remove deleted rows from the warehouse. Else they stay, and ``deleted_at`` says when.

    Raises:
        ConfigurationError: dlt isn't installed.
    """
    dlt = _dlt()
    resources = [
        dlt.resource(
            _rows,
            name=table,
            primary_key=_KEYS[table],
            write_disposition="merge",
            columns=_columns(table, hard_delete=hard_delete),
        )(library.path, table, hard_delete)
        for table in get_args(Table)
    ]

    @dlt.source(name=PIPELINE)  # type: ignore[untyped-decorator, unused-ignore]
    def tables() -> Any:
        return resources

    return tables()


def load(
    library: Library, to: str, *, dataset: str = DATASET, hard_delete: bool = False
) -> dict[str, int]:
    """Bring a warehouse up to date with a library.

    Args:
        library: The library.
        to: ``duckdb:///file.duckdb``, ``postgresql://user@host/database``, or the name of a dlt destination
            whose credentials dlt finds in its own variables and files.
        dataset: The schema, or dataset, that holds the tables.
        hard_delete: As for :func:`source`.

    Returns:
        How many rows were sent, by table; empty if there was nothing new.

    Raises:
        ConfigurationError: dlt or a driver isn't installed, or the warehouse can't be used as it is named.
        LibraryError: There is no library, or the load failed.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", dataset):
        raise ConfigurationError(
            f"the dataset {dataset!r} can't be made: use small letters, digits and _"
        )
    position(library.path, "videos")  # a missing library is said before a warehouse is made
    found = destination(_dlt(), to, dataset)
    with _loading(found), TemporaryDirectory(prefix="polyreel-load-") as folder:
        # In a folder of its own: how far the load came is read from the warehouse, never from here.
        pipeline = _dlt().pipeline(
            PIPELINE, pipelines_dir=folder, destination=found.factory, dataset_name=dataset
        )
        pipeline.run(source(library, hard_delete=hard_delete))
        counts = pipeline.last_trace.last_normalize_info.row_counts
        return {table: counts[table] for table in get_args(Table) if counts.get(table)}


def _rows(path: Path, table: Table, hard: bool) -> Iterator[list[Row]]:
    """Yield the rows that the warehouse lacks, and note in dlt's state how far they go."""
    state = _dlt().current.resource_state()
    here = position(path, table)
    known = state.get(here.library) or {}
    rev = int(known.get("rev", 0))
    if rev > here.rev or bool(known.get("hard")) is not hard:
        rev = 0  # an older copy of the library, or rows that are deleted in another way
    if rev == here.rev:
        return
    reached = FollowedTo(here.library, rev)
    for rows in rows_after(path, table, rev):
        reached = FollowedTo(here.library, max(reached.rev, *(row["rev"] for row in rows)))
        yield [_sent(row) for row in rows]
    if reached.rev != rev:
        state[here.library] = {"rev": reached.rev, "hard": hard}


def _sent(row: Row) -> Row:
    sent = dict(row)
    for link in LINKS:
        if url := sent.get(link):
            sent[link] = without_credentials(url)
    if raw := sent.get("raw"):
        sent["raw"] = json.loads(raw)
    return sent


def _columns(table: Table, *, hard_delete: bool) -> dict[str, dict[str, object]]:
    """Return each column's type, so that a table is the same whatever its first rows hold."""
    from polyreel.library.catalog.schema import FIELDS

    names = (
        ("uid", "role", "archive", "name", "size", "sha256", "content_type", "stored_at")
        if table == "files"
        else (*FIELDS[table], "first_seen", "last_seen", "changed_at", "raw")
    )
    found: dict[str, dict[str, object]] = {
        name: {"data_type": _type(name), "nullable": name not in _KEYS[table]}
        for name in (*names, "deleted_at", "rev")
    }
    found["deleted_at"]["hard_delete"] = hard_delete
    return found


def _type(name: str) -> Literal["json", "timestamp", "bigint", "double", "text"]:
    if name == "raw":
        return "json"
    if name in _TIMES:
        return "timestamp"
    if name in _WHOLE:
        return "bigint"
    return "double" if name in NUMBERS else "text"


def _dlt() -> Any:
    """Import dlt, which reports nothing to anybody.

    Raises:
        ConfigurationError: It isn't installed.
    """
    os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")
    try:
        import dlt
    except ImportError:
        raise ConfigurationError(
            "a load into a warehouse needs more than the basics: pip install 'polyreel[warehouse]'"
        ) from None
    return dlt


@contextmanager
def _loading(to: Destination) -> Iterator[None]:
    from dlt.common.exceptions import DltException

    try:
        yield
    except DltException as error:
        raise failure(to, error) from None
