"""The cells of a lab that matter when an answer is tried out, in order: set-up, answers, tests.

They are made from the authored text by the build's own functions, so what is proven here is what the build ships.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from coursebuild.answers import defined_names, load_text
from coursebuild.course import AuthoredCourse
from coursebuild.parse import Role, parse_lab
from coursebuild.source import find_load, own_code
from tests.catalogue.catalogue import ROOT


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        role: `Role.LOCKED` (set-up), `Role.ANSWER` or `Role.TEST`.
        exercise: whose answer or test it is; "" for set-up.
        grade_id: its id in the notebook, e.g. ``test_backprop_dL_dw1``.
        source: its code, with the reference answer in an answer cell and the hidden part in a test cell.
        points: of a test.
    """

    role: Role
    exercise: str
    grade_id: str
    source: str
    points: float = 0.0

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
    """Set-up, answers and tests of a lab, without the demonstrations: cells of ours after the first exercise."""
    read = ROOT.joinpath
    solutions = {path.stem: path.read_text(encoding="utf-8") for path in read("solutions").glob("*.py")}
    course = AuthoredCourse(labs={}, given=read("labs", "given.py").read_text(encoding="utf-8"), solutions=solutions)
    cells = []
    for cell in parse_lab(lab, read("labs", f"{lab}.py").read_text(encoding="utf-8")).cells:
        if cell.role is Role.ANSWER:
            source = load_text(find_load(cell, course), solutions[cell.name])
            cells.append(Cell(cell.role, cell.name, cell.grade_id, source))
        elif cell.role is Role.TEST:
            cells.append(Cell(cell.role, cell.name, cell.grade_id, cell.source, cell.points))
        elif cell.role is Role.LOCKED and not any(earlier.exercise for earlier in cells):
            cells.append(Cell(cell.role, "", cell.grade_id, own_code(cell, course)))
    return tuple(cells)


def tests_of(lab: str, exercise: str) -> frozenset[str]:
    """Ids of an exercise's tests."""
    return frozenset(cell.grade_id for cell in lab_cells(lab) if cell.role is Role.TEST and cell.exercise == exercise)
