"""Items take whatever a plugin read, and only an item without an id is none."""

from __future__ import annotations

import copy
import pickle
from itertools import cycle
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from polyreel import Item, Page, Replica, Status, Video

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
OWN = {"provider", "account", "id", "status", "raw"}


def fields(model: type[Item]) -> list[str]:
    return [field.name for field in attrs.fields(model) if field.name not in OWN]


@pytest.mark.parametrize("model", [Video, Replica])
@given(values=st.lists(JSON, min_size=1, max_size=8))
def test_no_surprise_in_any_field_costs_the_item(model: type[Item], values: list[Any]) -> None:
    item = model(provider="acme", account="work", id="v1", **dict(zip(fields(model), cycle(values))))
    assert item.uid == "work:v1"
    assert item.status in Status
    assert item.created_at is None or item.created_at.tzinfo is not None


@given(id=JSON)
def test_an_item_without_an_id_is_refused(id: Any) -> None:
    try:
        video = Video(provider="acme", account="work", id=id)
    except ValueError as error:
        assert "without an id" in str(error)
    else:
        assert isinstance(video.id, str)
        assert video.id


@given(word=st.none() | st.text())
def test_a_status_that_nobody_has_met_is_unknown(word: str | None) -> None:
    assert Status.of(word) in Status
    assert Status.of(f"{word} but never seen") is Status.UNKNOWN


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("queued pending created submitted starting PENDING THROTTLED IN_QUEUE draft", "queued"),
        ("in_progress processing generating dreaming started RUNNING finalizing", "running"),
        ("in-progress IN-PROGRESS In_Progress", "running"),
        ("completed complete ready done succeeded succeed Success approved SUCCEEDED", "ready"),
        ("failed error rejected canceled cancelled aborted FAILED Fail", "failed"),
        ("deleted expired", "deleted"),
        ("unknown weird", "unknown"),
    ],
)
def test_each_providers_words_have_a_common_status(words: str, status: str) -> None:
    assert {Status.of(word) for word in words.split()} == {Status(status)}


def test_a_status_stays_in_the_providers_word_too() -> None:
    video = Video(provider="acme", account="acme", id="1", provider_status="Succeeded")
    assert (video.status, video.provider_status) == (Status.READY, "Succeeded")
    assert video.status == "ready"


def test_raw_json_is_kept_as_it_came_but_neither_compared_nor_printed() -> None:
    raw = {"id": 7, "nested": {"a": [1, None]}}
    video = Video(provider="acme", account="acme", id=7, raw=raw)
    assert video.raw is raw
    assert video == Video(provider="acme", account="acme", id="7")
    assert "nested" not in repr(video)


def test_items_can_be_hashed_copied_pickled_and_changed_only_by_copy() -> None:
    video = Video(provider="acme", account="acme", id="1", title="One", created_at=1724858860)
    assert {video: 1}[copy.deepcopy(video)] == 1
    assert pickle.loads(pickle.dumps(video)) == video
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        video.title = "Two"  # type: ignore[misc]
    assert attrs.evolve(video, title="Two").created_at == video.created_at


def test_fields_that_a_plugin_leaves_out_are_none() -> None:
    video = Video(provider="acme", account="acme", id="1")
    assert {getattr(video, name) for name in fields(Video)} == {None}


def test_a_page_says_nothing_about_more_unless_told() -> None:
    page: Page[Video] = Page(items=())
    assert (page.next, page.total, page.more, page.ahead) == (None, None, None, ())
