"""List and get AI videos and replicas (avatars) from every provider, through one interface.

Example::

    from polyreel import Hub

    with Hub() as hub:
        for video in hub.videos.list(status="ready", limit=50):
            print(video.uid, video.title)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polyreel.accounts import Account as Account
    from polyreel.errors import (
        AuthenticationError as AuthenticationError,
        ConfigurationError as ConfigurationError,
        ConnectionFailed as ConnectionFailed,
        InvalidRequest as InvalidRequest,
        MalformedResponse as MalformedResponse,
        NotFound as NotFound,
        PaginationError as PaginationError,
        PartialFailure as PartialFailure,
        PermissionDenied as PermissionDenied,
        PluginError as PluginError,
        PolyreelError as PolyreelError,
        ProviderGone as ProviderGone,
        ProviderUnavailable as ProviderUnavailable,
        RateLimited as RateLimited,
        RequestError as RequestError,
        ResponseError as ResponseError,
        SpecError as SpecError,
        Timeout as Timeout,
        TransientError as TransientError,
        UnsupportedError as UnsupportedError,
        UnsupportedOperation as UnsupportedOperation,
        UnsupportedOption as UnsupportedOption,
    )
    from polyreel.fields import FieldMap as FieldMap
    from polyreel.hookspecs import hookimpl as hookimpl
    from polyreel.http.pacing import Policy as Policy
    from polyreel.hub import (
        AsyncHub as AsyncHub,
        Hub as Hub,
    )
    from polyreel.listing.iterate import (
        AsyncListing as AsyncListing,
        Listing as Listing,
    )
    from polyreel.listing.options import ListOptions as ListOptions
    from polyreel.models import (
        Item as Item,
        ListQuery as ListQuery,
        Page as Page,
        Replica as Replica,
        Status as Status,
        Video as Video,
    )
    from polyreel.provider import (
        Bearer as Bearer,
        HeaderKey as HeaderKey,
        Lifecycle as Lifecycle,
        Provider as Provider,
        Resource as Resource,
    )
    from polyreel.registry import Registry as Registry
    from polyreel.request import (
        Request as Request,
        Response as Response,
    )

# Where each public name lives; imported when it is first used, so that "import polyreel" is light.
_HOMES = {
    "accounts": ("Account",),
    "errors": (
        "AuthenticationError",
        "ConfigurationError",
        "ConnectionFailed",
        "InvalidRequest",
        "MalformedResponse",
        "NotFound",
        "PaginationError",
        "PartialFailure",
        "PermissionDenied",
        "PluginError",
        "PolyreelError",
        "ProviderGone",
        "ProviderUnavailable",
        "RateLimited",
        "RequestError",
        "ResponseError",
        "SpecError",
        "Timeout",
        "TransientError",
        "UnsupportedError",
        "UnsupportedOperation",
        "UnsupportedOption",
    ),
    "request": ("Response", "Request"),
    "fields": ("FieldMap",),
    "hookspecs": ("hookimpl",),
    "hub": ("AsyncHub", "Hub"),
    "listing.iterate": ("AsyncListing", "Listing"),
    "models": ("Item", "ListQuery", "Page", "Replica", "Status", "Video"),
    "listing.options": ("ListOptions",),
    "http.pacing": ("Policy",),
    "provider": ("Bearer", "HeaderKey", "Lifecycle", "Provider", "Resource"),
    "registry": ("Registry",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # noqa: PLE0604 - the same names as above, which a test holds against each other
    *sorted(_HOME, key=str.lower),
    "__version__",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("polyreel")
    if name not in _HOME:
        raise AttributeError(f"module 'polyreel' has no attribute {name!r}")
    found = getattr(import_module(f"polyreel.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
