"""One run as a process: its streams, its signals, and what is left to do when it ends badly."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from polyreel.cli import standard_streams
from polyreel.cli.exits import BROKEN_PIPE, FAILED, TERMINATED


def run(args: list[str], *, ending: bool) -> int:
    """Run one command, and return its exit code.

    Args:
        args: The arguments after the program's name.
        ending: Whether the process ends with the command.
    """
    # Items come by the thousand and hold no cycles: looking for some as often as Python does by itself
    # took a quarter of the time of a run over 10,000 of them.
    gc.set_threshold(100_000)
    with standard_streams.ready(ending=ending), _terminable():
        if args in (["--version"], ["-V"]):  # asked by scripts, which shouldn't wait for the rest
            from polyreel.cli.version import print_version

            with suppress(OSError):  # which is said below
                print_version()
                return _flushed(0)
        return _reported(args)


def _reported(args: list[str]) -> int:
    """Run one command, and say on stderr what went wrong."""
    from polyreel.cli import reporting

    with reporting.to_stderr():
        try:
            code = _command(args)
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a line
            code = reporting.failed(error)
        return _flushed(code)


def _flushed(code: int) -> int:
    """Flush all output; return the given exit code, or that of a failure to write."""
    try:
        sys.stdout.flush()
    except OSError as error:
        standard_streams.abandon_stdout()
        return BROKEN_PIPE if isinstance(error, BrokenPipeError) else code or FAILED
    return code


def _command(args: list[str]) -> int:
    from polyreel.cli.helping import help_word
    from polyreel.cli.root import command

    root = command()
    result = root.main(help_word(root, args), prog_name="polyreel", standalone_mode=False)
    return result if isinstance(result, int) else 0


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that output ends whole and servers are stopped."""

    def terminate(*_: object) -> None:
        from polyreel.configuration.installed import Terminated

        raise Terminated(TERMINATED)

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
