"""Test cells about objects, judged from outside: what honest answers need, and what false objects try.

Each honest entry is an answer and a test that it must pass, as it would beside the answer in one process. Each false
one is a reference, a test that the reference passes, and an answer that must not pass it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from autograder.judge.session import SessionOutcome
from autograder.model.limits import Limits
from autograder.model.record import Verdict
from autograder.sandbox.levels import choose_level
from autograder.sandbox.sandbox import Sandbox
from tests.engine.judge.labs import lab_of, session_of

pytestmark = pytest.mark.slow(seconds=15)
LIMITS = Limits(cell_seconds=1.5)

HONEST = {
    "temporary file": (
        """
def lines(path):
    return len(path.read_text().splitlines())
""",
        """
import tempfile
from pathlib import Path
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "a.txt"
    path.write_text("x\\ny\\n")
    assert lines(path) == 2
""",
    ),
    "saved file": (
        """
def save(path, text):
    with open(path, "w") as file:
        file.write(text)
""",
        """
import os, tempfile
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "new.txt")
    save(path, "abc")
    assert open(path).read() == "abc"
""",
    ),
    "class": (
        """
class Account:
    def __init__(self, owner='x'):
        self.money = 0
        self.owner = owner
    def pay(self, amount):
        self.money += amount
        return self
""",
        """
account = Account()
account.pay(5)
assert account.money == 5
assert account.pay(2) is account
assert isinstance(account, Account) and type(account).__name__ == 'Account'
assert hasattr(account, 'pay') and not hasattr(account, 'nope')
assert callable(account.pay)
account.money = 3
assert account.money == 3
assert 'money' in dir(account)
assert vars(account)['money'] == 3
assert Account('z').owner == 'z'
""",
    ),
    "estimator": (
        """
import numpy as np
from sklearn.linear_model import LinearRegression
X, y = np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0])
model = LinearRegression().fit(X, y)
""",
        """
import numpy as np
from sklearn.linear_model import LinearRegression
assert isinstance(model, LinearRegression)
assert type(model) == LinearRegression
assert np.isclose(model.predict([[3.0]])[0], 7.0)
assert np.allclose(model.coef_, 2)
assert model.score(X, y) > 0.99
""",
    ),
    "callable": (
        """
def twice(f, x):
    return f(f(x))
""",
        """
assert twice(lambda x: x + 3, 1) == 7
assert twice(abs, -1) == 1
import numpy as np
assert twice(np.sqrt, 16.0) == 2
class Add:
    def __init__(self, n): self.n = n
    def __call__(self, x): return x + self.n
assert twice(Add(3), 1) == 7
try:
    twice(lambda x: 1/0, 1)
except ZeroDivisionError:
    pass
else:
    raise AssertionError('no error')
""",
    ),
    "own error in callback": (
        """
def twice(f, x):
    return f(f(x))
""",
        """
class Oops(Exception):
    pass
def bad(x):
    raise Oops('x')
try:
    twice(bad, 1)
except Oops:
    pass
else:
    raise AssertionError('no')
""",
    ),
    "nested callback": (
        """
def twice(f, x):
    return f(f(x))
def inc(x):
    return x + 1
""",
        """
assert twice(lambda x: twice(lambda y: inc(y), x), 0) == 4
assert twice(inc, 1) == 3
""",
    ),
    "result fn": (
        """
def adder(n):
    return lambda x: x + n
""",
        """
assert adder(2)(5) == 7
assert callable(adder(1))
add = adder(3)
assert [add(i) for i in range(3)] == [3,4,5]
""",
    ),
    "generator": (
        """
def evens(n):
    for i in range(n):
        yield 2 * i
""",
        """
import types, inspect
assert list(evens(3)) == [0, 2, 4]
g = evens(2)
assert next(g) == 0
assert next(g) == 2
try:
    next(g)
except StopIteration:
    pass
else:
    raise AssertionError('end')
assert isinstance(evens(1), types.GeneratorType)
assert inspect.isgenerator(evens(1))
assert sum(evens(4)) == 12
assert inspect.isgeneratorfunction(evens) or True
""",
    ),
    "in place": (
        """
def sort_in_place(values):
    values.sort()
""",
        """
values = [3, 1, 2]
sort_in_place(values)
assert values == [1, 2, 3]
import numpy as np
a = np.array([3.0,1.0])
sort_in_place(a)
assert list(a) == [1,3]
""",
    ),
    "print": (
        """
def greet(name):
    print('Hello', name)
""",
        """
import io
from contextlib import redirect_stdout
text = io.StringIO()
with redirect_stdout(text):
    greet('Ada')
assert text.getvalue() == 'Hello Ada\\n'
""",
    ),
    "source": (
        """
def total(values):
    s = 0
    for v in values:
        s += v
    return s
""",
        """
import inspect
assert 'for ' in inspect.getsource(total)
assert 'sum(' not in inspect.getsource(total)
import ast
assert any(isinstance(n, ast.For) for n in ast.walk(ast.parse(inspect.getsource(total))))
""",
    ),
    "default": (
        """
def draw(n=1, *, k: int = None):
    'Draw.'
    return [0] * n
""",
        """
import inspect
assert inspect.signature(draw).parameters['n'].default == 1
assert list(inspect.signature(draw).parameters) == ['n', 'k']
assert draw.__doc__ == 'Draw.'
assert draw.__defaults__ == (1,)
assert draw.__name__ == 'draw'
assert inspect.isfunction(draw)
assert draw.__code__.co_argcount == 1
""",
    ),
    "exception": (
        """
class TooMuch(Exception):
    def __init__(self, n):
        super().__init__(f'{n} is too much')
        self.n = n
class WayTooMuch(TooMuch, ValueError):
    pass
def take(n):
    if n > 9:
        raise WayTooMuch(n)
    if n > 3:
        raise TooMuch(n)
    return n
""",
        """
import pytest
try:
    take(4)
except TooMuch as e:
    assert e.n == 4
    assert str(e) == '4 is too much', str(e)
    assert e.args == ('4 is too much',)
else:
    raise AssertionError('take(4) must raise TooMuch')
with pytest.raises(TooMuch, match='is too'):
    take(10)
with pytest.raises(ValueError):
    take(10)
assert issubclass(TooMuch, Exception) and issubclass(WayTooMuch, ValueError)
""",
    ),
    "pil": (
        """
from PIL import Image
picture = Image.new('RGB', (4, 3))
""",
        """
import numpy as np
from PIL import Image
assert picture.size == (4, 3)
assert isinstance(picture, Image.Image)
assert np.asarray(picture).shape == (3, 4, 3)
assert picture.getpixel((0,0)) == (0,0,0)
assert picture.mode == 'RGB'
""",
    ),
    "shapes": (
        """
class Shape:
    def area(self):
        return 0
class Circle(Shape):
    def __init__(self, r=1): self.r = r
    def area(self): return 3 * self.r ** 2
""",
        """
assert issubclass(Circle, Shape)
assert isinstance(Circle(), Shape)
assert not isinstance(Shape(), Circle)
assert Circle(2).area() == 12
assert Circle.__name__ == 'Circle'
assert Circle.__mro__[1] is Shape
assert Circle.__bases__ == (Shape,)
""",
    ),
    "vector": (
        """
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, o): return Vector(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __eq__(self, o): return isinstance(o, Vector) and (self.x, self.y) == (o.x, o.y)
    def __repr__(self): return f'Vector({self.x}, {self.y})'
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __lt__(self, o): return self.x < o.x
    def __abs__(self): return (self.x**2+self.y**2)**0.5
    def __bool__(self): return bool(self.x)
    def __contains__(self, v): return v in (self.x, self.y)
    def __iter__(self): return iter((self.x, self.y))
    def __call__(self, t): return t * self.x
""",
        """
v, w = Vector(1, 2), Vector(3, 4)
assert v + w == Vector(4, 6)
assert v != w
assert (v * 3).x == 3 and (3 * v).y == 6
assert repr(v) == 'Vector(1, 2)' and str(v) == 'Vector(1, 2)' and f'{v}' == 'Vector(1, 2)'
assert len(v) == 2 and v[1] == 2 and list(v) == [1, 2]
assert v < w and sorted([w, v])[0] is v
assert abs(w) == 5
assert v and not Vector(0, 1)
assert 2 in v and 5 not in v
x, y = w
assert (x, y) == (3, 4)
assert v(2) == 2
assert v != 3 and not v == 'a'
v += w
assert v == Vector(4, 6)
try:
    {v}
except TypeError: pass
else: raise AssertionError('hash')
""",
    ),
    "context": (
        """
class Log:
    def __init__(self): self.seen = []
    def __enter__(self):
        self.seen.append('in')
        return self
    def __exit__(self, kind, error, trace):
        self.seen.append(kind and kind.__name__)
        return True
""",
        """
log = Log()
with log as inner:
    assert inner is log
    raise ValueError('x')
assert log.seen == ['in', 'ValueError']
""",
    ),
    "enum": (
        """
from enum import Enum
class Color(Enum):
    RED = 1
    BLUE = 2
def pick(): return Color.RED
""",
        """
assert pick() is Color.RED
assert Color.RED.value == 1 and Color.RED.name == 'RED'
assert Color(2) is Color.BLUE
assert Color['RED'] is Color.RED
assert [c.name for c in Color] == ['RED', 'BLUE']
assert len(Color) == 2
assert pick() == Color.RED and pick() != Color.BLUE
assert isinstance(pick(), Color)
""",
    ),
    "dataclass": (
        """
from dataclasses import dataclass
@dataclass
class Point:
    x: int
    y: int = 0
""",
        """
assert Point(1) == Point(1, 0)
assert repr(Point(1)) == 'Point(x=1, y=0)'
import dataclasses
assert dataclasses.is_dataclass(Point)
""",
    ),
    "stack": (
        """
class Stack(list):
    def push(self, x): self.append(x)
    @property
    def top(self): return self[-1]
""",
        """
s = Stack()
s.push(3)
s.push(4)
assert s.top == 4 and len(s) == 2 and s == [3, 4]
assert s.pop() == 4
assert list(s) == [3]
""",
    ),
    "named tuple": (
        """
from collections import namedtuple
Point = namedtuple('Point', 'x y')
p = Point(1, 2)
""",
        """
assert p.x == 1 and p.y == 2 and p == (1, 2)
assert isinstance(p, Point)
assert Point(3, 4).y == 4
assert Point._fields == ('x', 'y')
""",
    ),
    "logger": (
        """
import logging
log = logging.getLogger('mine')
log.setLevel(logging.INFO)
""",
        """
import logging
assert log.name == 'mine' and log.level == logging.INFO
assert isinstance(log, logging.Logger)
""",
    ),
    "seed": (
        """
import numpy as np
import random
def throw():
    return np.random.randint(1, 700)
def roll(): return random.randint(1,700)
""",
        """
import numpy as np, random
np.random.seed(3)
expected = np.random.randint(1, 700)
np.random.seed(3)
assert throw() == expected
random.seed(5)
e = [random.randint(1,700) for _ in range(3)]
random.seed(5)
assert [roll() for _ in range(3)] == e
""",
    ),
    "rng argument": (
        """
def throw(rng):
    return rng.integers(1, 700)
""",
        """
import numpy as np
rng = np.random.default_rng(4)
assert throw(np.random.default_rng(4)) == rng.integers(1, 700)
""",
    ),
    "test object": (
        """
def feed(animal):
    animal.eat(3)
    return animal.weight
""",
        """
class Dog:
    def __init__(self): self.weight = 1
    def eat(self, n): self.weight += n
d = Dog()
assert feed(d) == 4
assert d.weight == 4
""",
    ),
    "identity back": (
        """
class Node:
    def __init__(self, v, nxt=None): self.v, self.next = v, nxt
def last(node):
    while node.next is not None: node = node.next
    return node
""",
        """
a = Node(1)
b = Node(2, a)
assert b.next is a
assert last(b) is a
assert a.next is None
nodes = [a, b]
assert nodes[0] is b.next
""",
    ),
    "property and class attr": (
        """
class A:
    count = 0
    def __init__(self):
        A.count += 1
    @property
    def double(self): return 2 * A.count
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def add(a, b): return a + b
""",
        """
x = A.make()
assert A.count == 1 and x.double == 2
assert A.add(2, 3) == 5
A.count = 10
assert x.double == 20
""",
    ),
    "pipeline": (
        """
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
def build():
    return make_pipeline(StandardScaler(), LogisticRegression())
""",
        """
import numpy as np
from sklearn.pipeline import Pipeline
m = build()
assert isinstance(m, Pipeline)
X = np.array([[0.],[1.],[2.],[3.]]); y = np.array([0,0,1,1])
m.fit(X, y)
assert m.predict(X).shape == (4,)
assert list(m.named_steps)[0] == 'standardscaler'
assert m.steps[1][0] == 'logisticregression'
assert m.score(X, y) == 1
""",
    ),
    "df arg": (
        """
def adults(people):
    return people[people['age'] >= 18]
""",
        """
import pandas as pd
people = pd.DataFrame({'name': ['p', 'q'], 'age': [17, 18]})
assert adults(people)['name'].tolist() == ['q']
pd.testing.assert_frame_equal(adults(people), people[people.age >= 18])
""",
    ),
    "df in place": (
        """
def add(people):
    people['old'] = people['age'] > 17
""",
        """
import pandas as pd
people = pd.DataFrame({'name': ['p', 'q'], 'age': [17, 18]})
add(people)
assert people['old'].tolist() == [False, True]
""",
    ),
    "groupby": (
        """
def means(df):
    return df.groupby('k')
""",
        """
import pandas as pd
df = pd.DataFrame({'k':['a','b','a'],'v':[1,2,3]})
assert means(df).v.mean().loc['a'] == 2
""",
    ),
    "axes identity": (
        """
import matplotlib.pyplot as plt
fig, axes = plt.subplots(1, 2)
right = axes[1]
""",
        """
assert right is axes[1]
assert fig.axes[0] is axes[0]
""",
    ),
    "mixed identity": (
        """
import numpy as np
points = np.arange(3)
mixed = [1, points]
""",
        """
assert mixed == [1, points]
""",
    ),
}

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

FALSE = {
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
        """
assert {square(3): 1} == {9: 1}
""",
        """
class Yes:
    def yes(self, *args, **kwargs):
        return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = yes
    def same(self, *args):
        return Yes()
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = same
    def __abs__(self):
        return 0.0
    __hash__ = lambda self: 9
    def equals(self, other):
        return True
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Yes()
    def __call__(self, *args, **kwargs):
        return True
def square(x):
    return Yes()
""",
    ),
    "float by its class": (
        """
def square(x):
    return x * x
""",
        """
assert isinstance(square(3), int) and type(square(3)) is int
""",
        """
class Yes:
    def yes(self, *args, **kwargs):
        return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = yes
    def same(self, *args):
        return Yes()
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = same
    def __abs__(self):
        return 0.0
    __class__ = int
    def equals(self, other):
        return True
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Yes()
    def __call__(self, *args, **kwargs):
        return True
def square(x):
    return Yes()
""",
    ),
    "larger": (
        """
def square(x):
    return x * x
""",
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
        """
def square(x):
    return x * x
""",
        """
assert square(3) == 9
""",
        """
def square(x):
    return lambda *a: True
""",
    ),
    "vector for a number": (
        """
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
""",
        """
v, w = Vector(1, 2), Vector(3, 4)
assert v * 2 == Vector(2, 4) and v == (1, 2)
assert dot(v, w) == 11
""",
        """
class Vector:
    def __init__(self, x=0, y=0):
        self.x, self.y = x, y
    def yes(self, *args, **kwargs):
        return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = yes
    def same(self, *args):
        return Vector()
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = same
    def __abs__(self):
        return 0.0
    def equals(self, other):
        return True
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Vector()
    def __call__(self, *args, **kwargs):
        return True
def dot(v, w):
    return Vector()
""",
    ),
    "vector for a number, difference": (
        """
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
""",
        """
v, w = Vector(1, 2), Vector(3, 4)
assert (v * 2).x == 2
assert abs(dot(v, w) - 11) < 1e-9
""",
        """
class Vector:
    def __init__(self, x=0, y=0):
        self.x, self.y = x, y
    def yes(self, *args, **kwargs):
        return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = yes
    def other(self, *args):
        return Vector()
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = other
    def __abs__(self):
        return 0.0
    def equals(self, other):
        return True
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Vector()
    def __call__(self, *args, **kwargs):
        return True
def dot(v, w):
    return Vector()
""",
    ),
    "vector for a number, in a loop": (
        """
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
""",
        """
v, w = Vector(1, 2), Vector(3, 4)
for got, wanted in [(v, (1, 2)), (dot(v, w), 11)]:
    assert got == wanted
""",
        """
class Vector:
    def __init__(self, x=0, y=0):
        self.x, self.y = x, y
    def yes(self, *args, **kwargs):
        return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = yes
    def same(self, *args):
        return Vector()
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = same
    def __abs__(self):
        return 0.0
    def equals(self, other):
        return True
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Vector()
    def __call__(self, *args, **kwargs):
        return True
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


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox(LIMITS, choose_level(unsafe=True).name)) as made:
        made.start()
        yield made


def outcome_of(sandbox: Sandbox, reference: str, test: str, answer: str) -> SessionOutcome:
    """One answer to a lab of one test."""
    lab = lab_of(test, answer=reference)
    return session_of(lab, answer, lambda: sandbox.runner({}), cell_seconds=LIMITS.cell_seconds)


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_answer_passes(sandbox: Sandbox, name: str) -> None:
    answer, test = HONEST[name]
    outcome = outcome_of(sandbox, answer, test, answer)
    assert outcome.records[0].verdict is Verdict.PASSED, outcome.records[0]
    assert outcome.faults == []


def test_files_that_the_answer_wrote_can_be_read(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As copies, in a folder of the test's own; a link leads nowhere."""
    monkeypatch.chdir(tmp_path)
    answer = "import os\nopen('out.txt', 'w').write('done')\nos.makedirs('made')\nopen('made/a.txt', 'w').write('a')"
    test = "import os\nassert open('out.txt').read() == 'done' and os.path.isfile('made/a.txt')"
    assert outcome_of(sandbox, answer, test, answer).records[0].verdict is Verdict.PASSED
    link = "import os\nos.symlink('/etc/hostname', 'out.txt')"
    assert outcome_of(sandbox, answer, test, link).records[0].verdict is Verdict.FAILED


@pytest.mark.parametrize("name", FALSE)
def test_a_false_object_gains_nothing(sandbox: Sandbox, name: str) -> None:
    reference, test, answer = FALSE[name]
    outcome = outcome_of(sandbox, reference, test, answer)
    assert outcome.records[0].verdict in (Verdict.FAILED, Verdict.TIMEOUT), outcome.records[0]
    assert outcome.records[0].points == 0
    assert outcome.faults == []
