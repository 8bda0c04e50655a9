"""The one reader of cell metadata: what a notebook cell is for, and which exercise it belongs to."""

from __future__ import annotations

from typing import Any, Literal

EDITION = "edition"
"""Key of a graded notebook's metadata: the language of the edition that was handed in, if it is not the lab's own."""
Kind = Literal["code", "markdown", "raw"]
Role = Literal["locked", "play", "answer", "written", "test", "extra", "prose"]


def role_of(cell: dict[str, Any]) -> Role:
    """The cell's role, from our metadata, or from nbgrader's where there is none of ours."""
    role: Role | None = _ours(cell).get("role")
    if role:
        return role
    nbgrader = _nbgrader(cell)
    if nbgrader.get("solution"):
        return "written" if nbgrader.get("grade") else "answer"
    if nbgrader.get("grade"):
        return "test"
    return "locked" if cell["cell_type"] == "code" else "prose"


def grade_id(cell: dict[str, Any]) -> str:
    """nbgrader's label of the cell, "" if it has none."""
    return str(_nbgrader(cell).get("grade_id", ""))


def exercise_of(cell: dict[str, Any]) -> str:
    """The exercise that an answer, a written answer or a test cell belongs to, "" if none."""
    exercise = _ours(cell).get("exercise")
    if exercise:
        return str(exercise)
    return grade_id(cell).removeprefix("test_") if role_of(cell) in ("answer", "written", "test") else ""


def points_of(cell: dict[str, Any]) -> float:
    """The points that a cell is worth; 0 if it is not graded."""
    nbgrader = _nbgrader(cell)
    return float(nbgrader["points"]) if nbgrader.get("grade") else 0.0


def is_locked(cell: dict[str, Any]) -> bool:
    """Whether nbgrader restores the cell's text from its source before grading."""
    return bool(_nbgrader(cell).get("locked"))


def checksum_of(cell: dict[str, Any]) -> str | None:
    """nbgrader's checksum of the cell as released, ``None`` if it has none."""
    checksum: str | None = _nbgrader(cell).get("checksum")
    return checksum


def is_demonstration(cell: dict[str, Any]) -> bool:
    """Whether the lab's author marked the cell as one that only shows something."""
    return bool(_ours(cell).get("demo"))


def compares(cell: dict[str, Any]) -> bool:
    """Whether "expected and got" makes sense for the exercise; its author can say that it does not."""
    return _ours(cell).get("compare") is not False


def text_of(cell: dict[str, Any]) -> str:
    """The cell's source as one string."""
    source: str | list[str] = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _ours(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("autograder", {})  # type: ignore[no-any-return]


def _nbgrader(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})  # type: ignore[no-any-return]
