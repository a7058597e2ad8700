"""Every provider that polyreel brings keeps the contract that everybody's providers keep."""

from __future__ import annotations

from importlib.metadata import entry_points

from polyreel.registry import PROVIDERS
from polyreel.testing import ProviderContract

_IN_TREE = sorted(
    {
        point.name
        for point in entry_points(group=PROVIDERS)
        if point.dist is not None and point.dist.name == "polyreel"
    }
)


def test_there_are_providers_to_test() -> None:
    assert _IN_TREE


# One class for each, so that a provider that is added is held to the contract as well.
for _name in _IN_TREE:
    _title = f"Test{_name.title().replace('-', '')}"
    globals()[_title] = type(_title, (ProviderContract,), {"provider": _name})
