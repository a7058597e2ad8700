"""Every error that polyreel raises, and what a caller can do about each.

::

    PolyreelError
    ├─ ConfigurationError      no key, unknown provider or account, a bad account file
    ├─ PluginError             a plugin that fails to load, shares its name, or breaks the contract
    ├─ UnsupportedError
    │  ├─ UnsupportedOperation the provider has no such list or get
    │  └─ UnsupportedOption    the provider has no such option, filter, order or page size
    ├─ RequestError            asking again unchanged won't help
    │  ├─ AuthenticationError  401: the key is missing or wrong
    │  ├─ PermissionDenied     403: the key is right, the plan or role is not
    │  ├─ NotFound             404: no such item, or no such endpoint at this base URL
    │  ├─ InvalidRequest       any other 4xx
    │  ├─ LinkEnded            a file's link has ended, or the file is gone
    │  └─ ProviderGone         it answered with an error, past the day its service was to end
    ├─ TransientError          asking again later may help
    │  ├─ RateLimited          429
    │  ├─ Timeout              no whole response in time
    │  ├─ ConnectionFailed     no connection, or it broke off
    │  └─ ProviderUnavailable  5xx
    ├─ ResponseError
    │  ├─ MalformedResponse    not what the provider's API documents; keeps an excerpt
    │  ├─ BrokenFile           what came is not the whole file that was promised
    │  └─ PaginationError      the pages don't add up, so the listing may be incomplete
    ├─ SpecError               reading pages, merging, overlays, generating, diffing
    ├─ LibraryError            a library file that can't be used
    ├─ WaitTimeout             the time to wait for items is over
    └─ PartialFailure          a group: some accounts failed, the others' items were delivered
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self, cast


class PolyreelError(Exception):
    """Base of everything that polyreel raises on purpose.

    Args:
        message: What went wrong, with whom, and what to do. Never holds a secret.
        provider: The provider's name, where one is concerned.
        account: The account's name, where one is concerned.
        status_code: The HTTP status, where a response came.
        request_id: The provider's own id of the request, for its support, where it sent one.
        resume: A cursor for ``list(cursor=…)`` that goes on where a listing broke off.
    """

    retryable: bool = False

    def __init__(
        self,
        message: str,
        *,
        provider: str | None = None,
        account: str | None = None,
        status_code: int | None = None,
        request_id: str | None = None,
        resume: str | None = None,
    ) -> None:
        super().__init__(message)
        self.provider = provider
        self.account = account
        self.status_code = status_code
        self.request_id = request_id
        self.resume = resume


class ConfigurationError(PolyreelError):
    """No key, an unknown provider or account, or an account file that can't be used."""


class PluginError(PolyreelError):
    """A plugin failed to load, shares its name with another, or broke the contract."""


class UnsupportedError(PolyreelError):
    """The provider's API has no way to do what was asked."""


class UnsupportedOperation(UnsupportedError):
    """The provider can't list, or can't get, this kind of item."""


class UnsupportedOption(UnsupportedError):
    """The provider has no such option or filter; the message names those it has."""


class RequestError(PolyreelError):
    """The provider refused the request; the same request won't succeed later."""


class AuthenticationError(RequestError):
    """401: the key is missing, wrong or expired."""


class PermissionDenied(RequestError):
    """403: the key is known, but may not do this."""


class NotFound(RequestError):
    """404: there is no such item, or no such endpoint at this base URL."""


class InvalidRequest(RequestError):
    """400 and other 4xx: the provider didn't accept the request."""


class LinkEnded(RequestError):
    """401, 403, 404 or 410 for a file: its link has ended, or the file is gone.

    The item got anew may hold a link that works.
    """


class ProviderGone(RequestError):
    """The provider answered with an error, past the date on which its service was to end."""


class TransientError(PolyreelError):
    """The request failed for now; it was retried as far as the settings allow."""

    retryable = True


class RateLimited(TransientError):
    """429: too many requests.

    Attributes:
        retry_after: Seconds that the provider asked to wait, or None when it didn't say.
    """

    retry_after: float | None = None


class Timeout(TransientError):
    """No whole response came in time."""


class ConnectionFailed(TransientError):
    """No connection could be made, or it broke off."""


class ProviderUnavailable(TransientError):
    """5xx: the provider has trouble of its own.

    Attributes:
        retry_after: Seconds that the provider asked to wait, or None when it didn't say.
    """

    retry_after: float | None = None


class ResponseError(PolyreelError):
    """The provider answered, but not in a way that can be used."""


class MalformedResponse(ResponseError):
    """The response isn't what the provider's API documents.

    Attributes:
        excerpt: The start of the body, printable and without secrets.
    """

    excerpt: str = ""


class BrokenFile(ResponseError):
    """What came is not the whole file that was promised: a web page, an error, a part, another type."""


class PaginationError(ResponseError):
    """The pages don't add up: a cursor came twice, or more was promised than could be had."""


class SpecError(PolyreelError):
    """A page, spec, overlay or generator run that can't be used; stored files stay as they were."""


class LibraryError(PolyreelError):
    """A library file that can't be used: damaged, of a newer format, locked, or not there."""


class WaitTimeout(PolyreelError):
    """The time to wait for items is over; what came until then was given.

    Attributes:
        pending: The uids that are still waited for.
    """

    pending: tuple[str, ...] = ()


class PartialFailure(PolyreelError, ExceptionGroup[PolyreelError]):
    """Some accounts failed; everything that the others had was delivered first."""

    def __new__(cls, message: str, errors: Sequence[PolyreelError]) -> Self:
        """Make the group; ``__init__`` gives it the attributes of every polyreel error."""
        return ExceptionGroup.__new__(cls, message, errors)

    def __init__(self, message: str, errors: Sequence[PolyreelError]) -> None:
        super().__init__(message)  # the group's own fields are set by __new__
        self.args = (message, errors)  # what copying and pickling call the class with

    @property
    def exceptions(self) -> tuple[PolyreelError, ...]:
        """One error per failed account, each with its ``account`` and ``resume``."""
        return cast("tuple[PolyreelError, ...]", super().exceptions)

    def derive(self, excs: Sequence[PolyreelError]) -> PartialFailure:  # type: ignore[override]
        """Build the group that ``except*`` and ``split`` hand out."""
        return PartialFailure(self.message, excs)


def described(error: BaseException) -> str:
    """Return an error's class and text; of one whose text can't be had, the class alone."""
    name = type(error).__name__
    try:
        return f"{name}: {error}"
    except Exception:  # noqa: BLE001 - a plugin's class may do anything here
        return name
