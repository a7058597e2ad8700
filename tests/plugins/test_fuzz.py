"""Whatever a body holds, reading it gives items or one of our errors, for every installed provider."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from polyreel import Item, ListQuery, Page, PolyreelError, Response
from polyreel.registry import Registry

REGISTRY = Registry()
HANDLED = [
    (provider.name, kind, verb)
    for provider in REGISTRY.providers()
    for kind, resource in provider.resources.items()
    for verb, able in (("list", resource.can_list), ("get", resource.can_get))
    if able
]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(["", "ready", "https://a.example/b", "100/100", "1280x720", "2026-01-02"]),
    lambda children: (
        st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=8), children, max_size=5)
    ),
    max_leaves=12,
)


def answered(provider: str, kind: str, verb: str) -> Any:
    """Return the function that reads the provider's response."""
    lists = REGISTRY.provider(provider).resources[kind].collections
    of = {"collection": next(iter(lists), "")}
    if verb == "list":
        return REGISTRY.list_request(provider, kind, ListQuery(page_size=10), **of).read
    return REGISTRY.get_request(provider, kind, "some-id", **of).read


def likely(provider: str, kind: str) -> Any:
    """Return bodies that come close: the sandbox's own, with any values mutated."""
    from polyreel.sandbox import served_spec as spec

    described = spec.load(REGISTRY.provider(provider))
    names = sorted(
        {
            name
            for schema in described.document["components"]["schemas"].values()
            for name in schema.get("properties", {})
        }
    )
    row = st.dictionaries(st.sampled_from(names), json_values, max_size=12)
    rows = st.lists(row | json_values, max_size=4)
    keys = st.sampled_from([*names, "data", "results", "generations", "videos"])
    return st.dictionaries(keys, rows | row | json_values, max_size=8) | row | rows | json_values


@pytest.mark.parametrize(("provider", "kind", "verb"), HANDLED)
def test_only_our_errors_come_out(provider: str, kind: str, verb: str) -> None:
    read = answered(provider, kind, verb)

    @settings(
        max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(body=likely(provider, kind))
    def check(body: Any) -> None:
        try:
            found = read(
                Response(data=body, provider=provider, account="a", base_url="https://x.example")
            )
        except PolyreelError:
            return
        items = found.items if isinstance(found, Page) else (found,)
        for item in items:
            assert isinstance(item, Item)
            assert isinstance(item.id, str)
            item.as_dict()

    check()
