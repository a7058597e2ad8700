"""Items as Arrow: one schema for each kind, whatever is in it, and the values that JSON has."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import Item, PartialFailure, RateLimited, Replica, Video
from polyreel.models import arrow, render

core = pytest.importorskip("arro3.core")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text("\ud800\udfffa"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


class Pages:
    """What a consumer is given: pages of items that it hasn't asked for yet."""

    def __init__(self, model: type[Item], *pages: list[Item]) -> None:
        self.model = model
        self.pages = pages

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return arrow.stream(self.model, self.pages, requested_schema)


def read(model: type[Item], *pages: list[Item]) -> Any:
    return core.Table.from_arrow(Pages(model, *pages))


@pytest.mark.parametrize(
    ("model", "types"),
    [
        (
            Video,
            {"progress": "Float64", "duration": "Float64", "width": "Int64", "height": "Int64"},
        ),
        (Replica, {"progress": "Float64"}),
    ],
)
def test_a_stream_without_items_has_all_columns(model: type[Item], types: dict[str, str]) -> None:
    schema = read(model).schema
    assert schema.names == [*model.fields(), "raw"]
    for field in schema:
        time = field.name.endswith("_at")
        kind = 'Timestamp(µs, "UTC")' if time else types.get(field.name, "Utf8")
        assert kind in repr(field), field


@pytest.mark.parametrize("model", [Video, Replica])
@given(
    values=st.lists(JSON, min_size=1, max_size=8), raw=st.dictionaries(st.text("ab\ud800é"), JSON)
)
def test_whatever_was_sent_has_its_column_and_the_value_that_json_has(
    model: type[Item], values: list[Any], raw: dict[str, Any]
) -> None:
    own = {"uid", "provider", "account", "id", "status"}
    sent = dict(zip([name for name in model.fields() if name not in own], cycle(values)))
    item = model(provider="acme", account="work", id="v1", raw=raw, **sent)
    table = read(model, [item, item])

    assert table.schema == read(model).schema
    for name, value in item.to_dict().items():
        for cell in table[name]:
            found = cell.as_py()
            if isinstance(found, datetime):
                found = render.iso(found)
            wanted = render.encodable(value) if isinstance(value, str) else value
            assert found == wanted, name
    assert json.loads(table["raw"][0].as_py()) == json.loads(render.to_json(raw))


def test_each_page_is_a_batch_and_an_empty_one_is_none() -> None:
    items = [Video(provider="acme", account="acme", id=str(number)) for number in range(5)]
    batches = core.RecordBatchReader.from_arrow(Pages(Video, items[:2], [], items[2:]))
    assert [batch.num_rows for batch in batches] == [2, 3]


def test_a_failure_of_several_accounts_names_each_with_its_reason() -> None:
    def pages() -> Any:
        yield [Video(provider="acme", account="one", id="1")]
        failed = [RateLimited("too fast", account="two"), RateLimited("slow down", account="six")]
        raise PartialFailure("2 of 3 accounts failed: two, six", failed)

    given = Pages(Video)
    given.pages = pages()
    with pytest.raises(Exception, match=r"2 of 3 accounts.*two: too fast.*six: slow down"):
        core.Table.from_arrow(given)
