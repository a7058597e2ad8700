"""URLs: joining a base and a path, comparing origins, recognising this machine. Pure functions."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit


def origin(url: str) -> tuple[str, str, int]:
    """Return a URL's scheme, host and port; an empty host and port -1 for text that is no URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", -1
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), port or {"http": 80, "https": 443}.get(scheme, 0)


def host_and_port(url: str) -> str:
    """Return ``host:port`` of a URL for a message, without credentials."""
    _, host, port = origin(url)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@lru_cache  # asked of the same base URL for every request
def is_loopback(url: str) -> bool:
    """Tell whether a URL's host is this machine."""
    host = origin(url)[1]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_local(url: str) -> bool:
    """Tell whether a URL's host is, by its name alone, this machine or in a private network."""
    host = origin(url)[1]
    try:
        return not is_public(host)
    except ValueError:
        return is_loopback(url) or "." not in host or host.endswith((".local", ".internal", ".lan"))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the internet's.

    Raises:
        ValueError: It is no IP address.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast
