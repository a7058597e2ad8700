"""What is known of a class of items once and for all: the names of its fields, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import itemgetter
from typing import Any

import attrs
from attrs import frozen

from polyreel import convert
from polyreel.models import render

IDENTITY = ("provider", "account", "id")
"""The fields that every item has, and that no :class:`polyreel.FieldMap` finds."""


@frozen
class FieldLayout:
    """The fields of ``Video`` or ``Replica``.

    Attributes:
        names: All fields but ``raw``, in order.
        converters: Those that a provider's JSON may hold, each with what makes its type of any value.
        writers: The same fields, each with what writes it as JSON from any value.
        times: Those that are times.
        values: Gives their values, in order, from a mapping that has them all.
    """

    names: tuple[str, ...]
    converters: Mapping[str, Callable[[object], object]]
    writers: Mapping[str, Callable[[object], str]]
    times: tuple[str, ...]
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]


def _layout(model: Any) -> FieldLayout:
    every = {each.name: each.converter for each in attrs.fields(model) if each.name != "raw"}
    converters = {name: to for name, to in every.items() if name not in IDENTITY}
    return FieldLayout(
        names=tuple(every),
        converters=converters,
        writers={name: render.writer(to) for name, to in converters.items()},
        times=tuple(name for name, to in every.items() if to is convert.time),
        values=itemgetter(*every),
    )


layout: Callable[[Any], FieldLayout] = cache(_layout)
"""Return the layout of a class of items."""
