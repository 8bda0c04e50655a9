"""Courses that nobody wrote for this engine: how each kind of test is judged, and which notebooks are graded."""

from __future__ import annotations

import datetime
import json
import sqlite3
from pathlib import Path

import pytest

from autograder.gradebook.lateness import follow_due_date, grant, read_extension
from autograder.gradebook.overrides import overrides
from autograder.gradebook.shown import shown_grades
from autograder.gradebook.store import Store
from tests.engine.fixtures.mini_course import grade, query
from tests.engine.fixtures.other_course import Cell, answer, hand_in, notebook, write_assignment

CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'other'\nc.IncludeHeaderFooter.header = 'header.ipynb'\n"
KINDS: list[Cell] = [
    ("given", "g-1", "%matplotlib inline\nfrom math import isclose\nimport numpy as np\nfrom rules import fair"),
    ("given", "g-3", "limit = 3"),
    ("given", "g-2", "class Log:\n    def __init__(self):\n        self.lines = []\nlog = Log()"),
    answer("third", "    return x / 3", "def third(x):\n"),
    ("test", "cell-01", "assert isclose(third(1), 1 / 3)\nlog.lines.append('third')"),
    ("test", "cell-02", "def near(a, b):\n    return abs(a - b) < 1e-9\nassert near(third(limit), 1)"),
    ("test", "cell-03", "%%time\nassert near(third(6), 2)"),
    ("test", "cell-04", "fair(third)"),
    ("test", "cell-05", "if third(9) != 3:\n    raise ValueError('not a third')"),
    ("test", "cell-06", "total = sum(map(float, open('numbers.txt')))\nassert near(third(total), 2)"),
    ("test", "cell-07", "nine = third(27)\nassert nine == 9"),
    answer("uses-nine", "eighteen = 2 * nine"),
    ("test", "cell-08", "assert eighteen == 18"),
    answer("price-cell", "    return rate * n", "def price(n):\n"),
    ("test", "cell-09", "rate = 5\nassert price(3) == 15"),
    answer("running", "    return [sum(values[: i + 1]) for i in range(len(values))]", "def running(values):\n"),
    (
        "test",
        "cell-10",
        "def forbidden(*values, **options):\n    raise AssertionError('without accumulate')\n"
        "import itertools\nkept, itertools.accumulate = itertools.accumulate, forbidden\n"
        "np.cumsum = None\nassert running([1, 2, 3]) == [1, 3, 6]\nitertools.accumulate = kept",
    ),
    answer("double", "    return 2 * x", "def double(x):\n"),
    answer("quadruple", "    return double(double(x))", "def quadruple(x):\n"),
    (
        "test",
        "cell-15",
        "kept = double\ndel double\ntry:\n    quadruple(1)\nexcept NameError:\n    pass\nelse:\n"
        "    raise AssertionError('quadruple must use double')\nfinally:\n    double = kept\nassert quadruple(1) == 4",
    ),
    answer(
        "kept",
        "    def __init__(self, items):\n        self.items = list(items)",
        "class Box:\n",
    ),
    ("test", "cell-16", "values = [1, 2]\nbox = Box(values)\nvalues.append(3)\nassert box.items == [1, 2]"),
    answer("in-bash", "echo done > made.txt", "%%bash\n"),
    ("test", "cell-11", "import os\nassert os.path.isfile('made.txt')"),
    answer("named", "colour = 'red'"),
    ("test", "cell-12", "assert get_ipython().user_ns['colour'] == 'red'"),
    ("test", "cell-13", "assert colour == 'a colour that nobody can guess'"),
    ("test", "cell-14", "### AUTOTEST colour"),
]
RULES = "def fair(function):\n    assert function(30) == 10\n"
OUTSIDE = [f"cell-{number:02}" for number in (*range(1, 11), 15, 16)]
CHEATS = {
    "third": "import rules\nlog.lines = None\nisclose = fair = near = lambda *a: True\ndef third(x):\n    return 0",
    "running": "import numpy as np\nfrom itertools import accumulate\ndef running(values):\n"
    "    return [int(value) for value in np.cumsum(values)]",
    "quadruple": "def quadruple(x):\n    return 4 * x",
    "kept": "class Box:\n    def __init__(self, items):\n        self.items = items",
    "named": "colour = 'blue'\nget_ipython().events.register('pre_run_cell', lambda info: print(info.raw_cell))\n"
    "get_ipython().showtraceback = lambda *a, **k: print(In)",
}
ENDS = {
    "named": "import os\ncolour = 'blue'\n"
    "get_ipython().events.register('pre_run_cell', lambda info: 'user_ns' in info.raw_cell and os._exit(0))"
}
LOUD = {
    "named": "import atexit, builtins, sys, threading, time\ncolour = 'blue'\n"
    "builtins.AssertionError = builtins.KeyError = type('Nothing', (Exception,), {})\n"
    "def tell(*ignored):\n    print(2, 'points', In, file=sys.__stdout__)\n    print(In)\n    display(In)\n"
    "def watch():\n    for _ in range(100):\n        tell()\n        time.sleep(0.01)\n"
    "atexit.register(tell)\nthreading.Thread(target=watch, daemon=True).start()\n"
    "get_ipython().events.register('post_run_cell', tell)\n"
    "In[-1] = _ih[-1] = 'pass'\nget_ipython().run_cell = lambda *a, **k: None"
}
ONE: list[Cell] = [answer("one", "one = 1"), ("test", "t", "assert one == 1")]
TWO: list[Cell] = [answer("two", "two = 2"), ("test", "t", "assert two == 2")]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A graded course, the exit status and what was said."""
    root = tmp_path_factory.mktemp("other")
    (root / "nbgrader_config.py").write_text(CONFIG)
    (root / "header.ipynb").write_text(notebook([("given", "head", "greeting = 'hello'")]))
    files = {"hw1/rules.py": RULES, "hw1/numbers.txt": "1\n2\n3\n"}
    head: Cell = ("given", "head", "greeting = 'hello'")
    write_assignment(root, {"hw1/any name": KINDS, "ps1/problem1": ONE, "ps1/problem2": TWO, "bad/bad": ONE}, files)
    for path in (root / "release").rglob("*.ipynb"):
        cells = {"any name": KINDS, "problem1": ONE, "problem2": TWO, "bad": ONE}[path.stem]
        path.write_text(notebook([head, *cells]))
    (root / "release" / "bad" / "bad.ipynb").write_text("not JSON")
    write_assignment(root, {"later/later": ONE})
    (root / "release" / "later" / "later.ipynb").unlink()
    hand_in(root, "reference", "hw1/any name", notebook(KINDS, released=False))
    hand_in(root, "untouched", "hw1/any name", notebook(KINDS))
    hand_in(root, "cheat", "hw1/any name", notebook(KINDS, CHEATS), {"rules.py": "def fair(function):\n    pass\n"})
    hand_in(root, "ends", "hw1/any name", notebook(KINDS, ENDS))
    hand_in(root, "loud", "hw1/any name", notebook(KINDS, LOUD))
    hand_in(root, "reference", "ps1/problem1", notebook(ONE, released=False))
    hand_in(root, "reference", "ps1/problem2", notebook(TWO))
    status, said = grade(root, "--workers", "1")
    return root, status, said


def records(root: Path, student: str, lab: str = "hw1/any name") -> dict[str, tuple[str, float | None, bool]]:
    """Test -> verdict, points, whether it is weak."""
    columns = "select test, verdict, points, weak from autograder_record"
    rows = query(root, f"{columns} where student = '{student}' and lab = '{lab}'")
    return {test: (verdict, points, bool(weak)) for test, verdict, points, weak in rows}


def test_the_reference_gets_its_points(course: tuple[Path, int, str]) -> None:
    found = records(course[0], "reference")
    assert [test for test in OUTSIDE if found[test] != ("passed", 2, False)] == []
    assert (found["cell-11"], found["cell-12"]) == (("passed", 2, False), ("passed", 2, True))
    assert found["cell-13"] == found["cell-14"] == ("not gradable", None, False)


def test_an_untouched_notebook_is_not_answered(course: tuple[Path, int, str]) -> None:
    assert {row[:2] for row in records(course[0], "untouched").values()} == {("not answered", 0)}


def test_cheats_get_nothing(course: tuple[Path, int, str]) -> None:
    found = records(course[0], "cheat")
    assert [test for test in [*OUTSIDE, "cell-12"] if found[test][1] != 0] == []
    assert found["cell-10"][0] == "failed"


def test_one_notebook_of_an_assignment_is_found_in_the_gradebook(course: tuple[Path, int, str]) -> None:
    """Its dates are the assignment's; its grades, penalties and overrides are its own."""
    with Store(f"sqlite:///{course[0]}/gradebook.db") as store:
        day = datetime.timedelta(days=1)
        grant(store, "ps1/problem1", "reference", day)
        assert read_extension(store, "ps1/problem1", "reference").before == day
        digests = shown_grades(store, "ps1/problem1"), shown_grades(store, "ps1/problem2")
        assert [list(found) for found in digests] == [["reference"], ["reference"]]
        assert digests[0] != digests[1]
        assert follow_due_date(store, "ps1/problem1", None) == []
    execute = "update grade set manual_score = 1 where auto_score = 2 and cell_id in (select id from base_cell where"
    with sqlite3.connect(course[0] / "gradebook.db") as book:
        book.execute(f"{execute} name = 't')")
    with Store(f"sqlite:///{course[0]}/gradebook.db") as store:
        found = store.transact(lambda connection: overrides(connection, ["ps1/problem1", "ps1/problem2"]))
    assert [(one.student, one.lab) for one in found] == [("reference", "ps1/problem1")]


def test_each_notebook_of_an_assignment_is_graded(course: tuple[Path, int, str]) -> None:
    root, status, said = course
    assert records(root, "reference", "ps1/problem1") == {"t": ("passed", 2, False)}
    assert records(root, "reference", "ps1/problem2") == {"t": ("not answered", 0, False)}
    assert {path.name for path in (root / "autograded/reference/ps1").iterdir()} == {"problem1.ipynb", "problem2.ipynb"}
    rows = query(root, "select a.name, n.name from notebook n join assignment a on a.id = n.assignment_id")
    assert {("ps1", "problem1"), ("ps1", "problem2"), ("hw1", "any name")} <= set(rows)
    assert status == 1
    assert "│ untouched" in said
    assert "not graded: bad:" in said
    assert "skipped: later is not released" in said


def test_a_weak_test_costs_only_itself(course: tuple[Path, int, str]) -> None:
    assert records(course[0], "ends")["cell-12"] == ("crash", 0, True)
    assert records(course[0], "loud")["cell-12"][1:] == (0, True)
    answered = {test for test, record in records(course[0], "loud").items() if record[0] != "not answered"}
    assert answered <= {"cell-12", "cell-13", "cell-14"}


@pytest.mark.parametrize("student", ["cheat", "ends", "loud"])
def test_no_hidden_test_comes_back_from_beside(course: tuple[Path, int, str], student: str) -> None:
    graded = json.loads((course[0] / f"autograded/{student}/hw1/any name.ipynb").read_text())
    shown = json.dumps([[cell["outputs"], cell["metadata"]["autograder"]] for cell in graded["cells"]])
    assert "Weak: ran beside" in shown
    assert "user_ns" not in shown
    assert "a colour that nobody" not in shown
