"""Builds the in-class copy of a lab: after each answer cell comes a cell with only `# %load ...`. Nothing is graded.

Its name and its first cell say what it is, so that nobody hands it in.
"""

from __future__ import annotations

from nbformat import NotebookNode

from coursebuild.answers import load_text, parse_magic
from coursebuild.course import AuthoredCourse
from coursebuild.notebook import code_cell, notebook, text_cell
from coursebuild.parse import AuthoredLab, Role
from coursebuild.source import HIDDEN, cell_ids, find_load, own_code, prose_cell


def inclass_notebook(lab: AuthoredLab, course: AuthoredCourse) -> NotebookNode:
    """Build the in-class notebook of a lab whose source notebook has been built without problems."""
    cells: list[NotebookNode] = []
    for cell, cell_id in zip(lab.cells, cell_ids(lab), strict=True):
        if cell.role in (Role.PROSE, Role.TASK):
            cells.append(prose_cell(cell, cell_id, course, "notebooks"))
        elif cell.role is Role.WRITTEN:
            cells.append(text_cell(cell_id, course.text_stub))
        elif cell.role is Role.ANSWER:
            cells.append(code_cell(cell_id, course.code_stub))
            cells.append(code_cell(f"load-{cell_id}"[:64], find_load(cell, course).magic()))
        elif cell.role is Role.TEST:
            cells.append(code_cell(cell_id, split_test(cell.source)[0]))
        else:
            cells.append(code_cell(cell_id, own_code(cell, course)))
    return notebook([text_cell("in-class", course.note.format(lab=lab.name)), *cells], lab.path)


def split_test(source: str) -> tuple[str, str]:
    """The visible and the hidden part of a test cell, without the delimiters."""
    visible, _, rest = source.partition(HIDDEN[0])
    hidden, _, after = rest.partition(HIDDEN[1])
    return (visible.rstrip("\n") + after.rstrip("\n")).strip("\n"), hidden.strip("\n")


def expand_loads(inclass: NotebookNode, course: AuthoredCourse) -> NotebookNode:
    """Change an in-class notebook as if a student had uncommented and run every `%load`; return the same object."""
    for cell in inclass.cells:
        if cell.cell_type == "code" and cell.source.startswith("# %load "):
            load, _ = parse_magic(cell.source)
            cell.source += "\n" + load_text(load, course.solutions[load.exercise])
    return inclass
