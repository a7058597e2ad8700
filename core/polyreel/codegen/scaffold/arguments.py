"""What a generated endpoint is called with: pages, orders, filters, and what is always the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from polyreel.codegen.diff.symbols import argument_name
from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.page_style import Paging
from polyreel.codegen.scaffold.parameters import constant
from polyreel.openapi.documents import Document
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

_WORDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number"}
_LONGEST = 45  # characters


@frozen(kw_only=True)
class Arguments:
    """The arguments of one endpoint.

    Attributes:
        fixed: The expressions of those that are always given, by the endpoint's own names.
        orders: The orders that the list can be asked for.
        filters: The list's own filters: name, and what it takes.
        needed: Those filters that must be given.
        several: Those filters that take a list.
        guesses: What was guessed about them.
    """

    fixed: Mapping[str, str] = field(factory=dict)
    orders: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(factory=dict)
    needed: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    guesses: tuple[Guess, ...] = ()

    @classmethod
    def of_get(cls, view: SchemaView, operation: Document, parameter: str) -> Arguments:
        """Give what a get is called with; the parameter takes the id."""
        parameters = operation.get("parameters", ())
        fixed = {
            argument_name(each["name"]): "id"
            for each in parameters
            if each["in"] == "path" or each["name"] == parameter
        }
        return cls(fixed=fixed | _constants(view, parameters, {parameter}))

    @classmethod
    def of_list(cls, view: SchemaView, operation: Document, kind: str, paging: Paging) -> Arguments:
        """Give what a list is called with."""
        parameters = operation.get("parameters", ())
        known = {paging.parameter, paging.size}
        fixed = {argument_name(paging.size): "query.page_size"} if paging.size else {}
        needed = {each["name"] for each in parameters if each.get("required") is True}
        if paging.style in {"page", "offset", "token", "last_id"}:
            first = paging.first if paging.style == "page" else 0
            start = f" or {str(first)!r}" if paging.parameter in needed else ""
            fixed[argument_name(paging.parameter)] = f"query.cursor{start}"
        orders: tuple[str, ...] = ()
        guesses: list[Guess] = []
        filters: dict[str, str] = {}
        several: set[str] = set()
        for each in parameters:
            name, said = each["name"], merged(view, each.get("schema"))
            if name in known or each["in"] != "query":
                continue
            spelled = _orders(said)
            if spelled and not orders:
                known.add(name)
                orders = tuple(spelled)
                fixed[argument_name(name)] = _order(spelled)
                reason = f"{name!r} takes {' and '.join(spelled.values())}"
                guesses.append(Guess(f"{kind}: orders", "by time", reason, Trust.LIKELY))
            elif (words := _filter(view, said)) and (name not in needed or constant(each) is None):
                filters[name] = words
                known.add(name)
                several |= {name} if said.items is not None else set()
            elif name not in needed:
                reason = "of a type that callers can't give as a text"
                guesses.append(Guess(f"{kind}: filters", f"without {name}", reason, Trust.LIKELY))
        for name in sorted(needed & filters.keys()):
            reason = "the API insists on it, and nobody but the caller knows its value"
            guesses.append(Guess(f"{kind}: filters", f"{name} is required", reason, Trust.UNSURE))
        constants = _constants(view, parameters, known)
        return cls(
            fixed=fixed | constants,
            orders=orders,
            filters=filters,
            needed=frozenset(needed & filters.keys()),
            several=frozenset(several),
            guesses=tuple(guesses),
        )

    def render(self) -> Iterator[str]:
        """Write the arguments, one each."""
        yield from (f"{name}={value}" for name, value in self.fixed.items())
        plain = not (self.needed or self.several)
        if plain and all(argument_name(name) == name for name in self.filters):
            yield from ["**query.filters"] if self.filters else []
            return
        for name in self.filters:
            missing = ", ''" if name in self.needed else ""  # the provider says what it insists on
            value = f"query.filters.get({name!r}{missing})"
            value = f"several({value})" if name in self.several else value
            yield f"{argument_name(name)}={value}"


def _constants(view: SchemaView, parameters: Any, known: set[str | None]) -> dict[str, str]:
    """Give the parameters that must be given and always have the same value."""
    return {
        argument_name(each["name"]): repr(value)
        for each in parameters
        if each["in"] != "path"
        and each.get("required") is True
        and each["name"] not in known
        and (value := _only(view, each)) is not None
    }


def _only(view: SchemaView, parameter: Document) -> Any | None:
    said = merged(view, parameter.get("schema"))
    value = constant({"schema": {"default": said.default, "enum": said.values.known}})
    return (
        value
        if value is not None
        else next(iter(said.values.known), None)
        if len(said.values.known) == 1
        else None
    )


def _orders(said: Shape) -> dict[str, str]:
    """Give how a parameter spells our orders; nothing unless it is one for orders."""
    values = [value for value in said.values.known if isinstance(value, str)]
    if not values or not all(value.lower().startswith(("asc", "desc")) for value in values):
        return {}
    return {"asc" if value.lower().startswith("asc") else "desc": value for value in values}


def _order(spelled: Mapping[str, str]) -> str:
    if all(ours == theirs for ours, theirs in spelled.items()):
        return "query.order"
    return f"{dict(spelled)!r}.get(query.order or '')"


def _filter(view: SchemaView, said: Shape) -> str:
    """Say what a filter takes, in a few words; nothing if it takes more than texts."""
    if said.items is not None:
        each = _filter(view, merged(view, said.items)) if not said.is_object else ""
        return f"{each}; several with commas" if each and "commas" not in each else ""
    if said.is_object or said.format in {"date-time", "date", "binary"}:
        return ""
    values = [str(value) for value in said.values.known if str(value).isprintable()]
    if values:
        listed = ", ".join(values)
        return listed if len(listed) < _LONGEST else f"{listed[:_LONGEST].rpartition(', ')[0]}, …"
    kinds = [kind for kind in _WORDS if kind in said.named_types]
    return _WORDS[kinds[0]] if kinds and "string" not in said.named_types else "a text"
