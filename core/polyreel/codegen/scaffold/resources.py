"""What a new plugin does with one kind, and how it declares it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from polyreel.codegen.scaffold.arguments import Arguments
from polyreel.codegen.scaffold.choice import Choice
from polyreel.codegen.scaffold.field_guesses import FieldGuess
from polyreel.codegen.scaffold.page_style import Paging

_MODELS = {"videos": "Video", "replicas": "Replica"}


@frozen(kw_only=True)
class Resource:
    """What the plugin does with one kind.

    Attributes:
        choice: Its operations.
        paging: How its list is read in parts; None if there is no list.
        arguments: What its list is asked with; None if there is no list.
        component: The component that its items are.
        fields: Where our fields are in them.
    """

    choice: Choice
    paging: Paging | None
    arguments: Arguments | None
    component: str
    fields: Sequence[FieldGuess]

    @property
    def ours(self) -> str:
        """Our class for an item."""
        return _MODELS[self.choice.kind]

    @property
    def mapping(self) -> str:
        """The function that gives the field map."""
        return f"{self.ours.lower()}_fields"


def render_resource(each: Resource) -> str:
    """Write what the plugin declares of a kind."""
    if each.paging is None or each.arguments is None:
        return "Resource(can_list=False)"
    said = [] if each.choice.get else ["can_get=False"]
    said += [f"orders={each.arguments.orders!r}"] if each.arguments.orders else []
    if each.arguments.filters:
        said.append(f"filters={dict(each.arguments.filters)!r}")
    said.append(f"page_size={_page_size(each.paging)}")
    if each.paging.max_size is not None and each.paging.size:
        said.append(f"max_page_size={each.paging.max_size}")
    return f"Resource({', '.join(said)})"


def _page_size(paging: Paging) -> int:
    if paging.style == "whole":  # as much as can be had of the only page
        return 100 if paging.size is None else paging.max_size or max(paging.default_size, 100)
    if paging.size is None:
        return paging.default_size
    if paging.max_size is not None:
        return min(paging.max_size, 100)
    return max(paging.default_size, paging.min_size)
