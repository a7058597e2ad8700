"""Help: how examples stand in it, and "help" as a word."""

from __future__ import annotations

from typing import Any


def examples(*lines: str) -> str:
    """Return the end of a command's help."""
    return "\n".join(["Examples:", *(f"  {line}" for line in lines)])


def help_word(root: Any, args: list[str]) -> list[str]:
    """Read ``polyreel help videos list`` and ``polyreel videos help`` as asking with ``--help``.

    Args:
        root: The root command.
        args: The arguments as they were typed.
    """
    command = root
    for at, word in enumerate(args):
        if word.startswith("-"):
            continue  # the root's own options take no value
        commands = getattr(command, "commands", None)
        if commands is None:
            break  # from here on, words are values
        if word == "help" and word not in commands:
            return [*args[:at], *args[at + 1 :], "--help"]
        command = commands.get(word)
    return args
