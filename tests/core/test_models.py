"""Items take whatever a plugin read, and only an item without an id is none."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Mapping
from itertools import cycle
from typing import Any, Self

import pydantic
import pytest
from hypothesis import given, strategies as st
from polyreel import FieldMap, Item, Page, Replica, Response, Status, Video

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
OWN = {"uid", "provider", "account", "id", "status"}


def fields(model: type[Item]) -> list[str]:
    return [name for name in model.fields() if name not in OWN]


@pytest.mark.parametrize("model", [Video, Replica])
@given(values=st.lists(JSON, min_size=1, max_size=8))
def test_no_surprise_in_any_field_costs_the_item(model: type[Item], values: list[Any]) -> None:
    item = model(
        provider="acme", account="work", id="v1", **dict(zip(fields(model), cycle(values)))
    )
    found = item.as_dict()
    assert found["uid"] == "work:v1"
    assert item.status in Status
    assert item.created_at is None or item.created_at.tzinfo is not None


@given(id=JSON)
def test_an_item_without_an_id_is_refused(id: Any) -> None:
    if id is None or id == "" or isinstance(id, bool | list | dict):
        with pytest.raises(ValueError, match="without an id"):
            Video(provider="acme", account="work", id=id)
    else:
        video = Video(provider="acme", account="work", id=id)
        assert isinstance(video.id, str)
        assert video.id


@given(word=JSON)
def test_a_status_that_nobody_has_met_is_unknown(word: Any) -> None:
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


def test_items_can_be_hashed_copied_and_pickled() -> None:
    video = Video(provider="acme", account="acme", id="1", title="One", created_at=1724858860)
    for either_hub in (copy.copy(video), copy.deepcopy(video), pickle.loads(pickle.dumps(video))):
        assert either_hub == video
        assert {video: 1}[either_hub] == 1
        assert either_hub.as_dict() == video.as_dict()
        assert either_hub.raw == video.raw


def test_items_cannot_be_changed() -> None:
    video = Video(provider="acme", account="acme", id="1")
    with pytest.raises(AttributeError):
        video.title = "Two"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del video.id


def test_items_of_two_kinds_or_accounts_are_never_equal() -> None:
    same = {"provider": "acme", "account": "acme", "id": "1"}
    assert Video(**same) != Replica(**same)
    assert Video(**same) != Video(**{**same, "account": "work"})


def test_a_field_that_an_item_does_not_have_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'titel'"):
        Video(provider="acme", account="acme", id="1", titel="One")
    for own in ("fields", "uid", "_map"):
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            Video(provider="acme", account="acme", id="1", **{own: "x"})


def test_an_attribute_that_items_do_not_have_is_refused_with_a_hint() -> None:
    with pytest.raises(AttributeError, match="no attribute 'titel'") as refused:
        Video(provider="acme", account="acme", id="1").titel  # noqa: B018
    assert (refused.value.name, type(refused.value.obj)) == ("titel", Video)


def test_fields_that_a_plugin_leaves_out_are_none() -> None:
    video = Video(provider="acme", account="acme", id="1")
    assert {getattr(video, name) for name in fields(Video)} == {None}
    assert video.status is Status.UNKNOWN


def test_a_dictionary_holds_every_field_but_the_raw_json() -> None:
    video = Video(provider="acme", account="work", id="1", title="One", raw={"id": 1})
    found = video.as_dict()
    assert list(found)[:4] == ["uid", "provider", "account", "id"]
    assert (found["uid"], found["title"], found["duration"]) == ("work:1", "One", None)
    assert "raw" not in found


@pytest.mark.parametrize("model", [Video, Replica])
@given(values=st.lists(JSON, min_size=1, max_size=8), raw=st.dictionaries(st.text(), JSON))
def test_what_an_item_is_written_as_makes_the_same_item_again(
    model: type[Item], values: list[Any], raw: dict[str, Any]
) -> None:
    item = model(
        provider="acme", account="work", id="v1", raw=raw, **dict(zip(fields(model), cycle(values)))
    )
    assert model.from_dict(item.to_dict()) == item
    assert model.from_dict(item.as_dict()) == item
    written = item.to_json(raw=True)
    assert "\n" not in written
    again = model.from_dict(json.loads(written.encode(), parse_constant=pytest.fail))
    assert again == item
    assert again.to_json() == item.to_json()


@pytest.mark.parametrize("model", [Video, Replica])
@given(values=st.lists(JSON, min_size=1, max_size=8))
def test_each_field_has_one_json_type_whatever_was_sent(
    model: type[Item], values: list[Any]
) -> None:
    item = model(
        provider="acme", account="work", id="v1", **dict(zip(fields(model), cycle(values)))
    )
    numbers = {"progress": float, "duration": float, "width": int, "height": int}
    for name, value in item.to_dict().items():
        assert value is None or type(value) is numbers.get(name, str), name


def test_a_dictionary_of_json_holds_times_in_iso_8601_and_plain_words() -> None:
    video = Video(
        provider="acme", account="work", id=1, provider_status="done", created_at=1724858860.5
    )
    found = video.to_dict()
    assert list(found) == list(video.as_dict())
    assert found["created_at"] == "2024-08-28T15:27:40.500000Z"
    assert (found["status"], type(found["status"])) == ("ready", str)
    assert "raw" not in found
    assert video.to_dict(raw=True)["raw"] == {}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_json_does_not_have_is_null_in_it(number: str) -> None:
    raw = json.loads(f'{{"id": 1, "a": [{number}, {{"b": {number}}}]}}')
    written = Video(provider="acme", account="work", id=1, raw=raw).to_json(raw=True)
    assert json.loads(written, parse_constant=pytest.fail)["raw"]["a"] == [None, {"b": None}]


def test_json_can_be_encoded_and_shown_whatever_a_title_holds() -> None:
    turned = "\u202egpj.exe\u2066 \u061c\u200e"
    video = Video(
        provider="acme", account="work", id=1, title=f"half \ud83d \x9b[31m ö 😀 {turned}"
    )
    written = video.to_json()
    written.encode()
    assert json.loads(written)["title"] == video.title
    assert not {"\x9b", *"\u202e\u2066\u061c\u200e"} & {*written}
    assert "ö 😀" in written


@pytest.mark.parametrize("missing", ["provider", "account", "id"])
def test_what_says_not_whose_it_is_makes_no_item(missing: str) -> None:
    found = Video(provider="acme", account="work", id="1").to_dict()
    with pytest.raises(ValueError, match=f"no Video: it has no {missing}"):
        Video.from_dict({**found, missing: None})


def test_what_a_newer_version_wrote_can_be_read() -> None:
    found = Video(provider="acme", account="work", id="1", title="One").to_dict()
    assert Video.from_dict({**found, "loudness": 7}).title == "One"


def test_a_changed_copy_keeps_the_rest() -> None:
    video = Video(provider="acme", account="work", id="1", title="One", raw={"id": 1})
    changed = video.evolve(title="Two", duration="8s")
    assert (changed.title, changed.duration, changed.raw) == ("Two", 8.0, {"id": 1})
    assert (video.title, changed.uid) == ("One", "work:1")
    with pytest.raises(TypeError, match="titel"):
        video.evolve(titel="Three")


def test_pydantic_reads_and_writes_items() -> None:
    videos = pydantic.TypeAdapter(list[Video])
    video = Video(provider="acme", account="work", id="1", created_at=1724858860, duration=8)
    assert videos.validate_python([video, video.to_dict()]) == [video, video]
    assert videos.validate_json(f"[{video.to_json()}]") == [video]
    assert json.loads(videos.dump_json([video])) == [video.to_dict()]
    properties = videos.json_schema()["items"]["properties"]
    assert properties["created_at"]["anyOf"][0] == {"type": "string", "format": "date-time"}
    with pytest.raises(pydantic.ValidationError):
        videos.validate_python([{"provider": "acme", "account": "work"}])


def test_a_notebook_shows_the_fields_that_are_known_as_text() -> None:
    video = Video(
        provider="acme",
        account="work",
        id="1",
        title="<script>alert(1)</script>",
        page_url="https://acme.example/?a=1&b='",
    )
    shown = video._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "href='https://acme.example/?a=1&amp;b=&#x27;'" in shown
    assert "prompt" not in shown
    page = Page(items=(video,), total=7)._repr_html_()
    assert "work:1" in page
    assert "<script" not in page


class Row:
    """What a generated model is to a field map; a row that says so can't be made."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self.sent = sent

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        if src_dict.get("broken"):
            raise ValueError("nothing fits")
        return cls(src_dict)


def mapped(row: dict[str, Any], **finders: Callable[[Row], object]) -> Video:
    fields = FieldMap(Video, Row, id="id", fields=finders)
    return Response(data=row, provider="acme", account="work").item(fields)


def test_a_mapped_field_is_found_in_the_row_converted_and_kept() -> None:
    asked: list[str] = []

    def title(row: Row) -> object:
        asked.append("title")
        return row.sent["name"]

    video = mapped({"id": 1, "name": 7, "status": "done"}, title=title)
    assert asked == [], "nobody has looked at it yet"
    assert [video.title, video.title] == ["7", "7"]
    assert asked == ["title"]


def test_a_surprise_in_a_row_costs_the_fields_that_it_touches() -> None:
    video = mapped(
        {"id": 1, "name": "One", "nested": None},
        title=lambda it: it.sent["name"],
        prompt=lambda it: it.sent["nested"]["script"],
        model=lambda it: it.sent["model"],
        error=lambda it: it.nothing,  # type: ignore[attr-defined]
        duration=lambda it: int("x"),
    )
    assert (video.title, video.prompt, video.model) == ("One", None, None)
    assert (video.error, video.duration) == (None, None)


def test_a_row_that_the_client_cannot_take_keeps_its_id_and_raw_json() -> None:
    video = mapped({"id": 1, "broken": True}, title=lambda it: it.sent["name"])
    assert (video.id, video.title, video.status) == ("1", None, Status.UNKNOWN)
    assert video.raw["broken"] is True


def test_a_mapped_item_survives_pickling_without_the_plugins_functions() -> None:
    video = mapped({"id": 1, "name": "One"}, title=lambda it: it.sent["name"])
    either_hub = pickle.loads(pickle.dumps(video))
    assert (either_hub, either_hub.title, either_hub.raw) == (video, "One", video.raw)


def test_a_map_of_a_field_that_items_do_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="Video has no field titel"):
        FieldMap(Video, Row, id="id", fields={"titel": lambda it: None})


def test_a_page_says_nothing_about_more_unless_told() -> None:
    page: Page[Video] = Page(items=())
    assert (page.next, page.total, page.more, page.rows) == (None, None, None, ())
