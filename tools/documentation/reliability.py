"""docs/reliability.md: what callers see of each fault, from the marks of the tests that show it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def page() -> str:
    """Return the table of faults, from the marks of the tests that show each."""
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
