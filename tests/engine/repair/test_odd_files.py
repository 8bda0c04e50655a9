"""Which file is the notebook, and what is said of a file that is none."""

from __future__ import annotations

import gzip
import io
import json
import unicodedata
import zipfile

import pytest

from autograder.model.limits import Limits
from autograder.model.record import EXCHANGE_FILES, Submission
from autograder.notebook.parsed_lab import parse_lab
from autograder.repair import Repaired, repair
from tests.engine.fixtures import mini_lab as mini

LAB = parse_lab(mini.mini_lab())
LIMITS = Limits()
GOOD = json.dumps(mini.answered()).encode()
UNTOUCHED = json.dumps(mini.answered({})).encode()
HALF = json.dumps(mini.answered({"square": mini.SQUARE})).encode()


def hand_in(**files: bytes) -> Repaired:
    """Repair a submission of files, given as ``name=content``."""
    return repair(Submission("ada", mini.LAB, dict(files)), LAB, LIMITS)


def answers(repaired: Repaired) -> dict[str, str]:
    """Exercise -> the text in its answer cell."""
    assert repaired.notebook is not None, repaired.problem
    return {
        cell.metadata.autograder.exercise: cell.source
        for cell in repaired.notebook.cells
        if cell.metadata.autograder.role in ("answer", "written")
    }


def archive(name: str = "mini.ipynb") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(zipfile.ZipInfo(name), GOOD)  # of 1980: its bytes are part of the name of a test
    return buffer.getvalue()


def test_the_usual_case_needs_no_repair() -> None:
    repaired = hand_in(**{"mini.ipynb": GOOD})
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == []


@pytest.mark.parametrize(
    "name",
    [
        "mini (1).ipynb",
        "Copy of mini.ipynb",
        "Mini.ipynb",
        "MINI.IPYNB",
        "ada_mini.ipynb",
        "mini-Copy1.ipynb",
        "folder/deeper/mini.ipynb",
        "homework.ipynb",
        unicodedata.normalize("NFD", "mïni_lösung.ipynb"),
        "mini.ipynb.txt",
        "mini.json",
        "mini",
    ],
)
def test_a_renamed_notebook_is_found_and_the_name_is_told(name: str) -> None:
    repaired = hand_in(**{name: GOOD})
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == [f"The notebook was handed in as {name}."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_notebook_that_a_text_editor_saved_under_another_ending_is_found(encoding: str) -> None:
    repaired = hand_in(**{"mini.ipynb.txt": GOOD.decode().encode(encoding)})
    assert answers(repaired) == mini.ANSWERS


FOREIGN = json.dumps({"cells": [{"cell_type": "code", "source": "1 + 1"}], "nbformat": 4}).encode()


@pytest.mark.parametrize(
    "files",
    [
        {"shopping.ipynb": FOREIGN, "mini.json": GOOD},
        {"mini.ipynb": GOOD[: len(GOOD) // 2], "mini.ipynb.txt": GOOD},
        {f"x{number}.ipynb": FOREIGN for number in range(9)} | {"my_hand_in.ipynb": GOOD},
        {f"x{number}.ipynb": FOREIGN for number in range(9)} | {"my_hand_in.ipynb": GOOD.decode().encode("utf-16")},
    ],
    ids=["other ending", "truncated", "ninth", "ninth as UTF-16"],
)
def test_a_right_notebook_is_found_beside_other_files(files: dict[str, bytes]) -> None:
    assert answers(hand_in(**files)) == mini.ANSWERS


def test_data_beside_the_notebook_is_no_notebook_and_comes_along() -> None:
    data = b'{"cells": 5}'
    repaired = hand_in(**{"mini.ipynb": GOOD, "grid.json": data})
    assert repaired.repairs == []
    assert repaired.files == {"grid.json": data}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty."),
        (b" \n\t\n", "is empty (blank space only)."),
        (b"\0" * 5000, "is empty (blank space only)."),
        (b"<!DOCTYPE html><html>log in</html>", "is a web page saved by a browser"),
        (b"\xef\xbb\xbf\n <html>", "is a web page saved by a browser"),
        (archive(), "is a zip archive: unpack it"),
        (gzip.compress(GOOD, mtime=0), "is a gzip archive: unpack it"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"import numpy as np\n\ndef square(x):\n    return x * x\n", "is a Python script"),
        (b"Dear Sir or Madam,", "is text, but no notebook"),
        (GOOD[: len(GOOD) // 2], "breaks off before its end"),
        (GOOD.replace(b'"cells": [', b'"cells": [ oops ', 1), "line 1 is not what Jupyter writes"),
        (b"<<<<<<< HEAD\n" + GOOD + b"\n=======\n" + GOOD + b"\n>>>>>>> main\n", "unresolved merge conflict"),
        (GOOD[:-1] + b",}", "line 1 is not what Jupyter writes; open it in Jupyter"),
        (b"[1, 2,]", "line 1 is not what Jupyter writes"),
        (GOOD[: GOOD.index(b"}") + 1], "breaks off before its end"),
        (archive("[Content_Types].xml"), "is an office document: hand in"),
        (b'{"a": 1}', "has no cells: hand in the .ipynb file that Jupyter saved"),
        (b"[1, 2]", "has no cells"),
        (b'{"cells": 5}', "has no cells"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"cells": ' + b'{"a":' * 50_000, "nested too deeply"),
        (b"[InternetShortcut]\r\nURL=https://example.org/", "is a link to a page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        (bytes(range(256)) * 20, "is no"),
    ],
)
def test_a_file_that_is_no_notebook_is_named_with_its_reason(content: bytes, reason: str) -> None:
    repaired = hand_in(**{"mini.ipynb": content})
    assert repaired.notebook is None
    assert repaired.problem is not None
    assert repaired.problem.startswith("mini.ipynb ")
    assert reason in repaired.problem or reason == "is no"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "the folder is empty"),
        ({"report.pdf": b"%PDF"}, "no notebook among the files handed in (report.pdf): mini.ipynb is missing"),
        ({"hand_in.zip": archive()}, "mini.ipynb is missing. hand_in.zip is a zip archive: unpack it and hand in"),
        ({"mini.html": b"<!DOCTYPE html>"}, "mini.html is a web page saved by a browser: download the notebook"),
        ({"mini.pdf": b"%PDF-1.7"}, "mini.pdf is a PDF: hand in the notebook (.ipynb) that it was made from"),
        ({".ipynb_checkpoints/mini-checkpoint.ipynb": GOOD}, "mini.ipynb is missing"),
        ({"__MACOSX/._mini.ipynb": b"\0\5\x16\7"}, "mini.ipynb is missing"),
    ],
)
def test_a_folder_without_notebook_says_what_is_missing(files: dict[str, bytes], reason: str) -> None:
    repaired = hand_in(**files)
    assert repaired.problem is not None
    assert reason in repaired.problem


def test_another_labs_notebook_is_named_with_what_it_holds() -> None:
    other = mini.answered()
    for cell in other["cells"]:
        cell["id"] = "x" + cell["id"]
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = "other_" + cell["metadata"]["nbgrader"]["grade_id"]
        cell["source"] = f"something else {cell['id']}"
    repaired = hand_in(**{"mini.ipynb": json.dumps(other).encode()})
    assert repaired.problem is not None
    assert repaired.problem.startswith(
        "mini.ipynb is another notebook, not mini (its cells are other_setup, other_square"
    )


def test_an_unrelated_notebook_beside_the_lab_is_not_graded() -> None:
    scratch = {"cells": [{"cell_type": "code", "source": "1 + 1"}], "nbformat": 4}
    repaired = hand_in(**{"mini.ipynb": GOOD, "scratch.ipynb": json.dumps(scratch).encode()})
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == []


def test_of_several_copies_the_one_that_answers_most_is_graded() -> None:
    repaired = hand_in(**{"mini.ipynb": UNTOUCHED, "mini (1).ipynb": HALF, "mini (2).ipynb": GOOD})
    assert answers(repaired) == mini.ANSWERS
    assert "mini (2).ipynb was graded, which answers 3 exercises" in " ".join(repaired.repairs)


def test_of_equal_copies_the_one_with_the_labs_name_is_graded() -> None:
    other = json.dumps(mini.answered({**mini.ANSWERS, "observe": "another text"})).encode()
    repaired = hand_in(**{"a/mini.ipynb": other, "mini (1).ipynb": other, "mini.ipynb": GOOD})
    assert answers(repaired) == mini.ANSWERS


def test_a_broken_copy_does_not_hide_a_good_one() -> None:
    repaired = hand_in(**{"mini.ipynb": GOOD[:100], "mini (1).ipynb": GOOD})
    assert answers(repaired) == mini.ANSWERS
    assert "Not used: mini.ipynb is damaged" in " ".join(repaired.repairs)


def test_checkpoints_never_win() -> None:
    repaired = hand_in(**{"mini.ipynb": HALF, ".ipynb_checkpoints/mini-checkpoint.ipynb": GOOD})
    assert answers(repaired)["scale"] == mini.STUB


def test_an_empty_notebook_counts_as_nothing_answered() -> None:
    repaired = hand_in(**{"mini.ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'})
    assert answers(repaired) == {"square": mini.STUB, "scale": mini.STUB, "observe": mini.WRITTEN_STUB}


def test_files_beside_the_notebook_come_along_as_seen_from_its_folder() -> None:
    repaired = hand_in(**{"sub/mini.ipynb": GOOD, "sub/data.csv": b"1", "sub/lib/tool.py": b"2", "top.txt": b"3"})
    assert repaired.files == {"data.csv": b"1", "lib/tool.py": b"2", "top.txt": b"3"}


def test_what_the_exchange_adds_is_not_the_students() -> None:
    """A secret's text might be a written answer otherwise, and a person would have to look at everybody's."""
    assert hand_in(**{"mini.ipynb": GOOD, **dict.fromkeys(EXCHANGE_FILES, b"7")}).files == {}


@pytest.mark.parametrize("name", ["numpy.py", "random.py", "matplotlib/__init__.py", "sub/numpy/__init__.py"])
def test_a_file_that_would_hide_a_library_is_left_out_and_told(name: str) -> None:
    notebook = "sub/mini.ipynb" if name.startswith("sub/") else "mini.ipynb"
    repaired = hand_in(**{notebook: GOOD, name: b"raise SystemExit"})
    assert repaired.files == {}
    assert name in repaired.repairs[-1]


@pytest.mark.parametrize("name", ["../gradebook.db", "/etc/passwd", "a/../../b", "x\0y"])
def test_names_that_leave_the_folder_are_dropped(name: str) -> None:
    assert hand_in(**{"mini.ipynb": GOOD, name: b""}).files == {}


def test_what_could_not_be_read_is_told_beside_what_was_graded() -> None:
    repaired = repair(
        Submission("ada", mini.LAB, {"mini.ipynb": GOOD}, problem="Left out: a (is a link)."), LAB, LIMITS
    )
    assert answers(repaired) == mini.ANSWERS
    assert repaired.repairs == ["Left out: a (is a link)."]


def test_when_nothing_is_left_the_reason_is_the_problem() -> None:
    repaired = repair(Submission("ada", mini.LAB, {}, problem="Left out: mini.ipynb (is a link)."), LAB, LIMITS)
    assert repaired.problem is not None
    assert repaired.problem == "Left out: mini.ipynb (is a link)."
