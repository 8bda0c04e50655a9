"""A lab's assignment, notebook and cells in nbgrader's gradebook, as ``generate_assignment`` would write them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.model.errors import GradebookError
from autograder.model.lab import assignment_of, notebook_of
from autograder.notebook.cells import checksum_of, is_locked
from autograder.notebook.parsed_lab import ParsedLab


@dataclass(frozen=True)
class CellIds:
    """Database ids of one lab.

    Attributes:
        assignment: id of the assignment.
        notebook: id of its notebook.
        grades: grade id -> database id, for every cell with points.
        solutions: grade id -> database id, for every cell that a student fills in.
        written: grade ids of the cells that a person grades.
    """

    assignment: str
    notebook: str
    grades: dict[str, str]
    solutions: dict[str, str]
    written: frozenset[str]


def sync_lab(connection: Connection, lab: ParsedLab, course_id: str) -> CellIds:
    """Find or insert all rows of a lab; update points and texts from the lab.

    Raises:
        GradebookError: the gradebook has a graded cell that the lab no longer has.
    """
    if connection.execute(select(nb.COURSE.c.id).where(nb.COURSE.c.id == course_id)).scalar() is None:
        connection.execute(nb.COURSE.insert().values(id=course_id))
    assignment = upsert(connection, nb.ASSIGNMENT, {"name": assignment_of(lab.name)}, {}, once={"course_id": course_id})
    kernelspec = {"kernelspec": json.dumps(lab.kernelspec)}
    notebook = upsert(connection, nb.NOTEBOOK, {"name": notebook_of(lab.name), "assignment_id": assignment}, kernelspec)
    grades, solutions = {}, {}
    for cell in filter(lambda cell: cell.grade_id, lab.cells):
        name = cell.grade_id
        if cell.role in ("test", "written"):
            values: dict[str, Any] = {"max_score": cell.points, "cell_type": cell.kind}
            grades[name] = _cell(connection, nb.GRADE_CELL, "GradeCell", name, notebook, values)
        if cell.role in ("answer", "written"):
            solutions[name] = _cell(connection, nb.SOLUTION_CELL, "SolutionCell", name, notebook, {})
        values = {
            "cell_type": cell.kind,
            "locked": is_locked(cell.cell),
            "source": cell.released if name in solutions else cell.source,
            "checksum": checksum_of(cell.cell),
        }
        upsert(connection, nb.SOURCE_CELL, {"name": name, "notebook_id": notebook}, values)
    _refuse_orphans(connection, lab.name, notebook, set(grades))
    return CellIds(assignment, notebook, grades, solutions, frozenset(grades.keys() & solutions.keys()))


def upsert(
    connection: Connection,
    table: Any,
    key: dict[str, Any],
    values: dict[str, Any],
    once: dict[str, Any] | None = None,
) -> str:
    """Find or insert the row with this unique key; return its id.

    Args:
        values: columns to set, in a new row and in an existing one.
        once: columns to set in a new row only.
    """
    row_id: str | None = connection.execute(select(table.c.id).filter_by(**key)).scalar()
    if row_id is None:
        row_id = api.new_uuid()
        connection.execute(table.insert().values(id=row_id, **key, **(once or {}), **values))
    elif values:
        connection.execute(table.update().where(table.c.id == row_id).values(**values))
    return row_id


def _cell(connection: Connection, table: Any, kind: str, name: str, notebook: str, values: dict[str, Any]) -> str:
    # nbgrader uses joined-table inheritance: a row in base_cell, and one with the same id in the table of its type
    key = (nb.BASE_CELL.c.name == name) & (nb.BASE_CELL.c.notebook_id == notebook) & (nb.BASE_CELL.c.type == kind)
    row_id: str | None = connection.execute(select(nb.BASE_CELL.c.id).where(key)).scalar()
    if row_id is None:
        row_id = api.new_uuid()
        connection.execute(nb.BASE_CELL.insert().values(id=row_id, name=name, notebook_id=notebook, type=kind))
        connection.execute(table.insert().values(id=row_id, **values))
    elif values:
        connection.execute(table.update().where(table.c.id == row_id).values(**values))
    return row_id


def _refuse_orphans(connection: Connection, lab: str, notebook: str, names: set[str]) -> None:
    key = (nb.BASE_CELL.c.notebook_id == notebook) & (nb.BASE_CELL.c.type == "GradeCell")
    orphans = set(connection.execute(select(nb.BASE_CELL.c.name).where(key)).scalars()) - names
    if orphans:
        raise GradebookError(
            f"The gradebook has grades for {', '.join(sorted(orphans))} of {lab}, which the lab no longer has. "
            "Put the cell back into the lab, or start a new gradebook with --db."
        )
