"""Every hook is documented by an example that runs, and held by a test."""

from __future__ import annotations

import inspect
import logging
import re
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent
from types import ModuleType, SimpleNamespace
from typing import Any

import pluggy
import polyreel
import pytest
import typer
from polyreel import ListQuery, NotFound, Provider, Request, Video, hookspecs

ROOT = Path(__file__).parents[2]
HOOKS = {
    name: function
    for name, function in vars(hookspecs).items()
    if hasattr(function, "polyreel_spec")
}

EXCHANGE = Request(method="GET", path="/videos", read=len)
ARGUMENTS: dict[str, dict[str, Any]] = {
    "polyreel_provider": {},
    "polyreel_list": {
        "provider": "acme",
        "kind": "videos",
        "query": ListQuery(page_size=7, cursor="c"),
        "collection": "",
        "settings": {},
    },
    "polyreel_get": {
        "provider": "acme",
        "kind": "videos",
        "id": "v1",
        "collection": "",
        "settings": {},
    },
    "polyreel_files": {
        "provider": "acme",
        "kind": "videos",
        "item": Video(
            provider="acme",
            account="acme",
            id="v1",
            download_url="https://cdn.example/v1.mp4",
            raw={"caption_url": "https://cdn.example/v1.vtt"},
        ),
    },
    "polyreel_changed": {
        "item": Video(provider="acme", account="acme", id="v1", provider_status="failed"),
        "before": Video(provider="acme", account="acme", id="v1", provider_status="running"),
    },
    "polyreel_sent": {"account": "acme", "request": EXCHANGE},
    "polyreel_answered": {
        "account": "acme",
        "request": EXCHANGE,
        "status_code": 200,
        "seconds": 0.25,
    },
    "polyreel_failed": {
        "account": "acme",
        "request": EXCHANGE,
        "error": NotFound("no such video"),
    },
    "polyreel_commands": {"cli": typer.Typer()},
}


def example(hook: str) -> str:
    _, found, code = (inspect.getdoc(HOOKS[hook]) or "").partition("Example::\n")
    assert found, f"the docstring of {hook} has no example"
    return dedent(code)


@pytest.fixture
def acme_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated client that the examples speak of."""

    def endpoint(path: str) -> SimpleNamespace:
        return SimpleNamespace(
            _get_kwargs=lambda **params: {"method": "get", "url": path, "params": params}
        )

    for name in ("acme_client", "acme_client.api", "acme_client.api.videos"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    videos = sys.modules["acme_client.api.videos"]
    vars(videos).update(list_videos=endpoint("/videos"), get_video=endpoint("/videos/v1"))


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.usefixtures("acme_client")
def test_the_example_of_each_hook_runs(hook: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    public = {name: getattr(polyreel, name) for name in polyreel.__all__}
    plugin = ModuleType("example")
    readers = {"read_page": list, "read_video": dict}
    vars(plugin).update(public, log=logging.getLogger("example"), date=date, **readers)
    exec(compile(example(hook), hook, "exec"), vars(plugin))
    manager = pluggy.PluginManager("polyreel")
    manager.add_hookspecs(hookspecs)
    manager.register(plugin)
    manager.check_pending()
    response = getattr(manager.hook, hook)(**ARGUMENTS[hook])

    match hook:
        case "polyreel_provider":
            assert [type(one) for one in response] == [Provider]
        case "polyreel_list":
            assert (response.path, response.params) == ("/videos", {"limit": 7, "after": "c"})
        case "polyreel_get":
            assert (response.method, response.path) == ("GET", "/videos/v1")
        case "polyreel_files":
            assert [file.role for file in response] == ["video", "captions"]
        case "polyreel_commands":
            registered = ARGUMENTS[hook]["cli"].registered_commands
            assert [command.callback.__name__ for command in registered] == ["invoices"]
        case _:
            assert len(caplog.records) == 1
            assert "acme" in caplog.text


@pytest.mark.parametrize("hook", HOOKS)
def test_the_reference_has_each_hook(hook: str) -> None:
    reference = (ROOT / "docs" / "hooks.md").read_text()
    assert f"## `{hook}`" in reference
    for name in inspect.signature(HOOKS[hook]).parameters:
        assert re.search(rf"def {hook}\(.*\b{name}: ", reference)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_test_implements_each_hook(hook: str) -> None:
    """Through a plugin of its own, and not only through those that polyreel brings."""
    implementing = [
        path.name
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__) and f"def {hook}(" in path.read_text()
    ]
    assert implementing
