"""The installed providers as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from polyreel import accounts as configuration
from polyreel.cli import reporting
from polyreel.cli.tables import Column
from polyreel.errors import ConfigurationError, PluginError
from polyreel.models import Kind
from polyreel.provider import Provider
from polyreel.registry import Registry

KEYS = (
    "name",
    "title",
    "videos",
    "replicas",
    "accounts",
    "service",
    "note",
    "retrieved",
    "base_url",
    "docs",
    "distribution",
    "error",
)


def rows(names: Sequence[str]) -> list[dict[str, Any]]:
    """Describe providers; a broken plugin has a row with its name and ``error``.

    Args:
        names: Which; all that are installed when empty.

    Raises:
        ConfigurationError: No such provider is installed.
    """
    registry = Registry()
    with reporting.quiet():  # what is broken stands in the rows
        usable = registry.providers()
        accounts = _accounts(usable)
        every = sorted({*registry.names, *registry.failures})
        return [_row(name, registry, accounts) for name in names or every]


def _accounts(providers: Sequence[Provider]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        configured = configuration.load(providers)
    except ConfigurationError as error:
        reporting.failed(error)  # all else can still be shown
        return found
    for account in configured.values():
        name = f"{account.name} (only by name)" if account.only_by_name else account.name
        found.setdefault(account.provider, []).append(name)
    return found


def _row(name: str, registry: Registry, accounts: Mapping[str, list[str]]) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(KEYS)
    try:
        provider = registry.provider(name)
    except PluginError as error:
        return row | {
            "name": name,
            "service": "broken",
            "distribution": registry.distribution(name) if name in registry.names else None,
            "error": str(error),
        }
    return row | {
        "name": name,
        "title": provider.title,
        "videos": _abilities(provider, "videos"),
        "replicas": _abilities(provider, "replicas"),
        "accounts": accounts.get(name, []),
        "service": provider.lifecycle.service(datetime.now(UTC).date()),
        "note": provider.lifecycle.note or None,
        "retrieved": provider.lifecycle.retrieved.isoformat(),
        "base_url": provider.base_url,
        "docs": provider.docs,
        "distribution": registry.distribution(name),
    }


def _abilities(provider: Provider, kind: Kind) -> dict[str, Any] | None:
    resource = provider.resources.get(kind)
    if resource is None:
        return None
    return {
        "list": resource.can_list,
        "get": resource.can_get,
        "orders": list(resource.orders),
        "filters": dict(resource.filters),
        "max_page_size": resource.max_page_size,
        "collections": [name for name in resource.collections if name],
        "newest_first": resource.newest_first,
        "window_days": resource.window / timedelta(days=1) if resource.window else None,
        "files_kept_hours": resource.files_kept / timedelta(hours=1)
        if resource.files_kept
        else None,
    }


def _verbs(kind: Kind) -> Column:
    def cell(row: Mapping[str, Any]) -> str:
        able = row[kind] or {}
        return ", ".join(verb for verb in ("list", "get") if able.get(verb)) or "-"

    return Column(header=kind.upper(), cell=cell, rank=2)


COLUMNS = (
    Column(header="PROVIDER", cell=lambda row: row["name"], rank=0),
    _verbs("videos"),
    _verbs("replicas"),
    Column(header="ACCOUNTS", cell=lambda row: ", ".join(row["accounts"] or []) or "none", rank=1),
    Column(
        header="SERVICE",
        cell=lambda row: row["service"],
        rank=1,
        style=lambda text: {"active": "green", "broken": "red"}.get(text, "yellow"),
    ),
    Column(header="RETRIEVED", cell=lambda row: row["retrieved"], rank=4),
    Column(header="DISTRIBUTION", cell=lambda row: row["distribution"], rank=3),
    Column(header="NOTE", cell=lambda row: row["error"] or row["note"], rank=0, below=True),
)
