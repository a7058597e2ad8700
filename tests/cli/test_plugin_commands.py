"""Plugins add commands; one that can't costs only its own."""

from __future__ import annotations

from typing import Any

ARCHIVE = """
import typer
from polyreel import PolyreelError, hookimpl

@hookimpl
def polyreel_commands(cli):
    @cli.command()
    def keep(where: str = "here"):
        "Keep everything."
        print(f"archived {where}")

    @cli.command()
    def videos():
        print("not the plugin's to take")

    @cli.command()
    def stumble():
        raise PolyreelError("the archive is full")

    @cli.command()
    def crash():
        raise RuntimeError("secret plans")
"""

FAILING = """
from polyreel import hookimpl

@hookimpl
def polyreel_commands(cli):
    raise RuntimeError("no commands today")
"""


def install(plugin_folder: Any, source: str) -> None:
    plugin_folder.add(
        "polyreel-extra", {"polyreel_extra": source}, plugins={"extra": "polyreel_extra"}
    )


def test_a_plugins_command_runs_and_is_listed(cli: Any, plugin_folder: Any) -> None:
    install(plugin_folder, ARCHIVE)

    assert cli("keep", "--where", "there").out == "archived there\n"
    assert "Keep everything." in cli("--help").out


def test_its_errors_are_reported_like_ours(cli: Any, plugin_folder: Any) -> None:
    install(plugin_folder, ARCHIVE)
    stumbled, crashed = cli("stumble"), cli("crash")

    assert (stumbled.code, stumbled.err) == (1, "polyreel: the archive is full\n")
    assert crashed.code == 1
    assert crashed.err.startswith("polyreel: unexpected RuntimeError: secret plans (where: ")


def test_it_takes_none_of_our_commands(cli: Any, plugin_folder: Any) -> None:
    install(plugin_folder, ARCHIVE)

    assert "List and get videos." in cli("videos", "--help").out


def test_a_plugin_that_fails_at_it_costs_no_other_command(cli: Any, plugin_folder: Any) -> None:
    install(plugin_folder, FAILING)
    result = cli("--help")

    assert result.code == 0
    assert "List and get videos." in result.out
    assert "no commands today" in result.err
    assert len(result.err.splitlines()) == 1


def test_our_commands_load_no_plugin_to_be_found(cli: Any, plugin_folder: Any) -> None:
    install(plugin_folder, "raise SystemExit('loaded')")

    assert cli("--version").out == "polyreel 0.1.0\n"
    assert cli("spec", "--help").code == 0
