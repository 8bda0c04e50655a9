"""Notebooks whose cells were copied, deleted, moved, retagged, retyped, split or merged."""

from __future__ import annotations

import copy
from typing import Any

from tests.corpus.case import FAILED, UNANSWERED, WRONG_SQUARE, Case, Notebook, cell, code, hand_in, position
from tests.engine.fixtures.mini_lab import ANSWERS, SQUARE

TITLE = "Odd notebooks"


def _copied(notebook: Notebook) -> None:
    at = position(notebook, "square")
    notebook["cells"].insert(at, copy.deepcopy(notebook["cells"][at]))


def _pasted_twice(notebook: Notebook) -> None:
    notebook["cells"] += copy.deepcopy(notebook["cells"])


def _without(*ids: str) -> Any:
    def change(notebook: Notebook) -> None:
        notebook["cells"] = [one for one in notebook["cells"] if one.get("id") not in ids]

    return change


def _only_answers(notebook: Notebook) -> None:
    notebook["cells"] = [cell(notebook, "square"), cell(notebook, "scale")]


def _reversed(notebook: Notebook) -> None:
    notebook["cells"].reverse()


def _all_labels_lost(notebook: Notebook) -> None:
    for number, one in enumerate(notebook["cells"]):
        one["metadata"], one["id"] = {}, f"n{number}"


def _retyped(kind: str) -> Any:
    def change(notebook: Notebook) -> None:
        for name in ("square", "test_square"):
            one = cell(notebook, name)
            one["cell_type"] = kind
            one.pop("outputs", None), one.pop("execution_count", None)

    return change


def _split(notebook: Notebook) -> None:
    one = cell(notebook, "square")
    one["source"] = "def half(x):\n    return np.asarray(x)"
    notebook["cells"].insert(position(notebook, "square") + 1, code("def square(x):\n    return half(x) ** 2"))


def _merged(notebook: Notebook) -> None:
    test = cell(notebook, "test_square")
    test["source"] = cell(notebook, "square")["source"] + "\n\n" + test["source"]
    _without("square")(notebook)


def _own_cell_instead(notebook: Notebook) -> None:
    at = position(notebook, "square")
    notebook["cells"][at] = code(SQUARE)


def _answers_at_the_end(notebook: Notebook) -> None:
    for name in ("square", "scale"):
        notebook["cells"].append(notebook["cells"].pop(position(notebook, name)))


def _typed_anew(notebook: Notebook) -> None:
    notebook["cells"] = [code("import numpy as np"), code(ANSWERS["square"] + "\n\n" + ANSWERS["scale"])]
    notebook["metadata"] = {}


def _foreign(notebook: Notebook) -> None:
    notebook["metadata"] = {
        "kernelspec": {"name": "ir", "display_name": "R", "language": "R"},
        "language_info": {"name": "R"},
    }


def _set_up_broken(notebook: Notebook) -> None:
    cell(notebook, "setup")["source"] = "import numpi as np\nbase = 'ten'"


def _old_schema(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        if "nbgrader" in one["metadata"]:
            one["metadata"]["nbgrader"]["schema_version"] = 1
            one["metadata"]["nbgrader"].pop("task")


def _one_id(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["id"] = "same"


def _no_cell_ids(notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 2
    for one in notebook["cells"]:
        one.pop("id", None)


def _source_as_lines(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["source"] = one["source"].splitlines(keepends=True)


def _broken_cells(notebook: Notebook) -> None:
    notebook["cells"][1:1] = [
        None,
        5,
        "cell",
        [],
        {},
        {"cell_type": "code"},
        {"cell_type": "dance", "source": 7, "metadata": None},
    ]


def _hundreds(notebook: Notebook) -> None:
    notebook["cells"] += [code(f"n = {number}") for number in range(300)]


def _magic_test(notebook: Notebook) -> None:
    cell(notebook, "square")["source"] = "%%script true\n" + SQUARE


CASES = [
    Case(
        "answer copied",
        "contains its answer cell twice",
        hand_in(change=_copied),
        plain="one duplicated cell ends the whole batch",
    ),
    Case(
        "pasted twice",
        "contains all cells twice",
        hand_in(change=_pasted_twice),
        plain="one duplicated cell ends the whole batch",
    ),
    Case(
        "tests and set-up deleted",
        "lacks the set-up, one test, and the text",
        hand_in(change=_without("setup", "test_square", "title", "play")),
        repaired=("setup",),
    ),
    Case("answer deleted", "lacks one answer cell", hand_in(change=_without("square")), square=UNANSWERED),
    Case("only answers", "contains only its answer cells", hand_in(change=_only_answers)),
    Case("reversed", "has its cells in reverse order", hand_in(change=_reversed)),
    Case(
        "labels lost",
        "has lost all metadata and all ids, as after an upload elsewhere",
        hand_in(change=_all_labels_lost),
    ),
    Case("answer as text", "has turned an answer and a test into markdown", hand_in(change=_retyped("markdown"))),
    Case("answer raw", "has turned an answer and a test into raw cells", hand_in(change=_retyped("raw"))),
    Case("answer split", "has split an answer over two cells", hand_in(change=_split)),
    Case("answer merged with its test", "has merged the answer into the test cell", hand_in(change=_merged)),
    Case(
        "own cell in its place",
        "has the answer in a new cell and lacks the original answer cell",
        hand_in(change=_own_cell_instead),
    ),
    Case("answers at the end", "has moved the answers below all tests", hand_in(change=_answers_at_the_end)),
    Case("typed anew", "is a new notebook with both answers in one cell", hand_in(change=_typed_anew)),
    Case(
        "kernel of R",
        "claims to be written in R",
        hand_in(change=_foreign),
        plain="no kernel of that name: the submission is dropped",
    ),
    Case("set-up broken", "has broken the set-up cell, which students must not change", hand_in(change=_set_up_broken)),
    Case("old schema", "has nbgrader metadata of schema version 1", hand_in(change=_old_schema)),
    Case("one id for all", "gives all cells the same id", hand_in(change=_one_id)),
    Case("no ids", "is in format 4.2, without ids", hand_in(change=_no_cell_ids)),
    Case("lines", "has its sources as lists of lines", hand_in(change=_source_as_lines)),
    Case(
        "cells that are no cells",
        "has numbers, texts and incomplete cells among its cells",
        hand_in(change=_broken_cells),
    ),
    Case("hundreds of cells", "contains 300 additional cells", hand_in(change=_hundreds)),
    Case(
        "wrong answer, then copies",
        "has a wrong answer above the test and a right one far below",
        hand_in(WRONG_SQUARE, last=SQUARE),
        square=FAILED,
        outcome="the answer above the test counts, as in a normal run from top to bottom",
    ),
    Case(
        "answer for another program",
        "has `%%script` on its answer cell",
        hand_in(change=_magic_test),
        square="failed or not answered",
    ),
    Case(
        "written answer shown by code",
        "shows its written answer with `display(Markdown(...))` instead of writing it into its cell",
        hand_in(
            observe="",
            last="from IPython.display import Markdown, display\ndisplay(Markdown('It grows faster and faster.'))",
        ),
        waits=True,
    ),
    Case("written question left out", "leaves its written question unanswered", hand_in(observe=""), waits=False),
]
