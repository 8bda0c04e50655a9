"""The marking scheme beside the answer that a person grades, in the formgrader and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_markdown_cell

from autograder.notebook.cells import grade_id, text_of

TITLE = "Model answer and marking scheme, which students do not see"
DELIMITERS = ("### BEGIN SOLUTION", "### END SOLUTION")
MAX_BYTES = 64 * 1024 * 1024


class ShowScheme(Preprocessor):
    """Put the source notebook's text of a question below a student's answer to it."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Add a cell below each answer that a person grades; leaves alone whatever is not the formgrader's page."""
        if "submission_id" not in resources or "feedback" in resources or "assignment_id" not in resources:
            return nb, resources
        folder = str(self.config.CourseDirectory.get("source_directory", "source"))
        schemes = _schemes(Path(resources["metadata"]["path"]), folder, str(resources["assignment_id"]))
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            if _by_hand(cell) and grade_id(cell) in schemes:
                text = f"<details open><summary>{TITLE}</summary>\n\n{schemes[grade_id(cell)]}\n\n</details>"
                cells.append(new_markdown_cell(text))  # type: ignore[no-untyped-call]
        nb.cells = cells
        return nb, resources


def _by_hand(cell: Mapping[str, Any]) -> bool:
    """Whether a person gives the points of a cell."""
    nbgrader = cell["metadata"].get("nbgrader", {})
    return bool(nbgrader.get("grade") and (nbgrader.get("solution") or nbgrader.get("task")))


def _schemes(folder: Path, source: str, lab: str) -> dict[str, str]:
    """Grade id -> text, of the lab's source notebook in the course to which a graded notebook belongs."""
    for root in folder.absolute().parents:
        path = root / source / lab / f"{lab}.ipynb"
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            return _read(path, path.stat().st_mtime_ns)
    return {}


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> dict[str, str]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return {grade_id(cell): _shown(cell) for cell in cells if _by_hand(cell)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _shown(cell: Mapping[str, Any]) -> str:
    lines = [line for line in text_of(dict(cell)).splitlines() if line.strip() not in DELIMITERS]
    text = "\n".join(lines).strip()
    return f"```python\n{text}\n```" if cell["cell_type"] == "code" else text
