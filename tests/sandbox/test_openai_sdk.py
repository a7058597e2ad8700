"""OpenAI's own SDK takes the sandbox for the real thing."""

from __future__ import annotations

import openai
import pytest
from polyreel import sandbox

# The SDK marks its video methods as deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def client(box):
    with openai.OpenAI(base_url=box.url("openai"), api_key=sandbox.KEY, max_retries=0) as ready:
        yield ready


@pytest.mark.parametrize("limit", [3, 10, 100])
def test_it_lists_page_after_page_and_gets_each(client, limit):
    videos = list(client.videos.list(limit=limit))
    assert len({video.id for video in videos}) == len(videos) == 25
    for video in videos[::6]:
        assert client.videos.retrieve(video.id) == video


def test_it_lists_in_either_order(client):
    newest_first = [video.id for video in client.videos.list(order="desc")]
    assert [video.id for video in client.videos.list(order="asc")] == newest_first[::-1]


def test_it_downloads(client):
    done = next(video for video in client.videos.list() if video.status == "completed")
    with client.videos.with_streaming_response.download_content(done.id) as response:
        assert response.read()[4:8] == b"ftyp"


def test_it_understands_the_errors(client, box):
    with pytest.raises(openai.NotFoundError, match="no-such-id"):
        client.videos.retrieve("no-such-id")
    with pytest.raises(openai.BadRequestError, match="limit"):
        client.videos.list(limit=101)
    with (
        pytest.raises(openai.AuthenticationError),
        openai.OpenAI(base_url=box.url("openai"), api_key="wrong", max_retries=0) as stranger,
    ):
        stranger.videos.list()
