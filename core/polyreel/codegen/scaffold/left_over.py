"""The list of what a scaffold leaves to its author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.resources import ResourceDraft
from polyreel.openapi.view import SchemaView

_SHOWN = 12


def left_over(view: SchemaView, resources: Sequence[ResourceDraft]) -> list[str]:
    """List what is left for a person: words, page sizes and fields that nothing explains.

    Args:
        view: The schemas of the whole spec, overlay applied.
        resources: What the new plugin lists and gets.
    """
    return [line for each in resources for line in _of(view, each)]


def _of(view: SchemaView, each: ResourceDraft) -> Iterator[str]:
    if each.untranslated:
        words = ", ".join(map(repr, each.untranslated))
        yield f"{each.named}: say in the plugin what these statuses mean: {words}"
    paging = each.paging
    if paging is not None and paging.size and paging.max_size is None:
        yield (
            f"{each.named}: no schema says how large a page may be ({paging.size!r}); where the "
            "documentation has a sentence on it, put max_page_size into the Resource"
        )
    if each.paging is not None:
        yield f"{each.named}: add newest_first=True to the Resource if the API says that lists are"
    item = merged(view, {"$ref": f"#/components/schemas/{each.component}"})
    read = {key for found in each.fields for key in found.reads}
    read |= {name for name in item.properties if repr(name) in each.keep}
    read |= {one.id for one in each.choice.operations()}
    if rest := [name for name in item.properties if name not in read]:
        listed = ", ".join(rest[:_SHOWN]) + (", …" if len(rest) > _SHOWN else "")
        yield f"{each.named}: these fields of the API are in raw alone: {listed}"
