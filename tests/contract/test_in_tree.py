"""Every provider that polyreel brings keeps the contract that everybody's providers keep."""

from __future__ import annotations

from importlib.metadata import entry_points

from polyreel.configuration.installed import PROVIDERS
from polyreel.registry import Registry
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


# One class for each, and for each of several lists, so that what is added is held to the contract as well.
for _name in _IN_TREE:
    _resources = Registry({}).provider(_name).resources.values()
    for _list in sorted({each for one in _resources for each in one.collections} or {""}):
        _title = f"Test{_name.title()}{_list.title()}".replace("-", "")
        _about = {"provider": _name, "collection": _list}
        globals()[_title] = type(_title, (ProviderContract,), _about)
