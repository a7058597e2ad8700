"""Schemas of a document as it was published, where what can't be followed says nothing."""

from __future__ import annotations

from typing import Any

from polyreel.errors import SpecError
from polyreel.openapi.shapes import ANYTHING, Shape
from polyreel.openapi.view import SchemaView


def merged(view: SchemaView, schema: Any) -> Shape:
    """Return one shape for all alternatives of a schema; one that says nothing where it is broken."""
    try:
        return view.merged(schema)
    except SpecError:
        return ANYTHING


def component(view: SchemaView, schema: Any) -> str | None:
    """Return the component that a schema is; None where it is none, or broken."""
    try:
        return view.component(schema)
    except SpecError:
        return None
