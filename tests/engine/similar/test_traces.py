"""What programs write into a file at random tells a copy whatever was changed in it, and says no more than that."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from autograder.notebook.parsed_lab import parse_lab
from autograder.similar.disguised import could_be_told
from autograder.similar.features import add_traces, features_of_lab
from autograder.similar.pairs import Pair, similar_pairs
from autograder.similar.traces import traces_of
from tests.engine.fixtures.mini_lab import mini_lab, release_notebook
from tests.engine.similar.classes import independent, works
from tests.engine.similar.test_pairs import original

JUPYTER = {"id": "a1b2c3d4", "metadata": {"execution": {"iopub.execute_input": "2026-03-13T17:58:00.123456Z"}}}
COLAB = {"metadata": {"id": "fG7hJk2LmN0p", "executionInfo": {"timestamp": 1773424680123, "user": {"userId": "1"}}}}
OUTPUTS = {
    "outputs": [
        {"data": {"text/plain": ["<Figure at 0x7f3a1c2b4d50>"]}},
        {"traceback": ["File /tmp/ipykernel_4711/123456.py:1"]},
    ]
}


def pairs_with(files: dict[str, list[dict[str, Any]]], students: int = 30) -> list[Pair]:
    """Students who worked alone, with these cells in the files of some of them."""
    lab = parse_lab(mini_lab())
    class_ = works(independent(students, seed=3))
    for work in class_:
        add_traces(work, {"cells": [*release_notebook()["cells"], *files.get(work.student, [])]})
    return similar_pairs(class_, *features_of_lab(lab))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (JUPYTER, "1 cell of the same random id, 1 cell run at the same instant. These"),
        (COLAB, "1 cell of the same random id, 1 cell run at the same instant. These"),
        (OUTPUTS, "2 cells with an output that names the same place in memory or the same process. These"),
    ],
    ids=["jupyter", "colab", "outputs"],
)
@pytest.mark.parametrize("students", [3, 30])
def test_parts_of_one_file_are_told(cell: dict[str, Any], said: str, students: int) -> None:
    (pair,) = pairs_with({"s000": [cell], "s002": [cell]}, students)
    assert (pair.first.student, pair.second.student) == ("s000", "s002")
    assert said in pair.reasons()[0]
    assert pair.reasons()[0].endswith("from one file (only these two).")
    assert not pair.whole


def test_what_many_have_or_everybody_was_given_says_nothing() -> None:
    """A file that a tutor handed to half of the class, and the lab's own ids."""
    assert pairs_with({f"s{number:03}": [JUPYTER] for number in range(15)}) == []
    assert pairs_with({}) == []


@pytest.mark.parametrize(
    "name", ["sigmoid", "before-setup", "test_square", "12345678901", "A" * 99, 7, None, ["a1b2c3d4"]]
)
def test_names_that_people_give_are_no_traces(name: object) -> None:
    assert traces_of({"cells": [{"id": name, "metadata": {"id": name}}]}) == set()


@pytest.mark.parametrize(
    "document",
    [
        [], {}, None, "x", {"cells": None}, {"cells": [None, 3, [], {}]}, {"cells": [{"metadata": 3, "outputs": {}}]},
        {"cells": [{"outputs": [3, {"data": 5, "text": [None], "traceback": {}}], "metadata": {"executionInfo": []}}]},
        json.loads('{"cells": [{"id": "\\ud800", "metadata": {"execution": {"a": NaN, "b": "\\ud83d"}}}]}'),
    ],
)  # fmt: skip
def test_any_file_can_be_read(document: object) -> None:
    assert traces_of(document) == set()


def test_it_is_known_of_whom_a_copy_could_be_told() -> None:
    """Of long answers of somebody's own, not of short ones that others have as well."""
    lab = parse_lab(mini_lab())
    given, known = features_of_lab(lab)
    alone = {f"s{number:02}": independent(1, seed=number)["s000"] for number in range(40)}
    for content in alone.values():
        for cell in content["cells"]:
            if (
                cell["metadata"]["autograder"].get("exercise") == "scale"
                and cell["metadata"]["autograder"]["role"] == "answer"
            ):
                cell["source"] = "def scale(v, k):\n    return [w * k for w in v]"
        content["cells"] = [cell for cell in content["cells"] if cell["metadata"]["autograder"]["role"] != "extra"]
    assert could_be_told(works(alone), given, known) == 0
    assert could_be_told(works(alone | {"ada": original()}), given, known) == 1
    assert could_be_told(works(alone | {"ada": original(), "bob": copy.deepcopy(original())}), given, known) == 2
    assert could_be_told([], given, known) == 0
