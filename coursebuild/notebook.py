# mypy: allow-untyped-calls
# (nbformat has no type annotations; this module adds them to the functions that the build needs)
"""Creates cells and notebooks with nbformat, and serialises them."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

MARK = "nbval-check-output"
GOES_ON = "raises-exception"  # Run All goes on after an exception in a cell with this tag
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def code_cell(cell_id: str, source: str) -> NotebookNode:
    """A code cell that has not run."""
    cell: NotebookNode = new_code_cell(source, id=cell_id, metadata={"tags": [GOES_ON]})
    return cell


def text_cell(cell_id: str, source: str, attachments: dict[str, dict[str, str]] | None = None) -> NotebookNode:
    """A Markdown cell with its attachments."""
    cell: NotebookNode = new_markdown_cell(source, id=cell_id, **({"attachments": attachments} if attachments else {}))
    return cell


def mark(cell: NotebookNode, printed: str, count: int) -> None:
    """Mark a code cell for comparison by nbval, with its recorded output and its execution count."""
    cell.metadata["tags"] = [MARK, GOES_ON]
    cell.execution_count = count  # nbval rejects outputs of a cell without an execution count
    cell.outputs = [new_output("stream", name="stdout", text=printed)]


def is_marked(cell: NotebookNode) -> bool:
    """Whether nbval compares this cell's output."""
    return MARK in cell.metadata.get("tags", [])


def notebook(cells: list[NotebookNode], built_from: str) -> NotebookNode:
    """A notebook of these cells, with a kernelspec for any Python 3."""
    metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}, "built_from": built_from}
    node: NotebookNode = new_notebook(metadata=metadata)
    node.cells = cells
    return node


def text(node: NotebookNode) -> str:
    """The text of a notebook's file; the same notebook always gives the same text."""
    nbformat.validate(node)
    written: str = nbformat.writes(node)
    return written.rstrip("\n") + "\n"
