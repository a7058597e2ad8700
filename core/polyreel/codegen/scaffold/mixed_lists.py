"""Whether a list holds other things besides videos, and which field tells them apart."""

from __future__ import annotations

from attrs import frozen

from polyreel.codegen.scaffold.merged import merged
from polyreel.codegen.scaffold.wording import names, plain, words
from polyreel.openapi.shapes import Shape
from polyreel.openapi.view import SchemaView

_FIELDS = names(
    "type media_type asset_type kind modality object_type output_type file_type content_type category"
)
_OTHERS = set(names("image audio photo music voice sound text picture document pdf"))


@frozen
class Kept:
    """Which items of a mixed list are videos.

    Attributes:
        field: The field that tells.
        values: What it says of a video.
        others: What it says of other things; what it says of neither may be a video.
    """

    field: str
    values: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def expression(self) -> str:
        """What is true of a video that is called ``item``."""
        read = f"item.raw.get({self.field!r})"
        if len(self.others) == 1:
            return f"{read} != {self.others[0]!r}"
        return f"{read} not in {self.others!r}"


def kept_of(view: SchemaView, item: Shape) -> Kept | None:
    """Find what tells videos from other items: a field one of whose known values is about videos.

    Args:
        view: The schemas of the whole spec.
        item: What a list of videos holds.
    """
    for name in _FIELDS:
        for written, schema in item.properties.items():
            if plain(written) != name:
                continue
            values = [str(value) for value in merged(view, schema).values.known]
            videos = tuple(value for value in values if "video" in words(value))
            if videos and any(_OTHERS & set(words(value)) for value in values):
                return Kept(written, videos, tuple(one for one in values if one not in videos))
    return None
