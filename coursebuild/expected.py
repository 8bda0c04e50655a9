# mypy: allow-untyped-calls
"""What the marked cells (`check=true`) of a lab print: kept as text, put into `source/`, compared by nbval.

`labs/expected/<lab>.txt` is written by `python -m coursebuild --record`, which executes the lab with its answers, and
read by people in the diff: a number that drifts shows there, and nbval fails until it is looked at.
"""

from __future__ import annotations

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from coursebuild.notebook import is_marked

_HEAD = "--- "


def parse_expected(text: str) -> dict[str, str]:
    """Id of a marked cell -> what it prints."""
    expected: dict[str, str] = {}
    for block in ("\n" + text).split("\n" + _HEAD)[1:]:
        name, _, printed = block.partition("\n")
        expected[name.strip()] = printed.rstrip("\n") + "\n"
    return expected


def write_expected(lab: str, expected: dict[str, str]) -> str:
    """Inverse of `parse_expected`."""
    head = f"What the marked cells of {lab} print. Written by `python -m coursebuild --record`, compared by nbval.\n"
    return head + "".join(f"\n{_HEAD}{name}\n{printed}" for name, printed in expected.items())


def record(notebook: NotebookNode, folder: str) -> dict[str, str]:
    """Execute a source notebook in `folder` and take what its marked cells print.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
        ValueError: a marked cell shows something else than printed text, said in one sentence.
    """
    executed = NotebookClient(nbformat.from_dict(notebook), resources={"metadata": {"path": folder}}).execute()
    expected = {}
    for cell in executed.cells:
        if is_marked(cell):
            kinds = {output.get("name", output["output_type"]) for output in cell.outputs}
            if kinds != {"stdout"}:
                raise ValueError(
                    f"The marked cell {cell.id} must print text and show nothing else, not {sorted(kinds)}."
                )
            expected[cell.id] = "".join(output.text for output in cell.outputs).rstrip("\n") + "\n"
    return expected
