"""The command line: data on stdout, everything else on stderr, and an exit code that can be relied on.

Modules import what is heavy (the hub, rich, codegen) inside the functions that use it, so that
``--version``, ``--help`` and shell completion stay quick.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        args: The arguments after the program's name; None for those of this process.

    Returns:
        The exit code; ``polyreel --help`` says what it means.
    """
    try:
        from polyreel.cli.process import run

        if args is None:
            return run(sys.argv[1:], ending=True)
        return run(list(args), ending=False)
    except KeyboardInterrupt:  # before, or after, anything that has more to say about it
        return 130
