"""Fixtures that several parts of the suite share; each part's own stand beside it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import invalidate_caches
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no failure, and a failure is a change's, not the day's: the same examples each time.
# "pytest --hypothesis-profile=search" looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("same")


_READ = re.compile(
    r"\w+_(API_KEY|API_SECRET|API_TOKEN|BASE_URL|ALLOW_HTTP)|(HTTP|HTTPS|ALL|NO)_PROXY"
    r"|SSL_CERT_(FILE|DIR)|SSLKEYLOGFILE|NO_COLOR|FORCE_COLOR|COLUMNS"
    r"|POLYREEL_(CONFIG|DEBUG|LIBRARY|PLUGINS|STRICT_PLUGINS)",
    re.IGNORECASE,
)


@pytest.fixture(scope="session", autouse=True)
def nothing_configured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the developer's own accounts, proxies, settings and state out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if _READ.fullmatch(name)]:
            patch.delenv(name)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@dataclass
class PluginFolder:
    """A folder on the import path, into which distributions are put as an installer would."""

    path: Path

    def add(
        self,
        distribution: str,
        modules: Mapping[str, str],
        *,
        providers: Mapping[str, str] | None = None,
        plugins: Mapping[str, str] | None = None,
        version: str = "1.0",
    ) -> None:
        """Install a distribution: its modules' source by name, and its entry points by group."""
        for name, source in modules.items():
            (self.path / f"{name}.py").write_text(source)
        info = self.path / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        )
        groups = {"polyreel.providers": providers, "polyreel.plugins": plugins}
        (info / "entry_points.txt").write_text(
            "".join(
                f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
                for group, points in groups.items()
                if points
            )
        )
        invalidate_caches()


@pytest.fixture
def plugin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PluginFolder]:
    """Yield a folder for plugins of this test alone; what was imported from it is forgotten."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    yield PluginFolder(folder)
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None)).startswith(str(folder)):
            del sys.modules[name]
