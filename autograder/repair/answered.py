"""Which of a lab's answer cells hold an answer in a repaired notebook."""

from __future__ import annotations

from typing import Any

from autograder.notebook.cells import grade_id, text_of
from autograder.notebook.parsed_lab import ParsedLab
from autograder.repair.stray_text import has_unplaced_words


def answer_cells(lab: ParsedLab) -> tuple[str, ...]:
    """Grade ids of the cells that a student fills in, written answers included, in the lab's order."""
    return tuple(cell.grade_id for cell in lab.cells if cell.role in ("answer", "written"))


def answered_cells(notebook: dict[str, Any], lab: ParsedLab) -> tuple[str, ...]:
    """Those of `answer_cells` that hold an answer: a text that differs from the release's.

    All written answers count as answered while the notebook has unplaced words: any of them may be the answer, and a
    person has to decide.

    Args:
        notebook: a repaired notebook (nbformat 4), executed or not.
        lab: the lab that it was repaired for.
    """
    unplaced = has_unplaced_words(notebook)
    texts = {grade_id(cell): text_of(cell) for cell in notebook["cells"]}
    answered = []
    for cell in lab.cells:
        changed = texts.get(cell.grade_id, cell.released).strip() != cell.released.strip()
        if (cell.role in ("answer", "written") and changed) or (cell.role == "written" and unplaced):
            answered.append(cell.grade_id)
    return tuple(answered)
