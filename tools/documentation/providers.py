"""README.md: the table of providers, from what their plugins say."""

from __future__ import annotations

from polyreel.accounts import variable
from polyreel.provider import Provider, Resource
from polyreel.registry import Registry


def with_table(now: str) -> str:
    """Return a text whose table of providers is written anew, from what their plugins say."""
    begin, end = "<!-- providers: written by make docs -->\n", "<!-- /providers -->"
    before, _, rest = now.partition(begin)
    rows = [_row(provider) for provider in _ours()]
    return "".join(
        [before, begin, "\n".join([*_PROVIDERS, *rows]), "\n", end, rest.partition(end)[2]]
    )


_PROVIDERS = (
    "| provider | videos | replicas | a list is | links work for | key | service |",
    "| --- | --- | --- | --- | --- | --- | --- |",
)


def _ours() -> list[Provider]:
    registry = Registry({})
    ours = [name for name in registry.names if registry.distribution(name).startswith("polyreel ")]
    return [registry.provider(name) for name in ours]


def _row(provider: Provider) -> str:
    until = provider.lifecycle.sunset
    cells = (
        f"[{provider.title}]({provider.docs}) (`{provider.name}`)",
        _abilities(provider.resources.get("videos")),
        _abilities(provider.resources.get("replicas")),
        _extent(provider),
        _kept(provider),
        f"`{variable(provider, 'API_KEY')}`",
        f"ended {until}; compatible servers by base URL" if until else "active",
    )
    return f"| {' | '.join(cells)} |"


def _extent(provider: Provider) -> str:
    listed = [one for one in provider.resources.values() if one.can_list]
    windows = [f"the last {one.window.days} days" for one in listed if one.window]
    lists = sum(len(one.collections) for one in listed)
    newest = any(one.newest_first for one in listed)
    said = [*windows, *([f"{lists} lists"] * bool(lists)), *(["newest first"] * newest)]
    return ", ".join(said) or "–"


def _kept(provider: Provider) -> str:
    times = [one.files_kept for one in provider.resources.values() if one.files_kept]
    hours = int(times[0].total_seconds() // 3600) if times else 0
    return f"{hours} h" if hours else "–"


def _abilities(resource: Resource | None) -> str:
    if resource is None:
        return "–"
    words = [word for word, can in (("list", resource.can_list), ("get", resource.can_get)) if can]
    options = [
        *(f"`{name}`" for name in sorted(resource.filters)),
        *(["order"] * bool(resource.orders)),
    ]
    return ", ".join(words) + (f" (by {', '.join(options)})" if options else "")
