"""What a plugin says of its provider is complete, and costs nothing to ask."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from typing import get_args
from urllib.parse import urlsplit

import pytest

from polyreel.accounts import variable
from polyreel.configuration.installed import KEYS
from polyreel.errors import PolyreelError
from polyreel.models import Kind
from polyreel.registry import Registry
from polyreel.testing import subject as subjects
from polyreel.testing.fixtures import Fixtures
from polyreel.testing.subject import Subject

_HEADER = re.compile(r"[A-Za-z0-9-]+")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
_HANDFUL = 10  # modules

# Tells what importing a module brings along that importing polyreel doesn't.
_IMPORT = """
import importlib, json, sys
name, sys.path[:] = sys.argv[1], json.loads(sys.argv[2])
import polyreel
for public in polyreel.__all__:
    getattr(polyreel, public)
before = set(sys.modules)
importlib.import_module(name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


class Description(Fixtures):
    """The plugin can be used, and its Provider holds what everybody needs to know."""

    def test_the_plugin_can_be_used(self) -> None:
        """Its entry point loads, its hooks fit, and its Provider bears the entry point's name."""
        assert self.provider, f"{type(self).__name__} must say which: provider = 'acme'"
        error: PolyreelError | None = subjects.problem(self.provider)
        if error is not None:
            pytest.fail(str(error), pytrace=False)

    def test_the_provider_is_described_the_same_each_time(self, subject: Subject) -> None:
        """The hub asks once and keeps the description; other programs may ask again."""
        again = Registry(environ={}).provider(self.provider)
        assert subject.provider == again, "polyreel_provider gives another description each time"

    def test_it_has_a_title_and_says_where_its_reference_is(self, subject: Subject) -> None:
        """They stand in tables and messages."""
        provider = subject.provider
        assert provider.title.strip(), "Provider.title is what people read; it can't be blank"
        assert urlsplit(provider.docs).scheme == "https", (
            f"Provider.docs must be the https address of the API reference, not {provider.docs!r}"
        )

    def test_the_base_url_is_an_https_address_without_a_slash_at_the_end(
        self, subject: Subject
    ) -> None:
        """The key travels there, and every path is put behind it."""
        url = subject.provider.base_url
        parts = urlsplit(url)
        assert parts.scheme == "https", f"Provider.base_url must begin with https://: {url!r}"
        assert parts.hostname, f"Provider.base_url names no host: {url!r}"
        plain = f"https://{parts.netloc}{parts.path}"
        assert (url, "@" in url) == (plain, False), f"scheme, host and path are enough: {url!r}"
        assert not url.endswith("/"), f"Provider.base_url must not end with a slash: {url!r}"

    def test_the_key_has_a_header_and_a_variable_that_can_be_set(self, subject: Subject) -> None:
        """HTTP and shells allow few characters there."""
        auth = subject.provider.auth
        assert _HEADER.fullmatch(auth.header), f"no HTTP header is called {auth.header!r}"
        assert auth.env is None or _VARIABLE.fullmatch(auth.env), (
            f"an environment variable is written in capitals, as ACME_API_KEY: {auth.env!r}"
        )

    def test_the_entry_points_name_the_variable_that_holds_the_key(self, subject: Subject) -> None:
        """Where another one is named, a plugin is not imported although its key is set."""
        named = {point.name for point in entry_points(group=KEYS) if point.value == self.provider}
        holds = variable(subject.provider, "API_KEY")
        assert named <= {holds}, (
            f"the entry points in {KEYS!r} name {', '.join(sorted(named))} for {self.provider}, whose key is "
            f"in {holds}: name that one, and install the distribution again"
        )

    def test_headers_for_every_request_hold_no_key(self, subject: Subject) -> None:
        """Keys are an account's; Provider.headers are everybody's."""
        provider = subject.provider
        names = {name.lower() for name in provider.headers}
        assert not names & {provider.auth.header.lower(), "authorization", "cookie"}, (
            f"Provider.headers is for API versions and the like, not for keys: {sorted(names)}"
        )
        assert all(value.isprintable() for value in provider.headers.values())

    def test_every_kind_is_known_and_can_be_listed_or_got(self, subject: Subject) -> None:
        """A provider that can do nothing with a kind doesn't declare it."""
        resources = subject.provider.resources
        assert resources, "Provider.resources is empty: what can be listed or got?"
        unknown = set(resources) - set(get_args(Kind))
        assert not unknown, f"no such kind: {unknown}; kinds are {', '.join(get_args(Kind))}"
        for kind, resource in resources.items():
            assert resource.can_list or resource.can_get, (
                f"{kind} can neither be listed nor got; leave it out of Provider.resources"
            )

    def test_the_usual_page_is_no_larger_than_the_largest(
        self, subject: Subject, listed: Kind
    ) -> None:
        """Else every listing that doesn't name a size would be refused."""
        resource = subject.resource(listed)
        assert resource.page_size >= 1, f"page_size is {resource.page_size}; no page is empty"
        most = resource.max_page_size
        assert most is None or resource.page_size <= most, (
            f"page_size {resource.page_size} is above max_page_size {most}"
        )

    def test_every_filter_says_what_it_takes(self, subject: Subject, listed: Kind) -> None:
        """People read it in `polyreel providers`."""
        silent = [name for name, says in subject.resource(listed).filters.items() if not says]
        assert not silent, f"say in a few words what these filters take: {', '.join(silent)}"

    def test_it_says_when_its_documentation_was_read(self, subject: Subject) -> None:
        """And what a user should know, where the service is about to end."""
        lifecycle = subject.provider.lifecycle
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
        assert lifecycle.retrieved <= tomorrow, (
            f"Lifecycle.retrieved lies ahead: {lifecycle.retrieved}"
        )
        assert lifecycle.sunset is None or lifecycle.note, (
            "Lifecycle.note must tell users what the announced end means for them"
        )

    def test_importing_the_plugin_is_light(self, subject: Subject) -> None:
        """Every start of the command line imports it, whoever is asked."""
        command = [sys.executable, "-c", _IMPORT, subject.module, json.dumps(sys.path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
        assert done.returncode == 0, f"importing {subject.module} alone fails:\n{done.stderr}"
        brought = json.loads(done.stdout)
        own = subject.module.partition(".")[0]
        client = subject.provider.client
        heavy = sorted(
            {client for name in brought if f"{name}.".startswith(f"{client}.")}
            | {name.partition(".")[0] for name in brought}
            - {own, "polyreel", client.partition(".")[0]}
            - sys.stdlib_module_names
        )
        assert not heavy, (
            f"importing {subject.module} also imports {', '.join(heavy)}, at every start of every "
            "program; import them inside the hooks and functions that use them"
        )
        assert sum(name.partition(".")[0] == own for name in brought) <= _HANDFUL, (
            f"importing {subject.module} imports {len(brought)} modules: {', '.join(brought)}"
        )
