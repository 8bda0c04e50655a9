"""What the sandbox must know of the machine around it: users, processes, and folders that are the grader's."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from autograder.sandbox import bwrap, levels

FIRST_UID, UIDS = 1_879_048_192, 4_194_304  # far from any account; one per process id
SMALL_FIRST_UID, SMALL_UIDS = 20_000, 40_000


def notable_folders() -> tuple[str, ...]:
    """Return the first two levels of the folders where the grader's own files may lie, such as `/home/grader`."""
    places = [os.path.expanduser("~"), str(bwrap.package_folder())]
    with suppress(OSError):
        places.append(os.getcwd())
    return tuple(sorted({os.path.join(*Path(place).resolve().parts[:3]) for place in places}))


def font_list() -> str | None:
    """Return the path of the list of fonts that Matplotlib has made for this user; None if there is none yet."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.environ.get("MPLCONFIGDIR") or os.path.join(caches, "matplotlib")
    with suppress(OSError):
        lists = [path for path in Path(folder).glob("fontlist-v*.json") if path.stat().st_uid == os.getuid()]
        return str(max(lists, key=lambda path: path.stat().st_mtime).resolve()) if lists else None
    return None


def free_uid() -> int:
    """Return a user id that no account and no other worker has."""
    with open("/proc/self/uid_map", encoding="ascii") as file:
        highest = max(int(inside) + int(count) for inside, _, count in map(str.split, file))
    if highest > FIRST_UID + UIDS:
        return FIRST_UID + os.getpid() % UIDS
    return SMALL_FIRST_UID + os.getpid() % SMALL_UIDS


def open_to_all(path: str) -> bool:
    """Whether any user may read a file or folder."""
    parts = Path(path)
    return all(place.stat().st_mode & 0o5 == 0o5 for place in parts.parents) and bool(parts.stat().st_mode & 0o4)


def other_processes(inside: bool) -> int:
    """Count the processes and threads of this user that the kernel counts together with the runner's."""
    if inside and levels.kernel_version() >= (5, 14):
        return 4  # counted per user namespace: the warm parent is alone in there
    mine, count = os.getuid(), 64
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if entry.stat().st_uid == mine:
                    count += len(os.listdir(f"/proc/{entry.name}/task"))
            except OSError:
                continue
    return count
