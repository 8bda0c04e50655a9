"""Which of a lab's answer cells hold an answer in a repaired notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from autograder.notebook.cells import grade_id, role_of, text_of
from autograder.notebook.parsed_lab import ParsedLab
from autograder.repair.stray_text import has_unplaced_words, shows_words

_DOCUMENTS = frozenset({".doc", ".docx", ".htm", ".html", ".md", ".odt", ".pages", ".pdf", ".rtf", ".tex", ".txt"})
_PICTURES = frozenset(
    {".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp", ".avif"}
)
_NO_ANSWERS = re.compile(r"(?:requirements|readme|licen[cs]e|timestamp)\b.*", re.IGNORECASE)


def answer_cells(lab: ParsedLab) -> tuple[str, ...]:
    """Grade ids of the cells that a student fills in, written answers included, in the lab's order."""
    return tuple(cell.grade_id for cell in lab.cells if cell.role in ("answer", "written"))


def answer_files(files: Iterable[str], notebook: dict[str, Any], lab: ParsedLab) -> list[str]:
    """Those of the files beside a notebook that may hold written answers: documents, texts and pictures.

    Files of the lab's own are left out, and so are those that the notebook's code names: they are data or figures.

    Args:
        files: relative paths.
        notebook: the repaired notebook.
        lab: the lab that it was repaired for.
    """
    code = "\n".join(text_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")
    given = {PurePosixPath(path).name for path in lab.lab.files}
    kept = []
    for path in sorted(files):
        name = PurePosixPath(path).name
        if PurePosixPath(name).suffix.lower() not in _DOCUMENTS | _PICTURES or _NO_ANSWERS.fullmatch(name):
            continue
        if name not in given and not re.search(re.escape(name) + "[\"']", code):
            kept.append(path)
    return kept


def unanswered_questions(notebook: dict[str, Any], lab: ParsedLab) -> bool:
    """Whether the cell of a written answer is as it was released."""
    texts = {grade_id(cell): text_of(cell) for cell in notebook["cells"]}
    written = [cell for cell in lab.cells if cell.role == "written"]
    return any(texts.get(cell.grade_id, cell.released).strip() == cell.released.strip() for cell in written)


def answered_cells(notebook: dict[str, Any], lab: ParsedLab, beside: bool = False) -> tuple[str, ...]:
    """Those of `answer_cells` that hold an answer: a text that differs from the release's.

    All written answers count as answered while the notebook has unplaced words, or files beside it may hold some: any
    of them may be the answer, and a person has to decide.

    Args:
        notebook: a repaired notebook (nbformat 4), executed or not.
        lab: the lab that it was repaired for.
        beside: whether there are `answer_files`.
    """
    unplaced = beside or has_unplaced_words(notebook) or _shows_words(notebook, lab)
    texts = {grade_id(cell): text_of(cell) for cell in notebook["cells"]}
    answered = []
    for cell in lab.cells:
        changed = texts.get(cell.grade_id, cell.released).strip() != cell.released.strip()
        if (cell.role in ("answer", "written") and changed) or (cell.role == "written" and unplaced):
            answered.append(cell.grade_id)
    return tuple(answered)


def _shows_words(notebook: dict[str, Any], lab: ParsedLab) -> bool:
    """Whether a cell for code shows a text, which the lab's own cells do not."""
    if any(shows_words(cell.released) for cell in lab.cells if cell.role in ("answer", "play")):
        return False
    return any(shows_words(text_of(cell)) for cell in notebook["cells"] if role_of(cell) in ("answer", "play"))
