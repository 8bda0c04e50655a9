# mypy: allow-untyped-calls
"""The output of a lab's marked cells (`check=true`): recorded as text, copied into `source/`, compared by nbval.

`python -m coursebuild --record` executes the lab with its answers and writes `labs/expected/<lab>.txt`. A number that
changes shows up in the diff of that file, and nbval fails until somebody has recorded the new output.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from coursebuild.notebook import is_marked

_HEAD = "--- "


def parse_expected(text: str) -> dict[str, str]:
    """Id of a marked cell -> its recorded output."""
    expected: dict[str, str] = {}
    for block in ("\n" + text).split("\n" + _HEAD)[1:]:
        name, _, printed = block.partition("\n")
        expected[name.strip()] = printed.rstrip("\n") + "\n"
    return expected


def write_expected(lab: str, expected: dict[str, str]) -> str:
    """The inverse of `parse_expected`."""
    head = f"What the marked cells of {lab} print. Written by `python -m coursebuild --record`, compared by nbval.\n"
    return head + "".join(f"\n{_HEAD}{name}\n{printed}" for name, printed in expected.items())


def record(notebook: NotebookNode, folder: str, given: str) -> dict[str, str]:
    """Execute a source notebook in the course's `folder`, beside a module `given`; return what its marked cells print.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
        ValueError: a marked cell outputs anything but printed text; the message is one sentence.
    """
    with tempfile.TemporaryDirectory() as beside:
        Path(beside, "given.py").write_text(given, encoding="utf-8")
        paths = [beside, *filter(None, [os.environ.get("PYTHONPATH")])]
        client = NotebookClient(nbformat.from_dict(notebook), resources={"metadata": {"path": folder}})
        executed = client.execute(env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})
    expected = {}
    for cell in executed.cells:
        if is_marked(cell):
            kinds = {output.get("name", output["output_type"]) for output in cell.outputs}
            if kinds != {"stdout"}:
                raise ValueError(
                    f"The marked cell {cell.id} must only print text, but its outputs are {sorted(kinds)}."
                )
            expected[cell.id] = "".join(output.text for output in cell.outputs).rstrip("\n") + "\n"
    return expected
