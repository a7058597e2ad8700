"""Keys that stand elsewhere: in an environment variable, or in the system's keyring."""

from __future__ import annotations

import os
from collections.abc import Mapping

from attrs import field, frozen

from polyreel.errors import ConfigurationError

SCHEMES = ("env:", "keyring:")


@frozen
class KeyReference:
    """Where a key is, as ``env:NAME`` or ``keyring:SERVICE/USER``; calling it fetches the key.

    It can be pickled: it holds no key.

    Attributes:
        where: What refers to it, for messages.
        reference: The reference.
        environ: The environment; None for the process's own.
    """

    where: str
    reference: str
    environ: Mapping[str, str] | None = field(default=None, repr=False)

    def __call__(self) -> str:
        """Fetch the key.

        Raises:
            ConfigurationError: There is none, or the keyring can't be read.
        """
        scheme, _, target = self.reference.partition(":")
        if scheme == "env":
            found = (os.environ if self.environ is None else self.environ).get(target)
        else:
            found = self._from_keyring(target)
        if not found:
            raise ConfigurationError(f"{self.where}: there is no key at {self.reference}")
        return found

    def _from_keyring(self, target: str) -> str | None:
        try:
            import keyring
        except ImportError:
            raise ConfigurationError(
                f"{self.where}: a key in the keyring needs: pip install 'polyreel[keyring]'"
            ) from None
        service, _, user = target.partition("/")
        try:
            return keyring.get_password(service, user)
        except keyring.errors.KeyringError as error:
            raise ConfigurationError(f"{self.where}: the keyring can't be read: {error}") from error
