"""Observed facts: what a cell opens, asks or replaces outside its own folder and names, one neutral sentence each.

A fact is noted only when the student's own code did it: the nearest frame, past Python's own helpers, is a cell or a
module of theirs. It says what happened, not why. Nothing is judged here, and nothing is stopped here: the sandbox does
that. Paths of the student's own computer (a drive mounted in Colab, Kaggle's input, a home folder) are not noted where
nothing of the grader's can lie.
"""

from __future__ import annotations

import builtins
import os
import sys
import threading
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

import numpy as np
import numpy.testing

from autograder.protocol.answers import FACT_CHARS, FAULT_CHARS, MAX_FACTS, MAX_FAULTS
from autograder.runner.config import RunnerConfig
from autograder.runner.errors import is_students

TEXT_CHARS = 200
MAX_OF_A_KIND = 20
# Names that say what a path leads to. Each is a kind of its own, so that no flood of other paths can hide it.
GRADERS_NAMES = (
    *("gradebook.db", "submitted", "source", "autograded", "feedback", "solutions", "mistakes", "proc"),
    *("nbgrader_config.py", ".autograder", ".ssh"),
)

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
HELPERS += ("threading", "weakref", "concurrent", "functools")  # what a thread or a finalizer does
READERS = ("numpy", "pandas", "matplotlib", "PIL", "IPython", "json", "pickle", "csv", "linecache", "tokenize")
SYSTEM_FOLDERS = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/dev", "/etc/localtime", "/etc/fonts")
PROBED_FOLDERS = ("/proc", "/sys", "/etc", "/var", "/run", "/tmp")  # libraries look here by themselves
# Where students keep files on their own computers, in Colab and on Kaggle.
STUDENTS_FOLDERS = ("/content", "/kaggle", "/home", "/Users", "/root", "/mnt/c", "/mnt/d", "/media", "/Volumes")
SECRET_FOLDERS = (".ssh", ".aws", ".gnupg")  # of a home folder: noted whoever's it is

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
IPYTHONS_OPEN = "_modified_open"  # what a cell's `open` is; it calls Python's
COMPARED_IN_NUMPY = ("allclose", "isclose", "array_equal", "asarray", "all", "ravel")


class ObservedFacts:
    """Notes facts about what cells do, at most `MAX_OF_A_KIND` different ones of each kind.

    Args:
        config: says which folders are the student's, and where something of the grader's may lie.
    """

    def __init__(self, config: RunnerConfig) -> None:
        self._folder = config.home
        own = (config.home, *config.scratch, *(("/tmp",) if config.namespaces else ()))
        read = (path for path in config.read if path != "/etc")  # a sandbox has few files there, and cells need none
        self._allowed = tuple(os.path.normpath(path) for path in (*own, *SYSTEM_FOLDERS, *read))
        self._notable = config.notable
        self._noted: defaultdict[str, set[str]] = defaultdict(set)
        self._new: list[str] = []
        self._faults: list[str] = []
        self._before: dict[str, dict[str, Any]] = {}

    def note(self, kind: str, sentence: str) -> None:
        """Add one fact of a kind, unless it is known already; the last that fits says that there are more."""
        noted = self._noted[kind]
        if sentence in noted or len(noted) == MAX_OF_A_KIND:
            return
        if len(noted) == MAX_OF_A_KIND - 1:
            sentence = f"A cell did more of this kind ({kind}) than is listed here."
        noted.add(sentence)
        self._new.append(sentence[:FACT_CHARS])

    def take(self) -> list[str]:
        """Return the facts that are new since the last call."""
        new, self._new = self._new[:MAX_FACTS], self._new[MAX_FACTS:]
        return new

    def note_fault(self) -> None:
        """Keep the traceback of the exception that is being handled: a fault of the engine's own code."""
        if len(self._faults) < MAX_FAULTS:
            self._faults.append(traceback.format_exc()[-FAULT_CHARS:])

    def take_faults(self) -> list[str]:
        """Return the tracebacks that are new since the last call."""
        new, self._faults = self._faults, []
        return new

    def watch(self) -> None:
        """Install the audit hook; Python has no way to remove it."""
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
                    self.note_fault()

        sys.addaudithook(hook)

    def remember(self, shell: Any) -> None:
        """Remember how Python and IPython look before any cell ran."""
        self._before = self._state(shell)

    def compare(self, shell: Any) -> None:
        """Note what a cell changed in Python and IPython themselves."""
        now = self._state(shell)
        for place, before in self._before.items():
            for name, value in now[place].items():
                if name not in before:
                    if place == "IPython":
                        self.note(place, f"A cell added {_short(name)} to {place}.")
                elif before[name] is not value:
                    self.note(place, f"A cell replaced {place}.{name}.")
        self._before = now

    def _on_path(self, event: str, arguments: tuple[Any, ...]) -> None:
        path = arguments[0]
        if not isinstance(path, str | bytes | os.PathLike):
            return
        text = os.fsdecode(path)
        if event == "sqlite3.connect" and text.startswith("file:"):
            text = text[len("file:") :].partition("?")[0]
        try:
            current = os.getcwd()
        except OSError:  # the cell has removed it
            current = self._folder
        full = os.path.normpath(os.path.join(current, text))
        if _beneath(full, self._allowed) or self._is_students_computer(full):
            return
        caller = self._caller(sys._getframe(2), READERS)
        if caller == "student" or (caller == "library" and not _beneath(full, PROBED_FOLDERS)):
            verb = PATH_EVENTS[event]
            kind = next((f"files, {name}" for name in GRADERS_NAMES if name in full.split("/")), "files")
            self.note(kind, f"A cell tried to {verb} {_short(text)}, which is outside the notebook's folder.")

    def _is_students_computer(self, path: str) -> bool:
        """Whether a path belongs to the student's own computer, and nothing of the grader's can lie there."""
        if not _beneath(path, STUDENTS_FOLDERS) or any(part in SECRET_FOLDERS for part in path.split("/")):
            return False
        return not any(_beneath(path, (folder,)) or _beneath(folder, (path,)) for folder in self._notable)

    def _on_network(self, event: str, arguments: tuple[Any, ...]) -> None:
        target = arguments[NETWORK_EVENTS[event]]
        if isinstance(target, str | bytes) and event.startswith(("socket.connect", "socket.sendto")):
            return  # a local socket
        if target is None or not self._caller(sys._getframe(2), READERS):
            return
        host = target[0] if isinstance(target, tuple) else target
        host = host.decode("utf-8", "replace") if isinstance(host, bytes) else str(host)
        self.note("network", f"A cell tried to reach the network ({_short(host)}).")

    def _on_plain(self, event: str, arguments: tuple[Any, ...]) -> None:
        frame = sys._getframe(2)
        if self._caller(frame, ()) and frame.f_globals.get("__name__") != "subprocess":
            self.note("Python itself", f"A cell {PLAIN_EVENTS[event]}.")

    def _on_library(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._caller(sys._getframe(2), ()) == "student":
            self.note("C libraries", f"A cell loaded the C library {_short(str(arguments[0]))} through ctypes.")

    def _caller(self, frame: FrameType | None, readers: tuple[str, ...]) -> str:
        """Return "student", "library" (one of `readers`, which opens what the student told it to), or "" for others.

        A thread that has only helpers on its stack is the student's: the runner starts none.
        """
        caller = "student"
        while frame is not None:
            if is_students(frame.f_code.co_filename, self._folder):
                return caller
            module = str(frame.f_globals.get("__name__", ""))
            top = module.partition(".")[0]
            if frame.f_code.co_name == IPYTHONS_OPEN and top == "IPython":
                pass
            elif top in readers:
                caller = "library"
            elif top not in HELPERS and not frame.f_code.co_filename.startswith("<"):
                return ""
            frame = frame.f_back
        return "" if threading.get_ident() == threading.main_thread().ident else caller

    def _state(self, shell: Any) -> dict[str, dict[str, Any]]:
        """Return what is compared: place -> name -> object."""
        hooks = {
            f"the {event} hook {getattr(callback, '__name__', type(callback).__name__)}": None
            for event, callbacks in shell.events.callbacks.items()
            for callback in callbacks
            if not self._is_of_extension(shell, callback)
        }
        transformers = {
            f"the {kind} {getattr(transformer, '__name__', type(transformer).__name__)}": None
            for kind, registered in (
                ("input transformer", [*shell.input_transformers_cleanup, *shell.input_transformers_post]),
                ("line transformer", shell.input_transformer_manager.line_transforms),
                ("token transformer", shell.input_transformer_manager.token_transformers),
                ("AST transformer", shell.ast_transformers),
            )
            for transformer in registered
        }
        return {
            "IPython": {**hooks, **transformers},
            "builtins": dict(builtins.__dict__),
            "numpy.testing": dict(numpy.testing.__dict__),
            "numpy": {name: np.__dict__[name] for name in COMPARED_IN_NUMPY},
        }

    def _is_of_extension(self, shell: Any, callback: Any) -> bool:
        """Whether a hook is IPython's own, or one of an installed extension that `%load_ext` loaded."""
        package = str(getattr(callback, "__module__", "")).partition(".")[0]
        if package in ("IPython", "matplotlib_inline", "ipykernel"):
            return True
        loaded = {name.partition(".")[0] for name in shell.extension_manager.loaded}
        file = getattr(sys.modules.get(package), "__file__", None)
        return package in loaded and isinstance(file, str) and not is_students(file, self._folder)


def _beneath(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def _short(text: str) -> str:
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable if len(printable) <= TEXT_CHARS else printable[:TEXT_CHARS] + "..."
