"""What a test cell finds when it starts: the lab's own names, what earlier tests made, and the student's."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.judge.packages import working_folder
from autograder.judge.surroundings import LabNames, Surroundings
from autograder.model.lab import Lab
from autograder.model.record import Verdict
from autograder.notebook.cells import Role
from autograder.notebook.parsed_lab import LabCell, parse_lab
from tests.engine.fixtures.other_course import answer, notebook
from tests.engine.judge.labs import lab_of, session_of

ANSWER = "def half(x):\n    return x / 2"


def around(*cells: tuple[Role, str]) -> Surroundings:
    """Of the last cell, a test."""
    made = [LabCell(position, role, "code", text, text, {}) for position, (role, text) in enumerate(cells)]
    return LabNames(made).around(len(cells) - 1, cells[-1][1])


CASES: dict[str, tuple[Sequence[tuple[Role, str]], set[str], set[str]]] = {
    "an import": ([("locked", "import math\nprint(1)"), ("test", "assert math.pi > half(6)")], {"half"}, {"math"}),
    "a helper that uses the student's function": (
        [("locked", "def check(x):\n    assert half(2 * x) == x"), ("answer", ANSWER), ("test", "check(3)")],
        {"half"},
        {"check"},
    ),
    "data that no answer works on": (
        [("locked", "sizes = [1, 2]\nsizes.append(3)"), ("answer", ANSWER), ("test", "assert half(sizes[2]) == 1.5")],
        {"half"},
        {"sizes"},
    ),
    "data that an answer works on": (
        [("locked", "sizes = [2, 1]"), ("answer", "sizes.sort()"), ("test", "assert sizes == [1, 2]")],
        {"sizes"},
        set(),
    ),
    "data made of the student's": (
        [("answer", ANSWER), ("locked", "one = half(2)"), ("test", "assert one == 1")],
        {"one"},
        set(),
    ),
    "a name that an answer gives another value": (
        [("locked", "total = 0"), ("answer", "total = 7"), ("test", "assert total == 7")],
        {"total"},
        set(),
    ),
    "what an earlier test made": (
        [("answer", ANSWER), ("test", "quarter = half(half(1))"), ("test", "assert quarter == 0.25")],
        {"half"},
        {"quarter"},
    ),
    "what an earlier test only uses": (
        [
            ("locked", "log = []"),
            ("answer", f"log.append(1)\n{ANSWER}"),
            ("test", "log.append(2)\none = half(2)"),
            ("test", "log.append(3)\nassert one == 1"),
        ],
        {"half", "log"},
        {"one"},
    ),
    "a name that the test saves and replaces": (
        [("answer", ANSWER), ("test", "kept = half\ndef half(x):\n    return kept(x)\nassert half(2) == 1")],
        {"half"},
        set(),
    ),
}


@pytest.mark.parametrize(("cells", "students", "labs"), CASES.values(), ids=CASES)
def test_whose_a_name_is(cells: Sequence[tuple[Role, str]], students: set[str], labs: set[str]) -> None:
    found = around(*cells)
    assert set(found.names) == students
    assert {name for piece in found.pieces for name in piece.makes} == labs


def test_names_that_only_a_test_makes_are_shared() -> None:
    cells: list[tuple[Role, str]] = [("answer", "def price(n):\n    return n * rate")]
    assert around(*cells, ("test", "rate = 3\nunseen = 1\nassert price(2) == 6")).shared == {"rate"}


def test_tests_use_the_labs_own_names_and_what_earlier_tests_made() -> None:
    lab = lab_of(
        "def near(a, b):\n    return np.isclose(a, b)\nassert near(half(1), 0.5)",
        "assert near(half(3), 1.5)",
        answer=ANSWER,
    )
    assert [record.verdict for record in session_of(lab, ANSWER).records] == [Verdict.PASSED] * 2
    cheat = ANSWER + "\nimport numpy as np\nnp.isclose = near = lambda a, b: True\ndef half(x):\n    return 1"
    before = sys.modules["numpy"].isclose
    try:  # the made-up runner is in this process
        assert [record.verdict for record in session_of(lab, ANSWER.replace("2", "4")).records] == [Verdict.FAILED] * 2
        assert session_of(lab, cheat.replace("np.isclose = ", "")).records[1].verdict is Verdict.FAILED
    finally:
        sys.modules["numpy"].isclose = before  # type: ignore[attr-defined]


def test_a_test_sets_what_the_answer_reads() -> None:
    lab = lab_of(
        "rate = 3\nassert price(2) == 6\nrate = 5\nassert price(2) == 10", answer="def price(n): return n * rate"
    )
    assert session_of(lab, "def price(n): return rate * n").records[0].verdict is Verdict.PASSED
    assert session_of(lab, "def price(n): return n * 3").records[0].verdict is Verdict.FAILED


def test_modules_of_the_lab_are_fresh_and_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "board.py").write_text("cells = ['installed']")
    monkeypatch.syspath_prepend(str(tmp_path))
    for _ in range(2):
        with working_folder({"board.py": b"cells = []", "data/numbers.txt": b"1"}) as folder:
            import board  # type: ignore[import-not-found]

            assert Path.cwd() == folder.resolve()
            assert Path("data/numbers.txt").read_text() == "1"
            assert board.cells == []
            board.cells.append("marked")
    assert "board" not in sys.modules


def test_a_test_belongs_to_what_its_helpers_use() -> None:
    """An integration test that calls the functions of earlier tests needs the answers that those test."""
    cells = [
        answer("one", "def one():\n    return 1"),
        answer("two", "def two():\n    return one() + 1"),
        ("test", "test_two", "def check_two():\n    assert two() == 2\ncheck_two()"),
        ("test", "test_all", "def check_all():\n    check_two()\n    assert one() == 1\ncheck_all()"),
        ("test", "test_one", "assert one() == 1"),
    ]
    lab = parse_lab(Lab("made_up", notebook(cells, released=False), notebook(cells)))
    assert {test.grade_id: test.exercise for test in lab.tests} == {
        "test_two": "two",
        "test_all": "two",
        "test_one": "one",
    }
