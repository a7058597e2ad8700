"""Where the files of a new provider go: into polyreel's source tree, or into a package of their own."""

from __future__ import annotations

import importlib.resources
import keyword
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from polyreel.errors import ConfigurationError, SpecError
from polyreel.openapi.names import pascal

_TABLE = '[project.entry-points."polyreel.providers"]'
_KEYS = '[project.entry-points."polyreel.keys"]'


@frozen
class SourceTree:
    """The places in polyreel's source tree.

    Attributes:
        root: The folder that everything is below.
        name: The provider's name.
    """

    root: Path
    name: str

    @property
    def spec(self) -> Path:
        """The spec's folder."""
        return Path("specs", self.name)

    @property
    def client(self) -> Path:
        """The client package."""
        return Path("generated", "polyreel_clients", self.name)

    @property
    def client_module(self) -> str:
        """The client package's import name."""
        return f"polyreel_clients.{self.name}"

    @property
    def plugin(self) -> Path:
        """The plugin module."""
        return Path("plugins", "polyreel_plugins", f"{self.name}.py")

    @property
    def test(self) -> Path:
        """The test module."""
        return Path("tests", "plugins", f"test_{self.name}.py")

    def others(self, title: str, collections: Sequence[str]) -> Mapping[Path, str]:
        """Return the texts of the files that need no guessing.

        Args:
            title: What the provider is called.
            collections: Those of its lists that aren't the first of their kind.
        """
        return {self.test: contract_test(self.name, title, collections)}

    def check_free(self) -> None:
        """Make sure that nothing would be overwritten.

        Raises:
            ConfigurationError: This isn't polyreel's source tree, or a name can't be used.
            SpecError: Something is there already.
        """
        check_name(self.name)
        if _TABLE not in _text(self.root / "pyproject.toml"):
            raise ConfigurationError(
                f"{self.root} isn't polyreel's source tree: its pyproject.toml has no {_TABLE}; run this "
                "there, or make a package of its own with --package DIR"
            )
        for path in (self.spec, self.client, self.plugin, self.test):
            if (self.root / path).exists():
                raise SpecError(f"{self.root / path} is there already, and nothing is overwritten")

    def put(self, tree: Path) -> list[Path]:
        """Put the files in place, and add the entry points: the plugin's, and its key's variable.

        Args:
            tree: Where they were made.

        Returns:
            The new files and the changed one, relative to the root.
        """
        files = copied(tree, self.root)
        project = self.root / "pyproject.toml"
        text = _with_line(_text(project), _TABLE, f'{self.name} = "polyreel_plugins.{self.name}"')
        if _KEYS in text:
            text = _with_line(text, _KEYS, f'{self.name.upper()}_API_KEY = "{self.name}"')
        project.write_text(text, encoding="utf-8")
        return [*files, Path("pyproject.toml")]


@frozen
class PackageLayout(SourceTree):
    """The places in a distribution of its own, which holds plugin, client, spec and tests."""

    @property
    def client(self) -> Path:
        """The client package."""
        return Path("src", f"polyreel_{self.name}", "clients", self.name)

    @property
    def client_module(self) -> str:
        """The client package's import name."""
        return f"polyreel_{self.name}.clients.{self.name}"

    @property
    def plugin(self) -> Path:
        """The plugin module."""
        return Path("src", f"polyreel_{self.name}", "plugin.py")

    @property
    def test(self) -> Path:
        """The test module."""
        return Path("tests", f"test_{self.name}.py")

    def others(self, title: str, collections: Sequence[str]) -> Mapping[Path, str]:
        """Return the texts of the files that need no guessing.

        Args:
            title: What the provider is called.
            collections: Those of its lists that aren't the first of their kind.
        """
        package = Path("src", f"polyreel_{self.name}")
        texts = {
            self.test: contract_test(self.name, title, collections),
            package / "__init__.py": f'"""{title} for polyreel."""\n',
            package / "py.typed": "",
            package / "clients" / "__init__.py": '"""Generated clients; never edited."""\n',
        }
        templates = importlib.resources.files("polyreel.codegen.scaffold") / "package"
        for file, path in _TEMPLATES.items():
            text = (templates / file).read_text(encoding="utf-8")
            texts[Path(path)] = (
                text.replace("@NAME@", self.name)
                .replace("@TITLE@", title)
                .replace("@ENV@", f"{self.name.upper()}_API_KEY")
            )
        return texts

    def check_free(self) -> None:
        """Make sure that nothing would be overwritten.

        Raises:
            ConfigurationError: The name can't be used.
            SpecError: There is something in the folder.
        """
        check_name(self.name)
        if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
            raise SpecError(f"{self.root} is there already, and nothing is overwritten")

    def put(self, tree: Path) -> list[Path]:
        """Put the files in place."""
        return copied(tree, self.root)


_TEMPLATES = {
    "project.toml": "pyproject.toml",
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "ci.yml": ".github/workflows/ci.yml",
}


def check_name(name: str) -> None:
    """Hold a provider's name to what can be a folder, a module and a part of a variable.

    Raises:
        ConfigurationError: It can't.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) or keyword.iskeyword(name):
        raise ConfigurationError(
            f"a provider can't be called {name[:60]!r}: its name becomes a Python module, so it begins with "
            "a letter and has at most 40 of a-z 0-9 _"
        )


def contract_test(name: str, title: str, collections: Sequence[str]) -> str:
    """Write the test module: a class for the first list of each kind, and one for each other list."""
    others = "".join(
        f"\n\nclass Test{pascal(name)}{pascal(each)}(ProviderContract):\n"
        f"    provider = {name!r}\n    collection = {each!r}\n"
        for each in collections
    )
    return (
        f'"""{title} keeps the contract that every provider keeps."""\n\n'
        "from __future__ import annotations\n\n"
        "from polyreel.testing import ProviderContract\n\n\n"
        f"class Test{pascal(name)}(ProviderContract):\n"
        f"    provider = {name!r}\n{others}"
    )


def copied(tree: Path, root: Path) -> list[Path]:
    """Copy a tree of new files; none of them may be there."""
    files = sorted(path.relative_to(tree) for path in tree.rglob("*") if path.is_file())
    files = [path for path in files if not path.name.startswith(".lock")]
    for path in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (tree / path).open("rb") as source, (root / path).open("xb") as target:
            shutil.copyfileobj(source, target)
    return files


def _with_line(project: str, table: str, line: str) -> str:
    """Add a line to a table of entry points, in its order."""
    start = project.index(table) + len(table) + 1
    end = re.compile(r"^\s*$|^\[", re.MULTILINE).search(project, start)
    stop = end.start() if end else len(project)
    lines = [*project[start:stop].splitlines(), line]
    return project[:start] + "\n".join(sorted(lines)) + "\n" + project[stop:]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
