"""Installed plugins, before any is imported; one with broken metadata costs itself alone."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dis import opname
from functools import partial
from importlib.metadata import Distribution, EntryPoint, distributions
from threading import RLock
from typing import Any, TextIO

from attrs import frozen

from polyreel.errors import described

PROVIDERS = "polyreel.providers"
PLUGINS = "polyreel.plugins"
KEYS = "polyreel.keys"


class Terminated(SystemExit):
    """The program was told to end, by SIGTERM, and not by a plugin's code."""


def ends_program(error: BaseException) -> bool:
    """Tell whether a signal ended the program in the middle of a plugin's code, rather than that code itself.

    The code's own KeyboardInterrupt comes from a ``raise``; that of a signal comes wherever the code
    was, or from the signal's handler.
    """
    if not isinstance(error, KeyboardInterrupt):
        return isinstance(error, Terminated)
    handler: Any = signal.getsignal(signal.SIGINT)
    while isinstance(handler, partial):
        handler = handler.func
    handling = getattr(handler, "__code__", None)
    raised, trace = False, error.__traceback__
    while trace is not None:  # the last place decides
        code = trace.tb_frame.f_code
        if code is handling:
            return True
        raised = opname[code.co_code[trace.tb_lasti]] == "RAISE_VARARGS"
        trace = trace.tb_next
    return not raised


@frozen
class Installed:
    """What the installed distributions offer to polyreel, read once.

    Attributes:
        points: The entry points by group.
        broken: What can't be read: a sentence each, by distribution.
    """

    points: Mapping[str, list[EntryPoint]]
    broken: Mapping[str, str]


def read() -> Installed:
    """Read the entry points of all distributions, once for all groups."""
    points: dict[str, list[EntryPoint]] = {PROVIDERS: [], PLUGINS: [], KEYS: []}
    broken: dict[str, str] = {}
    for each in _first_of_each_name():
        try:
            text = each.read_text("entry_points.txt") or ""
            _check(text)
            for point in each.entry_points if "polyreel." in text else ():
                if point.group in points:
                    points[point.group].append(point)
        except Exception as error:  # noqa: BLE001 - it is named, and the others are used
            name = _name_and_version(each)[0]
            broken[name] = (
                f"the entry_points.txt of {name} can't be read ({described(error)}); "
                "install it anew, or uninstall it"
            )
    return Installed(points, broken)


def distribution(point: EntryPoint) -> str:
    """Return the distribution of an entry point, such as ``polyreel 0.1.0``."""
    if point.dist is None:
        return point.value
    name, version = _name_and_version(point.dist)
    return f"{name} {version}" if version else f"{name} (its METADATA can't be read)"


def _check(text: str) -> None:
    """Raise where a line of an entry_points.txt means nothing."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line
        elif line and not line.startswith(("#", ";")) and ("=" not in line or not section):
            raise ValueError(f"{line[:40]!r} stands in no [section] or has no '='")


def _first_of_each_name() -> Iterator[Distribution]:
    """Yield what Python would import: the first distribution of each name on the path."""
    seen = set()
    for each in distributions():
        name = re.sub(r"[-_.]+", "-", _folder_name(each) or _name_and_version(each)[0]).lower()
        if name not in seen:
            seen.add(name)
            yield each


def _name_and_version(of: Distribution) -> tuple[str, str]:
    """Return a distribution's name and version, from its folder where its metadata is broken."""
    with suppress(Exception):  # not UTF-8, say
        if name := of.metadata["Name"]:
            return name, of.metadata["Version"] or ""
    return _folder_name(of) or "a distribution without a name", ""


def _folder_name(of: Distribution) -> str:
    """Return a distribution's name as its folder bears it, which takes no reading; "" without one."""
    name = str(getattr(getattr(of, "_path", None), "name", ""))
    return name.removesuffix(".dist-info").removesuffix(".egg-info").partition("-")[0]


class PluginSelection:
    """What ``POLYREEL_PLUGINS`` lets in: named plugins alone, or all but those with a minus."""

    def __init__(self, setting: str) -> None:
        words = [word.strip() for word in setting.split(",") if word.strip()]
        self._blocked = {word[1:] for word in words if word.startswith("-")}
        self._allowed = {word for word in words if not word.startswith("-")}

    def __contains__(self, name: str) -> bool:
        return name not in self._blocked and (not self._allowed or name in self._allowed)


_output = RLock()  # one plugin's import may lead to another's


@contextmanager
def plugin_code() -> Iterator[None]:
    """Import a plugin: what it prints goes to stderr."""
    stream: Any = sys.stderr and _Kept(sys.stderr)
    with _output, redirect_stdout(stream), redirect_stderr(stream):
        yield


class _Kept:
    """A stream to write to, but not to close."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def close(self) -> None:
        self._stream.flush()
