"""What programs write into a notebook's file at random, and nobody types: who has the same has a part of one file.

Cells that a student adds get random ids; Jupyter, if told to, and Colab note the instant at which a cell was run; an
output may name an address in memory or a kernel's process. Other names, another order and new comments change none of
this; running the notebook again leaves the ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

SENTENCES = {
    "id": "{} of the same random id",
    "run": "{} run at the same instant",
    "place": "{} with an output that names the same place in memory or the same process",
}
"""Kind of a trace -> what a sentence says of so many cells."""
MAX_CELLS = 2000
MAX_OUTPUT = 20_000
"""Characters of an output that are searched."""
_RANDOM_ID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?"  # Jupyter's, and older ones
    r"|(?=.*[A-Z])(?=.*[a-z])[\w-]{12}",  # Colab's
    re.ASCII,
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,}\S*", re.ASCII)
_PLACE = re.compile(r"\b0x[0-9a-f]{9,16}\b|\bipykernel_\d+[/\\]\d+\.py\b", re.ASCII)


def traces_of(document: object) -> set[str]:
    """The traces in a notebook that nobody has checked, each as its kind, a colon and the text.

    Args:
        document: what the JSON of the file holds.
    """
    return set(_traces(document))


def kind_of(trace: str) -> str:
    """The kind of a trace, a key of `SENTENCES`."""
    return trace.partition(":")[0]


def _traces(document: object) -> Iterator[str]:
    cells = document.get("cells") if isinstance(document, Mapping) else None
    for cell in cells[:MAX_CELLS] if isinstance(cells, list) else ():
        if not isinstance(cell, Mapping):
            continue
        metadata = _mapping(cell.get("metadata"))
        for name in (cell.get("id"), metadata.get("id")):
            if isinstance(name, str) and len(name) <= 36 and _RANDOM_ID.fullmatch(name):
                yield f"id:{name}"
        for instant in _mapping(metadata.get("execution")).values():
            if isinstance(instant, str) and len(instant) <= 40 and _INSTANT.fullmatch(instant):
                yield f"run:{instant}"
        instant = _mapping(metadata.get("executionInfo")).get("timestamp")  # Colab's: milliseconds
        if isinstance(instant, int) and 10**12 < instant < 10**13:
            yield f"run:{instant}"
        outputs = cell.get("outputs")
        for output in outputs[:MAX_CELLS] if isinstance(outputs, list) else ():
            for place in _PLACE.findall(_text(_mapping(output))[:MAX_OUTPUT]):
                yield f"place:{place}"


def _text(output: Mapping[str, Any]) -> str:
    """What an output shows as text."""
    texts = output.get("text"), _mapping(output.get("data")).get("text/plain"), output.get("traceback")
    pieces = (piece for text in texts for piece in (text if isinstance(text, list) else [text]))
    return "\n".join(piece for piece in pieces if isinstance(piece, str))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
