"""Which processes a process has started, as /proc tells it."""

from __future__ import annotations

import os
from contextlib import suppress


def descendants(pid: int) -> list[int]:
    """Return the process ids of all children of a process, and of their children."""
    pids: list[int] = []
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with suppress(OSError), open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                for child in map(int, file.read().split()):
                    pids += [child, *descendants(child)]
    return pids
