"""Items as an Arrow stream, for data frames and databases: one record batch a page, in fixed columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from polyreel.errors import PartialFailure, PolyreelError
from polyreel.models import render
from polyreel.models.field_layout import layout
from polyreel.models.item import Item

if TYPE_CHECKING:
    from arro3.core import Array, DataType, RecordBatch, Schema

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def stream(
    model: type[Item], pages: Iterable[Sequence[Item]], requested_schema: object = None
) -> object:
    """Return items as an Arrow C stream, which is what ``__arrow_c_stream__`` gives to a consumer.

    All streams of one model have the same columns, whatever is in them: the model's fields in their order,
    beginning with ``uid``, then ``raw`` as a JSON text. Texts are ``string``, times ``timestamp[us, UTC]``,
    percent and seconds ``double``, pixels ``int64``; each may be null.

    Args:
        model: ``Video`` or ``Replica``.
        pages: The items, some at a time. They are taken when the consumer asks, perhaps in its own thread.
        requested_schema: The schema that the consumer would like, as a PyCapsule, or None.

    Raises:
        ImportError: arro3-core isn't there; the message says how to install it.
    """
    try:
        from arro3.core import RecordBatchReader
    except ImportError:
        raise ImportError(
            "data frames need more than the basics: pip install 'polyreel[arrow]'"
        ) from None
    columns = schema(model)
    reader = RecordBatchReader.from_batches(columns, _batches(columns, pages))
    return reader.__arrow_c_stream__(requested_schema)


def schema(model: type[Item]) -> Schema:
    """Return the columns that all streams of a model have."""
    from arro3.core import DataType, Field, Schema

    types = {
        datetime: DataType.timestamp("us", tz="UTC"),
        float: DataType.float64(),
        int: DataType.int64(),
    }
    hints = get_type_hints(model)
    fields = [Field("uid", DataType.utf8())]
    for name in layout(model).names:
        found = [types[each] for each in get_args(hints[name]) if each in types]
        fields.append(Field(name, found[0] if found else DataType.utf8()))
    return Schema([*fields, Field("raw", DataType.utf8())])


def _batches(columns: Schema, pages: Iterable[Sequence[Item]]) -> Iterator[RecordBatch]:
    from arro3.core import RecordBatch

    types = [columns.field(name).type for name in columns.names]
    try:
        for items in pages:
            if items:
                found = zip(*map(_row, items), strict=True)
                arrays = [_array(values, of) for values, of in zip(found, types, strict=True)]
                yield RecordBatch.from_arrays(arrays, schema=columns)
    except PartialFailure as error:
        raise _complete_error(error) from error


def _row(item: Item) -> tuple[Any, ...]:
    return (*item.as_dict().values(), render.to_json(item.raw))


def _array(values: Sequence[Any], of: DataType) -> Array:
    from arro3.core import Array, DataType

    if DataType.is_timestamp(of):
        whole = [None if time is None else (time - _EPOCH) // _MICROSECOND for time in values]
        return Array(whole, type=DataType.int64()).cast(of)
    try:
        return Array(values, type=of)
    except UnicodeEncodeError:  # half of a surrogate pair, which UTF-8 doesn't have
        return Array([text and render.encodable(text) for text in values], type=of)


def _complete_error(error: PartialFailure) -> PolyreelError:
    """Make an error that says all in its message, which is what a consumer shows of it."""
    each = "; ".join(f"{one.account}: {one}" for one in error.exceptions)
    return PolyreelError(f"{error.message}: {each}")
