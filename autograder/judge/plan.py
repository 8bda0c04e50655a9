"""What the judge knows of a lab: its exercises, their reference answers and names, their test cells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from autograder.model.lab import Lab
from autograder.notebook.names import bound_names, free_names, has_code


@dataclass(frozen=True)
class TestCell:
    """One autograded test cell, as in the lab's source.

    Attributes:
        name: its grade id, e.g. `test_sigmoid`.
        exercise: id of the exercise it belongs to.
        points: points it is worth.
        source: its text with the hidden part.
        compare: whether "expected and got" makes sense for its exercise.
    """

    __test__ = False  # not a test of pytest's

    name: str
    exercise: str
    points: float
    source: str
    compare: bool = True

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names that are the student's."""
        return tuple(free_names(self.source))


@dataclass
class Exercise:
    """One exercise with an autograded test.

    Attributes:
        name: its id.
        position: index of its answer cell among the source's cells.
        answer: text of the reference answer.
        released: text of its answer cell as students got it.
        names: names that the reference answer defines.
        tests: its test cells, in the lab's order.
    """

    name: str
    position: int
    answer: str
    released: str = ""
    names: frozenset[str] = frozenset()
    tests: list[TestCell] = field(default_factory=list)

    def says_nothing(self, text: str) -> bool:
        """Whether a student's answer cell holds no answer."""
        return not has_code(text) or text.strip() == self.released.strip()


class Plan:
    """A lab, read once."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.digest = lab.digest
        self.cells: list[dict[str, Any]] = json.loads(lab.source)["cells"]
        self.tests: list[TestCell] = []
        self.exercises: dict[str, Exercise] = {}
        released = {_grade_id(cell): _source(cell) for cell in json.loads(lab.release)["cells"]}
        uncompared = set()
        for position, cell in enumerate(self.cells):
            if cell["cell_type"] != "code":
                continue
            ours, exercise = cell["metadata"].get("autograder", {}), exercise_of(cell)
            if ours.get("compare") is False:
                uncompared.add(exercise)
            if role_of(cell) == "answer" and exercise:
                text = _source(cell)
                self.exercises[exercise] = Exercise(
                    exercise, position, text, released.get(_grade_id(cell), ""), bound_names(text)
                )
        for cell in self.cells:
            if role_of(cell) == "test":
                name, exercise = _grade_id(cell), exercise_of(cell)
                points = float(cell["metadata"]["nbgrader"]["points"])
                test = TestCell(name, exercise, points, _source(cell), exercise not in uncompared)
                self.tests.append(test)
                if exercise in self.exercises:
                    self.exercises[exercise].tests.append(test)

    @cached_property
    def owners(self) -> dict[str, str]:
        """Name -> the exercise that asks for it."""
        return {name: exercise.name for exercise in self.exercises.values() for name in exercise.names}

    def before(self, exercise: Exercise) -> tuple[list[str], str]:
        """What stands before an exercise's answer: the code cells that are no tests, and all prose."""
        cells = self.cells[: exercise.position]
        code = [_source(cell) for cell in cells if cell["cell_type"] == "code" and role_of(cell) != "test"]
        return code, "\n".join(_source(cell) for cell in cells if cell["cell_type"] == "markdown")

    def slice(self, exercise: Exercise, texts: list[str], replaced: Mapping[str, str] | None = None) -> list[str]:
        """Texts of the cells of ours, and of earlier reference answers, that `texts` build on, in the lab's order.

        A cell belongs to it if it defines a name that is needed later. Demonstrations that nothing needs stay out.

        Args:
            exercise: cells before its answer are looked at.
            texts: what needs names.
            replaced: earlier exercise -> text that stands for its reference answer.
        """
        needed = set().union(*(_names_read(text) for text in texts))
        chosen = []
        for cell in reversed(self.cells[: exercise.position]):
            text, role = _source(cell), role_of(cell)
            if role == "answer" and replaced is not None:
                text = replaced.get(exercise_of(cell), text)
            if cell["cell_type"] == "code" and role != "test" and _names_bound(text) & needed:
                chosen.append(text)
                needed |= _names_read(text)
        return chosen[::-1]


def role_of(cell: dict[str, Any]) -> str:
    """The cell's role, from our metadata, or from nbgrader's where there is none of ours."""
    metadata = cell["metadata"]
    role = metadata.get("autograder", {}).get("role")
    if role:
        return str(role)
    nbgrader = metadata.get("nbgrader", {})
    if nbgrader.get("solution"):
        return "written" if nbgrader.get("grade") else "answer"
    if nbgrader.get("grade"):
        return "test"
    return "locked" if cell["cell_type"] == "code" else "prose"


def exercise_of(cell: dict[str, Any]) -> str:
    """The exercise that an answer or test cell belongs to, "" if none."""
    return str(cell["metadata"].get("autograder", {}).get("exercise") or _grade_id(cell).removeprefix("test_"))


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _names_bound(text: str) -> frozenset[str]:
    try:
        return bound_names(text)
    except SyntaxError:
        return frozenset()


def _names_read(text: str) -> set[str]:
    try:
        return set(free_names(text))
    except SyntaxError:
        return set()
