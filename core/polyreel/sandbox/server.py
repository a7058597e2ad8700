"""The sandbox on a loopback port, in a thread of this process."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import frozen

from polyreel.accounts import Account, variable
from polyreel.errors import ConfigurationError, SpecError
from polyreel.http import loopback
from polyreel.models import Kind
from polyreel.provider import Provider
from polyreel.registry import Registry
from polyreel.sandbox import served_spec as specs
from polyreel.sandbox.clock import Clock
from polyreel.sandbox.fixture_items import COUNTS
from polyreel.sandbox.key_check import KEY, settings
from polyreel.sandbox.served_spec import Spec

if TYPE_CHECKING:
    from starlette.applications import Starlette

_log = logging.getLogger("polyreel")


@frozen(kw_only=True)
class Sandbox:
    """A running sandbox.

    Attributes:
        origin: Where it listens, such as ``http://127.0.0.1:8765``.
        files: The origin of the files that items link to: another port of this machine.
        providers: Whom it serves, by name.
        clock: Its time. The newest items of each kind are ready some minutes after the start, and
            links to files end; ``clock.advance(120)`` lets two minutes pass.
    """

    origin: str
    files: str
    providers: Mapping[str, Provider]
    clock: Clock

    def url(self, provider: str) -> str:
        """Return a provider's base URL, such as ``http://127.0.0.1:8765/openai/v1``.

        Raises:
            ConfigurationError: The sandbox doesn't serve it.
        """
        if provider not in self.providers:
            raise ConfigurationError(
                f"the sandbox doesn't serve {provider!r}; it has {', '.join(self.providers) or 'none'}",
                provider=provider,
            )
        return self.origin + specs.prefix(self.providers[provider])

    def accounts(self) -> list[Account]:
        """Return one account per provider, with the sandbox's key, for ``Hub(box.accounts())``."""
        return [
            Account(
                name=name,
                provider=name,
                key=KEY,
                base_url=self.url(name),
                settings=settings(provider),
            )
            for name, provider in self.providers.items()
        ]

    def environment(self) -> dict[str, str]:
        """Return the environment variables that make polyreel use this sandbox."""
        found = {}
        for name, provider in self.providers.items():
            found[variable(provider, "BASE_URL")] = self.url(name)
            found[variable(provider, "API_KEY")] = KEY
            for setting, value in settings(provider).items():
                found[variable(provider, setting.upper())] = value
        return found


def app(
    providers: Iterable[Provider] | None = None, *, items: Mapping[Kind, int] = COUNTS
) -> Starlette:
    """Make the ASGI application, for a server or a test client of one's own.

    Args:
        providers: Whom to serve, each under its name; None for all that are installed.
        items: How many items of each kind every provider has.

    Raises:
        ConfigurationError: Starlette isn't installed.
        SpecError: A provider that was asked for has no spec that can be served.
    """
    return _application(_load(providers), items)


@contextmanager
def serve(
    providers: Iterable[Provider] | None = None,
    *,
    port: int = 0,
    items: Mapping[Kind, int] = COUNTS,
    clock: Clock | None = None,
) -> Iterator[Sandbox]:
    """Serve providers' wire protocols and files on this machine as long as the context lasts.

    Args:
        providers: Whom to serve; None for all that are installed.
        port: Where; 0 for any free port. Files have a free port of their own.
        items: How many items of each kind every provider has.
        clock: Its time; None for one that stands still until it is moved.

    Raises:
        ConfigurationError: The extra isn't installed, or the port is taken.
        SpecError: A provider that was asked for has no spec that can be served.

    Example::

        with sandbox.serve() as box, Hub(box.accounts()) as hub:
            print(len(list(hub.videos.list())))
    """
    loaded, clock = _load(providers), clock or Clock()
    with loopback.listener(port) as listener, loopback.listener(0) as file_listener:
        files = loopback.origin(file_listener)
        application = _application(loaded, items, clock=clock, files=files)
        with loopback.running(application, [listener, file_listener]):
            yield Sandbox(
                origin=loopback.origin(listener),
                files=files,
                providers={one.provider.name: one.provider for one in loaded},
                clock=clock,
            )


def _load(providers: Iterable[Provider] | None) -> list[Spec]:
    if providers is not None:
        return [specs.load(provider) for provider in providers]
    loaded = []
    for provider in Registry().providers():
        try:
            loaded.append(specs.load(provider))
        except SpecError as error:  # one provider's broken package never costs the others
            _log.warning("left out of the sandbox: %s", error)
    return loaded


def _application(
    loaded: Iterable[Spec],
    items: Mapping[Kind, int],
    *,
    clock: Clock | None = None,
    files: str | None = None,
) -> Starlette:
    try:
        import uvicorn  # noqa: F401 - both or none: they come with one extra

        from polyreel.sandbox import asgi
    except ImportError as error:
        raise ConfigurationError(
            f"the sandbox needs more ({error}): pip install 'polyreel[sandbox]'"
        ) from error
    return asgi.application(loaded, items, clock=clock, files=files)
