"""The library: a local database of everything that was ever seen, and what stands on it."""

from polyreel.library.opened import Library

__all__ = ["Library"]
