"""Print the lowest version of each direct requirement, as constraints for pip: ``python tools/lowest.py``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def lowest() -> Iterator[str]:
    """Yield ``name==version`` for each requirement of the package and its extras that has a minimum."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    for text in [*project["dependencies"], *(one for extra in extras for one in extra)]:
        requirement = Requirement(text)
        for bound in requirement.specifier:
            if bound.operator in {">=", "=="}:
                yield f"{requirement.name}=={bound.version}"


if __name__ == "__main__":
    print("\n".join(lowest()))
