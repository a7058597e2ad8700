"""``polyreel new-provider``: a provider's spec, client, plugin and test from its documentation."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyreel.errors import ConfigurationError

if TYPE_CHECKING:
    from polyreel.codegen.scaffold.build import Scaffold
    from polyreel.models import Kind
    from polyreel.openapi.annotations import Role


def new_provider_command(
    name: Annotated[str, typer.Argument(help="What it is to be called: a-z 0-9 _.")],
    spec: Annotated[
        list[str],
        typer.Option(
            metavar="FILE|URL", help="An OpenAPI document or a documentation page; may be repeated."
        ),
    ],
    videos: Annotated[
        str | None,
        typer.Option(
            metavar="OPERATION",
            help="What lists videos, such as 'GET /v1/videos', or none.",
            show_default="guessed",
        ),
    ] = None,
    video: Annotated[
        str | None,
        typer.Option(
            metavar="OPERATION",
            help="What gets one, such as 'GET /v1/videos/{id}', or none.",
            show_default="guessed",
        ),
    ] = None,
    replicas: Annotated[
        str | None,
        typer.Option(
            metavar="OPERATION", help="What lists avatars, or none.", show_default="guessed"
        ),
    ] = None,
    replica: Annotated[
        str | None,
        typer.Option(
            metavar="OPERATION", help="What gets one of them, or none.", show_default="guessed"
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Its name for people.", show_default="the document's")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Where its API is.", show_default="the document's")
    ] = None,
    id: Annotated[
        str,
        typer.Option(
            metavar="FIELD", help="The field that holds an item's id.", show_default="guessed"
        ),
    ] = "",
    docs: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Its reference for people.", show_default="the document's"
        ),
    ] = None,
    source_url: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL", help="Where a FILE of --spec is published; one for each, in their order."
        ),
    ] = None,
    collection: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=LIST[,GET]",
            help="One of several lists, such as 'talks=GET /talks', and what gets one of it where that "
            "isn't found; replicas/NAME for avatars; repeat it.",
        ),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARAMETER",
            help="A parameter that is the same for all of an account, such as userId; may be repeated.",
        ),
    ] = None,
    package: Annotated[
        Path | None,
        typer.Option(help="Make a distribution of its own in this folder, outside of the tree."),
    ] = None,
    root: Annotated[Path, typer.Option(help="Polyreel's source tree.")] = Path(),
) -> None:
    """Scaffold a provider from its OpenAPI document or documentation pages.

    Finds what lists and gets videos and avatars, writes specs/NAME, the client, the plugin and its
    test, and says what was guessed. Existing files are never overwritten.
    """
    from polyreel.codegen.scaffold.build import Order, build
    from polyreel.codegen.scaffold.choice import Known
    from polyreel.codegen.scaffold.given_pages import read_given
    from polyreel.codegen.scaffold.source_tree import PackageLayout, SourceTree

    layout = SourceTree(root, name) if package is None else PackageLayout(package, name)
    layout.check_free()
    pages, urls = read_given(spec, source_url or [])
    decided: dict[tuple[Kind, Role], str | None] = {
        ("videos", "list"): videos,
        ("videos", "get"): video,
        ("replicas", "list"): replicas,
        ("replicas", "get"): replica,
    }
    known = Known(
        operations={key: one for key, one in decided.items() if one is not None},
        collections=dict(map(_collection, collection or ())),
        settings=frozenset(setting or ()),
        id=id,
    )
    order = Order(
        name=name,
        pages=pages,
        urls=urls,
        known=known,
        docs=docs,
        title=title,
        base_url=base_url,
        today=datetime.now(UTC).date(),
    )
    made = build(order, layout, ask=_ask if sys.stdin.isatty() else None, progress=_progress)
    _tell(made, name, layout.root, package is not None)


def _collection(given: str) -> tuple[tuple[Kind, str], list[str]]:
    """Read ``talks=GET /talks``, or ``replicas/clips=GET /presenters,GET /presenters/{id}``."""
    name, sign, operations = given.partition("=")
    kind, _, called = name.strip().rpartition("/")
    if (
        not sign
        or kind not in {"", "videos", "replicas"}
        or not re.fullmatch(r"[a-z][a-z0-9_-]*", called)
    ):
        raise ConfigurationError(
            f"--collection {given!r} isn't NAME=LIST[,GET], such as 'talks=GET /talks' or "
            "'replicas/clips=GET /presenters,GET /presenters/{id}'"
        )
    return ("replicas" if kind == "replicas" else "videos", called), operations.split(",", 1)


def _progress(step: str) -> None:
    typer.echo(f"{step} …", err=True)


def _ask(question: str, options: Sequence[str]) -> int | None:
    from polyreel.http.redaction import printable

    typer.echo(question, err=True)
    for number, option in enumerate(options, 1):
        typer.echo(f"  {number}  {printable(option, 300)}", err=True)
    typer.echo("  0  none of them", err=True)
    while (
        not 0 <= (response := typer.prompt("Number", default=1, type=int, err=True)) <= len(options)
    ):
        pass
    return response - 1 if response else None


def _tell(made: Scaffold, name: str, root: Path, package: bool) -> None:
    """Say what was made, what was guessed, and what to do next."""
    from polyreel.http.redaction import printable

    for choice in made.choices:
        for one in choice.operations():
            typer.echo(f"{choice.named}: {one.role} = {one.name}")
    clients = [path for path in made.files if "clients" in str(path)]
    for path in made.files:
        if path not in clients:
            typer.echo(f"wrote {root / path}")
    typer.echo(f"wrote {len(clients)} files of the client")
    for trust, words in (
        (1, "check these guesses, which are marked in the files:"),
        (2, "and have a look at these:"),
    ):
        if some := [guess for guess in made.guesses if guess.trust == trust]:
            typer.echo(words)
            typer.echo("\n".join(f"  {printable(str(guess), 300)}" for guess in some))
    sure = sum(guess.trust > 2 for guess in made.guesses)
    typer.echo(f"{sure} more were guessed from exact names")
    if made.left:
        typer.echo("what is left for you:")
    for line in made.left:
        typer.echo(f"  - {printable(line, 500)}")
    if package:
        typer.echo(f"next: cd {root} && pip install -e '.[dev]' && pytest")
    else:
        typer.echo(
            f"next: pip install -e . --no-deps && make docs check && pytest tests/plugins/test_{name}.py"
        )
