"""docs/cli.md: the whole command line's help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer
from polyreel.cli.root import command
from typer.cli import get_docs_for_click

_TITLE = "The command line"
_INTRODUCTION = """\
<!-- Written by make docs, from the help of each command: polyreel COMMAND --help -->

"""

_EXAMPLES = re.compile(r"^Examples:\n((?:  .*\n?)+)", re.MULTILINE)


def page() -> str:
    """Return the page: each command with its arguments, options and examples."""
    root = command()
    for each in _commands(root):
        each.short_help = (each.help or "").strip().partition("\n\n")[0]
    text = get_docs_for_click(obj=root, ctx=typer.Context(root), name="polyreel", title=_TITLE)
    title, _, rest = text.partition("\n\n")
    rest = "\n".join(line.rstrip() for line in rest.splitlines())
    return f"{title}\n\n{_INTRODUCTION}{_EXAMPLES.sub(_fenced, rest).strip()}\n"


def _commands(group: Any) -> Iterator[Any]:
    for each in group.commands.values():
        yield each
        if hasattr(each, "commands"):
            yield from _commands(each)


def _fenced(match: re.Match[str]) -> str:
    lines = "\n".join(f"$ {line.strip()}" for line in match[1].splitlines())
    return f"Examples:\n\n```console\n{lines}\n```\n"
