"""Errors while a command writes the file that it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.model.errors import OutputError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Wrap what writes ``path``.

    Raises:
        OutputError: for an `OSError`, with the advice to name another file.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror or error}): name another file.") from error
