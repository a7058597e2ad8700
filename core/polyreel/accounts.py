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
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from attrs import field, frozen

from polyreel.auth import Auth, HeaderKey
from polyreel.configuration import file, types
from polyreel.configuration.keys import KeyReference
from polyreel.errors import ConfigurationError
from polyreel.provider import Provider

# Settings become part of hosts and paths, where anything else could name another host.
_SETTING = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")

_log = logging.getLogger("polyreel")


def _is_name(_instance: object, _attribute: object, value: str) -> None:
    # A uid is "account:id"; a name with a colon could not be told from it.
    if not value or not all(letter.isalnum() or letter in "-_." for letter in value):
        raise ConfigurationError(
            f"an account can't be called {value!r}: use letters, digits, '-', '_' and '.'"
        )


_KEY = types.of_type(
    "a text, a function that gives one, or None",
    types.or_none(lambda value: isinstance(value, str) or callable(value)),
)
_AUTH = types.of_type(
    "a way to send a key, such as HeaderKey('x-api-key'), or None",
    types.or_none(lambda value: isinstance(value, Auth)),
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
        in_flight: The most requests at a time, and the most files beside them.
        per_second: The most requests per second, or None for no limit.
        only_by_name: Asked only when it is named: it came with a mere key, and its service has ended.

    Raises:
        ConfigurationError: A value is of a wrong type or out of range, or the name can't be part of a uid.
    """

    name: str = field(validator=[types.TEXT, _is_name])
    provider: str = field(validator=types.TEXT)
    key: str | Callable[[], str] | None = field(default=None, repr=False, validator=_KEY)
    key_from: str = ""
    configured_in: str = ""
    base_url: str | None = field(default=None, validator=types.TEXT_OR_NONE)
    auth: Auth | None = field(default=None, validator=_AUTH)
    settings: Mapping[str, str] = field(factory=dict, validator=types.TEXTS_BY_NAME)
    headers: Mapping[str, str] = field(factory=dict, repr=False, validator=types.TEXTS_BY_NAME)
    params: Mapping[str, str] = field(factory=dict, repr=False, validator=types.TEXTS_BY_NAME)
    allow_http: bool = field(default=False, validator=types.FLAG)
    in_flight: int = field(default=20, validator=[types.WHOLE, types.at_least(1)])
    per_second: float | None = field(default=None, validator=[types.NUMBER_OR_NONE, types.above(0)])
    only_by_name: bool = False


def load(
    providers: Iterable[Provider],
    environ: Mapping[str, str] = os.environ,
    today: date | None = None,
) -> dict[str, Account]:
    """Return the configured accounts by name: those of the environment, then those of the file.

    An entry of the file that has no effect is logged as a warning; see :func:`vain`.

    Args:
        providers: The installed providers; each may have an account of its own name.
        environ: The environment.
        today: The day against which announced ends of service are held; None for today.

    Raises:
        ConfigurationError: The file can't be read, or says something that it can't mean.
    """
    providers = list(providers)
    today = today or datetime.now(UTC).date()
    content = file.read(environ)
    for sentence in _vain(content, providers, environ):
        _log.warning("%s", sentence)
    found = {}
    for provider in providers:
        if account := _from_environment(provider, environ, today):
            found[account.name] = account
    for name, table in content.tables.items():
        if name not in found:
            found[name] = _from_table(name, table, content, environ)
    return found


def vain(providers: Iterable[Provider], environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return a sentence for each entry of the account file without effect: unread or shadowed tables.

    Raises:
        ConfigurationError: The file can't be read, or says something that it can't mean.
    """
    return _vain(file.read(environ), providers, environ)


def _vain(
    content: file.AccountFile, providers: Iterable[Provider], environ: Mapping[str, str]
) -> tuple[str, ...]:
    shadowed = [
        f"{content.where(provider.name)} has no effect: {' and '.join(named)} in the environment "
        "make an account of this name"
        for provider in providers
        if provider.name in content.tables and (named := _named(provider, environ))
    ]
    return (*content.vain, *shadowed)


def variable(provider: Provider, setting: str) -> str:
    """Return the environment variable of a provider's setting, such as ``TAVUS_API_KEY``."""
    return _variables(provider, setting)[0]


def _variables(provider: Provider, setting: str) -> tuple[str, ...]:
    """Return the variables that are looked at: ours, and what the provider's own libraries read."""
    ours = f"{provider.name.upper().replace('-', '_')}_{setting}"
    key = provider.auth.env
    if setting == "API_KEY":
        return (key or ours,)
    # LUMAAI_API_KEY and RUNWAYML_API_SECRET come with LUMAAI_BASE_URL and RUNWAYML_BASE_URL.
    stem = re.fullmatch(r"(\w+)_API_(?:KEY|SECRET|TOKEN)", key or "")
    return tuple(dict.fromkeys((ours, f"{stem[1]}_{setting}" if stem else ours)))


def _named(provider: Provider, environ: Mapping[str, str]) -> list[str]:
    """Return the variables that are set of those that make an account."""
    wanted = (*_variables(provider, "API_KEY"), *_variables(provider, "BASE_URL"))
    return [name for name in wanted if environ.get(name)]


def known_settings(account: Account, provider: Provider) -> dict[str, str]:
    """Return the values of all settings that a provider declares.

    Raises:
        ConfigurationError: The account has no value for one that has no default, nor a base URL instead,
            or one that can't stand in an address, or one that the provider doesn't know.
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
        if value is None and _is_of_the_address(name, provider) and account.base_url:
            continue
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


def _is_of_the_address(name: str, provider: Provider) -> bool:
    """Say whether a setting is a part of the base URL alone, which an account may have of its own."""
    placed = f"{{{name}}}"
    return placed in provider.base_url and not any(
        placed in value for value in provider.headers.values()
    )


def _from_environment(
    provider: Provider, environ: Mapping[str, str], today: date
) -> Account | None:
    def value(setting: str) -> str | None:
        found = (environ.get(name) for name in _variables(provider, setting))
        return next(filter(None, found), None)

    key, base_url = value("API_KEY"), value("BASE_URL")
    if key is None and base_url is None:
        return None
    return Account(
        name=provider.name,
        provider=provider.name,
        key=key,
        key_from=variable(provider, "API_KEY") if key else "",
        base_url=base_url,
        allow_http=(value("ALLOW_HTTP") or "") not in {"", "0"},
        settings={
            name: found for name in provider.settings if (found := value(name.upper())) is not None
        },
        # The key may well be there for another service of the same provider.
        only_by_name=base_url is None and provider.lifecycle.over(today),
    )


def _from_table(
    name: str, table: Mapping[str, Any], content: file.AccountFile, environ: Mapping[str, str]
) -> Account:
    where = content.where(name)
    settings = {"provider": name, **table}
    if key := settings.pop("key", None):
        own = None if environ is os.environ else environ
        settings["key"] = KeyReference(where, key, own)
        settings["key_from"] = key
    if header := settings.pop("header", None):
        settings["auth"] = HeaderKey(header)
    try:
        return Account(name=name, configured_in=where, **settings)
    except (ValueError, ConfigurationError) as error:
        raise ConfigurationError(f"{where}: {error}") from error
