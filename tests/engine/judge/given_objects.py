"""Tests that lean on what the lab gives, and on what a test hands over: honest answers, and what false ones try.

Each case is a given cell, the reference answer and a test; a false one has its answer besides.
"""

from __future__ import annotations

VEC = """
class Vec:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)
    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)
"""
HALF = "def half(v):\n    return Vec(v.x / 2, v.y / 2)"
IS_HALF = "h = half(Vec(2, 4))\nassert h == Vec(1, 2) and Vec(1, 2) == h and not h == Vec(1, 3)"
SHAPE = """
from abc import ABC, abstractmethod
class Shape(ABC):
    kind = "shape"
    def __init__(self, name):
        self.name = name
    @abstractmethod
    def area(self): ...
    def __lt__(self, other):
        return self.area() < other.area()
    def __repr__(self):
        return f"{self.name}: {self.area()}"
"""
GIVEN = {
    "class with operations": (
        VEC,
        HALF,
        f"{IS_HALF}\nassert h + Vec(1, 1) == Vec(2, 3) and (Vec(1, 1) + h).x == 2 and isinstance(h, Vec)",
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass P:\n    x: int\n    y: int = 0",
        "def swap(p):\n    return P(p.y, p.x)",
        "import dataclasses\nassert swap(P(1, 2)) == P(2, 1) and P(0, 5) == swap(P(5))\n"
        "assert dataclasses.asdict(swap(P(1, 2))) == {'x': 2, 'y': 1} and repr(swap(P(1, 2))) == 'P(x=2, y=1)'",
    ),
    "base class": (
        SHAPE,
        "class Square(Shape):\n    kind = 'square'\n    def __init__(self, a):\n        super().__init__('square')\n"
        "        self.a = a\n    def area(self):\n        return self.a ** 2\n"
        "def total(shapes):\n    return sum(s.area() for s in shapes if isinstance(s, Shape))",
        "s = Square(3)\nassert isinstance(s, Shape) and issubclass(Square, Shape) and s.name == 'square'\n"
        "assert s.kind == Square.kind == 'square' and s.area() == 9 and Square(1) < s and repr(s) == 'square: 9'\n"
        "class Other(Shape):\n    def area(self):\n        return 5\n"
        "assert Other('o') < s and sorted([s, Other('o')])[0].name == 'o' and total([s, Other('o'), 1]) == 14",
    ),
    "enumeration": (
        "from enum import Enum\nclass Light(Enum):\n    RED = 1\n    GREEN = 2",
        "def turned(light):\n    return Light.GREEN if light is Light.RED else Light.RED",
        "assert turned(Light.RED) is Light.GREEN and turned(Light.GREEN) == Light.RED\n"
        "assert {turned(Light.RED): 1}[Light.GREEN] == 1",
    ),
    "exception": (
        "class Bad(Exception):\n    pass",
        "def f(x):\n    if x < 0:\n        raise Bad('negative')\n    return x",
        "try:\n    f(-1)\nexcept Bad as error:\n    assert str(error) == 'negative'\n"
        "else:\n    assert False\nassert f(2) == 2",
    ),
    "output to another place": (
        "",
        "def greet(name):\n    print('Hello', name)",
        "import io, sys\nkept, sys.stdout = sys.stdout, io.StringIO()\ntry:\n    greet('Ada')\n"
        "    shown = sys.stdout.getvalue()\nfinally:\n    sys.stdout = kept\nassert shown == 'Hello Ada\\n'",
    ),
    "streams": (
        "",
        "import io, sys\ndef total(lines):\n    return sum(map(int, lines))\n"
        "def show(file):\n    print('a', file=file)\n"
        "def made():\n    return io.StringIO('x,y')\ndef asked():\n    return sys.stdin.readline()",
        "import io, sys\nfile = io.StringIO('1\\n2\\n')\nassert total(file) == 3 and file.read() == ''\n"
        "file = io.StringIO()\nshow(file)\nassert file.getvalue() == 'a\\n' and made().getvalue() == 'x,y'\n"
        "kept, sys.stdin = sys.stdin, io.StringIO('hey\\n')\ntry:\n    assert asked() == 'hey\\n'\n"
        "finally:\n    sys.stdin = kept",
    ),
    "mocks": (
        "import random",
        "def notify(sender, text):\n    sender.send(text)\n    sender.count += 1\n    return sender.ok()\n"
        "def each(f, values):\n    for value in values:\n        f(value)\n"
        "def roll():\n    return random.randint(1, 6)",
        "from unittest.mock import MagicMock, Mock, call, patch\nm = Mock()\nm.count = 1\n"
        "m.ok.return_value = True\n"
        "assert notify(m, 'hi') is True and m.count == 2\nm.send.assert_called_once_with('hi')\nf = MagicMock()\n"
        "each(f, [1, 2])\nassert f.call_args_list == [call(1), call(2)]\n"
        "with patch('random.randint', side_effect=[4, 5]) as drawn:\n    assert [roll(), roll()] == [4, 5]\n"
        "drawn.assert_called_with(1, 6)",
    ),
    "cases of unittest": (
        "",
        "def square(x):\n    return x * x\ndef fourth(x):\n    return square(square(x))",
        "import unittest\nfrom unittest.mock import patch\nclass Cases(unittest.TestCase):\n"
        "    def test_square(self):\n"
        "        self.assertEqual(square(3), 9)\n        with patch('__main__.square', return_value=1):\n"
        "            self.assertEqual(fourth(2), 1)\n"
        "assert unittest.main(argv=[''], exit=False).result.wasSuccessful()\nassert fourth(2) == 16",
    ),
    "kept and replaced": (
        "",
        "def square(x):\n    return x * x\ndef fourth(x):\n    return square(square(x))",
        "kept, seen = square, []\ndef square(x):\n    seen.append(x)\n    return kept(x)\n"
        "assert fourth(2) == 16 and seen == [2, 4]\nsquare = kept",
    ),
    "types of numbers": (
        "import numpy as np",
        "class Data:\n    def __init__(self, values):\n        self.values = np.array(values, dtype=np.float32)\n"
        "        self.dtype = self.values.dtype\ndef made(kind):\n    return np.zeros(2, dtype=kind)",
        "assert Data([1]).dtype == np.float32 and Data([1]).dtype != np.float64\n"
        "assert made(np.int8).dtype == made(np.dtype('int8')).dtype == np.int8",
    ),
    "axes": (
        "import matplotlib.pyplot as plt",
        "def bars(ax):\n    ax.bar(['a', 'b'], [1, 2])\n    ax.set_title('two')",
        "fig, ax = plt.subplots()\nbars(ax)\nassert [bar.get_height() for bar in ax.patches] == [1, 2]\n"
        "assert ax.get_title() == fig.axes[0].get_title() == 'two'",
    ),
    "container in a way of its own": (
        "",
        "class Twice(dict):\n    def __missing__(self, key):\n        return 2 * key\n"
        "class Sums(list):\n    def total(self):\n        return sum(self)",
        "t, s = Twice(a=1), Sums([1, 2])\nassert t['a'] == 1 and t[4] == 8 and isinstance(t, dict) and t == {'a': 1}\n"
        "s.append(4)\nassert s.total() == 7 and len(s) == 3 and isinstance(s, list) and not isinstance(s, tuple)",
    ),
    "result of an optimization": (
        "from scipy import optimize",
        "best = optimize.minimize_scalar(lambda x: (x - 2) ** 2)",
        "assert best.success and abs(best.x - 2) < 1e-3 and best['x'] == best.x",
    ),
}
FALSE_GIVEN = {
    "changed equality of the lab's class": (
        VEC,
        HALF,
        IS_HALF.partition(" and not")[0],
        "Vec.__eq__ = lambda self, other: True\ndef half(v):\n    return Vec(0, 0)",
    ),
    "class of the lab's name": (
        VEC,
        HALF,
        IS_HALF.partition(" and not")[0],
        "class Vec:\n    x = y = 0\n    def __eq__(self, other):\n        return True\ndef half(v):\n    return Vec()",
    ),
    "member that the lab does not have": (
        "from enum import Enum\nclass Light(Enum):\n    RED = 1\n    GREEN = 2",
        "def turned(light):\n    return Light.GREEN",
        "assert turned(Light.RED) == Light.GREEN",
        "class Light:\n    name = 'BLUE'\n    def __eq__(self, other):\n        return True\n"
        "def turned(light):\n    return Light()",
    ),
    "records of a mock": (
        "",
        "def each(f, values):\n    for value in values:\n        f(value)",
        "from unittest.mock import Mock\nf = Mock()\neach(f, [1, 2])\nassert f.call_count == 2",
        "def each(f, values):\n    f.call_count = 2",
    ),
    "mock that is told what to count": (
        "",
        "def each(f, values):\n    for value in values:\n        f(value)",
        "from unittest.mock import Mock\nf = Mock()\neach(f, [1, 2])\nassert f.call_count == 2",
        "def each(f, values):\n    f.configure_mock(call_count=2)",
    ),
    "list that is equal to all": (
        "",
        "class Sums(list):\n    def total(self):\n        return sum(self)\ndef f():\n    return [1, 2]",
        "assert f() == [1, 2]",
        "class Sums(list):\n    def __eq__(self, other):\n        return True\ndef f():\n    return Sums()",
    ),
    "list of a billion": (
        "",
        "def f():\n    return [1, 2]",
        "assert list(f()) == [1, 2]",
        "class L(list):\n    def __len__(self):\n        return 10**9\n    def __iter__(self):\n"
        "        while True:\n            yield 1\n"
        "def f():\n    return L()",
    ),
    "method of the test's own object": (
        "",
        "def double(v):\n    v.x *= 2",
        "class V:\n    x = 1\n    def total(self):\n        return self.x\nv = V()\ndouble(v)\nassert v.total() == 2",
        "def double(v):\n    v.total = lambda: 2",
    ),
    "stream without end": (
        "",
        "import io\ndef f():\n    return io.StringIO('x')",
        "assert f().getvalue() == 'x'",
        "import io\nclass S(io.StringIO):\n    def getvalue(self):\n        return 'x' * 10**9\n"
        "def f():\n    return S('y')",
    ),
}
