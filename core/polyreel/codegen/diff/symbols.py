"""Names in the generated client: what openapi-python-client calls things, and what was renamed.

The wire doesn't care, but code that imports a module, names an argument or checks for a class does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from polyreel.codegen.diff.constraints import Finding
from polyreel.codegen.diff.rules import shown
from polyreel.openapi.view import SchemaView

PREFIX = "field_"
"""What the generator puts before a name that Python doesn't take."""


class Symbols:
    """Finds generated symbols that were renamed between two documents."""

    def __init__(self, old: SchemaView, new: SchemaView) -> None:
        self._old = old
        self._new = new
        self._classes: set[str] | None = None

    def of_schemas(self, old: Any, new: Any) -> Iterator[Finding]:
        """Yield the renamed class of two schemas at one place."""
        before, after = _class_of(self._old, old), _class_of(self._new, new)
        if before is None or before == after:
            return
        if after is None and len(self._new.alternatives(new)) > 1:
            return  # one of several now: its members are compared one by one
        was = class_name(before)
        if was in self._new_classes():
            return
        now = "a class named after its place" if after is None else shown(class_name(after))
        yield Finding("symbol-renamed", {"what": "class", "old": shown(was), "new": now})

    def _new_classes(self) -> set[str]:
        if self._classes is None:
            self._classes = {class_name(name) for name in self._new.component_names}
        return self._classes


def _class_of(view: SchemaView, node: Any) -> str | None:
    """Return the component that a schema is, if a class is generated for it: an object, or an enum."""
    component = view.component(node)
    shape = view.of(node)
    is_class = shape.types == frozenset({"object"}) or shape.values.closed
    return component if component is not None and is_class else None


def renamed(place: str, what: str, old: str, new: str) -> Iterator[tuple[str, Finding]]:
    """Yield the finding for two generated names of one thing, where they differ."""
    if old != new:
        facts = {"what": what, "old": shown(old), "new": shown(new)}
        yield place, Finding("symbol-renamed", facts)


def class_name(component: str) -> str:
    """Return the class that is generated for a component."""
    from openapi_python_client.strings import ClassName

    return str(ClassName(component.rsplit("/", maxsplit=1)[-1], PREFIX))


def function_name(operation: dict[str, Any], method: str, path: str) -> str:
    """Return the module that is generated for an operation."""
    from openapi_python_client.parser.openapi import generate_operation_id
    from openapi_python_client.schema.untrusted_string import UntrustedString

    stated = operation.get("operationId")
    if isinstance(stated, str):
        return argument_name(stated)
    return str(generate_operation_id(path=UntrustedString(path), method=method, prefix=PREFIX))


def package_name(operation: dict[str, Any]) -> str:
    """Return the package that an operation's module is generated into: its first tag's."""
    from openapi_python_client.strings import PythonIdentifier

    tags = operation.get("tags")
    first = tags[0] if isinstance(tags, list) and tags else "default"
    return f"api.{PythonIdentifier(str(first), prefix='tag')}"


def argument_name(name: str) -> str:
    """Return the argument that is generated for a parameter."""
    from openapi_python_client.strings import PythonIdentifier

    return str(PythonIdentifier(name, prefix=PREFIX))
