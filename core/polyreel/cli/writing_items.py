"""Items on stdout in the shape that a caller asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from polyreel.cli import rows
from polyreel.cli.output import RowFormat, writing
from polyreel.cli.shape import OutputShape
from polyreel.models import Item, Kind


@contextmanager
def writing_items(kind: Kind, shape: OutputShape) -> Iterator[Callable[[Sequence[Item]], None]]:
    """Yield a function that writes items in a shape."""
    if shape.count:
        yield lambda _items: None
    elif shape.quiet:
        yield _write_uids
    elif shape.form in {RowFormat.JSON, RowFormat.JSONL} and shape.fields is None:
        text = partial(_text, raw=shape.raw)
        with writing(shape.form, keys=(), columns=None, text=text) as out:
            yield out.write
    else:
        keys = shape.fields or rows.keys(kind)
        columns = rows.columns(kind, shape.fields)
        fields = None if shape.form is RowFormat.TABLE and shape.fields is None else keys
        with writing(shape.form, keys=keys, columns=columns, exact=shape.exact) as out:
            yield lambda items: out.write(rows.row(item, fields, raw=shape.raw) for item in items)


def _text(item: Item, *, raw: bool) -> str:
    return item.to_json(raw=raw)


def _write_uids(items: Sequence[Item]) -> None:
    for item in items:
        # A line is one uid, and a terminal obeys none of it.
        sys.stdout.write("".join(c if c.isprintable() else " " for c in item.uid) + "\n")
    sys.stdout.flush()
