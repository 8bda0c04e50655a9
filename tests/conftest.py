"""The order of a full run: what is fast and finds most comes first, what is marked slow comes last."""

from __future__ import annotations

from pathlib import Path

import pytest

FIRST = ["build", "solutions", "catalogue", "engine"]
LAST = ["notebooks", "browser"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by folder, slow ones after all others; within a folder the order stays."""
    items.sort(key=lambda item: (item.get_closest_marker("slow") is not None, _rank(item.path)))


def _rank(path: Path) -> int:
    here = Path(__file__).parent
    folder = path.relative_to(here).parts[0] if path.is_relative_to(here) else ""
    if folder in FIRST:
        return FIRST.index(folder)
    return len(FIRST) + (1 + LAST.index(folder) if folder in LAST else 0)
