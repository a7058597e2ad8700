"""How requests leave this machine: directly or through a proxy, and whose certificates are trusted.

Read from the environment: ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY``, ``NO_PROXY`` (in either
case), ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``. What can't be used there is a `ConfigurationError` of
the accounts that need it, and of no others.
"""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from attrs import field, frozen

from polyreel.errors import ConfigurationError
from polyreel.http.urls import host_and_port, is_loopback, origin

_SCHEMES = ("http", "https", "socks5", "socks5h")


@frozen(kw_only=True)
class Route:
    """One way out; requests that share it share connections.

    Attributes:
        tls: The server is spoken to over TLS.
        proxy: The proxy's URL, which may hold a password; None for a direct connection.
        variable: The environment variable that names the proxy, in messages.
    """

    tls: bool
    proxy: str | None = field(default=None, repr=False)
    variable: str = ""

    def __str__(self) -> str:
        """Name the proxy for a message, without its password."""
        return f"the proxy {host_and_port(self.proxy)} ({self.variable})" if self.proxy else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not appear in any message: the proxy's password."""
        password = urlsplit(self.proxy or "").password
        return (password, unquote(password)) if password else ()


def route(url: str, *, secret: bool) -> Route:
    """Find the way to a URL. This machine is never reached through a proxy.

    Args:
        url: An HTTP or HTTPS URL.
        secret: The requests carry a key.

    Raises:
        ConfigurationError: The proxy for it can't be used, or would see the key.
    """
    scheme, host, port = origin(url)
    direct = Route(tls=scheme == "https")
    if is_loopback(url):
        return direct
    proxies = getproxies()
    kind = scheme if proxies.get(scheme) else "all"
    proxy = proxies.get(kind)
    if not proxy or _excepted(host, port, proxies.get("no", "")):
        return direct
    variable = _variable(kind)
    found = Route(tls=direct.tls, proxy=_checked(proxy, variable), variable=variable)
    if secret and not found.tls:
        raise ConfigurationError(
            f"the key would be readable to {found} on the way to {host_and_port(url)}: use https, or "
            f"go there directly with NO_PROXY={host}"
        )
    return found


def usable(url: str, *, secret: bool) -> Route:
    """Find the way to a URL, and load the certificates that it needs.

    Raises:
        ConfigurationError: The environment names a proxy or certificates that can't be used.
    """
    found = route(url, secret=secret)
    if found.tls:
        tls_context()
    return found


def trusted() -> str:
    """Say which certificate authorities are trusted, for messages."""
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if path := os.environ.get(variable):
            return f"{variable}={path}"
    return "those of the certifi package"


def tls_context() -> ssl.SSLContext:
    """Load the certificate authorities: those that the environment names, else certifi's.

    Raises:
        ConfigurationError: ``SSL_CERT_FILE`` or ``SSL_CERT_DIR`` names nothing that can be used.
    """
    import httpx

    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    named = f"SSL_CERT_FILE={file}" if file else f"SSL_CERT_DIR={folder}"
    if (file and not Path(file).is_file()) or (not file and folder and not Path(folder).is_dir()):
        raise ConfigurationError(
            f"{named} doesn't exist: correct it, or unset it to trust the certifi package's "
            "authorities"
        )
    try:
        return httpx.create_ssl_context()
    except OSError as error:  # ssl.SSLError is one
        if keys := os.environ.get("SSLKEYLOGFILE"):
            named += f" or SSLKEYLOGFILE={keys}"
        raise ConfigurationError(
            f"the certificates of {named} can't be read ({error.strerror or error}): it has to be "
            "readable and in PEM format"
        ) from error


def _checked(proxy: str, variable: str) -> str:
    # Without what it is instead: it may hold a password.
    url = proxy if "://" in proxy else f"http://{proxy}"
    scheme, host, port = origin(url)
    whole = url.isprintable() and " " not in url  # as the client that is given it will see it
    if scheme not in _SCHEMES or not host or port < 0 or not whole:
        what = (
            f"{scheme}://" if whole and re.fullmatch("[a-z0-9+.-]+", scheme) and host else "no URL"
        )
        raise ConfigurationError(
            f"{variable} can't be used ({what}): write http://host:port or socks5://host:port, or "
            "unset it"
        )
    if scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError(
            f"{variable} names a SOCKS proxy, which needs more than the basics: "
            "pip install 'polyreel[socks]'"
        )
    return url


def _variable(kind: str) -> str:
    names = (f"{kind}_proxy", f"{kind.upper()}_PROXY")
    return next((name for name in names if os.environ.get(name)), "the system's proxy settings")


def _excepted(host: str, port: int, exceptions: str) -> bool:
    """Tell whether ``NO_PROXY`` names a host: by name, domain, address or network, with or without port."""
    for each in re.split(r"[\s,]+", exceptions.lower()):
        name, at = _name_and_port(each)
        if not name or (at and at != port):
            continue
        if name == "*" or _is_within(host, name):
            return True
    return False


def _name_and_port(entry: str) -> tuple[str, int | None]:
    entry = entry.partition("://")[2] or entry
    if found := re.fullmatch(r"\[([^\]]*)\](/\d+)?(?::(\d+))?", entry):
        return found[1] + (found[2] or ""), int(found[3]) if found[3] else None
    if entry.count(":") == 1:
        name, _, port = entry.partition(":")
        return name, int(port) if port.isdecimal() else None
    return entry, None


def _is_within(host: str, name: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        domain = name.removeprefix("*").strip(".")
        return bool(domain) and (host == domain or host.endswith(f".{domain}"))
    try:
        return address in ipaddress.ip_network(name, strict=False)
    except ValueError:
        return False
