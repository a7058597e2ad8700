"""The provider under test: its plugin, and what the spec in its client package says of it."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.metadata import entry_points
from typing import Any

from attrs import define, field

from polyreel.configuration.installed import PROVIDERS
from polyreel.errors import PolyreelError
from polyreel.models import Item, Kind, ListQuery, Page
from polyreel.openapi.annotations import Role
from polyreel.openapi.shapes import ANYTHING, Shape
from polyreel.provider import Provider, Resource
from polyreel.registry import Registry
from polyreel.request import Request
from polyreel.sandbox import served_spec as specs
from polyreel.sandbox.fixture_items import FixtureItems
from polyreel.sandbox.key_check import settings
from polyreel.sandbox.object_forms import fields
from polyreel.sandbox.served_spec import ServedOperation, Spec

_PAGE = 3  # items: small, so that a few of them make several pages


@define(slots=False)
class Subject:
    """A provider, its plugin and its spec.

    Attributes:
        registry: Where its hooks are called.
        provider: Its own description.
        collection: Which of the provider's several lists is tested; "" for the first of each kind.
    """

    registry: Registry = field(repr=False)
    provider: Provider
    collection: str = ""

    @property
    def name(self) -> str:
        """Its name."""
        return self.provider.name

    @property
    def module(self) -> str:
        """The plugin's module, as its entry point names it."""
        (point,) = set(entry_points(group=PROVIDERS, name=self.name))
        return point.module

    @cached_property
    def spec(self) -> Spec:
        """The spec in its client package.

        Raises:
            SpecError: There is none, or it can't be served.
        """
        return specs.load(self.provider)

    @property
    def settings(self) -> dict[str, str]:
        """The settings of its account, as hooks are told them."""
        usual = {name: one.default or "" for name, one in self.provider.settings.items()}
        return usual | settings(self.provider)

    def resource(self, kind: Kind) -> Resource:
        """Return what the plugin declares of a kind."""
        return self.provider.resources[kind]

    def collection_of(self, kind: Kind) -> str:
        """Return which list of a kind is tested, or "" where it has one."""
        resource = self.provider.resources.get(kind)
        names = resource.collections if resource else ()
        return self.collection if self.collection in names else next(iter(names), "")

    def roles(self, kind: Kind) -> list[Role]:
        """Return the ways in which items of a kind can be read."""
        resource = self.resource(kind)
        roles: list[Role] = ["list"] if resource.can_list else []
        return [*roles, "get"] if resource.can_get else roles

    def operation(self, role: Role, kind: Kind) -> ServedOperation:
        """Return the operation of the spec; there must be one."""
        found = self.spec.operation(role, kind, self.collection_of(kind))
        assert found is not None, missing_operation(self.provider, role, kind)
        return found

    def fields(self, operation: ServedOperation) -> dict[str, Shape]:
        """Return the schemas of an item's fields, each flattened."""
        return fields(self.spec.view, operation.item_schema(self.spec.view))

    def ids(self, kind: Kind, count: int) -> list[str]:
        """Return the ids that the provider's sandbox has, the newest first."""
        name = "/".join(filter(None, (kind, self.collection_of(kind))))
        found = FixtureItems.of(self.spec, {kind: count}).items(name)
        return [self.id(kind, one.id) for one in found]

    def id(self, kind: Kind, id: str) -> str:
        """Return an item's id as callers know it: with the list that it is on, where there are several."""
        return "/".join(filter(None, (self.collection_of(kind), self.own_id(kind, id))))

    def own_id(self, kind: Kind, id: str) -> str:
        """Return an item's id as the provider knows it."""
        collection = self.collection_of(kind)
        return id.removeprefix(f"{collection}/") if collection else id

    def list_request(self, kind: Kind, query: ListQuery) -> Request[Page[Any]]:
        """Ask the plugin how to list one page."""
        return self.registry.list_request(
            self.name, kind, query, collection=self.collection_of(kind), settings=self.settings
        )

    def get_request(self, kind: Kind, id: str) -> Request[Item]:
        """Ask the plugin how to get one item, by the provider's own id."""
        return self.registry.get_request(
            self.name,
            kind,
            self.own_id(kind, id),
            collection=self.collection_of(kind),
            settings=self.settings,
        )

    def page_size(self, kind: Kind) -> int:
        """Return the items per page with which listings are tested: few, but as the spec allows."""
        paging = self.operation("list", kind).paging
        if paging is None or paging.size is None:
            return paging.default_size if paging else _PAGE
        size = self.operation("list", kind).query.get(paging.size, ANYTHING)
        least = int(size.limit("minimum") or 1)
        return max(least, min(_PAGE, self.resource(kind).max_page_size or _PAGE))

    def needed(self, kind: Kind) -> dict[str, str]:
        """Return the filters without which the provider lists nothing, each with a value that it takes."""
        operation = self.operation("list", kind)
        names = operation.required & self.resource(kind).filters.keys()
        return {name: sample(operation.query[name]) for name in sorted(names)}

    def query(self, kind: Kind) -> ListQuery:
        """Return the query of a first page."""
        return ListQuery(page_size=self.page_size(kind), filters=self.needed(kind))


def missing_operation(provider: Provider, role: Role, kind: Kind) -> str:
    """Say that a spec has no operation for what the plugin declares."""
    return (
        f"{provider.title} declares that it can {role} {kind}, but no operation in openapi.json of "
        f"{provider.client} has 'x-polyreel: {{kind: {kind}, role: {role}, ...}}'; add that to the "
        f"overlay, or declare Resource(can_{role}=False)"
    )


def sample(shape: Shape) -> str:
    """Return a value that a parameter takes, as text."""
    if known := shape.values.known:
        return str(known[-1])
    if "boolean" in shape.named_types:
        return "false"
    if {"integer", "number"} & shape.named_types:
        least = shape.limit("minimum")
        return str(1 if least is None else least)
    return "sample"


@cache
def installed() -> Registry:
    """Return all installed plugins, whatever the environment allows or blocks."""
    return Registry(environ={})


def find(name: str, collection: str = "") -> Subject:
    """Find a provider by its name.

    Args:
        name: The provider's name.
        collection: Which of its several lists is meant; "" for the first of each kind, or the only one.

    Raises:
        PolyreelError: There is none, or its plugin can't be used; says why.
    """
    return Subject(installed(), installed().provider(name), collection)


def problem(name: str) -> PolyreelError | None:
    """Return the reason why a provider can't be tested at all, or None."""
    try:
        find(name)
    except PolyreelError as error:
        return error
    return None
