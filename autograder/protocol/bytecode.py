"""A lab's own modules compiled once, for this process, its forks, and the runners that they start."""

from __future__ import annotations

import marshal
from types import CodeType

_known: dict[bytes, tuple[CodeType, bytes]] = {}


def compiled(source: bytes) -> CodeType:
    """A module's code, in which it is not said where the module lies; it is remembered.

    Raises:
        SyntaxError: it is no Python.
        ValueError: it is no text.
    """
    if source not in _known:
        code = compile(source, "<lab>", "exec", dont_inherit=True)
        _known[source] = code, marshal.dumps(code)
    return _known[source][0]


def remembered(source: bytes) -> bytes | None:
    """What `compiled` made of a text, for another process of the same Python; None if it was never asked to."""
    return _known[source][1] if source in _known else None


def unpacked(data: bytes, path: str) -> CodeType:
    """The code that `remembered` gave, as if it had been compiled from a file."""
    return placed(marshal.loads(data), path)


def placed(code: CodeType, path: str) -> CodeType:
    """The same code as if it had been compiled from a file, for tracebacks and for `inspect`."""
    constants = tuple(placed(each, path) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=path, co_consts=constants)
