"""What people read on stderr: errors and warnings in one line each, notes, and progress."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from typer.exceptions import TyperException

from polyreel.cli import exits
from polyreel.errors import PartialFailure, PolyreelError, SpecError

_log = logging.getLogger("polyreel")

# Modules that only an extra brings.
_EXTRAS = {
    "arro3": "arrow",
    "jsonpath": "codegen",
    "markdown_it": "codegen",
    "openapi_python_client": "codegen",
    "openapi_spec_validator": "codegen",
    "yaml": "codegen",
    "keyring": "keyring",
    "mcp": "mcp",
    "mcp_types": "mcp",
    "starlette": "sandbox",
    "uvicorn": "sandbox",
}


_LONGEST = 2000  # characters of one line
_EXPLAINED = {"explained": True}  # of a record: its text says what its exception says


class _Lines(logging.Formatter):
    """One line per message, with nothing that a terminal would obey; tracebacks only for debugging."""

    debug = False

    def format(self, record: logging.LogRecord) -> str:
        from polyreel.http.redaction import printable

        level = "" if record.levelno >= logging.ERROR else f"{record.levelname.lower()}: "
        text = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error and not getattr(record, "explained", False):
            text += f": {type(error).__name__}: {error}"
        line = f"polyreel: {level}{printable(text, 2000)}"
        if record.exc_info and self.debug:
            line += f"\n{self.formatException(record.exc_info)}"
        return line


class _Stderr(logging.Handler):
    """Writes to whatever stderr is at the time: a spinner stands in front of it for a while."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr, flush=True)


_lines = _Lines()


@contextmanager
def to_stderr() -> Iterator[None]:
    """Send polyreel's messages to stderr while the block runs."""
    handler = _Stderr()
    handler.setFormatter(_lines)
    level = _log.level
    _log.addHandler(handler)
    configure()
    try:
        yield
    finally:
        _log.removeHandler(handler)
        _log.setLevel(level)


def configure(*, verbose: bool = False, debug: bool = False) -> None:
    """Choose what is said: with ``verbose`` every message, with ``debug`` tracebacks too."""
    _lines.debug = debug
    _log.setLevel(logging.DEBUG if verbose or debug else logging.WARNING)


@contextmanager
def quiet() -> Iterator[None]:
    """Hold back warnings while the block runs, which shows them in its own way."""
    level = _log.level
    _log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        _log.setLevel(level)


def failed(error: BaseException, *, about: str | None = None) -> int:
    """Say what went wrong, in one line for each cause, and return the exit code for it.

    Args:
        error: What went wrong.
        about: With what, where the reader couldn't know otherwise.
    """
    if isinstance(error, PartialFailure):
        for each in error.exceptions:
            failed(each, about=getattr(each, "account", None))
        return exits.PARTLY
    # One line, unless the error itself is a list: of findings in a spec, say.
    said = _sentence(error)
    for line in said.splitlines() if isinstance(error, SpecError) else filter(None, [said]):
        _log.error("%s%s", f"{about}: " if about else "", line, exc_info=error, extra=_EXPLAINED)
    if isinstance(error, PolyreelError):
        return exits.code([error])
    if isinstance(error, TyperException):
        return error.exit_code
    return exits.USAGE if _extra(error) else exits.FAILED


def note(text: str) -> None:
    """Say something that is neither data nor trouble."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress(text: str, *, table: bool) -> Iterator[Callable[[str], None]]:
    """Show that long work goes on, where somebody watches.

    Args:
        text: What is being done.
        table: Whether stdout stays silent meanwhile; other output on the same terminal is progress
            enough, and a spinner would get in its way.

    Yields:
        A function that changes the text.
    """
    if not sys.stderr.isatty() or (sys.stdout.isatty() and not table):
        yield lambda _text: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner

    spinner = Spinner("dots", text)
    with Live(spinner, console=Console(stderr=True), transient=True, redirect_stdout=False):
        yield lambda text: spinner.update(text=text)


def _sentence(error: BaseException) -> str:
    if isinstance(error, TyperException):
        return _usage(error)
    if isinstance(error, PolyreelError):
        trace = f" [request id {error.request_id}]" if error.request_id else ""
        return f"{error}{trace}"
    if extra := _extra(error):
        return f"this needs more than the basics: pip install 'polyreel[{extra}]'"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"unexpected {type(error).__name__}: {error} (where: run it again with --debug)"


def _extra(error: BaseException) -> str | None:
    """Return the extra that brings a module which isn't there."""
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    return _EXTRAS.get((missing or "").partition(".")[0])


def _usage(error: TyperException) -> str:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    # There is no message when the help itself was shown, for want of a command.
    return f"{message} (see: {context.command_path} --help)" if message and context else message


def one_line(text: str) -> str:
    """Return a foreign text on one line, without control characters."""
    from polyreel.http.redaction import printable

    return printable(text, _LONGEST)
