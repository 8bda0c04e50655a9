"""Runs a command and measures what it used: wall time, CPU time of all its processes, peak memory."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SET_SUBREAPER = 36  # prctl: orphaned descendants become our children, so that their CPU time is counted
SAMPLE_SECONDS = 0.5


@dataclass
class Usage:
    """The resources that one command used.

    Attributes:
        wall_seconds: from start to end.
        cpu_seconds: user and system time of the command and all its descendants.
        peak_bytes: maximum over time of the memory of all its processes together; shared pages count once.
        status: its exit status.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    status: int

    def __add__(self, other: Usage) -> Usage:
        """The usage of two commands that run one after the other."""
        return Usage(
            self.wall_seconds + other.wall_seconds,
            self.cpu_seconds + other.cpu_seconds,
            max(self.peak_bytes, other.peak_bytes),
            max(self.status, other.status),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def run(line: list[str], cwd: Path, environment: dict[str, str] | None = None) -> tuple[Usage, str]:
    """Run a command to its end.

    Returns:
        Its usage and its output.
    """
    ctypes.CDLL(None).prctl(SET_SUBREAPER, 1, 0, 0, 0)
    before, started = _cpu_of_children(), time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            line, cwd=cwd, env={**os.environ, **(environment or {})}, stdout=output, stderr=subprocess.STDOUT
        )
        sampler = _MemorySampler(process.pid)
        sampler.start()
        process.wait()
        wall = time.monotonic() - started
        sampler.over.set()
        sampler.join()
        _reap_orphans()
        output.seek(0)
        text = output.read()
    return Usage(wall, _cpu_of_children() - before, sampler.peak, process.returncode), text


def tree_bytes(pid: int) -> int:
    """Memory of a process and its descendants, as proportional set size: pages that several share count once."""
    total = 0
    for process in _tree(pid):
        with suppress(OSError, ValueError), open(f"/proc/{process}/smaps_rollup") as file:
            total += next(int(row.split()[1]) for row in file if row.startswith("Pss:")) * 1024
    return total


class _MemorySampler(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, tree_bytes(self.pid))


def _tree(pid: int) -> list[int]:
    pids = [pid]
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in tasks.read_text().split():
                pids += _tree(int(child))
    return pids


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _reap_orphans() -> None:
    limit = time.monotonic() + 5
    with suppress(ChildProcessError):
        while time.monotonic() < limit:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
