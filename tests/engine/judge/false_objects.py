"""Answers that are wrong and want to pass: each with the reference and a test that the reference passes."""

from __future__ import annotations

YES = """
class Yes:
    def yes(self, *args, **kwargs):
        return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = yes
    def same(self, *args):
        return Yes()
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = same
    def __abs__(self):
        return 0.0
    def equals(self, other):
        return True
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Yes()
    def __call__(self, *args, **kwargs):
        return True
"""

VECTOR = YES.replace(
    "class Yes:", "class Vector:\n    def __init__(self, x=0, y=0):\n        self.x, self.y = x, y"
).replace("Yes()", "Vector()")

SQUARE = """
def square(x):
    return x * x
"""

VECTORS = """
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __eq__(self, other):
        return (self.x, self.y) == ((other.x, other.y) if isinstance(other, Vector) else other)
    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)
    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)
    def __abs__(self):
        return (self.x**2 + self.y**2) ** 0.5
def dot(v, w):
    return v.x * w.x + v.y * w.y
"""

FALSE = {
    "the argument for a copy": (
        "def copied(values):\n    return list(values)",
        "values = [1]\nfound = copied(values)\nassert found == [1] and found is not values",
        "def copied(values):\n    return values",
    ),
    "fields of no dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int\n    y: int = 0",
        "import dataclasses\nassert dataclasses.asdict(Point(1, 2)) == {'x': 1, 'y': 2}",
        "class Point:\n    __dataclass_fields__ = {'x': 1, '__class__': 2, 'y z': 3}\n"
        "    def __init__(self, *args):\n        pass",
    ),
    "a flat copy for a deep one": (
        "import copy\ndef copied(table):\n    return copy.deepcopy(table)",
        "table = {'a': [[1]]}\nfound = copied(table)\nfound['a'][0].append(2)\nassert table == {'a': [[1]]}",
        "def copied(table):\n    return {key: list(value) for key, value in table.items()}",
    ),
    "the table itself for a copy": (
        "import pandas as pd\ndef cleaned(table):\n    return table.copy()",
        "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2]})\ncleaned(table).loc[0, 'a'] = 9\n"
        "assert table.loc[0, 'a'] == 1",
        "import pandas as pd\ndef cleaned(table):\n    return table",
    ),
    "one row many times": (
        "def grid(n):\n    return [[0] * n for _ in range(n)]",
        "made = grid(2)\nmade[0][0] = 1\nassert made == [[1, 0], [0, 0]]",
        "def grid(n):\n    return [[0] * n] * n",
    ),
    "a view for a copy": (
        "def middle(values):\n    return values[1:3].copy()",
        "values = np.arange(4)\nfound = middle(values)\nfound[0] = 9\nassert values[1] == 1",
        "def middle(values):\n    return values[1:3]",
    ),
    "a method that gives the argument back": (
        "class Box:\n    def held(self, values):\n        return values, list(values)",
        "values = [1]\none, other = Box().held(values)\nother.append(2)\nassert one is values and values == [1]",
        "class Box:\n    def held(self, values):\n        return values, values",
    ),
    "awaited": (
        "async def fetch(n):\n    return 2 * n",
        "assert await fetch(2) == 4",
        YES + "async def fetch(n):\n    return Yes()",
    ),
    "awaitable that is no result": (
        "async def fetch(n):\n    return 2 * n",
        "waiting = fetch(2)\nassert waiting == 4 or await waiting == 4",
        YES + "    def __await__(self):\n        yield\n        return Yes()\ndef fetch(n):\n    return Yes()",
    ),
    "globals of a callback": (
        """
def ask(f):
    return f(0)
""",
        """
secret = 42
assert ask(lambda x: secret + x) == 42
""",
        """
def ask(f):
    for name in ("__globals__", "__closure__", "__code__", "gi_frame", "__self__"):
        try:
            return f.guest_question(f.guest_number, "get", (name,), {})["secret"]
        except AttributeError:
            pass
    return 0
""",
    ),
    "another action on a guest": (
        """
def ask(f):
    return f(0)
""",
        """
secret = 42
assert ask(lambda x: secret + x) == 42
""",
        """
def ask(f):
    for action, args in (("source", ()), ("special", ("__getattribute__", "__globals__")), ("class", ())):
        try:
            return f.guest_question(f.guest_number, action, args, {})
        except Exception:
            pass
    return 0
""",
    ),
    "equal to all": (
        SQUARE,
        """
assert square(3) == 9
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "no different": (
        SQUARE,
        """
assert not square(3) != 9
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "difference of nothing": (
        SQUARE,
        """
assert abs(square(3) - 9) < 1e-9
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "difference from the other side": (
        SQUARE,
        """
assert abs(9 - square(3)) < 1e-9
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "array on the left": (
        SQUARE,
        """
import numpy as np
assert (np.array([9.0]) == square(3)).all()
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "close": (
        SQUARE,
        """
import numpy as np
assert np.isclose(square(3), 9)
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "close of math": (
        SQUARE,
        """
import math
assert math.isclose(square(3), 9)
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "testing": (
        SQUARE,
        """
import numpy as np
np.testing.assert_allclose(square(3), 9)
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "approx": (
        SQUARE,
        """
import pytest
assert square(3) == pytest.approx(9)
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "almost equal": (
        SQUARE,
        """
import unittest
unittest.TestCase().assertAlmostEqual(square(3), 9)
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "member": (
        SQUARE,
        """
assert square(3) in (9, 9.0)
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "helper": (
        SQUARE,
        """
def check(got, wanted):
    assert got == wanted, got
check(square(3), 9)
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "dictionary": (
        SQUARE,
        """
assert {square(3): 1} == {9: 1}
""",
        YES.replace("    def equals", "    __hash__ = lambda self: 9\n    def equals")
        + """
def square(x):
    return Yes()
""",
    ),
    "float by its class": (
        SQUARE,
        """
assert isinstance(square(3), int) and type(square(3)) is int
""",
        YES.replace("    def equals", "    __class__ = int\n    def equals")
        + """
def square(x):
    return Yes()
""",
    ),
    "larger": (
        SQUARE,
        """
assert square(3) > 8
""",
        YES
        + """
def square(x):
    return Yes()
""",
    ),
    "containing": (
        """
def members():
    return [1, 2]
""",
        """
assert 2 in members()
""",
        YES
        + """
def members():
    return Yes()
""",
    ),
    "table": (
        """
import pandas as pd
def table():
    return pd.DataFrame({'a': [1]})
""",
        """
import pandas as pd
assert table().equals(pd.DataFrame({'a': [1]}))
""",
        YES
        + """
def table():
    return Yes()
""",
    ),
    "method with the expected": (
        """
def text():
    return 'abc'
""",
        """
assert text().startswith('ab')
""",
        YES
        + """
def text():
    return Yes()
""",
    ),
    "function for a value": (
        SQUARE,
        """
assert square(3) == 9
""",
        """
def square(x):
    return lambda *a: True
""",
    ),
    "vector for a number": (
        VECTORS,
        """
v, w = Vector(1, 2), Vector(3, 4)
assert v * 2 == Vector(2, 4) and v == (1, 2)
assert dot(v, w) == 11
""",
        VECTOR
        + """
def dot(v, w):
    return Vector()
""",
    ),
    "vector for a number, difference": (
        VECTORS,
        """
v, w = Vector(1, 2), Vector(3, 4)
assert (v * 2).x == 2
assert abs(dot(v, w) - 11) < 1e-9
""",
        VECTOR.replace("def same", "def other").replace("= same", "= other")
        + """
def dot(v, w):
    return Vector()
""",
    ),
    "vector for a number, in a loop": (
        VECTORS,
        """
v, w = Vector(1, 2), Vector(3, 4)
for got, wanted in [(v, (1, 2)), (dot(v, w), 11)]:
    assert got == wanted
""",
        VECTOR
        + """
def dot(v, w):
    return Vector()
""",
    ),
    "length of a billion": (
        """
def members():
    return [1, 2]
""",
        """
assert len(members()) == 2 and list(members()) == [1, 2]
""",
        """
class Long:
    def __len__(self):
        return 10**9
    def __getitem__(self, i):
        return i
def members():
    return Long()
""",
    ),
    "iteration without end": (
        """
def members():
    return iter([1, 2])
""",
        """
assert list(members()) == [1, 2]
""",
        """
import itertools
def members():
    return itertools.count()
""",
    ),
    "attributes without end": (
        """
class Node:
    next = None
node = Node()
""",
        """
steps, here = 0, node
while here is not None:
    here = here.next
    steps += 1
assert steps == 1
""",
        """
class Node:
    @property
    def next(self):
        return Node()
node = Node()
""",
    ),
    "callbacks without end": (
        """
def twice(f):
    return f(f(1))
""",
        """
assert twice(lambda x: x + 1) == 3
""",
        """
def twice(f):
    while True:
        f(1)
""",
    ),
    "callbacks within callbacks": (
        """
def run(f):
    return f(0)
""",
        """
def again(n):
    return run(again) if n == 0 else n
assert run(lambda n: n + 1) == 1
""",
        """
def run(f):
    return f(0) if f.__name__ == "<lambda>" and run(f) else 1
""",
    ),
    "class that lies about its bases": (
        """
class A: pass
class B(A): pass
""",
        """
assert issubclass(B, A) and B() != 3 and isinstance(B(), A)
""",
        """
class Meta(type):
    __mro__ = property(lambda cls: (int, object))
    def __subclasscheck__(cls, other):
        return True
    def __instancecheck__(cls, other):
        return True
class A(metaclass=Meta): pass
class B(metaclass=Meta): pass
""",
    ),
    "exception that is another": (
        """
class Odd(Exception): pass
def f(): raise Odd
""",
        """
try:
    f()
except Odd:
    pass
else:
    raise AssertionError("no")
""",
        """
class Odd(Exception): pass
def f(): raise KeyError("Odd")
""",
    ),
    "end of a loop": (
        """
def f(): return [1]
""",
        """
for _ in [1, 2]:
    assert f() == [1]
""",
        """
def f():
    raise StopIteration
""",
    ),
    "path that leads out": (
        """
from pathlib import Path
def place():
    return Path('a.txt')
""",
        """
assert not place().exists()
""",
        """
from pathlib import Path
def place():
    return Path("/etc/passwd")
""",
    ),
}
