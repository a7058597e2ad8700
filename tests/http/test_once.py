"""What a hub holds for its threads is made once, however many ask for it first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from polyreel import Hub, Policy, Registry
from polyreel.http import streams, transport


class Waiting:
    """Makes objects; the first waits a moment for a second thread to make another."""

    def __init__(self) -> None:
        self.made: list[object] = []
        self._two = threading.Event()

    def __call__(self, *_: Any) -> object:
        self.made.append(object())
        if len(self.made) > 1:
            self._two.set()
        self._two.wait(0.3)
        return self.made[-1]


def asked_by_four(ask: Callable[[], object]) -> list[object]:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(ask())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_threads_of_a_hub_share_its_connections_and_its_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    making = Waiting()
    monkeypatch.setattr(transport, "Transport", making)
    hub = Hub([], registry=Registry())
    assert set(asked_by_four(lambda: hub._transport)) == set(making.made)
    assert len(making.made) == 1


def test_threads_share_what_gets_files(monkeypatch: pytest.MonkeyPatch) -> None:
    making = Waiting()
    monkeypatch.setattr(streams, "Downloads", making)
    used = transport.Transport(Policy(), Registry(), "test")
    assert set(asked_by_four(lambda: used.downloads)) == set(making.made)
    assert len(making.made) == 1
