"""The exercises that the guide shows to other courses: built, graded and diagnosed as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.commands.cli import main as autograder
from tests.engine.fixtures.mini_course import ROOT, grade, query
from tests.engine.fixtures.other_course import Cell, hand_in, notebook, write_assignment

pytestmark = pytest.mark.slow(seconds=15)
GUIDE = ROOT / "docs" / "your-course.md"
LAB = "hw1/objects"
RIGHT = {
    "mean_prices": (
        "def mean_prices(sales):\n    return sales.pivot_table(index='city', values='price').reset_index()",
        "import pandas as pd\ndef mean_prices(sales):\n    found = {}\n"
        "    for city, price in zip(sales['city'], sales['price']):\n        found.setdefault(city, []).append(price)\n"
        "    rows = [{'city': city, 'price': sum(found[city]) / len(found[city])} for city in sorted(found)]\n"
        "    return pd.DataFrame(rows)",
    ),
    "account": (
        "from dataclasses import dataclass\n@dataclass\nclass Account:\n    owner: str\n    money: float = 0\n"
        "    def pay(self, amount):\n        self.money += amount\n    def balance(self):\n        return self.money",
        "class Named:\n    def __init__(self, owner):\n        self._owner = owner\n"
        "    @property\n    def owner(self):\n"
        "        return self._owner\nclass Account(Named):\n    __slots__ = ('_money',)\n"
        "    def pay(self, amount):\n        self._money = self.balance() + amount\n"
        "    def balance(self):\n        return getattr(self, '_money', 0)",
    ),
    "fit_line": (
        "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\n"
        "from sklearn.linear_model import LinearRegression\ndef fit_line(x, y):\n"
        "    return make_pipeline(StandardScaler(), LinearRegression()).fit(x[:, None], y)",
        "import numpy as np\nclass Line:\n    def fit(self, x, y):\n"
        "        self.slope, self.start = np.polyfit(x, y, 1)\n"
        "        return self\n    def predict(self, x):\n        return self.slope * np.ravel(x) + self.start\n"
        "def fit_line(x, y):\n    return Line().fit(x, y)",
    ),
    "evens": (
        "import itertools\ndef evens():\n    return itertools.count(0, 2)",
        "class Evens:\n    last = -2\n    def __iter__(self):\n        return self\n    def __next__(self):\n"
        "        self.last += 2\n        return self.last\ndef evens():\n    return Evens()",
    ),
    "root": (
        "import math\ndef root(x):\n    return math.sqrt(x)",
        "class NoRoot(ValueError):\n    pass\n"
        "def root(x):\n    if x < 0:\n        raise NoRoot(x)\n    return x ** (1 / 2)",
    ),
}
WRONG = {
    "mean_prices": "def mean_prices(sales):\n    return sales",
    "account": "class Account:\n    def __init__(self, owner):\n        self.owner = owner\n"
    "    def pay(self, amount):\n        self.paid = amount\n"
    "    def balance(self):\n        return getattr(self, 'paid', 0)",
    "fit_line": "class Model:\n    def predict(self, x):\n        return self\n    def __array__(self, *a, **k):\n"
    "        return [1]\n    def __eq__(self, other):\n        return True\ndef fit_line(x, y):\n    return Model()",
    "evens": "def evens():\n    yield 0\n    yield 2",
    "root": "def root(x):\n    return abs(x) ** 0.5",
}


def documented() -> Iterator[tuple[str, str, str, str, str]]:
    """Of each example: exercise, answer cell, test cell, name and text of the mistake."""
    for block in re.findall(r"```python\n(# %% answer cell .*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        answer, test, mistake = re.split(r"^# %% ", block, flags=re.MULTILINE)[1:]
        exercise = answer.partition("\n")[0].removeprefix("answer cell ")
        path, _, text = mistake.partition("\n")
        assert Path(path).parent == Path("mistakes") / exercise
        yield exercise, answer.partition("\n")[2].rstrip(), test.partition("\n")[2].rstrip(), path, text


EXAMPLES = {example[0]: example for example in documented()}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of the guide's exercises, set up and graded as the guide says."""
    root = tmp_path_factory.mktemp("documented")
    cells: list[Cell] = []
    for exercise, answer, test, path, text in EXAMPLES.values():
        cells += [("answer", exercise, answer), ("test", f"test_{exercise}", test)]
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text(text, encoding="utf-8")
    write_assignment(root, {LAB: cells})
    assert autograder(["init", "--course-dir", str(root)]) == 0
    handed_in = {
        "reference": notebook(cells, released=False),
        "untouched": notebook(cells),
        "wrong": notebook(cells, WRONG),
        "mistaken": notebook(cells, {name: _without_docstring(example[4]) for name, example in EXAMPLES.items()}),
        **{f"form{i}": notebook(cells, {name: forms[i] for name, forms in RIGHT.items()}) for i in range(2)},
    }
    for student, text in handed_in.items():
        hand_in(root, student, LAB, text)
    status, said = grade(root, "--workers", "1")
    assert status == 0, said
    return root


def _without_docstring(text: str) -> str:
    return text.partition('"""\n')[2]


def test_the_guide_shows_each_kind() -> None:
    assert EXAMPLES.keys() == RIGHT.keys() == WRONG.keys()


@pytest.mark.parametrize("student", ["reference", "form0", "form1"])
def test_a_right_answer_in_any_form_gets_full_points(course: Path, student: str) -> None:
    assert records(course, student) == dict.fromkeys(EXAMPLES, ("passed", 2, 0, None))


def test_a_wrong_answer_gets_nothing(course: Path) -> None:
    found = records(course, "wrong")
    assert {name: record[:2] for name, record in found.items()} == dict.fromkeys(EXAMPLES, ("failed", 0))
    assert {record[3] for record in found.values()}.isdisjoint(Path(example[3]).stem for example in EXAMPLES.values())
    assert {record[:2] for record in records(course, "untouched").values()} == {("not answered", 0)}


def test_the_mistake_is_named(course: Path) -> None:
    expected = {name: ("failed", 0, 0, Path(example[3]).stem) for name, example in EXAMPLES.items()}
    assert records(course, "mistaken") == expected


def records(course: Path, student: str) -> dict[str, tuple[str, float, int, str | None]]:
    """Exercise -> verdict, points, whether it is weak, mistake."""
    columns = "select test, verdict, points, weak, mistake from autograder_record"
    rows = query(course, f"{columns} where student = '{student}'")
    return {test.removeprefix("test_"): tuple(rest) for test, *rest in rows}
