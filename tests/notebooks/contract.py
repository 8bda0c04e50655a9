"""What gradebooks, instructors and other courses rely on, read from the built notebooks.

`python -m tests.notebooks.contract` records it in contract.json. Once a lab has been handed out, a changed id loses the
grades that belong to it, and a changed name or signature breaks the answers that students have written.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from autograder.notebook.names import free_names, plain_python
from coursebuild.answers import defined_names
from tests.notebooks.conftest import LABS, read

RECORDED = Path(__file__).with_name("contract.json")
COMMAND = "python -m tests.notebooks.contract"


def contract() -> dict[str, Any]:
    """Lab -> names that its set-up gives, and its exercises in order."""
    return {lab: {"given": given(lab), "exercises": exercises(lab)} for lab in LABS}


def given(lab: str) -> list[str]:
    """Names that a lab's locked cells define before its first answer cell, demonstrations left out; sorted."""
    names: set[str] = set()
    for cell in read("release", lab).cells:
        if cell.metadata.autograder.role == "answer":
            break
        if cell.metadata.autograder.role == "locked" and not cell.metadata.autograder.get("demo"):
            names |= set(defined_names(cell.source))
    return sorted(names)


def exercises(lab: str) -> dict[str, Any]:
    """Exercise -> points of a written question; else points by test and what the answer gives to other cells.

    A function is recorded with its parameters, any other value by its name.
    """
    found: dict[str, Any] = {}
    cells = read("source", lab).cells
    reads = {cell.id: set(free_names(plain_python(cell.source))) for cell in cells if cell.cell_type == "code"}
    for cell in cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if nbgrader.get("solution") and nbgrader.get("grade"):
            found[nbgrader.grade_id] = {"points": nbgrader.points}
        elif nbgrader.get("solution"):
            used = set[str]().union(*(names for other, names in reads.items() if other != cell.id))
            found[nbgrader.grade_id] = {"defines": definitions(cell.source, used), "tests": {}}
        elif nbgrader.get("grade"):
            found[cell.metadata.autograder.exercise]["tests"][nbgrader.grade_id] = nbgrader.points
    return found


def definitions(source: str, used: set[str]) -> list[str]:
    """The used names that a cell defines, sorted; functions with the names and defaults of their parameters."""
    signatures = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
            signatures[node.name] = f"{node.name}({ast.unparse(node.args)})"
    return sorted(signatures.get(name, name) for name in used & set(defined_names(source)))


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(contract(), indent=2) + "\n", encoding="utf-8")
    print(f"{RECORDED.name} is recorded: look at what changed before you commit it.")
