"""docs/hooks.md: the reference of the plugin hooks, from their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from textwrap import dedent
from types import FunctionType

from polyreel import hookspecs


def page() -> str:
    """Return the reference of the hooks, from their docstrings."""
    functions = [value for value in vars(hookspecs).values() if hasattr(value, "polyreel_spec")]
    return "\n".join([_HOOKS, *(line for function in functions for line in _hook(function))])


_HOOKS = """\
# The hooks

<!-- Written by make docs, from the docstrings of core/polyreel/hookspecs.py -->

A plugin is a module, or any object, with functions of these names, each marked with `@hookimpl`. It takes
whichever of a hook's arguments it needs, by name. [plugins.md](plugins.md) makes one from nothing.

Providers are found through the entry points of group `polyreel.providers`; the entry point's name is the
provider's. Plugins that are no provider (wrappers, observers, commands) are in group `polyreel.plugins`.
Hooks do no I/O: they run in front of both hubs, blocking and asynchronous, and the core performs what they
build.

Of the providers, only the one that a caller names is asked. Any other plugin may implement the same hooks:
`@hookimpl(wrapper=True)` goes around every provider's, yields once, is given what they return, and returns
that or another request.
"""


def _hook(function: FunctionType) -> Iterator[str]:
    """Yield a hook's section."""
    signature = str(inspect.signature(function)).replace("'", "")
    summary, *rest = re.split(r"\n\n(?=\S)", inspect.getdoc(function) or "")
    yield f"## `{function.__name__}`\n"
    yield f"```python\ndef {function.__name__}{signature}\n```\n"
    yield f"{summary}\n"
    for part in rest:
        title, _, body = part.partition("\n")
        body = dedent(body)
        match title:
            case "Args:":
                yield "\n".join(f"* {_argument(line)}" for line in _entries(body)) + "\n"
            case "Returns:":
                yield f"Returns: {_flowing(body)}\n"
            case "Example::":
                yield f"```python\n{body.strip()}\n```\n"
            case _:
                yield f"{part}\n"
    if function.polyreel_spec["firstresult"]:  # type: ignore[attr-defined]
        yield "Plugins are asked in turn, until one doesn't answer None.\n"


def _entries(body: str) -> list[str]:
    """Split ``name: text`` entries; a line that is indented goes on with the one before."""
    return [_flowing(entry) for entry in re.split(r"\n(?=\S)", body.strip())]


def _argument(entry: str) -> str:
    name, _, text = entry.partition(": ")
    return f"`{name}`: {text}"


def _flowing(text: str) -> str:
    return " ".join(text.split()).replace("``", "`")
