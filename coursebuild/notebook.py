# mypy: allow-untyped-calls
# (nbformat has no type annotations; this module gives them to what the build needs)
"""Cells and notebooks as nbformat has them, and their text."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def code_cell(cell_id: str, source: str) -> NotebookNode:
    """A code cell that has not run."""
    cell: NotebookNode = new_code_cell(source, id=cell_id)
    return cell


def text_cell(cell_id: str, source: str, attachments: dict[str, dict[str, str]] | None = None) -> NotebookNode:
    """A Markdown cell with the pictures that it carries."""
    cell: NotebookNode = new_markdown_cell(source, id=cell_id, **({"attachments": attachments} if attachments else {}))
    return cell


def mark(cell: NotebookNode, printed: str, count: int) -> None:
    """Mark a code cell as one whose output nbval compares, and say what it prints when it runs as the `count`th."""
    cell.metadata["tags"] = ["nbval-check-output"]
    cell.execution_count = count  # nbval takes outputs for broken where nothing ran
    cell.outputs = [new_output("stream", name="stdout", text=printed)]


def is_marked(cell: NotebookNode) -> bool:
    """Whether nbval compares what this cell prints."""
    return "nbval-check-output" in cell.metadata.get("tags", [])


def notebook(cells: list[NotebookNode], built_from: str) -> NotebookNode:
    """A notebook of these cells, for any Python 3."""
    metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}, "built_from": built_from}
    made: NotebookNode = new_notebook(metadata=metadata)
    made.cells = cells
    return made


def text(made: NotebookNode) -> str:
    """Text of a notebook file; the same notebook always gives the same text."""
    nbformat.validate(made)
    written: str = nbformat.writes(made)
    return written.rstrip("\n") + "\n"
