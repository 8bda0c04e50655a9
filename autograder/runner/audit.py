"""What was seen: facts about a submission that reaches for what is none of its business, one sentence each.

A fact is noted only when the student's own code did it: the nearest frame, past Python's own helpers, is a cell or a
module of theirs. Nothing is judged here and nothing is stopped here, the sandbox does that.
"""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

import numpy as np
import numpy.testing

from autograder.runner.errors import is_students

MAX_SIGHTINGS = 20
TEXT_CHARS = 200
# Modules that only carry out what their caller asked for, with the paths that their caller gave.
HELPERS: tuple[str, ...] = (
    "pathlib",
    "os",
    "posixpath",
    "glob",
    "shutil",
    "io",
    "codecs",
    "fileinput",
    "tempfile",
    "zipfile",
    "sqlite3",
)
HELPERS += ("subprocess", "socket", "http", "urllib", "ssl", "ctypes", "signal", "importlib", "runpy", "contextlib")
HELPERS += ("requests", "urllib3", "<frozen importlib", "<frozen os", "<frozen genericpath", "<frozen posixpath")
READERS = ("numpy", "pandas", "matplotlib", "PIL", "IPython", "json", "pickle", "csv", "linecache", "tokenize")
SYSTEM_FOLDERS = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/dev", "/etc/localtime", "/etc/fonts")
PROBED_FOLDERS = ("/proc", "/sys", "/etc", "/var", "/run", "/tmp")  # libraries look here by themselves

PATH_EVENTS = {
    "open": "open",
    "os.listdir": "list",
    "os.scandir": "list",
    "os.chdir": "change into",
    "os.remove": "remove",
    "os.rename": "rename",
    "os.mkdir": "make",
    "os.rmdir": "remove",
    "os.symlink": "link to",
    "os.link": "link to",
    "os.truncate": "change",
    "os.chmod": "change",
    "sqlite3.connect": "open",
}
NETWORK_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}
PLAIN_EVENTS = {
    "os.kill": "tried to send a signal to another process",
    "os.killpg": "tried to send a signal to other processes",
    "gc.get_objects": "looked through all objects of its process",
    "gc.get_referrers": "looked through all objects of its process",
    "sys._current_frames": "looked at the frames of all threads of its process",
    "sys.addaudithook": "installed an audit hook",
}


class Sightings:
    """Notes facts, at most `MAX_SIGHTINGS` different ones.

    Args:
        folder: the student's own folder.
        allowed: other folders that may be opened without being noted.
    """

    def __init__(self, folder: str, allowed: Iterable[str]) -> None:
        self._folder = folder
        self._allowed = tuple(os.path.normpath(path) for path in (folder, *SYSTEM_FOLDERS, *allowed))
        self._seen: set[str] = set()
        self._new: list[str] = []
        self._before: dict[str, dict[str, Any]] = {}

    def note(self, sentence: str) -> None:
        """Add one fact, unless it is known already."""
        if sentence not in self._seen and len(self._seen) < MAX_SIGHTINGS:
            self._seen.add(sentence)
            self._new.append(sentence)

    def take(self) -> list[str]:
        """The facts that are new since the last call."""
        new, self._new = self._new, []
        return new

    def watch(self) -> None:
        """Install the audit hook, for good."""
        handlers: dict[str, Callable[[str, tuple[Any, ...]], None]] = {}
        handlers.update(dict.fromkeys(PATH_EVENTS, self._on_path))
        handlers.update(dict.fromkeys(NETWORK_EVENTS, self._on_network))
        handlers.update(dict.fromkeys(PLAIN_EVENTS, self._on_plain))
        handlers["ctypes.dlopen"] = self._on_library
        find = handlers.get

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            handler = find(event)
            if handler is not None:
                try:
                    handler(event, arguments)
                except Exception:
                    return

        sys.addaudithook(hook)

    def remember(self, shell: Any) -> None:
        """Remember how Python and IPython look before any cell ran."""
        self._before = _state(shell)

    def compare(self, shell: Any) -> None:
        """Note what a cell changed in Python and IPython themselves."""
        now = _state(shell)
        for place, before in self._before.items():
            for name, value in now[place].items():
                if name not in before:
                    if place.startswith("IPython"):
                        self.note(f"A cell added {name} to {place}.")
                elif before[name] is not value:
                    self.note(f"A cell replaced {place}.{name}.")
        self._before = now

    def _on_path(self, event: str, arguments: tuple[Any, ...]) -> None:
        path = arguments[0]
        if not isinstance(path, str | bytes | os.PathLike):
            return
        text = os.fsdecode(path)
        if event == "sqlite3.connect" and text.startswith("file:"):
            text = text[len("file:") :].partition("?")[0]
        full = os.path.normpath(os.path.join(os.getcwd(), text))
        if _beneath(full, self._allowed):
            return
        near = self._students_frame(sys._getframe(2), READERS)
        if near and (near == "direct" or not _beneath(full, PROBED_FOLDERS)):
            self.note(f"A cell tried to {PATH_EVENTS[event]} {_short(text)}, which is outside the notebook's folder.")

    def _on_network(self, event: str, arguments: tuple[Any, ...]) -> None:
        target = arguments[NETWORK_EVENTS[event]]
        if isinstance(target, str | bytes) and event.startswith(("socket.connect", "socket.sendto")):
            return  # a local socket
        if target is None or not self._students_frame(sys._getframe(2), READERS):
            return
        host = target[0] if isinstance(target, tuple) else target
        host = host.decode("utf-8", "replace") if isinstance(host, bytes) else str(host)
        self.note(f"A cell tried to reach the network ({_short(host)}).")

    def _on_plain(self, event: str, arguments: tuple[Any, ...]) -> None:
        frame = sys._getframe(2)
        if self._students_frame(frame, ()) and frame.f_globals.get("__name__") != "subprocess":
            self.note(f"A cell {PLAIN_EVENTS[event]}.")

    def _on_library(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._students_frame(sys._getframe(2), ()) == "direct":
            self.note(f"A cell loaded the C library {_short(str(arguments[0]))} through ctypes.")

    def _students_frame(self, frame: FrameType | None, readers: tuple[str, ...]) -> str:
        """Who did it: "direct" the student, "given" a library that reads what it is told to, "" somebody else."""
        answer = "direct"
        while frame is not None:
            if is_students(frame.f_code.co_filename, self._folder):
                return answer
            module = str(frame.f_globals.get("__name__", ""))
            top = module.partition(".")[0]
            if top in readers:
                answer = "given"
            elif top not in HELPERS and not frame.f_code.co_filename.startswith("<"):
                return ""
            frame = frame.f_back
        return ""


def _state(shell: Any) -> dict[str, dict[str, Any]]:
    """What is compared: place -> name -> object."""
    hooks = {
        f"the {event} hook {getattr(callback, '__name__', type(callback).__name__)}": None
        for event, callbacks in shell.events.callbacks.items()
        for callback in callbacks
        if not str(getattr(callback, "__module__", "")).startswith(("IPython", "matplotlib_inline", "ipykernel"))
    }
    transformers = {
        f"the {kind} {getattr(one, '__name__', type(one).__name__)}": None
        for kind, ones in (
            ("input transformer", [*shell.input_transformers_cleanup, *shell.input_transformers_post]),
            ("line transformer", shell.input_transformer_manager.line_transforms),
            ("token transformer", shell.input_transformer_manager.token_transformers),
            ("AST transformer", shell.ast_transformers),
        )
        for one in ones
    }
    return {
        "IPython": {**hooks, **transformers},
        "builtins": dict(builtins.__dict__),
        "numpy.testing": dict(numpy.testing.__dict__),
        "numpy": {
            name: np.__dict__[name] for name in ("allclose", "isclose", "array_equal", "asarray", "all", "ravel")
        },
    }


def _beneath(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def _short(text: str) -> str:
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable if len(printable) <= TEXT_CHARS else printable[:TEXT_CHARS] + "..."
