"""What a plugin declares is what the spec in its client package says."""

from __future__ import annotations

import pytest

from polyreel.errors import SpecError
from polyreel.http.connection import fill_in
from polyreel.http.urls import origin
from polyreel.models import Kind
from polyreel.openapi.annotations import Role
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.subject import Subject, missing_operation


class Coherence(Fixtures):
    """The plugin's Provider and the client's openapi.json agree."""

    def test_the_client_package_holds_a_spec_that_can_be_served(self, subject: Subject) -> None:
        """The sandbox and the tests below are made of it."""
        try:
            operations = subject.spec.operations
        except SpecError as error:
            pytest.fail(
                f"{error}. Provider.client must name a package that can be imported and holds the "
                "overlaid spec as openapi.json, as 'polyreel generate' writes it",
                pytrace=False,
            )
        assert operations, (
            f"no operation in openapi.json of {subject.provider.client} says what it is for; mark "
            "each list and get with x-polyreel in the overlay"
        )

    def test_every_declared_ability_has_its_operation(self, specified: Subject, kind: Kind) -> None:
        """And an operation that isn't declared is one that users can't reach."""
        resource = specified.resource(kind)
        declared: dict[Role, bool] = {"list": resource.can_list, "get": resource.can_get}
        for role, can in declared.items():
            found = specified.spec.operation(role, kind, specified.collection_of(kind))
            if can:
                assert found, missing_operation(specified.provider, role, kind)
            else:
                assert not found, (
                    f"the spec can {role} {kind} (GET {found and found.path}), but the plugin declares "
                    f"can_{role}=False"
                )

    def test_every_kind_of_the_spec_is_declared(self, specified: Subject) -> None:
        """What the client can do, users can ask for."""
        known = {one.kind for one in specified.spec.operations if one.role in {"list", "get"}}
        forgotten = known - set(specified.provider.resources)
        assert not forgotten, (
            f"the spec has operations for {', '.join(forgotten)}; declare them in Provider.resources"
        )

    def test_the_base_url_is_one_of_the_specs_servers(self, specified: Subject) -> None:
        """A spec that names no server doesn't mind."""
        servers = [one.get("url", "") for one in specified.spec.document.get("servers", ())]
        absolute = [url for url in servers if origin(url)[1]]
        base_url = fill_in(specified.provider.base_url, specified.settings)
        assert not absolute or origin(base_url) in map(origin, absolute), (
            f"Provider.base_url is {base_url}, the spec's servers are {', '.join(absolute)}"
        )

    def test_filters_bear_the_names_of_parameters(self, specified: Subject, listed: Kind) -> None:
        """Users look them up in the provider's own reference."""
        known = specified.operation("list", listed).query
        unknown = [name for name in specified.resource(listed).filters if name not in known]
        assert not unknown, (
            f"the list of {listed} has no parameter {', '.join(unknown)}; its parameters are "
            f"{', '.join(known) or 'none'}"
        )

    def test_orders_are_what_a_parameter_takes(self, specified: Subject, listed: Kind) -> None:
        """An order that the provider doesn't know would be refused, or ignored in silence."""
        orders = specified.resource(listed).orders
        query = specified.operation("list", listed).query
        if orders:
            assert any(
                all(any(word.startswith(order) for word in words) for order in orders)
                for words in (
                    [str(value).lower() for value in one.values.known] for one in query.values()
                )
            ), (
                f"{listed} declare orders={orders}, but no parameter of the spec takes such values; its "
                f"parameters are {', '.join(query) or 'none'}"
            )

    def test_the_largest_page_is_the_specs(self, specified: Subject, listed: Kind) -> None:
        """So that a size that the provider refuses is refused before it is asked."""
        operation, resource = specified.operation("list", listed), specified.resource(listed)
        if operation.paging is None or operation.paging.size is None:
            return
        size = operation.paging.size
        shape = operation.query.get(size)
        assert shape is not None, f"x-polyreel names the page size {size!r}, which is no parameter"
        stated = shape.limit("maximum")
        most = operation.paging.max_size if stated is None else stated
        assert resource.max_page_size == most, (
            f"Resource(max_page_size={resource.max_page_size}) for {listed}, but the spec's {size!r} "
            f"goes up to {'any number' if most is None else most}"
        )
