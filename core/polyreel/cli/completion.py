"""Shell completion: a script for zsh that completes at the first TAB.

Typer's own script is loaded by zsh at the first TAB and only defines what completes from the second on.
"""

from __future__ import annotations

from typing import Any

_ZSH = """
#compdef %(prog_name)s

%(complete_func)s() {
  eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" %(autocomplete_var)s=complete_zsh %(prog_name)s)
}

if [ "$funcstack[1]" = "_%(prog_name)s" ]; then
  %(complete_func)s "$@"
else
  compdef %(complete_func)s %(prog_name)s
fi
"""


def prepare() -> None:
    """Let ``--show-completion`` and ``--install-completion`` give this script."""
    from typer import _completion_shared as shared  # it has no public place for scripts

    scripts: dict[str, Any] = getattr(shared, "_completion_scripts", {})
    if "zsh" in scripts:
        scripts["zsh"] = _ZSH
