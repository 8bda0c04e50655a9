"""The cells of a lab that matter when an answer is tried out, in order: set-up, answers, tests.

They are made from the authored text by the build's own functions, so what is proven here is what the build ships.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from coursebuild.answers import defined_names, load_text
from coursebuild.course import AuthoredCourse, read_course
from coursebuild.parse import Role, parse_lab
from coursebuild.source import find_load, module_of, own_code, test_source
from hiddenchecks.probes import PROBES
from tests.catalogue.catalogue import ROOT

LABS = tuple(sorted(path.stem for path in (ROOT / "labs").glob("[0-9]*.py")))


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        role: `Role.LOCKED` (set-up), `Role.ANSWER` or `Role.TEST`.
        exercise: whose answer or test it is; "" for set-up.
        grade_id: its id in the notebook, e.g. ``test_backprop_dL_dw1``.
        source: its code, with the reference answer in an answer cell and the hidden part in a test cell.
        points: of a test.
        shape: whether a test asks for the shape of a result as well.
    """

    role: Role
    exercise: str
    grade_id: str
    source: str
    points: float = 0.0
    shape: bool = False

    @property
    def defines(self) -> frozenset[str]:
        """Names that running it binds."""
        return frozenset(defined_names(self.source))

    @property
    def reads(self) -> frozenset[str]:
        """Names that it may look up, functions' bodies included."""
        return read_names(self.source)


def read_names(source: str) -> frozenset[str]:
    """All names that a piece of code may look up."""
    nodes = ast.walk(ast.parse(source))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))


@cache
def lab_cells(lab: str) -> tuple[Cell, ...]:
    """Set-up, other given cells, answers and tests of a lab, without the demonstrations after the first exercise."""
    course = _course()
    cells = []
    for cell in parse_lab(lab, course.labs[lab]).cells:
        if cell.role is Role.ANSWER:
            source = load_text(find_load(cell, course), course.solutions[cell.name])
            cells.append(Cell(cell.role, cell.name, cell.grade_id, source))
        elif cell.role is Role.TEST:
            source = test_source(cell, lab, course)
            cells.append(Cell(cell.role, cell.name, cell.grade_id, source, cell.points, cell.shape))
        elif cell.role is Role.LOCKED and (not cell.demo or not any(earlier.exercise for earlier in cells)):
            cells.append(Cell(cell.role, "", cell.grade_id, own_code(cell, course)))
    return tuple(cells)


@cache
def _course() -> AuthoredCourse:
    return read_course(ROOT)


def checks_of(lab: str) -> str:
    """Name of the module with a lab's checks."""
    return module_of(lab, _course())


@cache
def lab_of() -> dict[str, str]:
    """Exercise that code answers -> its lab, in the labs' order."""
    return {cell.exercise: lab for lab in LABS for cell in lab_cells(lab) if cell.role is Role.ANSWER}


def answer_to(exercise: str) -> Cell:
    """The answer cell of an exercise, with the reference answer."""
    cells = lab_cells(lab_of()[exercise])
    return next(cell for cell in cells if cell.role is Role.ANSWER and cell.exercise == exercise)


def is_function(exercise: str) -> bool:
    """Whether the answer is a function that has the exercise's name; else it is values or a figure."""
    body = ast.parse(answer_to(exercise).source).body
    return any(isinstance(node, ast.FunctionDef) and node.name == exercise for node in body)


def asks_for_shape(exercise: str) -> bool:
    """Whether the exercise's tests ask for the shape of a result, as its lab says."""
    return any(cell.shape for cell in lab_cells(lab_of()[exercise]) if cell.exercise == exercise)


def deals_with_objects(exercise: str) -> bool:
    """Whether an exercise's function takes or returns objects that are no plain data."""
    return exercise in PROBES and bool(PROBES[exercise].through)


def is_main(exercise: str) -> bool:
    """Whether an exercise is worth two points or more, or later cells of its lab build on it."""
    cells, answer = lab_cells(lab_of()[exercise]), answer_to(exercise)
    points = sum(cell.points for cell in cells if cell.exercise == exercise)
    later = [cell for cell in cells[cells.index(answer) :] if cell.exercise != exercise]
    return points >= 2 or any(cell.reads & answer.defines for cell in later)


def tests_of(lab: str, exercise: str) -> frozenset[str]:
    """Ids of an exercise's tests."""
    return frozenset(cell.grade_id for cell in lab_cells(lab) if cell.role is Role.TEST and cell.exercise == exercise)
