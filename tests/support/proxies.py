"""Forward proxies and TLS servers on loopback, for tests of the way to a provider."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any


@dataclass
class Proxy:
    port: int = 0
    seen: list[bytes] = field(default_factory=list)  # heads of requests; of a SOCKS proxy, hosts

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def _accepting(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """Serve every connection in a thread of its own; yields the port on this machine."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=serve, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


@contextmanager
def proxy(status: int = 200, to: int | None = None, head: bytes = b"") -> Iterator[Proxy]:
    """Run a proxy that answers every request with a status; 200 opens a tunnel to a local port.

    `head` holds more header lines of its answers.
    """
    made = Proxy()

    def serve(client: socket.socket) -> None:
        with client:
            came = b""
            while b"\r\n\r\n" not in came:
                data = client.recv(65536)
                if not data:
                    return
                came += data
            made.seen.append(came)
            client.sendall(b"HTTP/1.1 %d Because\r\n%sContent-Length: 0\r\n\r\n" % (status, head))
            if status == 200 and to is not None:
                with socket.create_connection(("127.0.0.1", to)) as server:
                    threading.Thread(target=_pump, args=(server, client), daemon=True).start()
                    _pump(client, server)

    with _accepting(serve) as made.port:
        yield made


@contextmanager
def socks_proxy(to: int) -> Iterator[Proxy]:
    """Run a SOCKS 5 proxy (RFC 1928, no login) that leads every connection to a local port."""
    made = Proxy()

    def serve(client: socket.socket) -> None:
        with client, client.makefile("rb") as came:
            _, methods = came.read(2)
            came.read(methods)
            client.sendall(b"\x05\x00")
            *_, kind = came.read(4)
            size = {1: 4, 4: 16}.get(kind) or came.read(1)[0]
            made.seen.append(came.read(size))
            came.read(2)
            client.sendall(b"\x05\x00\x00\x01" + bytes(6))
            with socket.create_connection(("127.0.0.1", to)) as server:
                threading.Thread(target=_pump, args=(server, client), daemon=True).start()
                _pump(client, server)

    with _accepting(serve) as made.port:
        yield made


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def certificate(folder: Path, host: str = "api.acme.example") -> Path:
    """Write a self-signed certificate with its key, good for a host and for 127.0.0.1."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    names: list[Any] = [x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, plain)
        + made.public_bytes(pem)
    )
    return path


@contextmanager
def tls_server(certificate: Path, body: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Answer every request over TLS with this JSON; gives the port and what came."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    seen: list[bytes] = []

    def serve(client: socket.socket) -> None:
        with suppress(OSError), context.wrap_socket(client, server_side=True) as secure:
            seen.append(secure.recv(65536))
            secure.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
                + body
            )

    with _accepting(serve) as port:
        yield port, seen
