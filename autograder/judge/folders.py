"""Folders of one test: where it works, with the files that the answer wrote, and where its temporary files lie.

A test never opens a path in the student's folder. What lies there is read by the runner, and a copy is put here.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from autograder.runner.folders import Stamp, files_in, folders_in, stamps_in, write_files
from autograder.sandbox.outcomes import Folder

_ABOUT_FILES = re.compile(
    r"\bopen\(|\bos\.|\bPath\(|\bpathlib\b|\bglob\b|\bshutil\b|\bsqlite3\b|\bZipFile\b|\bimread\b"
    r"|\bread_\w+\(|\bloadtxt\(|\bgenfromtxt\(|\bload\(|\.exists\(|\.is_file\(|\.is_dir\("
)
MAX_NESTED = 3  # lists around a path


def is_about_files(source: str) -> bool:
    """Whether a test may look at files."""
    return bool(_ABOUT_FILES.search(source))


@contextmanager
def working_in(files: Mapping[str, bytes] | None) -> Iterator[None]:
    """Work in a folder that holds these files; None: where the process is."""
    if files is None:
        yield
        return
    before = os.getcwd()
    with tempfile.TemporaryDirectory(prefix="work-") as folder:
        write_files(folder, files)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


class TemporaryFiles:
    """Where temporary files of a test lie: a folder of its own, made when the test first needs one.

    Attributes:
        path: the folder; None while there is none.
    """

    path: str | None = None

    @contextmanager
    def used(self, source: str) -> Iterator[None]:
        """Let `tempfile` put its files there within the body."""
        if "tempfile" not in source:
            yield
            return
        place = "/tmp" if os.access("/tmp", os.W_OK) else None
        before = tempfile.tempdir
        with tempfile.TemporaryDirectory(prefix="test-", dir=place) as folder:
            self.path = tempfile.tempdir = folder
            try:
                yield
            finally:
                tempfile.tempdir = before
                self.path = None

    def sent_with(self, arguments: Any) -> Folder | None:
        """The folder and its files, if a path that is an argument leads there."""
        if self.path is None or not any(_leads_to(self.path, argument) for argument in _texts(arguments, MAX_NESTED)):
            return None
        return Folder(self.path, files_in(self.path), folders_in(self.path))

    def take_back(self, files: Mapping[str, bytes]) -> None:
        """Write what a called function wrote there."""
        if self.path is not None:
            write_files(self.path, files)


class WorkingFiles:
    """Files of the folder where a test works, which the student's functions find in theirs, and the other way round.

    Attributes:
        known: what both have, by its stamps; None while the test has no folder of its own.
    """

    known: dict[str, Stamp] | None = None

    def begin(self) -> None:
        """A test begins, in a folder that holds what the student's holds."""
        self.known = stamps_in(".")

    def sent(self) -> Folder | None:
        """What the test has written since the last call."""
        if self.known is None:
            return None
        new = files_in(".", self.known)
        self.known = stamps_in(".")
        return Folder(".", new, folders_in("."))

    def take_back(self, files: Mapping[str, bytes]) -> None:
        """Write what a called function wrote."""
        if self.known is not None and files:
            write_files(".", files)
            self.known = stamps_in(".")


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, (str, PurePath)):
        yield str(value)
    elif depth and isinstance(value, (list, tuple)):
        for item in value[:100]:
            yield from _texts(item, depth - 1)
    elif depth and isinstance(value, dict):
        yield from _texts(list(value.values()), depth)


def _leads_to(folder: str, text: str) -> bool:
    return text == folder or text.startswith(folder + os.sep)
