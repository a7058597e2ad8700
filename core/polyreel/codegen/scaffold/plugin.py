"""The plugin module of a new provider, as text: one small template for each part of it.

Whatever comes from a document is written as a Python literal or is a name that the generator made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from attrs import frozen

from polyreel.codegen.diff.symbols import class_name
from polyreel.codegen.scaffold.access import Access
from polyreel.codegen.scaffold.guesses import FieldGuess
from polyreel.codegen.scaffold.hook_writer import HookWriter
from polyreel.codegen.scaffold.resources import ResourceDraft, render_resource
from polyreel.codegen.scaffold.wording import names
from polyreel.openapi.documents import Document
from polyreel.openapi.names import pascal

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
        access: How the key travels, and what else an account needs.
        docs: The address of its reference.
        client: The import name of its client package.
        document: The spec, overlay applied.
        resources: What it lists and gets.
        today: When the facts were read.
    """

    name: str
    title: str
    base_url: str
    access: Access
    docs: str
    client: str
    document: Document
    resources: Sequence[ResourceDraft]
    today: date

    def render(self) -> str:
        """Write the module; it still has to be formatted."""
        listed = [each for each in self.resources if each.choice.list]
        got = [each for each in self.resources if each.choice.get]
        parts = [self._head(), self._provider()]
        hooks = HookWriter(self.client, self.document)
        parts += [hooks.list(listed)] if listed else []
        parts += [hooks.get(got)] if got else []
        parts += [_SPLIT] if any("split(" in part for part in parts) else []
        parts += [_kept(each) for each in self.resources if each.keep]
        parts += [self._fields(each) for each in self.resources]
        body = "\n\n".join(dict.fromkeys(parts))  # lists that are read alike give the same
        if re.search(r"\bMapping\b", body):
            start = "if TYPE_CHECKING:\n"
            body = body.replace(start, f"{start}    from collections.abc import Mapping\n\n", 1)
        return f"{self._start(body)}\n{body}"

    def _head(self) -> str:
        names = sorted(
            {_renamed(class_name(each.component), self._model(each)) for each in self.resources}
        )
        lines = f"    from {self.client}.models import {', '.join(names)}\n"
        return f"if TYPE_CHECKING:\n{lines}"

    def _start(self, body: str) -> str:
        """Write the docstring and the imports that the rest needs."""
        styles: dict[str, dict[str, None]] = {}
        for each in self.resources:
            style = _STYLES[each.paging.style] if each.paging else "one at a time"
            styles.setdefault(each.choice.kind, {})[style] = None
        what = "; ".join(f"{kind} {' or '.join(said)}" for kind, said in styles.items())
        where = re.sub(r"^https://([^/]*).*", r"\1", self.docs)
        imports = ""
        for module, public in _MODULES.items():
            if used := sorted(name for name in public if re.search(rf"\b{name}\b", body)):
                imports += f"from {module} import {', '.join(used)}\n"
        typing = "TYPE_CHECKING, Any" if re.search(r"\bAny\b", body) else "TYPE_CHECKING"
        evolve = "from attrs import evolve\n" if re.search(r"\bevolve\(", body) else ""
        return (
            f'"""{self.title}: {what}. Facts: {where}, {self.today.isoformat()}."""\n\n'
            "from __future__ import annotations\n\n"
            "from datetime import date\n"
            "from functools import cache\n"
            f"from typing import {typing}\n\n{evolve}"
            f"{imports}"
        )

    def _model(self, each: ResourceDraft) -> str:
        name = class_name(each.component)
        prefix = pascal(self.title) if pascal(self.title)[:1].isalpha() else pascal(self.name)
        return f"{prefix}{name}" if name in {*_PUBLIC, "Mapping", "Any"} else name

    def _provider(self) -> str:
        kinds = dict.fromkeys(each.choice.kind for each in self.resources)
        resources = ",\n".join(
            f"            {kind!r}: "
            f"{render_resource([each for each in self.resources if each.choice.kind == kind])}"
            for kind in kinds
        )
        comment = f"        {guessed}\n" if (guessed := self.access.guess.comment) else ""
        today = f"date({self.today.year}, {self.today.month}, {self.today.day})"
        headers = f"        headers={dict(self.access.headers)!r},\n" if self.access.headers else ""
        said = ", ".join(
            f"{name!r}: Setting({about!r}{f', default={default!r}' if default else ''})"
            for name, (about, default) in self.settings.items()
        )
        settings = f"        settings={{{said}}},\n" if said else ""
        return f'''
@hookimpl
def polyreel_provider() -> Provider:
    """Describe {self.title}."""
    return Provider(
        name={self.name!r},
        title={self.title!r},
        base_url={self.base_url!r},
{comment}        auth={self.access.expression},
        resources={{
{resources}
        }},
        lifecycle=Lifecycle(retrieved={today}),
        client={self.client!r},
        docs={self.docs!r},
{headers}{settings}    )
'''.lstrip()

    @property
    def settings(self) -> dict[str, tuple[str, str]]:
        """What an account needs besides its key: by name, what it is, and its usual value or ""."""
        found = dict(self.access.settings)
        for each in self.resources:
            for one in each.choice.operations():
                for parameter, name in one.settings.items():
                    found[name] = (f"{parameter} of {one.name}", "")
        return found

    def _fields(self, each: ResourceDraft) -> str:
        model, plain = self._model(each), class_name(each.component)
        one = each.choice.list or each.choice.get
        assert one
        read = [found for found in each.fields if found.expression]
        same = tuple(found.ours for found in read if _is_same(found))
        mapped = "\n".join(_mapped(found) for found in read if not _is_same(found))
        same_line = f"        same={same!r},\n" if same else ""
        both = each.choice.list and each.choice.get
        from_where = ", listed or alone," if both else ""
        what = each.one
        article = "an" if what[:1] in "aeio" else "a"
        return f'''
@cache
def {each.mapping}() -> FieldMap[{each.ours}, {model}]:
    """Say where {article} {what}{from_where} holds our fields."""
    from {self.client}.models import {_renamed(plain, model)}

    return FieldMap(
        {each.ours},
        {model},
        id={one.id or "id"!r},
{same_line}        fields={{
{mapped}
        }},
    )
'''.lstrip()


_SPLIT = '''
def split(filters: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Split the filters that take several values, where they came as one text with commas."""
    return {
        name: value.split(",") if name in names and isinstance(value, str) else value
        for name, value in filters.items()
    }
'''.lstrip()


def _kept(each: ResourceDraft) -> str:
    what, one = each.slug, each.one
    get = each.choice.get
    path = f", {'.'.join(get.keys)!r}" if get and get.keys else ""
    reader = f'''

def read_{what}(response: Response) -> {each.ours}:
    """Read one item, if it is a {one}."""
    item = response.item({each.mapping}(){path})
    if not is_{what}(item):
        raise NotFound(f"{{item.id}} is no {one}")
    return item
'''
    return (
        f'''
def is_{what}(item: {each.ours}) -> bool:
    """Tell whether an item is a {one}; the list holds other things, too."""
    return {each.keep}
{reader if get else ""}'''.strip()
        + "\n"
    )


_MODULES = {
    "polyreel": names(
        "FieldMap ListQuery Page Replica Request Response Video convert hookimpl paging"
    ),
    "polyreel.auth": names("Basic Bearer HeaderKey"),
    "polyreel.errors": names("NotFound"),
    "polyreel.provider": names("Lifecycle Provider Resource Setting"),
}
_PUBLIC = {name for public in _MODULES.values() for name in public}


def _renamed(name: str, ours: str) -> str:
    return name if name == ours else f"{name} as {ours}"


def _is_same(found: FieldGuess) -> bool:
    """Say whether the API calls a field as we do, beyond doubt."""
    return found.expression == f"it.{found.ours}" and not found.guess.comment


def _mapped(found: FieldGuess) -> str:
    """Write the mapping of one field, with the reason behind it, or above where the line is full."""
    line = f"            {found.ours!r}: lambda it: {found.expression},"
    note = found.guess.comment
    if not note:
        return line
    return f"{line}  {note}" if len(line) + len(note) < 98 else f"            {note}\n{line}"
