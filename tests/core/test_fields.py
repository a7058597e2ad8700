"""A field map reads what the generated model would, without making it."""

from __future__ import annotations

import importlib
import pkgutil
from operator import attrgetter
from typing import Any

import attrs
import polyreel_clients
import pytest
from hypothesis import given, settings, strategies as st
from polyreel import FieldMap, Response, Video, below
from polyreel.fields import ItemReader
from polyreel.models.field_layout import layout
from polyreel.models.render import to_json
from polyreel.views import reader

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def generated_models() -> list[Any]:
    return [
        model
        for provider in pkgutil.iter_modules(polyreel_clients.__path__, "polyreel_clients.")
        for model in vars(importlib.import_module(f"{provider.name}.models")).values()
        if attrs.has(model)
    ]


def keys(model: Any) -> list[str]:
    """Return the names that a model's attributes have in JSON."""
    texts = {each.name: each.name for each in attrs.fields(model) if each.init}
    return list(model(**texts).to_dict())


def rows(model: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Make objects with some of a model's keys, nested objects with keys of any model, and others."""
    some = st.sampled_from([*keys(model), "message", "script", "prompt", "url", "unheard_of"])
    return st.dictionaries(some, JSON | st.dictionaries(some, JSON))


def read(fields: FieldMap[Video, Any], row: dict[str, Any]) -> Video:
    return ItemReader(fields, provider="acme", account="acme").read(row)


MODELS = generated_models()
few = settings(max_examples=25)  # of each of some hundred models


def test_there_are_models() -> None:
    assert len(MODELS) > 20


@pytest.mark.parametrize("model", MODELS, ids=lambda it: f"{it.__module__}:{it.__name__}")
@few
@given(data=st.data())
def test_a_view_of_an_object_is_what_the_generated_reader_makes_of_it(
    model: Any, data: st.DataObject
) -> None:
    row = data.draw(rows(model))
    before = repr(row)
    seen = reader(model)(row)
    assert isinstance(seen, model)
    assert seen.to_dict() == model.from_dict(row).to_dict()
    for name in [each.name for each in attrs.fields(model)]:
        ours, theirs = getattr(seen, name), getattr(model.from_dict(row), name)
        assert isinstance(ours, type(theirs)), name
        assert attrs.has(type(theirs)) or ours == theirs, name
    assert repr(row) == before, "the provider's JSON was changed"


@pytest.mark.parametrize("model", MODELS, ids=lambda it: f"{it.__module__}:{it.__name__}")
@few
@given(data=st.data(), shift=st.integers(0, 20))
def test_json_is_written_from_what_came_as_it_is_from_the_fields(
    model: Any, data: st.DataObject, shift: int
) -> None:
    """The fast way gives the same text, one way or field by field, and as the generated reader does."""
    names = list(layout(Video).converters)
    attributes = [attrgetter(each.name) for each in attrs.fields(model)]
    found = {name: attributes[(n + shift) % len(attributes)] for n, name in enumerate(names)}
    fields = FieldMap(Video, model, id="id", fields=found)
    row = {**data.draw(rows(model)), "id": "x%s"}
    direct, filled, single = (read(fields, row) for _ in range(3))
    assert direct.to_json(raw=True) == to_json(filled.to_dict(raw=True))
    assert {name: getattr(single, name) for name in names}.items() <= filled.as_dict().items()
    assert direct == filled == single
    made = model.from_dict(row)
    theirs = {name: to(found[name](made)) for name, to in layout(Video).converters.items()}
    assert theirs.items() <= filled.as_dict().items()


@given(stamp=st.integers(-(10**12), 10**12) | st.integers(10**9, 10**11))
def test_unix_seconds_are_written_as_the_time_that_they_are(stamp: int) -> None:
    fields = FieldMap(Video, Counted, id="id", fields={"created_at": lambda it: it.row["at"]})
    direct, filled = (read(fields, {"id": 1, "at": stamp}) for _ in range(2))
    assert direct.to_json() == to_json(filled.to_dict())


@attrs.define
class Counted:
    """A model of a client that was generated otherwise."""

    row: dict[str, Any]

    @classmethod
    def from_dict(cls, src_dict: Any) -> Counted:
        return cls(src_dict)


@attrs.define
class Strict:
    """A generated model of a document that says what must be there."""

    name: str

    @classmethod
    def from_dict(cls, src_dict: Any) -> Strict:
        return cls(name=src_dict["name"])


def test_a_model_that_needs_attributes_is_made_by_its_own_reader() -> None:
    fields = FieldMap(Video, Strict, id="id", fields={"title": lambda it: it.name})
    named = read(fields, {"id": 1, "name": "One"})
    nameless = read(fields, {"id": 2})
    assert (named.title, nameless.title) == ("One", None)


@pytest.mark.parametrize("row", [{"id": 1, "n": 10**400}, {"id": 1, "n": 0}])
def test_a_calculation_that_goes_wrong_costs_the_field_alone(row: dict[str, Any]) -> None:
    """Too large for a float, or divided by nothing."""
    fields = FieldMap(
        Video,
        Counted,
        id="id",
        fields={"duration": lambda it: 0.5 / float(it.row["n"]), "title": lambda it: "One"},
    )
    video = read(fields, row)
    assert (video.duration, video.title) == (None, "One")
    assert video.as_dict()["title"] == "One"


def test_a_path_below_the_base_url_becomes_an_address_with_its_parts_escaped() -> None:
    """What the account always sends (Azure's api-version) belongs to it."""
    fields = FieldMap(
        Video, Strict, id="id", fields={"page_url": lambda it: below("/v1/films/{}/view", it.name)}
    )
    response = Response(
        data={"id": 1, "name": "a/../b?c#d e"},
        base_url="https://acme.example/x/v1",
        params={"api-version": "2026 preview"},
    )
    one, other = response.item(fields), response.item(fields)
    expected = (
        "https://acme.example/x/v1/films/a%2F..%2Fb%3Fc%23d%20e/view?api-version=2026+preview"
    )
    assert one.page_url == expected
    assert other.as_dict()["page_url"] == expected


def test_a_field_that_both_call_alike_is_named_once() -> None:
    from polyreel_clients.krea.models import Job

    fields = FieldMap(Video, Job, id="job_id", same=("created_at",), fields={})
    video = read(fields, {"job_id": "a", "created_at": "2026-11-02T10:00:00Z"})
    assert str(video.created_at) == "2026-11-02 10:00:00+00:00"
    with pytest.raises(TypeError, match="Job has no field title"):
        FieldMap(Video, Job, id="job_id", same=("title",), fields={})
    with pytest.raises(TypeError, match="Video has no field job_id"):
        FieldMap(Video, Job, id="job_id", same=("job_id",), fields={})
