"""A lab's assignment, notebook and cells in nbgrader's gradebook, as ``generate_assignment`` would write them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.engine import Connection

from autograder.gradebook import nbgrader_tables as nb
from autograder.model.lab import Lab


@dataclass(frozen=True)
class CellIds:
    """Database ids of one lab.

    Attributes:
        assignment: id of the assignment.
        notebook: id of its notebook.
        grades: grade id -> database id, for every cell with points.
        solutions: grade id -> database id, for every cell that a student fills.
        written: grade ids of the cells that a person grades.
        stubs: grade id -> the text that the release has in a cell that a student fills.
    """

    assignment: str
    notebook: str
    grades: dict[str, str]
    solutions: dict[str, str]
    written: frozenset[str]
    stubs: dict[str, str]


def sync_lab(connection: Connection, lab: Lab, course_id: str) -> CellIds:
    """Find or make all rows of a lab; points and texts follow the lab.

    Raises:
        ValueError: the gradebook has a graded cell that the lab no longer has.
    """
    if connection.execute(select(nb.COURSE.c.id).where(nb.COURSE.c.id == course_id)).scalar() is None:
        connection.execute(nb.COURSE.insert().values(id=course_id))
    assignment = upsert(connection, nb.ASSIGNMENT, {"name": lab.name}, {}, once={"course_id": course_id})
    source = json.loads(lab.source)
    kernelspec = {"kernelspec": json.dumps(source["metadata"].get("kernelspec", {}))}
    notebook = upsert(connection, nb.NOTEBOOK, {"name": lab.name, "assignment_id": assignment}, kernelspec)
    release = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in _cells(json.loads(lab.release))}
    grades, solutions, written, stubs = {}, {}, set(), {}
    for cell in _cells(source):
        meta, kind = cell["metadata"]["nbgrader"], cell["cell_type"]
        name = meta["grade_id"]
        given = release.get(name, cell)
        if meta.get("grade"):
            values = {"max_score": float(meta["points"]), "cell_type": kind}
            grades[name] = _cell(connection, nb.GRADE_CELL, "GradeCell", name, notebook, values)
        if meta.get("solution"):
            solutions[name] = _cell(connection, nb.SOLUTION_CELL, "SolutionCell", name, notebook, {})
            stubs[name] = "".join(given["source"])
        if meta.get("grade") and meta.get("solution"):
            written.add(name)
        text = "".join((given if meta.get("solution") else cell)["source"])
        values = {
            "cell_type": kind,
            "locked": bool(meta.get("locked")),
            "source": text,
            "checksum": given["metadata"]["nbgrader"].get("checksum"),
        }
        upsert(connection, nb.SOURCE_CELL, {"name": name, "notebook_id": notebook}, values)
    _refuse_orphans(connection, lab.name, notebook, set(grades))
    return CellIds(assignment, notebook, grades, solutions, frozenset(written), stubs)


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id")]


def upsert(
    connection: Connection,
    table: Any,
    key: dict[str, Any],
    values: dict[str, Any],
    once: dict[str, Any] | None = None,
) -> str:
    """Find or make the row with this unique key, set ``values`` (and ``once`` where it is new), return its id."""
    row_id: str | None = connection.execute(select(table.c.id).filter_by(**key)).scalar()
    if row_id is None:
        row_id = api.new_uuid()
        connection.execute(table.insert().values(id=row_id, **key, **(once or {}), **values))
    elif values:
        connection.execute(table.update().where(table.c.id == row_id).values(**values))
    return row_id


def _cell(connection: Connection, table: Any, kind: str, name: str, notebook: str, values: dict[str, Any]) -> str:
    # nbgrader's cells are joined-table inheritance: one row in base_cell, one with the same id in the kind's own table
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
        raise ValueError(
            f"The gradebook has grades for {', '.join(sorted(orphans))} of {lab}, which the lab no longer has. "
            "Put the cell back into the lab, or start a new gradebook with --db."
        )
