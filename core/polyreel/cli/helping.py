"""Help: how examples stand in it, and "help" as a word."""

from __future__ import annotations

from typing import Any


def examples(*lines: str) -> str:
    """Return the end of a command's help."""
    return "\n".join(["Examples:", *(f"  {line}" for line in lines)])


def help_word(root: Any, args: list[str]) -> list[str]:
    """Read ``polyreel help videos list`` and ``polyreel videos list help`` as asking with ``--help``.

    Behind a command that takes words, such as one to search, it is such a word.

    Args:
        root: The root command.
        args: The arguments as they were typed.
    """
    command = root
    for at, word in enumerate(args):
        if word.startswith("-"):
            continue  # the root's own options take no value
        commands = getattr(command, "commands", None)
        if commands is None:  # from here on, words are values
            alone = args[at:] == ["help"] and not args[at - 1].startswith("-")
            return [*args[:at], "--help"] if alone and not _takes_values(command) else args
        if word == "help" and word not in commands:
            return [*(each for each in args if each != "help"), "--help"]
        command = commands.get(word)
    return args


def _takes_values(command: Any) -> bool:
    """Tell whether words can stand behind a command's name; nobody knows it of an unknown one."""
    return command is None or any(each.param_type_name == "argument" for each in command.params)
