"""Which accounts there are: from the environment first, then from ``polyreel.toml``.

The environment gives each provider one account of its own name: ``TAVUS_API_KEY``,
``TAVUS_BASE_URL``, ``TAVUS_ALLOW_HTTP``, and ``ACME_WORKSPACE`` for each setting that a provider
declares. The file, named by ``POLYREEL_CONFIG`` or found in the
platform's configuration folder, adds accounts by name::

    [accounts.azure]
    provider = "openai"
    base_url = "https://example.openai.azure.com/openai/v1"
    key = "env:AZURE_OPENAI_KEY"     # or "keyring:service/user"; never the key itself
    header = "api-key"               # instead of the provider's own way to send the key
    settings = {workspace = "w1"}    # what the provider needs to know besides, as WORKSPACE above
"""

from __future__ import annotations

import logging
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen, validators

from polyreel.auth import Auth, HeaderKey
from polyreel.errors import ConfigurationError
from polyreel.provider import Provider

_MAX_FILE = 1_000_000
_LIKE_A_KEY = re.compile(r"(\w+ )?[\w.+/=~-]{20,}")
_REFERENCES = ("env:", "keyring:")
# Settings become part of hosts and paths, where anything else could name another host.
_SETTING = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")

_log = logging.getLogger("polyreel")


def _is_name(_instance: object, _attribute: object, value: str) -> None:
    # A uid is "account:id"; a name with a colon could not be told from it.
    if not value or not all(letter.isalnum() or letter in "-_." for letter in value):
        raise ConfigurationError(
            f"an account can't be called {value!r}: use letters, digits, '-', '_' and '.'"
        )


@frozen(kw_only=True)
class Account:
    """One connection to a provider.

    Attributes:
        name: Its name, the first part of its items' uids.
        provider: The provider's name.
        key: The key itself, or a function that fetches it when it is first needed; None sends none.
        key_from: Where the key comes from, for people: a variable's name or a reference.
        configured_in: The table and file that it stands in, for people; empty for others.
        base_url: Instead of the provider's documented one.
        auth: Instead of the provider's own way to send the key.
        settings: The provider's settings that this account has, by name.
        headers: Added to every request.
        params: Added to every request's query, such as ``{"api-version": "preview"}``.
        allow_http: Send the key over plain HTTP to hosts other than this machine.
        in_flight: The most requests at a time.
        per_second: The most requests per second, or None for no limit.
    """

    name: str = field(validator=_is_name)
    provider: str
    key: str | Callable[[], str] | None = field(default=None, repr=False)
    key_from: str = ""
    configured_in: str = ""
    base_url: str | None = None
    auth: Auth | None = None
    settings: Mapping[str, str] = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    params: Mapping[str, str] = field(factory=dict, repr=False)
    allow_http: bool = False
    in_flight: int = field(default=10, validator=validators.ge(1))
    per_second: float | None = field(default=None, validator=validators.optional(validators.gt(0)))


def load(
    providers: Iterable[Provider], environ: Mapping[str, str] = os.environ
) -> dict[str, Account]:
    """Give the configured accounts by name: those of the environment, then those of the file.

    Args:
        providers: The installed providers; each may have an account of its own name.
        environ: The environment.

    Raises:
        ConfigurationError: The file can't be read, or says something that it can't mean.
    """
    found = {}
    for provider in providers:
        if account := _from_environment(provider, environ):
            found[account.name] = account
    for name, table in _tables(environ).items():
        if name not in found:
            found[name] = _from_table(name, table, environ)
    return found


def variable(provider: Provider, setting: str) -> str:
    """Give the environment variable of a provider's setting, such as ``TAVUS_API_KEY``."""
    if setting == "API_KEY" and provider.auth.env:
        return provider.auth.env
    return f"{provider.name.upper().replace('-', '_')}_{setting}"


def known_settings(account: Account, provider: Provider) -> dict[str, str]:
    """Give the values of all settings that a provider declares.

    Raises:
        ConfigurationError: The account has no value for one that has no default, or one that can't
            stand in an address, or one that the provider doesn't know.
    """
    if unknown := account.settings.keys() - provider.settings.keys():
        known = ", ".join(provider.settings) or "none"
        raise ConfigurationError(
            f"account {account.name!r} has the setting {min(unknown)!r}, but {provider.title} has "
            f"{known}",
            provider=provider.name,
            account=account.name,
        )
    found = {}
    for name, setting in provider.settings.items():
        value = account.settings.get(name, setting.default)
        if value is None:
            raise ConfigurationError(
                f"account {account.name!r} needs {name!r} ({setting.about}): set "
                f"{variable(provider, name.upper())}, or settings.{name} in polyreel.toml",
                provider=provider.name,
                account=account.name,
            )
        if not _SETTING.fullmatch(value):
            raise ConfigurationError(
                f"the setting {name!r} of account {account.name!r} may have letters, digits, '-', '_' "
                f"and '.' ({setting.about})",
                provider=provider.name,
                account=account.name,
            )
        found[name] = value
    return found


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Give where ``polyreel.toml`` is looked for, whether or not it is there."""
    if named := environ.get("POLYREEL_CONFIG"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("polyreel") / "polyreel.toml"


def _from_environment(provider: Provider, environ: Mapping[str, str]) -> Account | None:
    key = environ.get(variable(provider, "API_KEY")) or None
    base_url = environ.get(variable(provider, "BASE_URL")) or None
    if key is None and base_url is None:
        return None
    return Account(
        name=provider.name,
        provider=provider.name,
        key=key,
        key_from=variable(provider, "API_KEY") if key else "",
        base_url=base_url,
        allow_http=environ.get(variable(provider, "ALLOW_HTTP"), "") not in {"", "0"},
        settings={
            name: value
            for name in provider.settings
            if (value := environ.get(variable(provider, name.upper())))
        },
    )


def _tables(environ: Mapping[str, str]) -> dict[str, Any]:
    path = config_path(environ)
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_FILE + 1)
    except FileNotFoundError:
        if environ.get("POLYREEL_CONFIG"):
            raise ConfigurationError(f"{path}, named by POLYREEL_CONFIG, doesn't exist") from None
        return {}
    except OSError as error:
        raise ConfigurationError(f"{path} can't be read: {error.strerror}") from error
    if len(content) > _MAX_FILE:
        raise ConfigurationError(
            f"{path} is larger than {_MAX_FILE:,} bytes; is it the right file?"
        )
    try:
        document = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path} isn't valid TOML: {error}") from error
    tables = document.get("accounts", {})
    if not isinstance(tables, dict) or not all(
        isinstance(table, dict) for table in tables.values()
    ):
        raise ConfigurationError(f"{path}: accounts are tables, such as [accounts.work]")
    _warn_of_readers(path, tables)
    return tables


def _warn_of_readers(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Say so when others on this machine can read a file that seems to hold keys."""
    values = [
        value
        for table in tables.values()
        for setting in ("key", "headers", "params")
        for value in _texts(table.get(setting))
    ]
    if any(_LIKE_A_KEY.fullmatch(value) for value in values) and path.stat().st_mode & 0o077:
        _log.warning("%s seems to hold a key and can be read by others: chmod 600 it", path)


def _texts(value: object) -> list[str]:
    values = value.values() if isinstance(value, dict) else [value]
    return [text for text in values if isinstance(text, str) and not text.startswith(_REFERENCES)]


# What a table may say, and of which type; "header" is spelt out as an Account's auth.
_SETTINGS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "provider": (str, "a text"),
    "key": (str, "a text"),
    "base_url": (str, "a text"),
    "header": (str, "a text"),
    "headers": (dict, "a table of texts"),
    "settings": (dict, "a table of texts"),
    "params": (dict, "a table of texts"),
    "allow_http": (bool, "true or false"),
    "in_flight": (int, "a whole number"),
    "per_second": ((int, float), "a number"),
}


def _from_table(name: str, table: dict[str, Any], environ: Mapping[str, str]) -> Account:
    where = f"[accounts.{name}] in {config_path(environ)}"
    for setting, value in table.items():
        if setting not in _SETTINGS:
            raise ConfigurationError(
                f"{where} has no setting {setting!r}; it takes {', '.join(sorted(_SETTINGS))}"
            )
        kind, words = _SETTINGS[setting]
        texts = value.values() if isinstance(value, dict) else ()
        if not isinstance(value, kind) or not all(isinstance(text, str) for text in texts):
            raise ConfigurationError(f"{where}: {setting} must be {words}")
    settings = {"provider": name, **table}
    if key := settings.pop("key", None):
        settings["key"] = _reference(where, key, environ)
        settings["key_from"] = key
    if header := settings.pop("header", None):
        settings["auth"] = HeaderKey(header)
    try:
        return Account(name=name, configured_in=where, **settings)
    except (ValueError, ConfigurationError) as error:
        raise ConfigurationError(f"{where}: {error}") from error


def _reference(where: str, key: str, environ: Mapping[str, str]) -> Callable[[], str]:
    if not key.startswith(_REFERENCES):
        raise ConfigurationError(
            f"{where}: key must say where the key is, as env:NAME or keyring:SERVICE/USER; "
            "a key itself doesn't belong in a file"
        )
    scheme, _, target = key.partition(":")

    def fetch() -> str:
        found = environ.get(target) if scheme == "env" else _from_keyring(where, target)
        if not found:
            raise ConfigurationError(f"{where}: there is no key at {key}")
        return found

    return fetch


def _from_keyring(where: str, target: str) -> str | None:
    try:
        import keyring
    except ImportError:
        raise ConfigurationError(
            f"{where}: a key in the keyring needs: pip install 'polyreel[keyring]'"
        ) from None
    service, _, user = target.partition("/")
    try:
        return keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        raise ConfigurationError(f"{where}: the keyring can't be read: {error}") from error
