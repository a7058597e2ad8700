"""``polyreel sandbox``: serve the providers' wire protocols until Ctrl-C."""

from __future__ import annotations

from typing import Annotated

import typer

from polyreel.cli import complete


def sandbox_command(
    provider: Annotated[
        list[str] | None,
        typer.Option(
            "--provider",
            "-p",
            help="Serve only this provider; may be repeated.",
            autocompletion=complete.providers,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen; 0 for any free port.")
    ] = 8765,
    videos: Annotated[
        int, typer.Option(min=0, max=100_000, help="How many videos each provider has.")
    ] = 25,
    replicas: Annotated[
        int, typer.Option(min=0, max=100_000, help="How many replicas each provider has.")
    ] = 12,
) -> None:
    """Serve every installed provider's API on this machine, with fabricated items and no real key.

    The environment that points polyreel at it goes to stdout, as lines that a shell can read:
    polyreel sandbox > box.env & sleep 2; . ./box.env
    """
    import shlex
    import time

    from polyreel import sandbox
    from polyreel.registry import Registry

    registry = Registry()
    providers = [registry.provider(name) for name in dict.fromkeys(provider)] if provider else None
    with sandbox.serve(
        providers,
        port=port,
        items={"videos": videos, "replicas": replicas},
        clock=sandbox.Clock(running=True),
    ) as box:
        for name, value in box.environment().items():
            typer.echo(f"export {name}={shlex.quote(value)}")
        typer.echo(f"Listening on {box.origin} until Ctrl-C.", err=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
