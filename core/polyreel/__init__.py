"""List and get AI videos and replicas (avatars) from every provider, through one interface.

Example::

    from polyreel import Hub

    with Hub() as hub:
        for video in hub.videos.list(status="ready", limit=50):
            print(video.uid, video.title)
"""

from __future__ import annotations

from typing import Any

import lazy_loader

# __init__.pyi says where each public name is defined: to type checkers, and here at run time.
_get_public, _, _public = lazy_loader.attach_stub(__name__, __file__)

__all__ = [*sorted(_public, key=str.lower), "__version__"]  # noqa: PLE0604 - all of them are texts


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("polyreel")
    if name not in _public:
        raise AttributeError(f"module 'polyreel' has no attribute {name!r}")
    return _get_public(name)


def __dir__() -> list[str]:
    return sorted(__all__)
