"""The tables and views of a library file, and the steps from each version of them to the next.

The views bear the field names of :class:`polyreel.Video` and :class:`polyreel.Replica` and are documented in
``docs/library.md``; the tables behind them may change with a new version of the file.
"""

from __future__ import annotations

APPLICATION = 0x706F6C79
"""Marks a SQLite file as a library: the application id in its header."""

TEXTS = ("title", "provider_status", "status", "error", "prompt", "model", "remixed_from", "type")
"""Fields that are stored as text."""

TIMES = ("created_at", "updated_at", "completed_at", "expires_at")
"""Fields that are stored as texts such as ``2026-11-25T12:00:00.000Z``, which sort as the times do."""

NUMBERS = {"progress": "REAL", "duration": "REAL", "width": "INTEGER", "height": "INTEGER"}
"""Fields that are stored as numbers: percent, seconds, pixels."""

LINKS = ("thumbnail_url", "preview_url", "download_url", "stream_url", "page_url")
"""Fields that are stored apart, since a link may end while the item stays as it is."""

_COLUMNS = ",\n  ".join(
    [
        *(f"{name} TEXT" for name in (*TEXTS, *TIMES)),
        *(f"{name} {kind}" for name, kind in NUMBERS.items()),
    ]
)

UNSETTLED = "status NOT IN ('deleted', 'failed', 'ready')"
"""The condition of an item that may still become ready; written out, so that its index is used."""

_TABLES = f"""
CREATE TABLE items (
  number INTEGER PRIMARY KEY, -- what the search index knows an item by
  uid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  provider TEXT NOT NULL,
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  {_COLUMNS},
  raw TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  rev INTEGER NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  last_seen_run INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  missing_since TEXT,
  deleted_at TEXT
) STRICT;
CREATE INDEX items_by_time ON items (
  kind, created_at DESC, uid,
  account, provider, status, model, deleted_at -- so that counting needs no row
);
CREATE INDEX items_by_account ON items (account, kind, last_seen_run);
CREATE INDEX items_unsettled ON items (account, kind, last_seen_run) WHERE {UNSETTLED};
CREATE INDEX items_by_change ON items (rev);
CREATE TABLE change_log (
  rev INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  uid TEXT NOT NULL,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  change TEXT NOT NULL,
  status_before TEXT,
  status TEXT
) STRICT;
CREATE INDEX change_log_by_item ON change_log (uid);
CREATE TABLE versions (
  uid TEXT NOT NULL,
  rev INTEGER NOT NULL,
  seen_at TEXT NOT NULL,
  status TEXT,
  fingerprint BLOB NOT NULL,
  raw TEXT NOT NULL,
  PRIMARY KEY (uid, rev)
) STRICT;
CREATE TABLE links (
  uid TEXT NOT NULL,
  role TEXT NOT NULL,
  url TEXT NOT NULL,
  expires_at TEXT,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (uid, role)
) STRICT;
CREATE TABLE stored_files (
  uid TEXT NOT NULL,
  role TEXT NOT NULL,
  archive TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER,
  sha256 TEXT,
  content_type TEXT,
  stored_at TEXT,
  removed_at TEXT,
  rev INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (uid, role, archive)
) STRICT;
CREATE TABLE identity (library TEXT NOT NULL) STRICT;
INSERT INTO identity VALUES (lower(hex(randomblob(16))));
CREATE TABLE passes (
  run INTEGER PRIMARY KEY AUTOINCREMENT,
  started TEXT NOT NULL,
  ended TEXT,
  provider TEXT NOT NULL,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  mode TEXT NOT NULL,
  requests INTEGER NOT NULL DEFAULT 0,
  new INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,
  error TEXT
) STRICT;
CREATE INDEX passes_by_account ON passes (account, kind, mode, complete);
CREATE VIRTUAL TABLE search USING fts5 (
  title, prompt, content = 'items', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
"""


def _view(name: str, fields: tuple[str, ...]) -> str:
    """Return the view of one kind: an item's fields in the model's order, then what the library knows."""
    columns = [
        f"(SELECT url FROM links WHERE links.uid = items.uid AND role = '{field}') AS {field}"
        if field in LINKS
        else field
        for field in fields
    ]
    known = ("first_seen", "last_seen", "changed_at", "deleted_at", "raw", "rev")
    return (
        f"CREATE VIEW {name} AS SELECT {', '.join([*columns, *known])} "
        f"FROM items WHERE kind = '{name}';\n"
    )


_SHARED = (
    "uid", "provider", "account", "id", "title", "provider_status", "status", "progress", "created_at",
    "updated_at", "thumbnail_url", "preview_url", "error",
)  # fmt: skip

FIELDS = {
    "videos": (
        *_SHARED, "prompt", "completed_at", "expires_at", "duration", "width", "height", "model",
        "download_url", "stream_url", "page_url", "remixed_from",
    ),
    "replicas": (*_SHARED, "type"),
}  # fmt: skip
"""Kind to the fields that its view shows."""

_VIEWS = f"""
{_view("videos", FIELDS["videos"])}
{_view("replicas", FIELDS["replicas"])}
CREATE VIEW changes AS
  SELECT rev, at, change, uid, kind, account, status_before, status,
    (SELECT title FROM items WHERE items.uid = change_log.uid) AS title
  FROM change_log;
CREATE VIEW files AS
  SELECT uid, role, archive, name, size, sha256, content_type, stored_at, rev FROM stored_files
  WHERE removed_at IS NULL;
CREATE VIEW runs AS
  SELECT run, started, ended, provider, account, kind, mode, requests, new, changed, gone, complete, error
  FROM passes;
"""

STEPS: tuple[str, ...] = ("", _TABLES + _VIEWS)
"""Step n leads from version n to version n + 1 of the file; each runs in the one transaction of all."""

FIRST = 2
"""The first version that is brought up to date; those before were never released."""

VIEWS = ("videos", "replicas", "changes", "files", "runs")
"""The documented views, in the order in which they are shown."""
