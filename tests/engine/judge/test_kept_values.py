"""Tests that can tell a value that is kept from a copy of it: they have to pass beside the student's code as well."""

from __future__ import annotations

import pytest

from autograder.notebook.kept_values import asks_for_kept_values


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("values = [1]\nbox = Box(values)\nvalues.append(2)\nassert box.items == [1]", True),
        ("values = [1]\nbox = Box(items=values)\nvalues[0] = 2\nassert len(box.shown()) == 1", True),
        ("a = np.zeros(2)\nv = make(a)\na += 1\nassert v.total() == 0", True),
        ("first = make()\nfirst[0] = 9\nassert make() == [0]", True),
        ("r = Registry()\nr.add(1)\nfound = r.all()\nfound.clear()\nassert r.all() == [1]", True),
        ("with Log(seen) as log:\n    seen.append(1)\nassert log.text() == ''", False),  # before it was handed over
        ("values = []\nfor i in range(3):\n    values.append(i)\n    assert total(values) == sum(values)", False),
        ("values = [3, 1]\nassert total(values) == 4\nvalues.append(2)\nassert total(values) == 6", False),
        ("found = make()\nfound.sort()\nassert found == [1, 2]", False),
        ("values = [1]\nvalues.append(2)\nassert total(values) == 3 and total([1]) == 1", False),
        ("assert total([1]) == 1", False),
        ("def broken(:", False),
    ],
)
def test_whether_a_test_looks_for_kept_values(code: str, expected: bool) -> None:
    assert asks_for_kept_values(code, {"Box", "make", "Registry", "Log", "total"}) is expected
