"""Which of the lab's own cells need not run: they only show something, and nothing that counts uses what they make.

A lab marks such cells (``metadata.autograder.demo``). A marked cell runs all the same when a cell of the student's, or
a test, may read a name that it makes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from autograder.notebook.cells import is_demonstration, role_of
from autograder.notebook.names import UNPARSABLE, names_bound_and_read

NOT_RUN = "A demonstration: it is not run when the lab is graded.\n"
_READS_ANYTHING = re.compile(
    r"\b(?:__main__|currentframe|dir|eval|exec|_getframe|get_ipython|globals|locals|modules|query|user_ns|vars)\b"
)
"""Ways to a name that is written nowhere, or only in a string."""


def idle(cells: Sequence[dict[str, Any]]) -> set[int]:
    """Positions of the code cells that need not run.

    Args:
        cells: the code cells of a repaired notebook, in order.
    """
    found: set[int] = set()
    needed: set[str] = set()
    for position in range(len(cells) - 1, -1, -1):
        cell = cells[position]
        names = names_in(cell["source"])
        if names is None:
            return found  # nobody knows what it reads, so all before it runs
        bound, read = names
        if role_of(cell) == "locked" and is_demonstration(cell) and not bound & needed:
            found.add(position)
            continue
        if _READS_ANYTHING.search(cell["source"]):
            return found
        needed |= read
    return found


@lru_cache(maxsize=512)
def names_in(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Names that a cell binds, and those that it reads; None if nobody knows."""
    try:
        return names_bound_and_read(text)
    except UNPARSABLE:
        return None
