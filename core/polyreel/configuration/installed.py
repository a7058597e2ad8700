"""Installed plugins, before any is imported; one with broken metadata costs itself alone."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from importlib.metadata import Distribution, EntryPoint, distributions, entry_points
from typing import Any, TextIO

PROVIDERS = "polyreel.providers"
PLUGINS = "polyreel.plugins"
KEYS = "polyreel.keys"


class Terminated(SystemExit):
    """The program was told to end, by SIGTERM, and not by a plugin's code."""


class Interrupted(KeyboardInterrupt):
    """Somebody pressed Ctrl-C while a plugin was imported, and it wasn't the plugin that raised it."""


def points(group: str) -> tuple[list[EntryPoint], dict[str, str]]:
    """Return a group's entry points, and what can't be read: a sentence each, by distribution."""
    try:
        return list(entry_points(group=group)), {}
    except Exception:  # noqa: BLE001 - one malformed file, whatever it is; find out which
        return _one_by_one(group)


def distribution(point: EntryPoint) -> str:
    """Return the distribution of an entry point, such as ``polyreel 0.1.0``."""
    if point.dist is None:
        return point.value
    name, version = _name_and_version(point.dist)
    return f"{name} {version}" if version else f"{name} (its METADATA can't be read)"


def _one_by_one(group: str) -> tuple[list[EntryPoint], dict[str, str]]:
    found: list[EntryPoint] = []
    broken: dict[str, str] = {}
    for name, each in _first_of_each_name():
        try:
            found += [point for point in each.entry_points if point.group == group]
        except Exception as error:  # noqa: BLE001 - it is named, and the others are used
            broken[name] = (
                f"the entry_points.txt of {name} can't be read ({type(error).__name__}: {error}); "
                "install it anew, or uninstall it"
            )
    return found, broken


def _first_of_each_name() -> Iterator[tuple[str, Distribution]]:
    """Yield what Python would import: the first distribution of each name on the path."""
    seen = set()
    for each in distributions():
        name = _name_and_version(each)[0]
        if name.lower().replace("_", "-") not in seen:
            seen.add(name.lower().replace("_", "-"))
            yield name, each


def _name_and_version(of: Distribution) -> tuple[str, str]:
    """Return a distribution's name and version, from its folder where its metadata is broken."""
    with suppress(Exception):  # not UTF-8, say
        if name := of.metadata["Name"]:
            return name, of.metadata["Version"] or ""
    stem = str(getattr(of, "_path", "a distribution without a name")).rpartition("/")[2]
    return stem.partition("-")[0], ""


class PluginSelection:
    """What ``POLYREEL_PLUGINS`` lets in: named plugins alone, or all but those with a minus."""

    def __init__(self, setting: str) -> None:
        words = [word.strip() for word in setting.split(",") if word.strip()]
        self._blocked = {word[1:] for word in words if word.startswith("-")}
        self._allowed = {word for word in words if not word.startswith("-")}

    def __contains__(self, name: str) -> bool:
        return name not in self._blocked and (not self._allowed or name in self._allowed)


_output = threading.RLock()  # one plugin's import may lead to another's


@contextmanager
def plugin_code() -> Iterator[None]:
    """Import a plugin: what it prints goes to stderr, and a Ctrl-C raises :class:`Interrupted`."""
    stream: Any = sys.stderr and _Kept(sys.stderr)
    with _output, redirect_stdout(stream), redirect_stderr(stream), _interruptible():
        yield


@contextmanager
def _interruptible() -> Iterator[None]:
    """Tell a real Ctrl-C from a KeyboardInterrupt that a plugin raises itself."""
    before: Any = signal.getsignal(signal.SIGINT)

    def interrupt(number: int, frame: Any) -> None:
        try:
            before(number, frame)
        except KeyboardInterrupt:
            raise Interrupted from None

    handled = callable(before)
    if handled:
        try:
            signal.signal(signal.SIGINT, interrupt)
        except ValueError:  # not in the main thread, to which no signal comes
            handled = False
    try:
        yield
    finally:
        if handled:
            signal.signal(signal.SIGINT, before)


class _Kept:
    """A stream to write to, but not to close."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def close(self) -> None:
        self._stream.flush()
