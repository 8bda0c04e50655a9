"""A PostgreSQL server of the tests' own, out of Debian's package, on a socket in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
READY = "The tests of PostgreSQL need a server: install Debian's package postgresql."


class Server:
    """A server that can be stopped and started again; nobody but this machine reaches it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:  # the server refuses to run as root
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self.data, "--auth=trust", "--username=tests", "--no-sync", "--encoding=UTF8")
        self.start()

    @property
    def data(self) -> str:
        """Its data folder."""
        return str(self.folder / "data")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c max_connections=40"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop it and break every connection."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def close(self) -> None:
        """Stop it and remove everything."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement; return what it prints, unaligned."""
        return self._run("psql", "-h", str(self.folder), "-U", "tests", "-Atqc", statement, database)

    def url(self, database: str) -> str:
        """SQLAlchemy address of a database, as an instructor would write it."""
        return f"postgresql://tests@/{database}?host={quote(str(self.folder))}"

    def _run(self, program: str, *arguments: str) -> str:
        line = [str(BINARIES[-1].with_name(program)), *arguments]
        user = self.user if os.getuid() == 0 else None
        # The server keeps what it inherits open, so its output goes to a file and not into a pipe.
        with tempfile.TemporaryFile("w+") as said:
            ended = subprocess.run(line, stdout=said, stderr=subprocess.STDOUT, user=user, cwd=self.folder, check=False)
            said.seek(0)
            text = said.read()
        if ended.returncode:
            raise RuntimeError(f"{program} failed: {text}")
        return text.strip()
