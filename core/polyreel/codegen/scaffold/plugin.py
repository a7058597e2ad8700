"""The plugin module of a new provider, as text: one small template for each part of it.

Whatever comes from a document is written as a Python literal or is a name that the generator made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from polyreel.codegen.diff.symbols import class_name, function_name, package_name
from polyreel.codegen.scaffold.arguments import Arguments
from polyreel.codegen.scaffold.candidates import Candidate
from polyreel.codegen.scaffold.field_guesses import FieldGuess
from polyreel.codegen.scaffold.page_reading import page_reader
from polyreel.codegen.scaffold.resources import Resource, render_resource
from polyreel.codegen.scaffold.server_and_key import Auth
from polyreel.codegen.scaffold.wording import names
from polyreel.openapi.documents import Document
from polyreel.openapi.names import pascal
from polyreel.openapi.view import SchemaView

_STYLES = {
    "page": "by page number", "offset": "by offset", "token": "by token", "last_id": "by last id",
    "next_url": "by next URL", "whole": "all at once",
}  # fmt: skip


@frozen(kw_only=True)
class Plugin:
    """All that a plugin module is made of.

    Attributes:
        name: The provider's name.
        title: Its name for people.
        base_url: Where its API is.
        auth: How the key travels.
        docs: The address of its reference.
        client: The import name of its client package.
        document: The spec, overlay applied.
        resources: What it lists and gets.
        today: When the facts were read.
    """

    name: str
    title: str
    base_url: str
    auth: Auth
    docs: str
    client: str
    document: Document
    resources: Sequence[Resource]
    today: date

    def render(self) -> str:
        """Write the module; it still has to be formatted."""
        listed = [each for each in self.resources if each.choice.list]
        got = [each for each in self.resources if each.choice.get]
        parts = [self._head(), self._provider()]
        parts += [self._list(listed)] if listed else []
        parts += [self._get(got)] if got else []
        parts += (
            [_SEVERAL] if any(each.arguments and each.arguments.several for each in listed) else []
        )
        parts += [self._fields(each) for each in self.resources]
        body = "\n\n".join(parts)
        return f"{self._start(body)}\n{body}"

    def _head(self) -> str:
        names = sorted(
            {f"{class_name(each.component)} as {self._model(each)}" for each in self.resources}
        )
        return f"if TYPE_CHECKING:\n    from {self.client}.models import {', '.join(names)}\n"

    def _start(self, body: str) -> str:
        """Write the docstring and the imports that the rest needs."""
        styles = {
            each.choice.kind: _STYLES[each.paging.style] if each.paging else "one at a time"
            for each in self.resources
        }
        what = "; ".join(f"{kind} {style}" for kind, style in styles.items())
        where = re.sub(r"^https://([^/]*).*", r"\1", self.docs)
        used = sorted(name for name in _PUBLIC if re.search(rf"\b{name}\b", body))
        typing = "TYPE_CHECKING, Any" if re.search(r"\bAny\b", body) else "TYPE_CHECKING"
        return (
            f'"""{self.title}: {what}. Facts: {where}, {self.today.isoformat()}."""\n\n'
            "from __future__ import annotations\n\n"
            "from datetime import date\n"
            "from functools import cache\n"
            f"from typing import {typing}\n\n"
            f"from polyreel import (\n    {f',{chr(10)}    '.join(used)},\n)\n"
        )

    def _model(self, each: Resource) -> str:
        prefix = pascal(self.title) if pascal(self.title)[:1].isalpha() else pascal(self.name)
        return f"{prefix}{class_name(each.component)}"

    def _provider(self) -> str:
        resources = "".join(
            f"            {each.choice.kind!r}: {render_resource(each)},\n"
            for each in self.resources
        )
        env = f"{self.name.upper()}_API_KEY"
        if (self.auth.header, self.auth.prefix) == ("Authorization", "Bearer "):
            auth = f"Bearer(env={env!r})"
        else:
            prefix = f", prefix={self.auth.prefix!r}" if self.auth.prefix else ""
            auth = f"HeaderKey({self.auth.header!r}, env={env!r}{prefix})"
        comment = f"        {guessed}\n" if (guessed := self.auth.guess.comment) else ""
        today = f"date({self.today.year}, {self.today.month}, {self.today.day})"
        return f'''
@hookimpl
def polyreel_provider() -> Provider:
    """Describe {self.title}."""
    return Provider(
        name={self.name!r},
        title={self.title!r},
        base_url={self.base_url!r},
{comment}        auth={auth},
        resources={{
{resources}        }},
        lifecycle=Lifecycle(retrieved={today}),
        client={self.client!r},
        docs={self.docs!r},
    )
'''.lstrip()

    def _list(self, listed: Sequence[Resource]) -> str:
        one = listed[0].ours if len(listed) == 1 else "Any"
        kind = "" if len(listed) == 1 else "kind: str, "
        body = "\n".join(_branches(listed, self._list_one))
        return f'''
@hookimpl
def polyreel_list({kind}query: ListQuery) -> Request[Page[{one}]]:
    """Ask for one page of {" or ".join(each.choice.kind for each in listed)}."""
{body}
'''.lstrip()

    def _list_one(self, each: Resource) -> Iterator[str]:
        assert each.choice.list
        assert each.paging
        assert each.arguments
        function, module = self._endpoint(each.choice.list)
        yield f"from {module} import {function}"
        yield ""
        read = page_reader(each.mapping, each.choice.list.keys, each.paging)
        if comment := each.paging.guess.comment:
            yield comment
        if each.paging.style == "next_url":
            name = f"read_{each.choice.kind}"
            yield f"{name} = {read}"
            yield "if query.cursor:"
            yield f'    return Request(method="GET", path=query.cursor, read={name})'
            read = name
        yield "return Request.of("
        yield f"    {function},"
        yield from (f"    {argument}," for argument in each.arguments.render())
        yield f"    read={read},"
        yield ")"

    def _get(self, got: Sequence[Resource]) -> str:
        one = got[0].ours if len(got) == 1 else "Any"
        kind = "" if len(got) == 1 else "kind: str, "
        body = "\n".join(_branches(got, self._get_one))
        return f'''
@hookimpl
def polyreel_get({kind}id: str) -> Request[{one}]:
    """Ask for one {" or ".join(each.ours.lower() for each in got)}."""
{body}
'''.lstrip()

    def _get_one(self, each: Resource) -> Iterator[str]:
        one = each.choice.get
        assert one
        function, module = self._endpoint(one)
        operation = self.document["paths"][one.path]["get"]
        keys = "".join(f", {key!r}" for key in one.keys)
        yield f"from {module} import {function}"
        yield ""
        yield "return Request.of("
        yield f"    {function},"
        view = SchemaView(self.document)
        asked = Arguments.of_get(view, operation, one.parameter)
        yield from (f"    {argument}," for argument in asked.render())
        if statuses := _missing(operation):
            yield f"    missing=frozenset({{{', '.join(map(str, statuses))}}}),"
        yield f"    read=lambda response: response.item({each.mapping}(){keys}),"
        yield ")"

    def _endpoint(self, one: Candidate) -> tuple[str, str]:
        operation = self.document["paths"][one.path]["get"]
        return (
            function_name(operation, "get", one.path),
            f"{self.client}.{package_name(operation)}",
        )

    def _fields(self, each: Resource) -> str:
        model, plain = self._model(each), class_name(each.component)
        one = each.choice.list or each.choice.get
        assert one
        mapped = "\n".join(_mapped(found) for found in each.fields)
        both = each.choice.list and each.choice.get
        from_where = ", from a list or alone" if both else ""
        return f'''
@cache
def {each.mapping}() -> FieldMap[{each.ours}, {model}]:
    """Map a {each.ours.lower()}{from_where}."""
    from {self.client}.models import {plain} as {model}

    return FieldMap(
        {each.ours},
        {model},
        id={one.id!r},
        fields={{
{mapped}
        }},
    )
'''.lstrip()


_SEVERAL = '''
def several(value: Any) -> Any:
    """Split a filter that takes a list, where it came as one text."""
    return value.split(",") if isinstance(value, str) else value
'''.lstrip()

_PUBLIC = names(
    "Bearer Request FieldMap HeaderKey Lifecycle ListQuery Page Provider Replica Resource Video "
    "convert hookimpl paging"
)


def _mapped(found: FieldGuess) -> str:
    """Write the mapping of one field, with the reason behind it, or above where the line is full."""
    line = f"            {found.ours!r}: lambda it: {found.expression},"
    note = found.guess.comment
    if not note:
        return line
    return f"{line}  {note}" if len(line) + len(note) < 98 else f"            {note}\n{line}"


def _missing(operation: Document) -> list[int]:
    """Give the statuses that say "no such item", where 404 isn't documented but another one is."""
    said = operation["responses"]
    other = next((status for status in (400, 422) if str(status) in said), None)
    return [] if "404" in said or other is None else [other, 404]


def _branches(resources: Sequence[Resource], write: Any) -> Iterator[str]:
    """Write what is done for each kind, the last one without a condition."""
    for number, each in enumerate(resources):
        last = number == len(resources) - 1
        if not last:
            yield f"    if kind == {each.choice.kind!r}:"
        indent = "    " if last else "        "
        yield from (f"{indent}{line}" if line else "" for line in write(each))
        if not last:
            yield ""
