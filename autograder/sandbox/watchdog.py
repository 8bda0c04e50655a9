"""Watching from outside what the processes of a sandbox use, where the kernel's own limits count each one alone."""

from __future__ import annotations

import os
from contextlib import suppress

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def descendants(pid: int) -> list[int]:
    """Process ids of all children of a process, and of their children."""
    found: list[int] = []
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with suppress(OSError), open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                for child in map(int, file.read().split()):
                    found += [child, *descendants(child)]
    return found


def used_bytes(pids: list[int], enough: int) -> int:
    """Memory of processes together, pages that they share counted once.

    Args:
        pids: the processes.
        enough: below this the cheap sum, which counts shared pages for each process, is as good.
    """
    total = sum(map(_resident, pids))
    return total if total <= enough else sum(map(_proportional, pids))


def _resident(pid: int) -> int:
    with suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE_BYTES
    return 0


def _proportional(pid: int) -> int:
    with suppress(OSError, ValueError), open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _resident(pid)
