"""Which accounts a caller means: by provider, by name, or all that can do what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from uuid import UUID

from attrs import frozen

from polyreel.accounts import Account, variable
from polyreel.errors import (
    ConfigurationError,
    InvalidRequest,
    MalformedResponse,
    PluginError,
    UnsupportedOperation,
)
from polyreel.models import Item, Kind
from polyreel.provider import Provider, Resource
from polyreel.registry import Registry
from polyreel.request import Request, Response


@frozen
class AccountSelection:
    """Chooses among the accounts of a hub.

    Attributes:
        accounts: All accounts by name.
        registry: The plugins.
    """

    accounts: Mapping[str, Account]
    registry: Registry

    def to_list(
        self,
        kind: Kind,
        providers: tuple[str, ...],
        accounts: tuple[str, ...],
        excluded: tuple[str, ...],
    ) -> list[str]:
        """Return the names of the accounts that a listing asks.

        Args:
            kind: ``videos`` or ``replicas``.
            providers: Only accounts of these providers; empty for all.
            accounts: Only these accounts; empty for all.
            excluded: Accounts, or providers, that are left out.

        Raises:
            ConfigurationError: A name is nobody's, or nothing is left.
            UnsupportedOperation: A named provider or account can't list this kind, or none can.
        """
        for name in excluded:
            if name not in self.accounts and name not in self.registry.names:
                raise self._nobody(name)
        named = self.named(providers, accounts) if providers or accounts else None
        chosen = [
            name
            for name in (self._able(kind) if named is None else named)
            if name not in excluded and self.accounts[name].provider not in excluded
        ]
        if not chosen:
            raise ConfigurationError(f"no account is left without {', '.join(excluded)}")
        for name in chosen if named else ():
            self.resource(name, kind, "can_list")
        return chosen

    def to_get(self, id: str, provider: str | None, account: str | None) -> tuple[str, str]:
        """Return the account that is asked for an item, and the item's id there.

        Args:
            id: A uid (``account:id``), or the provider's id when provider or account is given.
            provider: The provider whose only account is asked.
            account: The account that is asked.

        Raises:
            ConfigurationError: No such account, several that could be meant, or no text.
        """
        for what, value in (("an id", id), ("a provider", provider), ("an account", account)):
            if not isinstance(value, str) and (value is not None or what == "an id"):
                raise ConfigurationError(f"{what} is a text, not {value!r}")
        if provider is None and account is None:
            account, colon, id = id.partition(":")
            if not colon:
                raise ConfigurationError(
                    f"{account!r} is no uid: write ACCOUNT:ID (accounts: "
                    f"{self.names()}), or name the provider"
                )
            names = self.named((), (account,))
        else:
            names = self.named(
                () if provider is None else (provider,), () if account is None else (account,)
            )
            id = id.removeprefix(f"{names[0]}:")
        if len(names) > 1:
            raise ConfigurationError(
                f"provider {provider!r} has several accounts; name one of {', '.join(names)}"
            )
        if id.strip() in {"", ".", ".."}:
            # As a path segment it would reach the list, or what lies above it.
            raise ConfigurationError(
                f"no item has the id {id!r}: write ACCOUNT:ID", account=names[0]
            )
        return names[0], id

    def named(self, providers: tuple[str, ...], accounts: tuple[str, ...]) -> list[str]:
        """Return the accounts of the providers, or those of the named accounts that are theirs.

        Raises:
            ConfigurationError: A name is nobody's, or a provider has no account.
        """
        for name in accounts:
            if name not in self.accounts:
                raise self._unknown(name)
            if providers and (own := self.accounts[name].provider) not in providers:
                raise ConfigurationError(
                    f"account {name!r} is one of {own}, not {' or '.join(providers)}"
                )
        found = list(accounts) or [
            name for name, account in self.accounts.items() if account.provider in providers
        ]
        for provider in providers:
            if not any(self.accounts[name].provider == provider for name in found):
                raise self._without_account(provider, accounts)
        return found

    def resource(self, account: str, kind: Kind, ability: str) -> Resource:
        """Return what an account's provider can do with a kind of item.

        Raises:
            UnsupportedOperation: It can't do this.
        """
        provider = self.registry.provider(self.accounts[account].provider)
        resource = provider.resources.get(kind)
        if resource is None or not getattr(resource, ability):
            raise UnsupportedOperation(
                f"{provider.title} can't {ability.removeprefix('can_')} {kind}; it can "
                f"{_abilities(provider)}",
                provider=provider.name,
                account=account,
            )
        return resource

    def names(self) -> str:
        """Return the names of all accounts, for a sentence."""
        return ", ".join(self.accounts) or "none"

    def _able(self, kind: Kind) -> list[str]:
        if all(account.only_by_name for account in self.accounts.values()):
            wanted = [variable(each, "API_KEY") for each in self.registry.providers()]
            raise ConfigurationError(
                f"no account is configured: set one of {', '.join(wanted)}; or look around in the "
                f"sandbox: polyreel videos list --sandbox{self._unasked()}"
            )
        names = []
        for name, account in self.accounts.items():
            if account.only_by_name:
                continue
            try:
                resource = self.registry.provider(account.provider).resources.get(kind)
            except (PluginError, ConfigurationError):
                names.append(name)  # it is asked, fails, and is reported with the others
            else:
                if resource is not None and resource.can_list:
                    names.append(name)
        if not names:
            raise UnsupportedOperation(
                f"none of the configured accounts can list {kind} ({self.names()})"
            )
        return names

    def _unasked(self) -> str:
        """Say why accounts that there are were not asked."""
        return "".join(
            f". Account {name!r} is asked only when it is named, since its service has ended; for a "
            f"compatible server set {variable(self.registry.provider(account.provider), 'BASE_URL')}"
            for name, account in self.accounts.items()
        )

    def _without_account(self, provider: str, accounts: tuple[str, ...]) -> ConfigurationError:
        found = self.registry.provider(provider)
        if accounts:
            text = f"none of the named accounts ({', '.join(accounts)}) is one of {provider}"
            return ConfigurationError(text, provider=provider)
        return ConfigurationError(
            f"{found.title} has no account: set {variable(found, 'API_KEY')}, or "
            f"{variable(found, 'BASE_URL')} for a server that needs no key",
            provider=provider,
        )

    def _unknown(self, account: str) -> ConfigurationError:
        return ConfigurationError(
            f"there is no account {account!r} (accounts: {self.names()})"
            f"{_near(account, self.accounts)}"
        )

    def _nobody(self, name: str) -> ConfigurationError:
        return ConfigurationError(
            f"{name!r} is neither an account ({self.names()}) nor an installed provider"
            f"{_near(name, [*self.accounts, *self.registry.names])}"
        )


def _near(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _abilities(provider: Provider) -> str:
    able = []
    for kind, resource in provider.resources.items():
        verbs = [v for v, can in (("list", resource.can_list), ("get", resource.can_get)) if can]
        if verbs:
            able.append(f"{' and '.join(verbs)} {kind}")
    return ", ".join(able) or "do nothing"


def within(collections: tuple[str, ...], id: str, account: str) -> tuple[str, str]:
    """Tell of which of an account's several lists an item is, and its id there.

    Raises:
        InvalidRequest: The id doesn't begin with one of them.
    """
    if not collections:
        return "", id
    collection, _, rest = id.partition("/")
    if "" in collections and collection not in collections:
        return "", id
    if collection not in collections or rest.strip() in {"", ".", ".."}:
        raise InvalidRequest(
            f"no item of account {account!r} has the id {id!r}: ids there begin with "
            f"{', '.join(f'{name}/' for name in collections)}",
            account=account,
        )
    return collection, rest


def read_only(id: str, request: Request[Item], response: Response) -> Item:
    """Read the item with this id, and refuse another one.

    Raises:
        MalformedResponse: Another item came than was asked for.
    """
    item = request.read(response)
    if item.id != id and not _same_uuid(item.id, id):
        raise MalformedResponse(f"another item than was asked for: {item.id!r} instead of {id!r}")
    return item


def _same_uuid(one: str, other: str) -> bool:
    try:
        return UUID(one) == UUID(other)
    except ValueError:
        return False
