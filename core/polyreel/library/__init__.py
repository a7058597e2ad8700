"""The library: a local database of everything that was ever seen, and what stands on it."""

from __future__ import annotations

import lazy_loader

# __init__.pyi says where the public name is defined; so a module below here is imported by itself.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
