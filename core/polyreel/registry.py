"""Installed plugins: known by name from their entry points, imported when they are used.

One broken plugin never costs another: it is left out, and its error is kept for whoever asks for it.
``POLYREEL_STRICT_PLUGINS=1`` raises instead. ``POLYREEL_PLUGINS`` allows (``tavus,openai``) or
blocks (``-heygen``) plugins by name.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from difflib import get_close_matches
from importlib.metadata import EntryPoint
from types import MappingProxyType
from typing import Any

import pluggy
from attrs import evolve

from polyreel import hookspecs
from polyreel.configuration import installed
from polyreel.configuration.installed import KEYS, PLUGINS, PROVIDERS, ends_program
from polyreel.errors import ConfigurationError, PluginError, PolyreelError, described
from polyreel.files import File, usual_files
from polyreel.models import Item, Kind, ListQuery, Page
from polyreel.provider import Provider
from polyreel.request import Request

_log = logging.getLogger("polyreel")
_log.addHandler(logging.NullHandler())  # a library is silent unless the program asks


class Registry:
    """The plugins that one hub or command line works with.

    Args:
        environ: Where ``POLYREEL_PLUGINS`` and ``POLYREEL_STRICT_PLUGINS`` are looked up.

    Attributes:
        names: The names of the installed providers, sorted; none of them is imported for it.
        failures: The error of each plugin that could not be used, by name.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._manager = pluggy.PluginManager("polyreel")
        self._manager.add_hookspecs(hookspecs)
        self._lock = threading.RLock()
        self._strict = environ.get("POLYREEL_STRICT_PLUGINS", "") not in {"", "0"}
        self._wanted = installed.PluginSelection(environ.get("POLYREEL_PLUGINS", ""))
        self._providers: dict[str, Provider] = {}
        self._modules: dict[str, object] = {}
        self._callers: dict[tuple[str, str], pluggy.HookCaller] = {}  # with the modules there are
        self.failures: dict[str, PluginError] = {}
        self._installed = installed.read()
        for name, sentence in self._installed.broken.items():
            self._fail(name, PluginError(sentence))
        self._entry_points = self._group(PROVIDERS)
        self.names = tuple(sorted(self._entry_points))
        for name, points in self._group(PLUGINS).items():
            try:
                self._register(name, points)
            except PluginError as error:
                self._fail(name, error)

    def provider(self, name: str) -> Provider:
        """Return a provider's description, importing its plugin if need be.

        Raises:
            ConfigurationError: No such provider is installed.
            PluginError: Its plugin can't be used.
        """
        with self._lock:
            if name in self._providers:
                return self._providers[name]
            if name in self.failures:
                raise copy(self.failures[name])  # whoever gets it writes the account into it
            if name not in self._entry_points:
                raise self._unknown(name)
            try:
                self._modules[name] = self._register(name, self._entry_points[name])
                self._callers.clear()
                self._providers[name] = self._describe(name)
            except PluginError as error:
                self._unregister(self._modules.pop(name, None))
                self._callers.clear()
                self._fail(name, error)
                raise
            return self._providers[name]

    def providers(self) -> list[Provider]:
        """Return every provider that can be used, sorted by name; the others are in ``failures``."""
        found = []
        for name in self.names:
            try:
                found.append(self.provider(name))
            except PluginError:
                if self._strict:
                    raise
        return found

    def mentioned(self, environ: Mapping[str, str]) -> list[Provider]:
        """Return the providers of which the environment may configure an account.

        A plugin whose key's variable stands in the entry-point group ``polyreel.keys`` is imported only
        when a variable of its provider is set; without that line it is imported to be asked.
        """
        keys = {point.value: point.name for point in self._installed.points[KEYS]}
        found = []
        for name in self.names:
            known = (keys.get(name, ""), f"{name.upper().replace('-', '_')}_")
            if name in keys and not any(
                value and it.startswith(known) for it, value in environ.items()
            ):
                continue
            with suppress(*(() if self._strict else (PluginError,))):
                found.append(self.provider(name))
        return found

    def distribution(self, name: str) -> str:
        """Return the distribution that a provider comes from, such as ``polyreel 0.1.0``."""
        return installed.distribution(self._entry_points[name][0])

    def list_request(
        self,
        provider: str,
        kind: Kind,
        query: ListQuery,
        *,
        collection: str = "",
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> Request[Page[Any]]:
        """Ask a provider's plugin how to list one page.

        Raises:
            PluginError: The plugin failed, or gave no request.
        """
        given = {"collection": collection, "settings": settings}
        request = self._ask("polyreel_list", provider, kind=kind, query=query, **given)
        read = request.read
        # A response read with its query, so that no reader needs to be told what was asked for.
        return evolve(request, read=lambda response: read(evolve(response, query=query)))

    def get_request(
        self,
        provider: str,
        kind: Kind,
        id: str,
        *,
        collection: str = "",
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> Request[Item]:
        """Ask a provider's plugin how to get one item.

        Raises:
            PluginError: The plugin failed, or gave no request.
        """
        given = {"collection": collection, "settings": settings}
        return self._ask("polyreel_get", provider, kind=kind, id=id, **given)

    def files(self, kind: Kind, item: Item) -> tuple[File, ...]:
        """Ask an item's plugin which files it has, the most important one first.

        Raises:
            PluginError: The plugin failed, or gave something else.
        """
        found = self._call("polyreel_files", item.provider, kind=kind, item=item)
        if found is None:
            return usual_files(item)
        if not isinstance(found, tuple) or not all(isinstance(one, File) for one in found):
            what = f"gave {found!r} in polyreel_files instead of a tuple of File"
            raise self._broken(item.provider, what)
        return found

    def notify(self, hook: str, **arguments: Any) -> None:
        """Call the observers of a hook; one that fails is logged, and the request goes on."""
        caller = getattr(self._manager.hook, hook)
        if not caller.get_hookimpls():
            return
        try:
            caller(**arguments)
        except BaseException as error:  # whatever an observer does, the request goes on
            if ends_program(error):
                raise
            _log.exception("an observer failed in %s", hook)

    def commands(self, cli: Any) -> None:
        """Let plugins add their commands to the command line; one that fails is logged."""
        for plugin in self._manager.get_plugins():
            try:
                with installed.plugin_code():
                    self._only(plugin, "polyreel_commands")(cli=cli)
            except BaseException as error:  # its commands are missing, others' are there
                if ends_program(error):
                    raise
                _log.exception("%s failed in polyreel_commands", self._manager.get_name(plugin))

    def _ask(self, hook: str, provider: str, **arguments: Any) -> Request[Any]:
        request = self._call(hook, provider, **arguments)
        if not isinstance(request, Request):
            what = f"declares {arguments['kind']}, but its {hook} gave {request!r} instead of a Request"
            raise self._broken(provider, what)
        collection = arguments["collection"]
        return evolve(request, collection=collection) if collection else request

    def _call(self, hook: str, provider: str, **arguments: Any) -> Any:
        """Call a hook of one provider's plugin, and of those that wrap it."""
        self.provider(provider)
        try:
            # Hooks do no I/O, so this is short; meanwhile no other thread may add a provider.
            with self._lock:
                if (caller := self._callers.get((hook, provider))) is None:
                    # pluggy asks everybody; here other providers are not, and wrappers stay in the chain.
                    others = [module for name, module in self._modules.items() if name != provider]
                    caller = self._manager.subset_hook_caller(hook, others)
                    self._callers[hook, provider] = caller
                return caller(provider=provider, **arguments)
        except PolyreelError:
            raise
        except BaseException as error:
            if ends_program(error):
                raise
            what = f"failed in {hook}: {described(error)}"
            raise self._broken(provider, what) from error

    def _broken(self, provider: str, what: str) -> PluginError:
        who = f"the plugin of provider {provider!r} ({self.distribution(provider)})"
        return PluginError(f"{who} {what}", provider=provider)

    def _group(self, group: str) -> dict[str, list[EntryPoint]]:
        found: dict[str, list[EntryPoint]] = {}
        for point in self._installed.points[group]:
            if point.name in self._wanted and point not in found.get(point.name, ()):
                found.setdefault(point.name, []).append(point)
        return found

    def _register(self, name: str, points: list[EntryPoint]) -> object:
        if len(points) > 1:
            raise PluginError(
                f"two plugins are called {name!r}: {' and '.join(map(installed.distribution, points))}; "
                "uninstall one of them",
                provider=name,
            )
        who = f"plugin {name!r} of {installed.distribution(points[0])}"
        try:
            with installed.plugin_code():
                module: object = points[0].load()
        except BaseException as error:  # an extension module in Rust may panic with one
            if ends_program(error):
                raise
            raise PluginError(
                f"{who} can't be imported: {described(error)}", provider=name
            ) from error
        if self._manager.is_registered(module):
            raise PluginError(
                f"{who} is the module of another plugin too; each needs one of its own",
                provider=name,
            )
        try:
            self._manager.register(module)
            self._manager.check_pending()
        except (pluggy.PluginValidationError, ValueError) as error:
            self._unregister(module)
            raise PluginError(
                f"{who} doesn't fit the hooks of this polyreel; a misspelt hook, or made for a "
                f"newer version? {error}",
                provider=name,
            ) from error
        return module

    def _describe(self, name: str) -> Provider:
        who = f"plugin {name!r} of {self.distribution(name)}"
        try:
            with installed.plugin_code():
                responses = self._only(self._modules[name], "polyreel_provider")()
        except BaseException as error:
            if ends_program(error):
                raise
            raise PluginError(
                f"{who} failed in polyreel_provider: {described(error)}", provider=name
            ) from error
        if (
            len(responses) != 1
            or not isinstance(responses[0], Provider)
            or responses[0].name != name
        ):
            raise PluginError(
                f"{who} must have one polyreel_provider that gives a Provider named {name!r}; "
                f"it gave {[getattr(answer, 'name', answer) for answer in responses]}",
                provider=name,
            )
        return responses[0]

    def _only(self, plugin: object, hook: str) -> pluggy.HookCaller:
        others = [other for other in self._manager.get_plugins() if other is not plugin]
        return self._manager.subset_hook_caller(hook, others)

    def _unregister(self, module: object) -> None:
        if self._manager.is_registered(module):
            self._manager.unregister(module)

    def _fail(self, name: str, error: PluginError) -> None:
        if self._strict:
            raise error
        self.failures[name] = copy(error)
        _log.warning("left out: %s", error)

    def _unknown(self, name: str) -> ConfigurationError:
        names = ", ".join(self.names) or "none"
        near = get_close_matches(name, self.names, n=1)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        return ConfigurationError(
            f"no provider named {name!r} is installed (installed: {names}).{meant} Plugins that others "
            "publish are listed at https://pypi.org/search/?q=polyreel",
            provider=name,
        )
