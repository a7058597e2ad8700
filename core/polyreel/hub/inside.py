"""What other parts of polyreel ask of a hub, and its users don't need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polyreel.hub.hubs import AsyncHub, Hub


def secrets_of(hub: Hub | AsyncHub, account: str) -> tuple[str, ...]:
    """Return what must not be stored or shown of an account: its key and what else is secret.

    Raises:
        ConfigurationError: The account can't be used.
    """
    return hub._planner.connection(account).secrets


def notify(hub: Hub | AsyncHub, hook: str, **arguments: Any) -> None:
    """Call a hook of all plugins that have it; one that fails is logged.

    Args:
        hub: Whose plugins are called.
        hook: The hook's name, such as ``polyreel_changed``.
        arguments: The hook's arguments, by name.
    """
    hub._registry.notify(hook, **arguments)
