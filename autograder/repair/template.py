"""The lab's own cells in their order: what every repaired notebook is built around."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from autograder.model.lab import Lab
from autograder.repair.cells import OurCell, Role, bound_names

_DELIMITER = re.compile(r"^\s*### (?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)


def skeleton(lab: Lab) -> tuple[OurCell, ...]:
    """The lab's cells. Tests come from the source (with hidden parts), everything else as students were given it.

    Raises:
        ValueError: source and release do not belong together; said in one sentence.
    """
    return _skeleton(lab.name, lab.source, lab.release)


@lru_cache(maxsize=16)  # a worker grades one lab's submissions one after the other
def _skeleton(name: str, source: str, release: str) -> tuple[OurCell, ...]:
    released = dict(_keyed(json.loads(release)["cells"]))
    cells, references = [], {}
    for position, (key, cell) in enumerate(_keyed(json.loads(source)["cells"])):
        if key not in released:
            raise ValueError(f"Cell {key} of source/{name} is not in release/{name}: build the release again.")
        cells.append(_our_cell(position, cell, released[key]))
        references[position] = bound_names(_DELIMITER.sub("", _joined(cell["source"])))
    for our in cells:
        if our.role == "answer":
            tests = [cell.text for cell in cells if cell.role == "test" and cell.exercise == our.exercise]
            asked = frozenset().union(*map(_names_read, tests))
            our.names = references[our.position] & asked or references[our.position]
    return tuple(cells)


def _keyed(cells: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for position, cell in enumerate(cells):
        label = cell["metadata"].get("nbgrader", {}).get("grade_id") or cell.get("id") or f"number {position + 1}"
        yield label, cell


def _our_cell(position: int, source: dict[str, Any], released: dict[str, Any]) -> OurCell:
    nbgrader = source["metadata"].get("nbgrader", {})
    ours = source["metadata"].get("autograder", {})
    role = ours.get("role") or _role(source["cell_type"], nbgrader)
    grade_id = nbgrader.get("grade_id", "")
    if role == "test" and "points" not in nbgrader:
        raise ValueError(f"Test cell {grade_id or position + 1} has no points: build the lab again.")
    source_text, released_text = _joined(source["source"]), _joined(released["source"])
    return OurCell(
        position=position,
        role=role,
        kind=source["cell_type"],
        text=source_text if role == "test" else released_text,
        released=released_text,
        cell={**released, "source": released_text},
        grade_id=grade_id,
        exercise=ours.get("exercise", grade_id if role in ("answer", "written", "test") else ""),
    )


def _names_read(test: str) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(ast.parse(test)) if isinstance(node, ast.Name))


def _role(kind: str, nbgrader: dict[str, Any]) -> Role:
    if nbgrader.get("grade"):
        return "written" if nbgrader.get("solution") else "test"
    if nbgrader.get("solution"):
        return "answer"
    return "locked" if kind == "code" else "prose"


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
