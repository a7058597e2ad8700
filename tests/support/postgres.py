"""A PostgreSQL server of its own, on a free port of this machine."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "right-p4ssword"


def binaries() -> Path | None:
    """Return the folder with initdb, or None where PostgreSQL isn't installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres() -> Iterator[str]:
    """Serve as long as the context lasts; yield the address of a database without its password."""
    folder = binaries()
    assert folder is not None
    root = getpass.getuser() == "root"  # PostgreSQL refuses to be run by root
    home = Path(tempfile.mkdtemp(prefix="polyreel-pg-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            user="postgres" if root else None,
            cwd=home,
            stdout=subprocess.DEVNULL,
        )

    try:
        (home / "password").write_text(PASSWORD)
        if root:
            for path in (home, home / "password"):
                shutil.chown(path, "postgres")
        data = str(home / "data")
        run(
            str(folder / "initdb"), "-D", data, "-U", "loader", "--auth=scram-sha-256",
            f"--pwfile={home / 'password'}", "--no-sync",
        )  # fmt: skip
        options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off"
        run(str(folder / "pg_ctl"), "-D", data, "-o", options, "-l", f"{home}/log", "-w", "start")
        try:
            yield f"postgresql://loader@127.0.0.1:{port}/postgres"
        finally:
            run(str(folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
