"""``polyreel generate``: make the clients whose specs have changed."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyreel.cli import complete
from polyreel.errors import SpecError

if TYPE_CHECKING:
    from polyreel.codegen.generating.generate import ClientOutcome


def generate_command(
    providers: Annotated[
        list[str] | None,
        typer.Argument(
            help="Only these providers.", show_default="all", autocompletion=complete.specs
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing; exit 1 and name the clients that are not up to date."
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Don't trust the manifests: make every client, or compare every file."
        ),
    ] = False,
    root: Annotated[
        Path, typer.Option(help="Polyreel's source tree, with specs/ and generated/.")
    ] = Path(),
    output: Annotated[
        Path | None,
        typer.Option(
            help="The package that holds the clients.",
            show_default="generated/polyreel_clients below the root",
        ),
    ] = None,
) -> None:
    """Generate the clients from specs/ into generated/, where something has changed."""
    from polyreel.codegen.generating.generate import generate

    turn = threading.Lock()

    def progress(provider: str, step: str) -> None:
        with turn:  # several providers are at work at once
            typer.echo(f"{provider}: {step}", err=True)

    outcomes = generate(
        providers or None,
        specs=root / "specs",
        output=output or root / "generated" / "polyreel_clients",
        check=check,
        force=force,
        progress=progress,
    )
    for outcome in outcomes:
        if outcome.error is None:
            typer.echo(_sentence(outcome))
    _raise_for(outcomes)


def _sentence(outcome: ClientOutcome) -> str:
    why = ", ".join(outcome.reasons)
    return {
        "unchanged": f"{outcome.provider}: up to date",
        "generated": f"{outcome.provider}: generated ({why})",
        "stale": f"{outcome.provider}: not up to date ({why})",
    }[outcome.state]


def _raise_for(outcomes: list[ClientOutcome]) -> None:
    """Raise what went wrong, all of it, once everything else is done."""
    failed = [str(outcome.error) for outcome in outcomes if outcome.error is not None]
    stale = [outcome.provider for outcome in outcomes if outcome.state == "stale"]
    if stale:
        failed.append(f"not up to date: {', '.join(stale)}; run 'polyreel generate'")
    if failed:
        raise SpecError("\n".join(failed))
