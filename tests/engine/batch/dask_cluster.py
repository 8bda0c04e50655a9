"""A real Dask scheduler and real workers: processes in folders of their own, or in networks of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.engine.fixtures.mini_course import ROOT, descendants, kill

WORKER_OPTIONS = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60")


@dataclass
class Cluster:
    """Starts processes of one cluster and ends them all.

    Attributes:
        folder: where each process gets its own folder.
        host: address that the scheduler listens on.
        port: port that it listens on, 0 for any.
        tls: Dask's own environment variables for TLS, if it is used.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 0
    tls: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[Any]] = field(default_factory=dict)
    address: str = ""

    def start(self, workers: int = 2) -> None:
        """Start a scheduler and workers."""
        file = self.folder / "scheduler.json"
        scheme = "tls" if self.tls else "tcp"
        place = ("--host", f"{scheme}://{self.host}", "--port", str(self.port), "--scheduler-file", str(file))
        file.unlink(missing_ok=True)
        self.run("scheduler", "scheduler", *place, "--no-dashboard")
        limit = time.monotonic() + 60
        while not file.exists() or not file.read_text().strip():
            if time.monotonic() > limit:
                raise TimeoutError(self.said("scheduler"))
            time.sleep(0.1)
        self.address = json.loads(file.read_text())["address"]
        for number in range(workers):
            self.worker(f"worker{number}")

    def worker(self, name: str, *prefix: str) -> None:
        """Start one worker, perhaps by a command that puts it somewhere else."""
        self.run(name, "worker", self.address, *WORKER_OPTIONS, "--name", name, prefix=prefix)

    def run(self, name: str, *arguments: str, prefix: tuple[str, ...] = ()) -> None:
        """Start ``dask ARGUMENTS`` in a folder of its own, with that folder as home and for temporary files."""
        own = self.folder / name
        own.mkdir(parents=True, exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(own),
            "TMPDIR": str(own),
            **self.tls,
        }
        with (own / "log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [*prefix, sys.executable, "-m", f"distributed.cli.dask_{arguments[0]}", *arguments[1:]],
                cwd=own,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def said(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / name / "log").read_text()

    def kill(self, name: str) -> None:
        """End one process at once, as a machine that fails."""
        process = self.processes.pop(name)
        below = descendants(process.pid)
        process.kill()
        process.wait()
        kill(below)

    def close(self) -> None:
        """End everything."""
        for name in list(self.processes):
            self.kill(name)
        shutil.rmtree(self.folder, ignore_errors=True)


def make_certificates(folder: Path) -> dict[str, Path]:
    """A certificate authority and one certificate that it signed, by the ``openssl`` command.

    Returns:
        Paths ``ca_file``, ``client_cert`` and ``client_key``.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    openssl(*new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=tests")
    openssl(*new, "-keyout", "own.key", "-out", "own.pem", "-subj", "/CN=grader", "-CA", "ca.pem", "-CAkey", "ca.key")
    return {"ca_file": folder / "ca.pem", "client_cert": folder / "own.pem", "client_key": folder / "own.key"}


def tls_environment(certificates: dict[str, Path]) -> dict[str, str]:
    """Dask's configuration for a scheduler and workers that only talk TLS."""
    prefix = "DASK_DISTRIBUTED__COMM__"
    variables = {f"{prefix}REQUIRE_ENCRYPTION": "true", f"{prefix}TLS__CA_FILE": str(certificates["ca_file"])}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        variables[f"{prefix}TLS__{role}__CERT"] = str(certificates["client_cert"])
        variables[f"{prefix}TLS__{role}__KEY"] = str(certificates["client_key"])
    return variables


class Networks:
    """Network namespaces, each joined to this machine by one cable; needs root."""

    def __init__(self, count: int) -> None:
        self.names = [f"grader{number}" for number in range(count)]
        self.host = "10.213.7.1"
        self.close()
        _ip("link", "add", "graderbr", "type", "bridge")
        _ip("addr", "add", f"{self.host}/24", "dev", "graderbr")
        _ip("link", "set", "graderbr", "up")
        for number, name in enumerate(self.names):
            _ip("netns", "add", name)
            _ip("link", "add", f"{name}a", "type", "veth", "peer", "name", f"{name}b")
            _ip("link", "set", f"{name}a", "master", "graderbr")
            _ip("link", "set", f"{name}a", "up")
            _ip("link", "set", f"{name}b", "netns", name)
            _ip("-n", name, "addr", "add", f"10.213.7.{number + 2}/24", "dev", f"{name}b")
            _ip("-n", name, "link", "set", f"{name}b", "up")
            _ip("-n", name, "link", "set", "lo", "up")

    def close(self) -> None:
        """Remove them, as far as they are there."""
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
        subprocess.run(["ip", "link", "del", "graderbr"], check=False, capture_output=True)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
