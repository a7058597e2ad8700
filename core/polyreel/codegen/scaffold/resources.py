"""What a new plugin does with one kind, and how it declares it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from polyreel.codegen.diff.symbols import argument_name
from polyreel.codegen.scaffold.arguments import Arguments
from polyreel.codegen.scaffold.choice import Choice
from polyreel.codegen.scaffold.guesses import FieldGuess
from polyreel.codegen.scaffold.page_style import PageGuess
from polyreel.openapi.names import singular

_MODELS = {"videos": "Video", "replicas": "Replica"}


@frozen(kw_only=True)
class ResourceDraft:
    """What the plugin does with one kind, or with one of a kind's several lists.

    Attributes:
        choice: Its operations.
        paging: How its list is read in parts; None if there is no list.
        arguments: What its list is asked with; None if there is no list.
        component: The component that its items are.
        fields: Where our fields are in them.
        keep: The expression that tells which of the items of a mixed list are meant, or "".
        alike: What its items are called together with those of other lists that are read alike, or "".
    """

    choice: Choice
    paging: PageGuess | None
    arguments: Arguments | None
    component: str
    fields: Sequence[FieldGuess]
    keep: str = ""
    alike: str = ""

    @property
    def ours(self) -> str:
        """Our class for an item."""
        return _MODELS[self.choice.kind]

    @property
    def mapping(self) -> str:
        """The function that gives the field map."""
        return f"{self.slug}_fields"

    @property
    def one(self) -> str:
        """What a sentence calls one of the items: ``video``, or ``talk video``."""
        return self.alike or singular(self.named)

    @property
    def slug(self) -> str:
        """One of the items as a part of a function's name."""
        return argument_name(self.one.replace(" ", "_"))

    @property
    def untranslated(self) -> list[str]:
        """The provider's status words that nobody could translate."""
        return [word for found in self.fields for word in found.untranslated]

    @property
    def named(self) -> str:
        """What a sentence calls the items: ``videos``, or ``talk videos``."""
        return self.choice.named


def read_alike(resources: Sequence[ResourceDraft]) -> list[ResourceDraft]:
    """Let lists of the same things share what reads them."""
    names: dict[tuple[object, ...], str] = {}
    for each in resources:
        kind = [one for one in resources if one.choice.kind == each.choice.kind]
        whole = all(_reading(one) == _reading(each) for one in kind)
        names.setdefault(_reading(each), each.ours.lower() if whole else each.one)
    return [evolve(each, alike=names[_reading(each)]) for each in resources]


def _reading(each: ResourceDraft) -> tuple[object, ...]:
    """Return what the functions depend on that read a list's items."""
    choice = each.choice
    ids = tuple(one.id for one in choice.operations())
    fields = tuple((found.ours, found.expression) for found in each.fields)
    place = choice.get.keys if choice.get else None
    return choice.kind, each.component, ids, fields, each.keep, place


def render_resource(every: Sequence[ResourceDraft]) -> str:
    """Write what the plugin declares of a kind, which all of these are of."""
    each = every[0]
    listed = [one for one in every if one.paging is not None]
    pagings = [one.paging for one in listed if one.paging is not None]
    arguments = [one.arguments for one in listed if one.arguments is not None]
    if not listed:
        return "Resource(can_list=False)"
    said = [] if all(one.choice.get for one in every) else ["can_get=False"]
    if len({asked.orders for asked in arguments}) == 1 and arguments[0].orders:
        said.append(f"orders={arguments[0].orders!r}")
    shared = [set(asked.filters.items()) for asked in arguments]
    if filters := {
        name: words
        for name, words in arguments[0].filters.items()
        if all((name, words) in each for each in shared)
    }:
        said.append(f"filters={filters!r}")
    said.append(f"page_size={min(map(_page_size, pagings))}")
    if largest := [one.max_size for one in pagings if one.max_size is not None and one.size]:
        said.append(f"max_page_size={min(largest)}")
    if any(one.keep for one in listed):
        said.append("mixed=True")
    if each.choice.collection:
        said.append(f"collections={tuple(one.choice.collection for one in every)!r}")
    return f"Resource({', '.join(said)})"


def _page_size(paging: PageGuess) -> int:
    if paging.style == "whole":  # as much as can be had of the only page
        return 100 if paging.size is None else paging.max_size or max(paging.default_size, 100)
    if paging.size is None:
        return paging.default_size
    if paging.max_size is not None:
        return min(paging.max_size, 100)
    return max(paging.default_size, paging.min_size)
