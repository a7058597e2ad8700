"""What a generated endpoint is called with: pages, orders, filters, settings, and what is always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from polyreel.codegen.diff.symbols import argument_name
from polyreel.codegen.scaffold.candidates import Candidate
from polyreel.codegen.scaffold.guesses import Guess, Trust
from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.page_style import PageGuess
from polyreel.codegen.scaffold.parameter_roles import constant
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.openapi.documents import Document
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

_WORDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number"}
_LONGEST = 45  # characters
_ORDER = re.compile(r"(asc|desc)(?:ending)?[_:. -]?(.*)")


@frozen(kw_only=True)
class Arguments:
    """The arguments of one endpoint.

    Attributes:
        fixed: The expressions of those that are always given, by the endpoint's own names.
        body: The same for the fields of a body, by the API's names; None where there is no body.
        orders: The orders that the list can be asked for.
        filters: The list's own filters: name, and what it takes.
        needed: Those filters that must be given.
        several: Those filters that take a list.
        guesses: What was guessed about them.
    """

    fixed: Mapping[str, str] = field(factory=dict)
    body: Mapping[str, str] | None = None
    orders: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(factory=dict)
    needed: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    guesses: tuple[Guess, ...] = ()

    @classmethod
    def of_get(cls, view: SchemaView, asked: Sequence[Document], one: Candidate) -> Arguments:
        """Return what a get is called with.

        Args:
            view: The schemas of the whole spec.
            asked: What the operation is asked with.
            one: The operation.
        """
        fixed = {
            argument_name(each["name"]): _setting(one, each["name"]) or _taken(one)
            for each in asked
            if each["in"] == "path" or each["name"] in {one.parameter, *one.settings}
        }
        known: set[str | None] = {one.parameter, *one.settings}
        same = _constants(view, asked, known)
        return cls(fixed=fixed | {argument_name(name): value for name, value in same.items()})

    @classmethod
    def of_list(
        cls, view: SchemaView, asked: Sequence[Document], one: Candidate, page: PageGuess
    ) -> Arguments:
        """Return what a list is called with.

        Args:
            view: The schemas of the whole spec.
            asked: What the operation is asked with.
            one: The operation.
            page: How its list is read in parts.
        """
        return _ListArguments(view, asked, one, page).made()

    @property
    def renames(self) -> bool:
        """Whether some filter has another name in the endpoint than in the API."""
        return any(argument_name(name) != name for name in self.filters)

    @property
    def filter_values(self) -> str:
        """The expression of the filters that a caller gave."""
        if not self.several:
            return "query.filters"
        return f"split(query.filters, {', '.join(map(repr, sorted(self.several)))})"

    def render(self) -> Iterator[str]:
        """Write the arguments, one each; filters that are called otherwise are left to the query."""
        yield from (f"{name}={value}" for name, value in self.fixed.items())
        if self.body is not None:
            said = "".join(f"{name!r}: {value}, " for name, value in self.body.items())
            yield f"body={{{said}{f'**{self.filter_values}' if self.filters else ''}}}"
        elif self.renames:
            yield from (f"{argument_name(name)}=''" for name in sorted(self.needed))
        elif self.needed:  # the provider says what it insists on
            blank = "".join(f"{name!r}: '', " for name in sorted(self.needed))
            yield f"**{{{blank}**{self.filter_values}}}"
        elif self.filters:
            yield f"**{self.filter_values}"


class _ListArguments:
    def __init__(
        self, view: SchemaView, asked: Sequence[Document], one: Candidate, page: PageGuess
    ) -> None:
        self._view = view
        self._asked = [each for each in asked if each["in"] in {"query", "body"}]
        self._one = one
        self._page = page
        self._all = asked
        self._needed = {each["name"] for each in asked if each.get("required") is True}
        self._known: set[str | None] = {page.parameter, page.size, *one.settings}
        self._fixed: dict[str, str] = {}
        self._body: dict[str, str] = {}
        self._filters: dict[str, str] = {}
        self._several: set[str] = set()
        self._guesses: list[Guess] = []

    def made(self) -> Arguments:
        for name, setting in self._one.settings.items():
            self._give(name, f"settings[{setting!r}]")
        self._give_page()
        orders = self._give_orders()
        self._take_filters()
        for name, value in _constants(self._view, self._all, self._known).items():
            self._give(name, value)
        has_body = any(each["in"] == "body" for each in self._all)
        return Arguments(
            fixed=self._fixed,
            body=self._body if has_body else None,
            orders=orders,
            filters=self._filters,
            needed=frozenset(self._needed & self._filters.keys()),
            several=frozenset(self._several),
            guesses=tuple(self._guesses),
        )

    def _give(self, name: str, expression: str) -> None:
        """Put an argument where the operation takes it: into the call, or into the body."""
        place = next((each["in"] for each in self._all if each["name"] == name), "query")
        if place == "body":
            self._body[name] = expression
        else:
            self._fixed[argument_name(name)] = expression

    def _is_in_body(self, name: str) -> bool:
        return any(each["name"] == name and each["in"] == "body" for each in self._all)

    def _give_page(self) -> None:
        page = self._page
        if page.size:
            self._give(page.size, "query.page_size")
        if page.style not in {"page", "offset", "token", "last_id"}:
            return
        counted = page.style in {"page", "offset"}
        first = page.first if page.style == "page" else 0
        if counted and self._is_in_body(page.parameter):  # in JSON a number is no text
            start = f"{first} if query.cursor is None else "
            start = start if page.parameter in self._needed else ""
            self._give(page.parameter, f"{start}convert.whole(query.cursor)")
            return
        start = f" or {str(first)!r}" if counted and page.parameter in self._needed else ""
        self._give(page.parameter, f"query.cursor{start}")

    def _give_orders(self) -> tuple[str, ...]:
        for each in self._asked:
            spelled = _orders(merged(self._view, each.get("schema")))
            if spelled and each["name"] not in self._known:
                self._known.add(each["name"])
                self._give(each["name"], _order(spelled))
                reason = f"{each['name']!r} takes {' and '.join(spelled.values())}"
                what = f"{self._one.kind}: orders"
                self._guesses.append(Guess(what, "by time", reason, Trust.LIKELY))
                return tuple(spelled)
        return ()

    def _take_filters(self) -> None:
        kind = self._one.kind
        by_row = self._page.style in {"token", "last_id"}
        for each in self._asked:
            name, said = each["name"], merged(self._view, each.get("schema"))
            backwards = by_row and plain(name) in _BACKWARDS and "integer" not in said.named_types
            if name in self._known or backwards:
                continue
            needed = name in self._needed
            if (words := self._filter(each, said)) and (not needed or constant(each) is None):
                self._filters[name] = words
                self._known.add(name)
                self._several |= {name} if said.items is not None else set()
            elif not needed:
                reason = "of a type that callers can't give as a text"
                self._guesses.append(
                    Guess(f"{kind}: filters", f"without {name}", reason, Trust.LIKELY)
                )
        for name in sorted(self._needed & self._filters.keys()):
            reason = "the API insists on it, and nobody but the caller knows its value"
            self._guesses.append(
                Guess(f"{kind}: filters", f"{name} is required", reason, Trust.UNSURE)
            )

    def _filter(self, parameter: Document, said: Shape) -> str:
        typed = merged(self._view, said.items) if said.items is not None else said
        if parameter["in"] == "body" and "string" not in typed.named_types:
            return ""
        return _filter(self._view, said)


# Asks for the page before another one: the listing's own affair, and no filter.
_BACKWARDS = names(
    "before ending_before end_before before_id before_cursor previous previous_cursor prev_cursor "
    "previous_token prev_token previous_page_token prev_page_token"
)


def _taken(one: Candidate) -> str:
    """Write what a get is given of an id: the last part, where the id is a path (``/videos/17``)."""
    is_path = one.id == "uri" and "uri" not in one.parameter.lower()
    return "id.rpartition('/')[2]" if is_path else "id"


def _setting(one: Candidate, name: str) -> str:
    return f"settings[{one.settings[name]!r}]" if name in one.settings else ""


def _constants(view: SchemaView, parameters: Any, known: set[str | None]) -> dict[str, str]:
    """Return the parameters that must be given and always have the same value."""
    return {
        each["name"]: repr(value)
        for each in parameters
        if each["in"] != "path"
        and each.get("required") is True
        and each["name"] not in known
        and (value := _only(view, each)) is not None
    }


def _only(view: SchemaView, parameter: Document) -> Any | None:
    said = merged(view, parameter.get("schema"))
    value = constant({"schema": {"default": said.default, "enum": said.values.known}})
    if value is not None:
        return value
    return next(iter(said.values.known)) if len(said.values.known) == 1 else None


def _orders(said: Shape) -> dict[str, str]:
    """Return how a parameter spells our orders, which are by time; nothing unless it is one for orders."""
    values = [value for value in said.values.known if isinstance(value, str)]
    found = [_ORDER.fullmatch(value.lower()) for value in values]
    spelled: dict[str, dict[str, str]] = {}
    for value, one in zip(values, found, strict=True):
        if one is None:
            return {}
        spelled.setdefault(one[2], {})[one[1]] = value
    by_time = [by for by in spelled if not by or {"created", "date", "time"} & {*words(by)}]
    return spelled[by_time[0]] if by_time else {}


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
