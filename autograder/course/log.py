"""The engine's log: faults of its own, with tracebacks, in ``.autograder/autograder.log`` of the course's folder.

Modules log to ``logging.getLogger(__name__)``; nothing is written anywhere unless `logging_to` is active.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from autograder.course import STATE_FOLDER

MAX_BYTES = 1 << 20
"""Size at which the log file is put aside as ``autograder.log.1``, in place of the one before it."""
MAX_RECORD = 1 << 15
"""Characters of one record; of a longer one, beginning and end are kept."""


def log_path(root: Path) -> Path:
    """Where the log of the course in ``root`` is, if anything was logged."""
    return root / STATE_FOLDER / "autograder.log"


@contextmanager
def logging_to(root: Path | None, *, verbose: bool = False) -> Iterator[None]:
    """Write warnings and errors of the engine to the course's log while the block runs.

    Args:
        root: the course's folder; ``None`` writes no file.
        verbose: write them to standard error, too.
    """
    handlers: list[logging.Handler] = [] if root is None else [_LogFile(log_path(root))]
    if verbose:
        handlers.append(_StandardError())
    engine = logging.getLogger("autograder")
    for handler in handlers:
        handler.setLevel(logging.WARNING)
        handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        engine.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            engine.removeHandler(handler)
            handler.close()


class _Formatter(logging.Formatter):
    """Bounded text without control characters: a traceback may quote what a student wrote."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if len(text) > MAX_RECORD:
            half = MAX_RECORD // 2
            text = f"{text[:half]}\n... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"
        return "".join(
            letter if letter.isprintable() or letter in "\n\t" else letter.encode("unicode_escape").decode()
            for letter in text
        )


class _LogFile(RotatingFileHandler):
    """A file of bounded size that is created, with its folder, when there is something to write."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=1, delay=True, encoding="utf-8")
        self._failed = False

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """Say once that the log cannot be written, and let the command go on."""
        if not self._failed:
            self._failed = True
            print(f"autograder: the log {self.baseFilename} cannot be written ({sys.exc_info()[1]}).", file=sys.stderr)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what `sys.stderr` is at that moment: a progress bar replaces it while it is shown."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)
