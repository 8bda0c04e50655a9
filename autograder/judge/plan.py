"""What the judge knows of a lab: its exercises, their reference answers and names, their test cells."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from autograder.judge.surroundings import LabNames, Surroundings
from autograder.model.lab import own_modules
from autograder.notebook.names import (
    UNPARSABLE,
    bound_names,
    free_names,
    has_code,
    has_unwritten_test,
    judged_python,
    names_read_first,
    plain_python,
)
from autograder.notebook.parsed_lab import LabCell, ParsedLab


@dataclass(frozen=True)
class TestCell:
    """One autograded test cell, as in the lab's source.

    Attributes:
        name: its grade id, e.g. `test_sigmoid`.
        exercise: id of the exercise it belongs to.
        points: points it is worth.
        source: its text with the hidden part.
        compare: whether "expected and got" makes sense for its exercise.
        around: what it finds when it starts; by default, all names that it does not make are the student's.
    """

    __test__ = False  # not a test of pytest's

    name: str
    exercise: str
    points: float
    source: str
    compare: bool = True
    around: Surroundings | None = None

    @cached_property
    def code(self) -> str | None:
        """What the judge runs, its magic lines left out; None if it is no Python."""
        try:
            return judged_python(self.source)
        except UNPARSABLE:
            return None

    @property
    def unwritten(self) -> bool:
        """Whether it says what is to be tested, and holds no test."""
        return has_unwritten_test(self.source)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What it finds when it starts."""
        return self.around or Surroundings(names=tuple(names_read_first(self.code or "")))

    @property
    def names(self) -> tuple[str, ...]:
        """Names that are the student's."""
        return self.surroundings.names


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
    """The exercises and tests of a lab.

    Attributes:
        lab: the parsed lab.
        tests: its autograded test cells in order.
        exercises: by name, those that have an answer cell with code.
    """

    def __init__(self, lab: ParsedLab) -> None:
        self.lab = lab
        self.tests: list[TestCell] = []
        self.exercises: dict[str, Exercise] = {}
        code = [cell for cell in lab.cells if cell.kind == "code"]
        uncompared = {cell.exercise for cell in code if not cell.compares}
        for cell in code:
            if cell.role == "answer" and cell.exercise:
                self.exercises[cell.exercise] = Exercise(
                    cell.exercise, cell.position, cell.source, cell.released, _names_bound(cell.source)
                )
        names = LabNames(lab.cells)
        for cell in lab.tests:
            test = _test_cell(cell, names, cell.exercise not in uncompared)
            self.tests.append(test)
            if cell.exercise in self.exercises:
                self.exercises[cell.exercise].tests.append(test)

    @cached_property
    def owners(self) -> dict[str, str]:
        """Name -> the exercise that asks for it."""
        return {name: exercise.name for exercise in self.exercises.values() for name in exercise.names}

    @cached_property
    def own_imports(self) -> frozenset[str]:
        """Modules beside the notebook that tests import by a statement of their own."""
        own = own_modules(self.lab.lab.own_files)
        found = set[str]()
        for test in self.tests:
            for statement in ast.parse(test.code or "").body:
                if isinstance(statement, ast.Import):
                    found |= {alias.name for alias in statement.names}
                elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                    found.add(statement.module)
        return frozenset(name for name in found if name.partition(".")[0] in own)

    def earlier_than(self, exercise: str) -> list[str]:
        """Exercises whose answers stand before that of an exercise, in the lab's order; none if it is unknown."""
        if exercise not in self.exercises:
            return []
        position = self.exercises[exercise].position
        return [other.name for other in self.exercises.values() if other.position < position]

    def before(self, exercise: Exercise) -> tuple[list[str], str]:
        """What stands before an exercise's answer: the code cells that are no tests, and all prose."""
        cells = self.lab.cells[: exercise.position]
        code = [cell.source for cell in cells if cell.kind == "code" and cell.role != "test"]
        return code, "\n".join(cell.source for cell in cells if cell.kind == "markdown")

    def slice(self, exercise: Exercise, texts: list[str], replaced: Mapping[str, str] | None = None) -> list[str]:
        """Texts of the lab's cells, and of earlier reference answers, that `texts` build on, in the lab's order.

        A cell belongs to it if it defines a name that is needed later. Demonstrations that nothing needs stay out.

        Args:
            exercise: cells before its answer are looked at.
            texts: what needs names.
            replaced: earlier exercise -> text that stands for its reference answer.
        """
        needed = set[str]().union(*(_names_read(text) for text in texts))
        chosen = []
        for cell in reversed(self.lab.cells[: exercise.position]):
            text = cell.source
            if cell.role == "answer" and replaced is not None:
                text = replaced.get(cell.exercise, text)
            if cell.kind == "code" and cell.role != "test" and _names_bound(text) & needed:
                chosen.append(text)
                needed |= _names_read(text)
        return chosen[::-1]


def _test_cell(cell: LabCell, names: LabNames, compare: bool) -> TestCell:
    test = TestCell(cell.grade_id, cell.exercise, cell.points, cell.source, compare)
    return test if test.code is None else replace(test, around=names.around(cell.position, test.code))


@lru_cache(maxsize=4096)  # the same texts are asked for each exercise, and on top of each mistake
def _names_bound(text: str) -> frozenset[str]:
    try:
        return bound_names(text)
    except UNPARSABLE:
        return frozenset()


@lru_cache(maxsize=4096)
def _names_read(text: str) -> frozenset[str]:
    try:
        return frozenset(free_names(plain_python(text), stars=True))
    except UNPARSABLE:
        return frozenset()
