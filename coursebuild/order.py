"""Checks that every cell of a lab finds the names that it uses when the notebook runs from top to bottom."""

from __future__ import annotations

from nbformat import NotebookNode

from autograder.notebook.names import bound_names, free_names, plain_python
from coursebuild.parse import AuthoredLab
from coursebuild.problem import Problem

_SHELL = {"display", "get_ipython", "exit", "quit", "In", "Out", "_"}  # names that IPython defines in every notebook


def undefined_names(lab: AuthoredLab, source: NotebookNode) -> list[Problem]:
    """Names that a cell of the source notebook uses but no cell above it defines.

    An answer is the text that students load, so it cannot use other imports of its module.
    """
    problems = []
    defined = set(_SHELL)
    for authored, cell in zip(lab.cells, source.cells, strict=True):
        if authored.is_markdown:
            continue
        text = plain_python(cell.source)
        try:
            defined |= bound_names(text)
            missing = {name: line for name, line in free_names(text).items() if name not in defined}
        except SyntaxError as error:
            problems.append(Problem(lab.path, authored.line, f"The cell {cell.id} is not valid Python: {error}."))
            continue
        for name, line in missing.items():
            message = f"The {authored.role} cell {cell.id} uses {name}, which no cell above defines."
            problems.append(Problem(lab.path, authored.line, message, (text.splitlines()[line - 1],)))
    return problems
