"""Plugins are found by their entry points, and a broken one costs nobody but itself.

The distributions are hand-written ``dist-info`` folders, as an installer leaves them.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from polyreel import (
    Account,
    ConfigurationError,
    Hub,
    ListQuery,
    NotFound,
    PluginError,
    Registry,
)

if TYPE_CHECKING:
    from conftest import PluginFolder

HEAD = """
from datetime import date
from polyreel import (
    Bearer, Request, Lifecycle, NotFound, Page, Provider, Resource, hookimpl,
)
"""


def provider_source(name: str, body: str = "") -> str:
    return f"""{HEAD}
@hookimpl
def polyreel_provider():
    return Provider(
        name={name!r}, title={name.title()!r}, base_url="https://{name}.example", auth=Bearer(),
        resources={{"videos": Resource()}}, lifecycle=Lifecycle(retrieved=date(2026, 1, 1)),
        client="{name}_client", docs="https://{name}.example/docs",
    )

@hookimpl
def polyreel_list(provider, kind, query):
    ASKED.append(provider)
    return Request(method="GET", path="/{name}/" + kind, read=lambda response: response)

@hookimpl
def polyreel_get(provider, kind, id):
    ASKED.append(provider)
    return Request(method="GET", path="/{name}/" + kind + "/" + id, read=lambda response: response)

ASKED = []
{body}
"""


@pytest.fixture
def acme(plugin_folder: PluginFolder) -> PluginFolder:
    plugin_folder.add(
        "polyreel-acme", {"acme_plugin": provider_source("acme")}, providers={"acme": "acme_plugin"}
    )
    return plugin_folder


def broken(folder: PluginFolder, source: str, name: str = "broken") -> None:
    folder.add(f"polyreel-{name}", {f"{name}_plugin": source}, providers={name: f"{name}_plugin"})


QUERY = ListQuery(page_size=10)


def test_an_installed_provider_is_known_by_name_and_imported_when_it_is_used(
    acme: PluginFolder,
) -> None:
    registry = Registry({})
    assert {"acme", "openai", "tavus"} <= set(registry.names)
    assert "acme_plugin" not in sys.modules
    assert registry.provider("acme").title == "Acme"
    assert "acme_plugin" in sys.modules
    assert registry.distribution("acme") == "polyreel-acme 1.0"
    assert registry.provider("acme") is registry.provider("acme")


def test_a_plugins_requests_are_had_through_the_registry(acme: PluginFolder) -> None:
    registry = Registry({})
    assert registry.list_request("acme", "videos", QUERY).path == "/acme/videos"
    assert registry.get_request("acme", "videos", "1").path == "/acme/videos/1"


def test_a_provider_that_nobody_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigurationError, match=r"'heygem'.*openai, .*tavus") as caught:
        Registry({}).provider("heygem")
    assert "Did you mean 'heygen'?" in str(caught.value)
    assert "pip install" not in str(caught.value), "a typo is no package to install"


BROKEN = {
    "an import that fails": (
        "import nothing_of_this_name",
        "can't be imported: ModuleNotFoundError",
    ),
    "a syntax error": ("def broken(:", "can't be imported: SyntaxError"),
    "an exception": ("raise RuntimeError('on a Tuesday')", "RuntimeError: on a Tuesday"),
    "an exit": ("import sys; sys.exit(3)", "can't be imported: SystemExit"),
    "a panic of an extension module": (
        "class PanicException(BaseException): ...\nraise PanicException('index out of bounds')",
        "can't be imported: PanicException: index out of bounds",
    ),
    "a panic in a hook": (
        f"{HEAD}\n@hookimpl\ndef polyreel_provider():\n    raise BaseException('panic')",
        "failed in polyreel_provider: BaseException: panic",
    ),
    "no hooks at all": ("", "must have one polyreel_provider"),
    "a misspelt hook": (
        provider_source("broken", "@hookimpl\ndef polyreel_lsit(kind, query): ..."),
        "polyreel_lsit",
    ),
    "an argument that the hook doesn't have": (
        provider_source("broken", "@hookimpl\ndef polyreel_sent(account, exchnage): ..."),
        "exchnage",
    ),
    "another provider's name": (provider_source("acme"), r"named 'broken'.*\['acme'\]"),
    "a provider hook that raises": (
        f"{HEAD}\n@hookimpl\ndef polyreel_provider():\n    return 1 / 0",
        "failed in polyreel_provider: ZeroDivisionError",
    ),
    "a provider hook that gives something else": (
        f"{HEAD}\n@hookimpl\ndef polyreel_provider():\n    return {{'name': 'broken'}}",
        "must have one polyreel_provider",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_plugin_is_left_out_with_its_reason(
    what: str, acme: PluginFolder, caplog: pytest.LogCaptureFixture
) -> None:
    source, reason = BROKEN[what]
    broken(acme, source)
    registry = Registry({})
    with caplog.at_level(logging.WARNING, "polyreel"):
        usable = [provider.name for provider in registry.providers()]
    assert "acme" in usable
    assert "broken" not in usable
    with pytest.raises(PluginError, match=reason) as caught:
        registry.provider("broken")
    assert {name: str(error) for name, error in registry.failures.items()} == {
        "broken": str(caught.value)
    }
    assert "polyreel-broken 1.0" in str(caught.value)
    assert caught.value.provider == "broken"
    assert caplog.text.count("left out") == 1
    # and nothing of it is left in anybody's way
    assert registry.list_request("acme", "videos", QUERY).path == "/acme/videos"


@pytest.mark.parametrize("what", BROKEN)
def test_strict_mode_raises_instead(what: str, acme: PluginFolder) -> None:
    source, reason = BROKEN[what]
    broken(acme, source)
    with pytest.raises(PluginError, match=reason):
        Registry({"POLYREEL_STRICT_PLUGINS": "1"}).providers()
    assert Registry({"POLYREEL_STRICT_PLUGINS": "0"}).providers()


def test_a_provider_that_works_is_never_touched_by_one_that_does_not(acme: PluginFolder) -> None:
    broken(acme, BROKEN["a misspelt hook"][0])
    registry = Registry({})
    assert registry.provider("acme")
    with pytest.raises(PluginError):
        registry.provider("broken")
    broken(acme, provider_source("second"), "second")
    assert Registry({}).provider("second")
    assert registry.get_request("acme", "videos", "1")


def test_two_distributions_with_one_name_are_both_named_with_their_versions(
    acme: PluginFolder,
) -> None:
    acme.add(
        "acme-tools",
        {"other_plugin": provider_source("acme")},
        providers={"acme": "other_plugin"},
        version="2.5",
    )
    with pytest.raises(PluginError, match=r"two plugins are called 'acme'") as caught:
        Registry({}).provider("acme")
    assert "polyreel-acme 1.0" in str(caught.value)
    assert "acme-tools 2.5" in str(caught.value)


def test_two_names_for_one_module_cost_only_the_second(acme: PluginFolder) -> None:
    acme.add("again", {}, providers={"again": "acme_plugin"})
    registry = Registry({})
    assert registry.provider("acme")
    with pytest.raises(PluginError, match="one of its own"):
        registry.provider("again")
    assert registry.get_request("acme", "videos", "1").path == "/acme/videos/1"


def test_a_distribution_found_twice_on_the_path_is_one(
    acme: PluginFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(acme.path) + "/")
    assert Registry({}).provider("acme").name == "acme"


@pytest.mark.parametrize(
    ("setting", "installed", "missing"),
    [
        ("", {"acme", "openai", "tavus"}, set()),
        ("acme", {"acme"}, {"openai", "tavus"}),
        (" acme , tavus ,", {"acme", "tavus"}, {"openai"}),
        ("-acme", {"openai", "tavus"}, {"acme"}),
        ("acme,-acme", set(), {"acme", "openai", "tavus"}),
    ],
)
def test_plugins_are_allowed_and_blocked_by_name(
    setting: str, installed: set[str], missing: set[str], acme: PluginFolder
) -> None:
    names = set(Registry({"POLYREEL_PLUGINS": setting}).names)
    assert installed <= names
    assert not missing & names


def test_a_blocked_plugin_is_not_even_looked_at(acme: PluginFolder) -> None:
    broken(acme, "raise RuntimeError")
    registry = Registry({"POLYREEL_PLUGINS": "-broken"})
    registry.providers()
    assert registry.failures == {}
    assert "broken_plugin" not in sys.modules


def test_no_provider_is_asked_for_another(acme: PluginFolder) -> None:
    acme.add(
        "polyreel-bolt", {"bolt_plugin": provider_source("bolt")}, providers={"bolt": "bolt_plugin"}
    )
    registry = Registry({})
    registry.providers()
    for name in ("acme", "bolt", "acme"):
        assert registry.list_request(name, "videos", QUERY).path == f"/{name}/videos"
        assert registry.get_request(name, "videos", "1").path == f"/{name}/videos/1"
    assert set(sys.modules["acme_plugin"].ASKED) == {"acme"}
    assert set(sys.modules["bolt_plugin"].ASKED) == {"bolt"}


def test_no_provider_is_asked_for_another_that_a_thread_adds_meanwhile(
    plugin_folder: PluginFolder,
) -> None:
    names = [f"p{number}" for number in range(8)]
    for name in names:
        broken(plugin_folder, provider_source(name), name)
    registry = Registry({})
    start, found = threading.Barrier(len(names)), {}

    def ask(name: str) -> None:
        start.wait()
        found[name] = {registry.list_request(name, "videos", QUERY).path for _ in range(50)}

    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: {f"/{name}/videos"} for name in names}


WRAPPER = f"""{HEAD}
import polyreel
SEEN = []

@hookimpl(wrapper=True)
def polyreel_list(provider, kind, query):
    request = yield
    SEEN.append(("list", provider, request.path))
    return request

@hookimpl(wrapper=True)
def polyreel_get(provider, kind, id):
    request = yield
    return Request(method="GET", path=request.path + "?cached", read=request.read)

@hookimpl
def polyreel_answered(account, status_code):
    SEEN.append(("answered", account, status_code))
"""


@pytest.fixture
def wrapper(acme: PluginFolder) -> PluginFolder:
    acme.add("polyreel-trace", {"trace_plugin": WRAPPER}, plugins={"trace": "trace_plugin"})
    return acme


def test_a_wrapper_stands_around_every_provider(wrapper: PluginFolder) -> None:
    registry = Registry({})
    for name in ("acme", "tavus", "openai"):
        registry.list_request(name, "videos", QUERY)
        assert registry.get_request(name, "videos", "x").path.endswith("?cached")
    seen = sys.modules["trace_plugin"].SEEN
    assert [provider for _, provider, _ in seen] == ["acme", "tavus", "openai"]
    assert seen[0] == ("list", "acme", "/acme/videos")


def test_an_observer_learns_what_it_asks_for(wrapper: PluginFolder) -> None:
    arguments: dict[str, Any] = {"request": object(), "status_code": 200, "seconds": 0.1}
    Registry({}).notify("polyreel_answered", account="work", **arguments)
    assert sys.modules["trace_plugin"].SEEN == [("answered", "work", 200)]


def test_an_observer_that_fails_is_logged_and_costs_nobody_anything(
    plugin_folder: PluginFolder, caplog: pytest.LogCaptureFixture
) -> None:
    source = f"{HEAD}\n@hookimpl\ndef polyreel_sent(account):\n    raise RuntimeError('mine')"
    plugin_folder.add("watcher", {"watcher_plugin": source}, plugins={"watcher": "watcher_plugin"})
    with caplog.at_level(logging.ERROR, "polyreel"):
        Registry({}).notify("polyreel_sent", account="work", request=object())
    assert "an observer failed in polyreel_sent" in caplog.text


def test_a_broken_wrapper_is_left_out_with_its_reason(acme: PluginFolder) -> None:
    acme.add("polyreel-bad", {"bad_plugin": "import nope"}, plugins={"bad": "bad_plugin"})
    registry = Registry({})
    assert "nope" in str(registry.failures["bad"])
    assert registry.provider("acme")
    with pytest.raises(PluginError, match="nope"):
        Registry({"POLYREEL_STRICT_PLUGINS": "1"})


def test_a_provider_and_a_wrapper_may_share_a_name(acme: PluginFolder) -> None:
    acme.add("acme-tracing", {"trace_plugin": WRAPPER}, plugins={"acme": "trace_plugin"})
    registry = Registry({})
    assert registry.list_request("acme", "videos", QUERY).path == "/acme/videos"
    assert sys.modules["trace_plugin"].SEEN
    assert registry.failures == {}


@pytest.mark.parametrize(
    ("hook", "complaint"),
    [
        ("    return 1 / 0", "failed in polyreel_list: ZeroDivisionError"),
        ("    return None", "gave None instead of a Request"),
        ("    return {'url': '/videos'}", r"gave \{'url': '/videos'\} instead of a Request"),
    ],
)
def test_a_plugin_that_breaks_the_contract_is_named(
    hook: str, complaint: str, plugin_folder: PluginFolder
) -> None:
    source = provider_source("broken").replace("    ASKED.append(provider)\n", f"{hook}\n", 1)
    broken(plugin_folder, source)
    with pytest.raises(PluginError, match=complaint) as caught:
        Registry({}).list_request("broken", "videos", QUERY)
    assert "polyreel-broken 1.0" in str(caught.value)
    assert caught.value.provider == "broken"


def test_an_error_that_a_plugin_raises_on_purpose_passes(plugin_folder: PluginFolder) -> None:
    source = provider_source("broken").replace(
        "    ASKED.append(provider)\n", "    raise NotFound('not with this id')\n"
    )
    broken(plugin_folder, source)
    with pytest.raises(NotFound, match="not with this id"):
        Registry({}).get_request("broken", "videos", "1")


def test_plugins_add_commands_and_one_that_fails_costs_only_its_own(
    plugin_folder: PluginFolder, caplog: pytest.LogCaptureFixture
) -> None:
    for name, body in (("good", "cli.append('archive')"), ("bad", "raise RuntimeError")):
        source = f"{HEAD}\n@hookimpl\ndef polyreel_commands(cli):\n    {body}"
        plugin_folder.add(name, {f"{name}_commands": source}, plugins={name: f"{name}_commands"})
    added: list[str] = []
    with caplog.at_level(logging.ERROR, "polyreel"):
        Registry({}).commands(added)
    assert added == ["archive"]
    assert "bad_commands failed in polyreel_commands" in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        b"[polyreel.providers]\nbroken\n",
        b"broken = broken_plugin\n[polyreel.providers\nx",
        b"\xff\xfe[\x00",
        b"[polyreel.providers]\n= x\n== y\n  :",
    ],
)
def test_malformed_entry_points_cost_their_distribution_alone(
    acme: PluginFolder, content: bytes
) -> None:
    broken(acme, provider_source("broken"))
    (acme.path / "polyreel_broken-1.0.dist-info" / "entry_points.txt").write_bytes(content)
    registry = Registry({})
    assert {"acme", "openai", "tavus"} <= set(registry.names)
    assert registry.provider("acme")
    assert registry.get_request("acme", "videos", "1")
    told = str(registry.failures.get("polyreel-broken", ""))
    assert not told or "entry_points.txt" in told


@pytest.mark.parametrize(
    "content", [b"[a]\nb\n", b"broken = broken_plugin\n", b"[[[", b"no\n[a]\n", b"\xff\xfe[a]"]
)
def test_malformed_entry_points_are_named(acme: PluginFolder, content: bytes) -> None:
    broken(acme, provider_source("broken"))
    file = acme.path / "polyreel_broken-1.0.dist-info" / "entry_points.txt"
    file.write_bytes(content)
    told = str(Registry({}).failures["polyreel-broken"])
    assert "the entry_points.txt of polyreel-broken can't be read" in told


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"Version: 3", b"Name: \nVersion: \n"])
def test_malformed_metadata_costs_nobody_anything(acme: PluginFolder, content: bytes) -> None:
    (acme.path / "polyreel_acme-1.0.dist-info" / "METADATA").write_bytes(content)
    registry = Registry({})
    assert registry.provider("acme")
    assert registry.distribution("acme") == "polyreel_acme (its METADATA can't be read)"
    assert registry.failures == {}


def test_what_a_plugin_prints_when_it_is_imported_stays_out_of_stdout(
    plugin_folder: PluginFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    source = provider_source("loud", "print('hello')").replace(
        "    return Provider(", "    print('there')\n    return Provider("
    )
    broken(plugin_folder, source, "loud")
    Registry({}).provider("loud")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "hello\nthere\n"


@pytest.mark.parametrize("how", ["KeyboardInterrupt", "SystemExit", "GeneratorExit"])
@pytest.mark.parametrize(
    "where", ["the module", "    ASKED.append(provider)", "    return Provider("]
)
def test_a_plugin_that_would_end_the_program_costs_itself_alone(
    plugin_folder: PluginFolder, how: str, where: str
) -> None:
    source = provider_source("broken")
    source = (
        f"raise {how}('mine')"
        if where == "the module"
        else source.replace(where, f"    raise {how}('mine')\n{where}", 1)
    )
    broken(plugin_folder, source)
    with pytest.raises(PluginError, match=f"{how}: mine"):
        Registry({}).list_request("broken", "videos", QUERY)


def test_a_plugin_that_interrupts_in_a_thread_costs_itself_alone(
    plugin_folder: PluginFolder,
) -> None:
    broken(plugin_folder, "raise KeyboardInterrupt")
    registry, found = Registry({}), []
    thread = threading.Thread(target=lambda: found.extend(registry.providers()))
    thread.start()
    thread.join()
    assert found
    assert "KeyboardInterrupt" in str(registry.failures["broken"])


def test_a_ctrl_c_while_a_plugin_is_imported_ends_the_program(plugin_folder: PluginFolder) -> None:
    broken(plugin_folder, "import signal; signal.raise_signal(signal.SIGINT)")
    before = signal.getsignal(signal.SIGINT)
    registry = Registry({})
    with pytest.raises(KeyboardInterrupt):
        registry.providers()
    assert registry.failures == {}
    assert signal.getsignal(signal.SIGINT) is before


def test_a_ctrl_c_in_a_hook_that_is_called_for_each_page_ends_the_program(
    plugin_folder: PluginFolder,
) -> None:
    source = provider_source("broken").replace(
        "    ASKED.append(provider)", "    import signal; signal.raise_signal(signal.SIGINT)"
    )
    broken(plugin_folder, source)
    with pytest.raises(KeyboardInterrupt):
        Registry({}).list_request("broken", "videos", QUERY)


def test_an_error_without_a_text_is_named_by_its_class(plugin_folder: PluginFolder) -> None:
    source = "class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute"
    broken(plugin_folder, source)
    registry = Registry({})
    registry.providers()
    assert str(registry.failures["broken"]).endswith("can't be imported: Mute")


def test_each_account_of_a_broken_plugin_gets_an_error_of_its_own(plugin_folder: Any) -> None:
    plugin_folder.add("polyreel-broken", {"broken_a": "1 / 0"}, providers={"broken": "broken_a"})
    accounts = [Account(name=name, provider="broken", key="k") for name in ("one", "two")]
    with Hub(accounts) as hub:
        listing = hub.videos.list(on_error="skip")
        assert list(listing) == []
        errors = listing.errors
    assert [error.account for error in errors] == ["one", "two"]
