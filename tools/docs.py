"""Write the documents that are made from the code, or check them: ``python tools/docs.py [--check]``."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from types import FunctionType

from polyreel import hookspecs
from polyreel.accounts import variable
from polyreel.codegen.diff import handbook
from polyreel.provider import Provider, Resource
from polyreel.registry import Registry

ROOT = Path(__file__).resolve().parent.parent


def hooks() -> str:
    """Give the reference of the hooks, from their docstrings."""
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
    """Give a hook's section."""
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


def providers(now: str) -> str:
    """Give a text whose table of providers is written anew, from what their plugins say."""
    begin, end = "<!-- providers: written by make docs -->\n", "<!-- /providers -->"
    before, _, rest = now.partition(begin)
    rows = [_row(provider) for provider in _ours()]
    return "".join(
        [before, begin, "\n".join([*_PROVIDERS, *rows]), "\n", end, rest.partition(end)[2]]
    )


_PROVIDERS = (
    "| provider | videos | replicas | key | service |",
    "| --- | --- | --- | --- | --- |",
)


def _ours() -> list[Provider]:
    registry = Registry({})
    ours = [name for name in registry.names if registry.distribution(name).startswith("polyreel ")]
    return [registry.provider(name) for name in ours]


def _row(provider: Provider) -> str:
    until = provider.lifecycle.sunset
    cells = (
        f"[{provider.title}]({provider.docs}) (`{provider.name}`)",
        _abilities(provider.resources.get("videos")),
        _abilities(provider.resources.get("replicas")),
        f"`{variable(provider, 'API_KEY')}`",
        f"ended {until}; compatible servers by base URL" if until else "active",
    )
    return f"| {' | '.join(cells)} |"


def _abilities(resource: Resource | None) -> str:
    if resource is None:
        return "–"
    words = [word for word, can in (("list", resource.can_list), ("get", resource.can_get)) if can]
    options = [
        *(f"`{name}`" for name in sorted(resource.filters)),
        *(["order"] * bool(resource.orders)),
    ]
    return ", ".join(words) + (f" (by {', '.join(options)})" if options else "")


def faults() -> str:
    """Give the table of faults, from the marks of the tests that show each."""
    rows = [
        f"| {what} | {sees} | [{name}](../{path.relative_to(ROOT)}) |"
        for path in sorted((ROOT / "tests/e2e").glob("test_*.py"))
        for what, sees, name in _faults(ast.parse(path.read_text("utf-8")))
    ]
    return "\n".join([_RELIABILITY, *rows]) + "\n"


_RELIABILITY = """\
# What goes wrong, and what a caller sees

<!-- Written by make docs, from the marks of the tests that are linked in each line -->

Every line holds for both hubs, blocking and asynchronous, and for every provider, since plugins do no I/O:
one transport performs all requests, and one engine decides how every listing goes on. Each is shown by a test
over a real socket. `Policy` sets the times and numbers.

| what happens | what the caller sees | shown by |
| --- | --- | --- |"""


def _faults(module: ast.Module) -> Iterator[tuple[str, str, str]]:
    for function in (node for node in module.body if isinstance(node, ast.FunctionDef)):
        for mark in function.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
                what, sees = (ast.literal_eval(argument) for argument in mark.args)
                yield what, sees, function.name.removeprefix("test_").replace("_", " ")


DOCUMENTS: Mapping[str, Callable[[str], str]] = {
    "README.md": providers,
    "docs/hooks.md": lambda _: hooks(),
    "docs/reliability.md": lambda _: faults(),
    "docs/diff-rules.md": lambda _: handbook.page(),
}
"""Each document's path, and what makes it of what stands there now."""


def main() -> int:
    """Write what is stale, or with --check name it and fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file is stale"
    )
    check = parser.parse_args().check
    stale = 0
    for name, make in DOCUMENTS.items():
        path = ROOT / name
        now = path.read_text("utf-8") if path.exists() else ""
        if (wanted := make(now)) == now:
            continue
        stale += 1
        if check:
            print(f"{name} is stale; run: make docs", file=sys.stderr)
        else:
            path.write_text(wanted, "utf-8")
            print(f"{name}: written")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
