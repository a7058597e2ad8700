"""Providers' own SDKs take the sandbox for the real thing."""

from __future__ import annotations

import pytest
from polyreel import Hub, sandbox

# Some SDKs mark methods as deprecated, and import what Python does.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def ids(box, provider, kind="videos"):
    accounts = [one for one in box.accounts() if one.provider == provider]
    with Hub(accounts) as hub:
        return [item.id for item in getattr(hub, kind).list()]


def test_replicate_lists_page_after_page_and_gets_each(box):
    import replicate

    client = replicate.Client(
        api_token=sandbox.KEY, base_url=box.url("replicate").removesuffix("/v1")
    )
    page, came = client.predictions.list(), []
    while page:
        came += page.results
        page = client.predictions.list(page.next) if page.next else None
    assert [one.id for one in came] == ids(box, "replicate")
    for one in came[::6]:
        alone = client.predictions.get(one.id)
        assert (alone.status, alone.output, alone.urls) == (one.status, one.output, one.urls)
    client._client.close()


def test_luma_lists_and_gets_each(box):
    import lumaai

    with lumaai.LumaAI(auth_token=sandbox.KEY, base_url=box.url("luma"), max_retries=0) as client:
        came, offset = [], 0
        while True:
            page = client.generations.list(limit=10, offset=offset)
            came += page.generations
            offset += len(page.generations)
            if not page.has_more:
                break
        assert [one.id for one in came] == ids(box, "luma")
        for one in came[::6]:
            assert client.generations.get(one.id).assets == one.assets
        with pytest.raises(lumaai.NotFoundError):
            client.generations.get("no-such-id")


def test_runway_gets_each_task_in_the_form_of_its_status(box):
    import runwayml
    from polyreel.registry import Registry
    from polyreel.sandbox import served_spec
    from polyreel.sandbox.fixture_items import COUNTS, FixtureItems

    spec = served_spec.load(Registry().provider("runway"))
    seen = set()
    with runwayml.RunwayML(
        api_key=sandbox.KEY, base_url=box.url("runway"), max_retries=0
    ) as client:
        for item in FixtureItems.of(spec, COUNTS).items("videos"):
            task = client.tasks.retrieve(item.id)
            seen.add(type(task).__name__)
            assert task.id == item.id
        with pytest.raises(runwayml.NotFoundError):
            client.tasks.retrieve("00000000-0000-4000-8000-000000000000")
    assert {name.removeprefix("Awaitable") for name in seen} >= {
        *("Pending", "Running", "Succeeded", "Failed", "Cancelled"),
    }


def test_runway_lists_and_gets_each_avatar(box):
    import runwayml

    with runwayml.RunwayML(
        api_key=sandbox.KEY, base_url=box.url("runway"), max_retries=0
    ) as client:
        came = [one.id for one in client.avatars.list(limit=10)]
        assert came == ids(box, "runway", kind="replicas")
        for id in came[::6]:
            assert client.avatars.retrieve(id).id == id


def test_elevenlabs_lists_page_after_page_and_gets_each(box):
    import httpx
    from elevenlabs.client import ElevenLabs

    with httpx.Client() as http:
        client = ElevenLabs(api_key=sandbox.KEY, base_url=box.url("elevenlabs"), httpx_client=http)
        came, more = [], {}
        while True:
            page = client.flows.video.list(page_size=10, **more)
            came += page.generations
            if not page.has_more:
                break
            more = {"cursor": page.next_cursor}
        assert [one.id for one in came] == ids(box, "elevenlabs")
        assert {one.status for one in came} == {"pending", "generating", "completed", "failed"}
        for one in came[::6]:
            assert client.flows.video.get(one.id).status == one.status
