"""Bounds on what a runner answers. The runner keeps them, and the trusted side refuses an answer that does not."""

from __future__ import annotations

import math
from typing import Any

STREAMS = ("stdout", "stderr")
TEXT_KINDS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
IMAGE_KINDS = ("image/png", "image/jpeg")

MAX_OUTPUTS = 1_000  # of one cell
MAX_TRACEBACK_LINES = 100
ERROR_CHARS = 20_000  # of one traceback
NAME_CHARS = 200  # of the name of an exception's class
MAX_BASES = 20  # of an exception's class
MAX_FACTS = 400  # observed facts in one answer
FACT_CHARS = 500
MAX_FAULTS = 3  # tracebacks of the engine's own code in one answer
FAULT_CHARS = 8_000

METADATA_DEPTH = 4
MAX_METADATA_ITEMS = 100


def check_metadata(value: Any) -> int:
    """Check that an output's metadata is what may stand in a notebook: JSON data, small and not nested deeply.

    Returns:
        About how many bytes it takes.

    Raises:
        ValueError: it is anything else.
    """
    if type(value) is not dict:
        raise ValueError("metadata must be a dict")
    size, items = 0, 0
    open_values: list[tuple[Any, int]] = [(value, METADATA_DEPTH)]
    while open_values:
        part, depth = open_values.pop()
        items += 1
        if items > MAX_METADATA_ITEMS:
            raise ValueError("more metadata than may cross")
        if type(part) is str:
            size += len(part)
        elif part is None or type(part) is bool or (type(part) is float and math.isfinite(part)):
            size += 8
        elif type(part) is int and -(2**63) <= part < 2**64:
            size += 20
        elif depth and type(part) is list:
            open_values += [(item, depth - 1) for item in part]
        elif depth and type(part) is dict and all(type(key) is str for key in part):
            size += sum(map(len, part))
            open_values += [(item, depth - 1) for item in part.values()]
        else:
            raise ValueError("metadata that no notebook can hold")
    return size
