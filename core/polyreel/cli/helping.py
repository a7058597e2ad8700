"""How examples stand in a command's help."""

from __future__ import annotations


def examples(*lines: str) -> str:
    """Give the end of a command's help."""
    return "\n".join(["Examples:", *(f"  {line}" for line in lines)])
