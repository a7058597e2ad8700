"""The version, which is printed without anything else being imported."""

from __future__ import annotations

from importlib.metadata import version


def print_version() -> None:
    """Print the name and the version on stdout."""
    print(f"polyreel {version('polyreel')}")
