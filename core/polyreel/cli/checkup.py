"""What the doctor looks at. Each check is one line, and one broken thing hides no other."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Literal

from attrs import frozen

from polyreel import accounts as configuration
from polyreel.accounts import Account
from polyreel.cli import reporting
from polyreel.configuration.file import config_path
from polyreel.errors import ConfigurationError, PolyreelError
from polyreel.http import routes
from polyreel.http.connection import Connection
from polyreel.http.pacing import Policy
from polyreel.http.redaction import printable
from polyreel.http.urls import origin
from polyreel.hub import Hub
from polyreel.models import Kind
from polyreel.provider import Provider
from polyreel.registry import Registry

# Somebody waits for this response: better none than one that comes after four attempts.
_IMPATIENT = Policy(timeout=15, attempts=1)

_LONGEST_UNREAD = 90  # days


@frozen
class Check:
    """One finding: ``ok``, ``note`` (worth knowing) or ``broken``; about what, and in words."""

    state: Literal["ok", "note", "broken"]
    subject: str
    text: str


def everything(*, online: bool) -> Iterator[Check]:
    """Check all there is, step by step.

    Args:
        online: Also make one cheap request per account.
    """
    yield Check("ok", "polyreel", f"{version('polyreel')}, Python {platform.python_version()}")
    with reporting.quiet():  # broken plugins are findings here, and strict mode hides no others
        registry = Registry({**os.environ, "POLYREEL_STRICT_PLUGINS": ""})
        providers = registry.providers()
    yield from _plugins(registry)
    yield _network()
    try:
        yield from _file(providers)
        with reporting.quiet():  # what stands in the file in vain has been said
            hub = Hub(policy=_IMPATIENT, registry=registry)
    except ConfigurationError as error:
        yield Check("broken", "configuration", str(error))
        return
    if not hub.accounts:
        wanted = [configuration.variable(each, "API_KEY") for each in hub.providers]
        yield Check("note", "accounts", f"none is configured: set one of {', '.join(wanted)}")
    with hub:
        for name in hub.accounts:
            yield from _account(hub, name, online)


def show(checks: Iterable[Check]) -> bool:
    """Print checks as they are made, and tell whether nothing is broken."""
    from polyreel.cli.tables import print_cells

    styles = {"ok": "green", "note": "yellow", "broken": "red"}
    whole = True
    for check in checks:
        whole = whole and check.state != "broken"
        text = printable(f"{check.subject}: {check.text}", 2000)
        print_cells([(check.state, 6, styles[check.state]), (text, 0, "")])
        sys.stdout.flush()
    return whole


def _plugins(registry: Registry) -> Iterator[Check]:
    for name in sorted({*registry.names, *registry.failures}):
        if name in registry.failures:
            yield Check("broken", f"plugin {name}", str(registry.failures[name]))
        else:
            yield _docs(name, registry)


def _docs(name: str, registry: Registry) -> Check:
    """Say of what day a plugin's documentation is, and note it where nobody has looked for long."""
    lifecycle = registry.provider(name).lifecycle
    said = f"{registry.distribution(name)}, made from docs of {lifecycle.retrieved}"
    if lifecycle.checked is not None:
        said += f", which still said the same on {lifecycle.checked}"
    newest = max(lifecycle.retrieved, lifecycle.checked or lifecycle.retrieved)
    days = (datetime.now(UTC).date() - newest).days
    if days <= _LONGEST_UNREAD:
        return Check("ok", f"plugin {name}", said)
    return Check(
        "note", f"plugin {name}", f"{said}: {days} days ago, so the API may have changed since"
    )


def _network() -> Check:
    try:
        way = routes.usable("https://api.example.com", secret=True)
    except ConfigurationError as error:
        return Check("broken", "network", str(error))
    through = f"through {way}" if way.proxy else "directly"
    return Check("ok", "network", f"{through}; trusted certificates: {routes.trusted()}")


def _file(providers: list[Provider]) -> Iterator[Check]:
    path = config_path()
    vain = configuration.vain(providers)
    there = f"{path}, after the environment"
    alone = f"the environment alone; there is no {path}"
    yield Check("ok", "configuration", there if path.exists() else alone)
    for sentence in vain:
        yield Check("note", "configuration", sentence)


def _account(hub: Hub, name: str, online: bool) -> Iterator[Check]:
    subject = f"account {name}"
    try:
        connection = hub._planner.connection(name)
        way = routes.usable(connection.base_url, secret=bool(connection.secrets))
    except PolyreelError as error:
        yield Check("broken", subject, str(error))
        return
    scheme, host, port = origin(connection.base_url)
    key = hub.accounts[name].key_from
    how = f"with the key from {key}" if key else "without a key"
    through = f", through {way}" if way.proxy else ""
    yield Check(
        "ok", subject, f"{connection.provider.title} at {scheme}://{host}:{port}, {how}{through}"
    )
    yield from _lifecycle(subject, connection, hub.accounts[name])
    if online:
        yield _response(hub, name, connection)


def _lifecycle(subject: str, connection: Connection, account: Account) -> Iterator[Check]:
    lifecycle = connection.provider.lifecycle
    if origin(connection.base_url) != origin(connection.provider.base_url) or not lifecycle.sunset:
        return
    unasked = " It is asked only when it is named." if account.only_by_name else ""
    state = lifecycle.service(datetime.now(UTC).date())
    yield Check("note", subject, f"the service {state}: {lifecycle.note}.{unasked}")


def _response(hub: Hub, name: str, connection: Connection) -> Check:
    kinds: list[Kind] = [
        kind for kind, able in connection.provider.resources.items() if able.can_list
    ]
    if not kinds:
        return Check("note", f"account {name}", "not asked: its provider can't list")
    try:
        found = len(list(getattr(hub, kinds[0]).list(account=name, limit=1)))
    except PolyreelError as error:
        return Check("broken", f"account {name}", str(error))
    return Check(
        "ok", f"account {name}", f"answered; {kinds[0]}: {'some' if found else 'none yet'}"
    )
