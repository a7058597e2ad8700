"""Which way a request takes out of this machine, from the usual variables in all their spellings."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st
from polyreel import ConfigurationError
from polyreel.http import routes
from polyreel.http.routes import route


@pytest.mark.parametrize(
    ("variable", "url", "taken"),
    [
        ("HTTPS_PROXY", "https://api.example", True),
        ("https_proxy", "https://api.example", True),
        ("ALL_PROXY", "https://api.example", True),
        ("HTTP_PROXY", "https://api.example", False),
        ("HTTP_PROXY", "http://api.example", True),
        ("HTTPS_PROXY", "http://api.example", False),
        ("ALL_PROXY", "https://127.0.0.1:8000", False),
        ("ALL_PROXY", "http://localhost:8000", False),
        ("ALL_PROXY", "http://[::1]:8000", False),
        ("ALL_PROXY", "http://x.localhost", False),
    ],
)
def test_the_variable_of_the_scheme_counts_and_this_machine_is_direct(
    monkeypatch: pytest.MonkeyPatch, variable: str, url: str, taken: bool
) -> None:
    monkeypatch.setenv(variable, "proxy.example:3128")
    way = route(url, secret=False)
    assert way.proxy == ("http://proxy.example:3128" if taken else None)
    assert str(way) == (f"the proxy proxy.example:3128 ({variable})" if taken else "")


@pytest.mark.parametrize(
    ("exceptions", "url", "direct"),
    [
        ("example.com", "https://api.example.com", True),
        (".example.com", "https://api.example.com", True),
        ("*.example.com", "https://api.example.com", True),
        ("example.com", "https://badexample.com", False),
        ("API.example.com", "https://api.EXAMPLE.com", True),
        ("*", "https://api.example.com", True),
        ("api.example.com:443", "https://api.example.com", True),
        ("api.example.com:8443", "https://api.example.com", False),
        ("https://api.example.com", "https://api.example.com", True),
        ("a, b  api.example.com,,", "https://api.example.com", True),
        ("10.0.0.0/8", "https://10.1.2.3", True),
        ("10.1.2.3", "https://10.1.2.3", True),
        ("10.1.2.3/8", "https://10.200.0.1", True),
        ("192.168.0.0/16", "https://10.1.2.3", False),
        ("fd07::/64", "https://[fd07::5]", True),
        ("[fd07::5]", "https://[fd07::5]", True),
        ("[fd07::5]:8443", "https://[fd07::5]:8443", True),
        ("[fd07::5]:8443", "https://[fd07::5]", False),
        ("[fd07::]/64", "https://[fd07::5]", True),
        ("fd07::5", "https://[fd07::5]", True),
        ("fd08::/64", "https://[fd07::5]", False),
        ("10.0.0.0/99", "https://10.1.2.3", False),
        ("[", "https://api.example.com", False),
        (".", "https://api.example.com", False),
    ],
)
def test_exceptions_are_hosts_domains_addresses_and_networks(
    monkeypatch: pytest.MonkeyPatch, exceptions: str, url: str, direct: bool
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", exceptions)
    assert (route(url, secret=True).proxy is None) is direct


@given(
    proxy=st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",))),
    exceptions=st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",))),
)
def test_whatever_the_variables_hold_there_is_a_way_or_a_sentence(
    proxy: str, exceptions: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routes, "getproxies", lambda: {"https": proxy, "no": exceptions})
        with suppress(ConfigurationError):
            way = route("https://api.example.com", secret=True)
            assert way.proxy is None or proxy in way.proxy


def test_a_repr_shows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:hunter%2022@proxy.example:3128")
    way = route("https://api.example", secret=True)
    assert "hunter" not in repr(way) + str(way)
    assert way.secrets == ("hunter%2022", "hunter 22")
