"""The hooks of a new plugin that list and get, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from polyreel.codegen.diff.symbols import function_name, package_name
from polyreel.codegen.scaffold.arguments import Arguments
from polyreel.codegen.scaffold.candidates import Candidate
from polyreel.codegen.scaffold.page_reading import page_reader
from polyreel.codegen.scaffold.parameter_roles import asked_of
from polyreel.codegen.scaffold.resources import ResourceDraft
from polyreel.openapi.documents import Document
from polyreel.openapi.names import singular
from polyreel.openapi.view import SchemaView


@frozen
class HookWriter:
    """Writes the hooks of one plugin.

    Attributes:
        client: The import name of its client package.
        document: The spec, overlay applied.
    """

    client: str
    document: Document

    def list(self, listed: Sequence[ResourceDraft]) -> str:
        """Write the hook that asks for a page."""
        one = _common(listed)
        body = "\n".join(_branches(listed, self._list_one))
        asked = "query: ListQuery" if "query." in body else ""
        return f'''
@hookimpl
def polyreel_list({_takes(listed, "list", asked)}) -> Request[Page[{one}]]:
    """Ask for one page of {" or ".join(each.named for each in listed)}."""
{body}
'''.lstrip()

    def _list_one(self, each: ResourceDraft) -> Iterator[str]:
        assert each.choice.list
        assert each.paging
        assert each.arguments
        function, module = self._endpoint(each.choice.list)
        yield f"from {module} import {function}"
        yield ""
        keep = f"is_{each.slug}" if each.keep else ""
        if comment := each.paging.guess.comment:
            yield comment
        read = page_reader(each.mapping, each.choice.list.keys, each.paging, keep)
        if each.paging.style == "next_url":
            name = f"read_{each.choice.kind}"
            yield f"{name} = {read}"
            yield "if query.cursor:"
            yield f'    return Request(method="GET", path=query.cursor, read={name})'
            read = name
        renames = each.arguments.renames and each.arguments.body is None
        yield "asked = Request.of(" if renames else "return Request.of("
        yield f"    {function},"
        yield from (f"    {argument}," for argument in each.arguments.render())
        yield f"    read={read}"  # without a comma, what fits into a line becomes one
        yield ")"
        if renames:
            yield f"return evolve(asked, params={{**asked.params, **{each.arguments.filter_values}}})"

    def get(self, got: Sequence[ResourceDraft]) -> str:
        """Write the hook that asks for an item."""
        one = _common(got)
        body = "\n".join(_branches(got, self._get_one))
        return f'''
@hookimpl
def polyreel_get({_takes(got, "get", "id: str")}) -> Request[{one}]:
    """Ask for one {" or ".join(singular(each.named) for each in got)} by its id."""
{body}
'''.lstrip()

    def _get_one(self, each: ResourceDraft) -> Iterator[str]:
        one = each.choice.get
        assert one
        function, module = self._endpoint(one)
        path = f", {'.'.join(one.keys)!r}" if one.keys else ""
        given = "" if one.id else ", id=id"  # the provider doesn't repeat it
        yield f"from {module} import {function}"
        yield ""
        yield "return Request.of("
        yield f"    {function},"
        view = SchemaView(self.document)
        entry = self.document["paths"][one.path]
        asked = Arguments.of_get(view, asked_of(view, entry, entry["get"]), one)
        yield from (f"    {argument}," for argument in asked.render())
        if statuses := _missing(entry["get"]):
            yield f"    missing=frozenset({{{', '.join(map(str, statuses))}}}),"
        read = f"lambda response: response.item({each.mapping}(){path}{given})"
        yield f"    read={f'read_{each.slug}' if each.keep else read}"
        yield ")"

    def _endpoint(self, one: Candidate) -> tuple[str, str]:
        operation = self.document["paths"][one.path][one.method]
        return (
            function_name(operation, one.method, one.path),
            f"{self.client}.{package_name(operation)}",
        )


def _takes(resources: Sequence[ResourceDraft], role: str, first: str) -> str:
    """Write what a hook takes of what it could be told."""
    operations = [getattr(each.choice, role) for each in resources]
    taken = {
        "kind: str": len({each.choice.kind for each in resources}) > 1,
        first: first,
        "collection: str": any(each.choice.collection for each in resources),
        "settings: Mapping[str, str]": any(one and one.settings for one in operations),
    }
    return ", ".join(name for name, is_needed in taken.items() if is_needed)


def _common(resources: Sequence[ResourceDraft]) -> str:
    models = {each.ours for each in resources}
    return models.pop() if len(models) == 1 else "Any"


def _missing(operation: Document) -> list[int]:
    """Return the statuses that say "no such item", where 404 isn't documented but another one is."""
    said = operation["responses"]
    other = next((status for status in (400, 422) if str(status) in said), None)
    return [] if "404" in said or other is None else [other, 404]


def _branches(resources: Sequence[ResourceDraft], write: Any) -> Iterator[str]:
    """Write a branch for each kind and list, the last one without a condition."""
    kinds = {each.choice.kind for each in resources}
    for number, each in enumerate(resources):
        last = number == len(resources) - 1
        if not last:
            asked = [f"kind == {each.choice.kind!r}"] if len(kinds) > 1 else []
            if each.choice.collection:
                asked.append(f"collection == {each.choice.collection!r}")
            yield f"    if {' and '.join(asked)}:"
        indent = "    " if last else "        "
        yield from (f"{indent}{line}" if line else "" for line in write(each))
        if not last:
            yield ""
