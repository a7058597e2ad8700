"""Accounts come from the environment, then from a file that holds no key, and each mistake is named."""

from __future__ import annotations

import builtins
import os
import pickle
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest
from attrs import evolve
from polyreel import (
    Account,
    Bearer,
    ConfigurationError,
    HeaderKey,
    Lifecycle,
    Provider,
    Setting,
)
from polyreel.accounts import load, vain, variable
from polyreel.configuration.file import config_path
from polyreel.http.connection import connect


def provider(name: str, auth: HeaderKey | None = None) -> Provider:
    return Provider(
        name=name,
        title=name.title(),
        base_url=f"https://{name}.example",
        auth=auth or HeaderKey("x-api-key"),
        resources={},
        lifecycle=Lifecycle(retrieved=date(2026, 1, 1)),
        client=f"{name}_client",
        docs=f"https://{name}.example/docs",
    )


ACME = provider("acme")
BIG = provider("big-tube", Bearer(env="BIGTUBE_TOKEN"))
NO_FILE = {"POLYREEL_CONFIG": os.devnull}


def key_of(account: Account) -> str | None:
    return account.key() if callable(account.key) else account.key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "polyreel.toml"


def read(file: Path, content: str | bytes, **environ: str) -> dict[str, Account]:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load([ACME, BIG], {"POLYREEL_CONFIG": str(file), **environ})


# The environment


@pytest.mark.parametrize(
    ("environ", "key", "base_url"),
    [
        ({"ACME_API_KEY": "k1"}, "k1", None),
        ({"ACME_BASE_URL": "http://127.0.0.1:8000"}, None, "http://127.0.0.1:8000"),
        ({"ACME_API_KEY": "k1", "ACME_BASE_URL": "https://x"}, "k1", "https://x"),
    ],
)
def test_a_provider_with_a_key_or_a_base_url_is_an_account_of_its_name(
    environ: Mapping[str, str], key: str | None, base_url: str | None
) -> None:
    (account,) = load([ACME, BIG], {**NO_FILE, **environ}).values()
    assert (account.name, account.provider) == ("acme", "acme")
    assert (key_of(account), account.base_url) == (key, base_url)


def test_a_providers_settings_come_from_the_environment_or_from_the_accounts_table(
    file: Path,
) -> None:
    workspaces = evolve(ACME, settings={"workspace": Setting("its id")})
    set_there = {**NO_FILE, "ACME_API_KEY": "k", "ACME_WORKSPACE": "w1", "ACME_REGION": "eu"}
    (account,) = load([workspaces], set_there).values()
    assert account.settings == {"workspace": "w1"}
    (account,) = read(file, "[accounts.acme]\nsettings = {workspace = 'w2'}").values()
    assert account.settings == {"workspace": "w2"}


@pytest.mark.parametrize("environ", [{}, {"ACME_API_KEY": ""}, {"ACME_BASE_URL": ""}])
def test_an_empty_variable_is_none(environ: Mapping[str, str]) -> None:
    assert load([ACME, BIG], {**NO_FILE, **environ}) == {}


def test_variables_are_named_after_the_provider_unless_it_says_otherwise() -> None:
    assert variable(ACME, "API_KEY") == "ACME_API_KEY"
    assert variable(BIG, "API_KEY") == "BIGTUBE_TOKEN"
    assert variable(BIG, "BASE_URL") == "BIG_TUBE_BASE_URL"
    accounts = load([ACME, BIG], {**NO_FILE, "BIGTUBE_TOKEN": "t", "BIG_TUBE_ALLOW_HTTP": "1"})
    assert accounts["big-tube"].allow_http is True


@pytest.mark.parametrize(
    ("value", "allowed"), [("1", True), ("yes", True), ("0", False), ("", False)]
)
def test_plain_http_is_allowed_by_name(value: str, allowed: bool) -> None:
    environ = {**NO_FILE, "ACME_API_KEY": "k", "ACME_ALLOW_HTTP": value}
    assert load([ACME], environ)["acme"].allow_http is allowed


# The file


def test_a_file_adds_accounts_by_name(file: Path) -> None:
    accounts = read(
        file,
        """
        [accounts.work]
        provider = "acme"
        key = "env:WORK_KEY"
        base_url = "https://work.example/v1"
        header = "api-key"
        headers = { "X-Team" = "blue" }
        params = { "api-version" = "preview" }
        allow_http = true
        in_flight = 2
        per_second = 0.5

        [accounts.big-tube]
        """,
        WORK_KEY="k-work",
    )
    work = accounts["work"]
    assert (work.provider, key_of(work)) == ("acme", "k-work")
    assert work.base_url == "https://work.example/v1"
    assert work.auth == HeaderKey("api-key")
    assert (work.headers, work.params) == ({"X-Team": "blue"}, {"api-version": "preview"})
    assert (work.allow_http, work.in_flight, work.per_second) == (True, 2, 0.5)
    assert accounts["big-tube"].provider == "big-tube", "an account's provider is its name"
    assert connect(work, ACME, date(2026, 1, 1)).headers_for("GET", "", b"")["api-key"] == "k-work"


def test_the_environment_wins_over_the_file(file: Path) -> None:
    accounts = read(file, "[accounts.acme]\nkey = 'env:OTHER'", ACME_API_KEY="mine", OTHER="not")
    assert key_of(accounts["acme"]) == "mine"


def test_no_file_is_no_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    for environ in ({}, {"POLYREEL_CONFIG": ""}):
        assert config_path(environ).name == "polyreel.toml"
        assert load([ACME], environ) == {}


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    missing = tmp_path / "nothing.toml"
    with pytest.raises(
        ConfigurationError, match="named by POLYREEL_CONFIG, doesn't exist"
    ) as caught:
        load([ACME], {"POLYREEL_CONFIG": str(missing)})
    assert str(missing) in str(caught.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"can't be read: Is a directory"):
        load([ACME], {"POLYREEL_CONFIG": str(tmp_path)})


BAD_FILES: dict[str, tuple[str | bytes, str]] = {
    "no TOML": ("[accounts", "isn't valid TOML"),
    "not UTF-8": (b"name = '\xff\xfe'", "isn't valid TOML"),
    "binary": (b"\x00\x01\x02", "isn't valid TOML"),
    "a number without end": ("in_flight = " + "9" * 10_000, "isn't valid TOML"),
    "a header without a name": ("[accounts.a]\nheader = ''", "header must name the header"),
    "nested without end": ("a = " + "[" * 10_000, "isn't valid TOML"),
    "too large": (b"#" * 1_000_001, "larger than 1,000,000 bytes"),
    "accounts of the wrong shape": ("accounts = 7", r"such as \[accounts.work\]"),
    "an account of the wrong shape": ("[accounts]\nwork = 'x'", r"such as \[accounts.work\]"),
    "a list of accounts": ("[[accounts]]\nname = 'x'", r"such as \[accounts.work\]"),
    "an unknown setting": ("[accounts.work]\nkey_file = 'x'", "no setting 'key_file'; it takes"),
    "a key of the wrong type": ("[accounts.work]\nkey = 7", "key must be a text"),
    "headers of the wrong type": ("[accounts.work]\nheaders = 'x'", "headers must be a table of"),
    "a header that is no text": (
        "[accounts.work]\nheaders = {A = 1}",
        "headers must be a table of",
    ),
    "a parameter that is no text": (
        "[accounts.work]\nparams = {a = 1}",
        "params must be a table of",
    ),
    "a truth of the wrong type": ("[accounts.work]\nallow_http = 'no'", "must be true or false"),
    "no requests at a time": ("[accounts.work]\nin_flight = 0", "in_flight"),
    "half a request at a time": ("[accounts.work]\nin_flight = 0.5", "must be a whole number"),
    "no requests per second": ("[accounts.work]\nper_second = 0", "per_second"),
    "not a number per second": ("[accounts.work]\nper_second = nan", "per_second"),
    "a name that no uid could hold": ("[accounts.'a:b']", "can't be called 'a:b'"),
    "an empty name": ("[accounts.'']", "can't be called ''"),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_is_named_with_what_is_wrong(what: str, file: Path) -> None:
    content, complaint = BAD_FILES[what]
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        read(file, content)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("setting", ["key", "api_key"])
def test_a_key_in_a_file_is_refused_without_repeating_it(setting: str, file: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(file, f"[accounts.work]\n{setting} = 'sk-secret-key'")
    assert "sk-secret-key" not in str(caught.value)
    if setting == "key":
        assert "env:NAME or keyring:SERVICE/USER" in str(caught.value)


@pytest.mark.parametrize("reference", ["env:", "env:NOT_SET", "env:EMPTY"])
def test_a_reference_to_nothing_is_told_when_the_key_is_needed(reference: str, file: Path) -> None:
    accounts = read(file, f"[accounts.work]\nprovider = 'acme'\nkey = '{reference}'", EMPTY="")
    with pytest.raises(ConfigurationError, match=f"there is no key at {reference}"):
        connect(accounts["work"], ACME, date(2026, 1, 1))


# What stands in the file in vain


VAIN = [
    ("[account.work]\nprovider = 'acme'", "[account.work] isn't read; write [accounts.work]"),
    ("[acounts.work]\nprovider = 'acme'", "[acounts.work] isn't read; write [accounts.work]"),
    ("[acme]\nbase_url = 'https://x'", "[acme] isn't read; write [accounts.acme]"),
    ("[acme]\nheaders = {a = 'b'}", "[acme] isn't read; write [accounts.acme]"),
    ("[openai]\n", "[openai] isn't read; write [accounts.openai]"),
    ("timeout = 5", "'timeout' isn't read"),
    ("[[accounts_old]]\na = 1", "'accounts_old' isn't read"),
    ("[accounts.acme]\n", "[accounts.acme] in"),
    ("[accounts.big-tube]\n", "[accounts.big-tube] in"),
]


@pytest.mark.parametrize(("content", "told"), VAIN)
@pytest.mark.parametrize("form", ["lf", "crlf", "bom"])
def test_what_nothing_reads_is_said(
    content: str, told: str, form: str, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = content.encode()
    data = {"lf": data, "crlf": data.replace(b"\n", b"\r\n"), "bom": b"\xef\xbb\xbf" + data}[form]
    accounts = read(file, data, ACME_BASE_URL="https://a", BIGTUBE_TOKEN="k", BIG_TUBE_BASE_URL="x")
    assert told in caplog.text
    assert set(accounts) == {"acme", "big-tube"}
    (sentence,) = vain(
        [ACME, BIG], {"POLYREEL_CONFIG": str(file), "ACME_API_KEY": "k", "BIGTUBE_TOKEN": "k"}
    )
    assert told in sentence


def test_a_shadowed_table_is_named_with_the_variables(file: Path) -> None:
    file.write_text("[accounts.acme]")
    (sentence,) = vain([ACME, BIG], {"POLYREEL_CONFIG": str(file), "ACME_API_KEY": "k-secret"})
    assert "ACME_API_KEY in the environment" in sentence
    assert "k-secret" not in sentence
    assert vain([ACME, BIG], {"POLYREEL_CONFIG": str(file)}) == ()


def test_a_file_with_a_byte_order_mark_and_other_line_ends_is_read(file: Path) -> None:
    content = "\ufeff# accounts\r\n[accounts.work]\r\nprovider = 'acme'\r\nkey = 'env:K'\r\n"
    assert key_of(read(file, content.encode(), K="k1")["work"]) == "k1"


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(file: Path) -> None:
    with pytest.raises(ConfigurationError, match="did you mean 'base_url'"):
        read(file, "[accounts.work]\nbase_ur = 'https://x'")


# Advice that fits where the account stands


def test_an_account_of_a_file_without_a_key_is_told_what_to_write_there(file: Path) -> None:
    account = read(file, "[accounts.work]\nprovider = 'acme'")["work"]
    with pytest.raises(ConfigurationError) as caught:
        connect(account, ACME, date(2026, 1, 1))
    assert 'key = "env:NAME"' in str(caught.value)
    assert f"[accounts.work] in {file}" in str(caught.value)
    assert "ACME_API_KEY" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ('"sk-secret-key"', "stands in quotes"),
        ("'sk-secret-key'", "stands in quotes"),
        ('sk-secret-key"', "stands in quotes"),
        ("Bearer sk-secret-key", "begins with 'Bearer'"),
        ("bearer  sk-secret-key", "begins with 'Bearer'"),
        ("$BIGTUBE_TOKEN", "the name of a variable"),
        ("${BIGTUBE_TOKEN}", "the name of a variable"),
    ],
)
def test_a_key_that_was_copied_with_what_stands_around_it_is_noticed(key: str, told: str) -> None:
    account = load([BIG], {**NO_FILE, "BIGTUBE_TOKEN": key})["big-tube"]
    with pytest.raises(ConfigurationError, match=told) as caught:
        connect(account, BIG, date(2026, 1, 1))
    assert "correct BIGTUBE_TOKEN" in str(caught.value)
    assert "sk-secret-key" not in str(caught.value)


def test_a_bare_authorization_header_may_bear_any_scheme() -> None:
    bare = provider("bare", HeaderKey("Authorization"))
    made = connect(Account(name="b", provider="bare", key="Bearer k-1"), bare, date(2026, 1, 1))
    assert made.headers_for("GET", "", b"")["Authorization"] == "Bearer k-1"


@pytest.mark.parametrize("reference", ["env:WORK_KEY", "keyring:polyreel/work"])
def test_an_account_with_a_reference_can_be_pickled(
    reference: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(f"[accounts.work]\nprovider = 'acme'\nkey = '{reference}'")
    monkeypatch.setenv("POLYREEL_CONFIG", str(file))
    monkeypatch.setenv("WORK_KEY", "k-work")
    account = load([ACME])["work"]
    data = pickle.dumps(account)
    assert b"k-work" not in data
    assert pickle.loads(data) == account
    if reference.startswith("env:"):
        assert key_of(pickle.loads(data)) == "k-work"


# Services that have ended


def test_a_mere_key_of_a_service_that_ended_is_not_asked_unless_it_is_named() -> None:
    ended = evolve(ACME, lifecycle=Lifecycle(retrieved=date(2026, 1, 1), sunset=date(2026, 9, 24)))
    before, after = date(2026, 9, 23), date(2026, 9, 24)
    key, url = {"ACME_API_KEY": "k"}, {"ACME_BASE_URL": "https://x"}
    for environ, today, only_by_name in [
        (key, before, False),
        (key, after, True),
        (url, after, False),
        (key | url, after, False),
    ]:
        account = load([ended], {**NO_FILE, **environ}, today)["acme"]
        assert account.only_by_name is only_by_name
        assert connect(account, ended, today).url


def test_the_variables_of_a_providers_own_library_count() -> None:
    lumaai = provider("luma", Bearer(env="LUMAAI_API_KEY"))
    runway = provider("runway", Bearer(env="RUNWAYML_API_SECRET"))
    environ = {"LUMAAI_BASE_URL": "https://l", "RUNWAYML_BASE_URL": "https://r"}
    accounts = load([lumaai, runway], {**NO_FILE, **environ})
    assert [account.base_url for account in accounts.values()] == ["https://l", "https://r"]
    ours = load([lumaai], {**NO_FILE, **environ, "LUMA_BASE_URL": "https://ours"})
    assert ours["luma"].base_url == "https://ours"
    assert variable(lumaai, "BASE_URL") == "LUMA_BASE_URL"


# The keyring


class Vault(keyring.backend.KeyringBackend):
    """A keyring in memory, through the library's own interface."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        if self.error:
            raise self.error
        return {("polyreel", "work/eu"): "k-vault"}.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError("polyreel only reads")


@pytest.fixture
def vault() -> Iterator[Vault]:
    before = keyring.get_keyring()
    backend = Vault()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_a_key_may_lie_in_the_keyring(vault: Vault, file: Path) -> None:
    accounts = read(file, "[accounts.acme]\nkey = 'keyring:polyreel/work/eu'")
    assert key_of(accounts["acme"]) == "k-vault"


@pytest.mark.parametrize("reference", ["keyring:polyreel/nobody", "keyring:polyreel", "keyring:"])
def test_a_key_that_the_keyring_does_not_have_is_told(
    reference: str, vault: Vault, file: Path
) -> None:
    account = read(file, f"[accounts.acme]\nkey = '{reference}'")["acme"]
    with pytest.raises(ConfigurationError, match=f"there is no key at {reference}"):
        key_of(account)


def test_a_keyring_that_fails_is_told(vault: Vault, file: Path) -> None:
    vault.error = keyring.errors.KeyringLocked("locked by its owner")
    account = read(file, "[accounts.acme]\nkey = 'keyring:polyreel/x'")["acme"]
    with pytest.raises(ConfigurationError, match="can't be read: locked by its owner"):
        key_of(account)


def test_without_the_keyring_library_the_message_says_what_to_install(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "keyring":
            raise ImportError(name)
        return real(name, *rest, **more)

    account = read(file, "[accounts.acme]\nkey = 'keyring:polyreel/x'")["acme"]
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigurationError, match=r"pip install 'polyreel\[keyring\]'"):
        key_of(account)


# Accounts made in a program


@pytest.mark.parametrize("name", ["", "a:b", "a b", "a/b", "a\n", "*"])
def test_a_name_that_no_uid_could_hold_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="can't be called"):
        Account(name=name, provider="acme")


def test_a_repr_shows_no_key() -> None:
    account = Account(
        name="work",
        provider="acme",
        key="sk-secret-key",
        headers={"X-Token": "sk-secret-header"},
        params={"token": "sk-secret-param"},
    )
    assert "sk-secret" not in repr(account)
    assert "work" in repr(account)


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("name", 3, "name must be a text, not an int"),
        ("provider", None, "provider must be a text, not a NoneType"),
        ("key", 5, "key must be a text, a function that gives one, or None, not an int"),
        ("key", b"secret", "key must be a text"),
        ("base_url", 7, "base_url must be a text or None"),
        ("auth", "x-api-key", "auth must be a way to send a key"),
        ("settings", {"a": 1}, "settings must be a mapping from names to texts"),
        ("headers", "x", "headers must be a mapping from names to texts"),
        ("params", [1], "params must be a mapping from names to texts"),
        ("allow_http", "no", "allow_http must be True or False"),
        ("in_flight", "3", "in_flight must be a whole number"),
        ("in_flight", True, "in_flight must be a whole number"),
        ("per_second", "1", "per_second must be a number or None"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_where_it_is_given_and_not_shown(
    setting: str, value: Any, said: str
) -> None:
    settings: dict[str, Any] = {"name": "work", "provider": "tavus", setting: value}
    with pytest.raises(ConfigurationError, match=said) as caught:
        Account(**settings)
    assert "secret" not in str(caught.value)
