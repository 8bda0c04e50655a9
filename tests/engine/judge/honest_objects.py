"""Answers, each with a test that it must pass from outside as it would beside the answer: one for each kind."""

from __future__ import annotations

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
    "estimator handed over": (
        """
from sklearn.model_selection import cross_val_score
def fitted(model, X, y):
    return model.fit(X, y)
def score(model, X, y):
    return cross_val_score(model, X, y, cv=2).mean()
""",
        """
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
X, y = np.arange(6.0).reshape(-1, 1), 2 * np.arange(6.0)
model = fitted(Ridge(alpha=0), X, y)
assert isinstance(model, Ridge) and np.allclose(model.predict([[7.0]]), [14]) and model.alpha == 0
assert score(make_pipeline(StandardScaler(), Ridge(alpha=0)), X, y) > 0.99
""",
    ),
    "class of a student's class": (
        """
from abc import ABC, abstractmethod
class Dataset(ABC):
    @abstractmethod
    def __len__(self): ...
    @abstractmethod
    def at(self, i): ...
    def first(self):
        return self.at(0) if len(self) else None
def total(data):
    return sum(data.at(i) for i in range(len(data)))
""",
        """
class Squares(Dataset):
    kind = "squares"
    def __init__(self, size):
        self.size = size
    def __len__(self):
        return self.size
    def at(self, i):
        return (i + 1) ** 2
data = Squares(3)
assert len(data) == 3 and data.first() == 1 and total(data) == 14 and data.kind == "squares"
assert isinstance(data, Dataset) and issubclass(Squares, Dataset) and Squares(0).first() is None
class Half(Dataset):
    def at(self, i):
        return 0
try:
    Half()
except TypeError:
    pass
else:
    raise AssertionError("abstract")
""",
    ),
    "fields of a dataclass": (
        """
from dataclasses import dataclass
@dataclass
class Point:
    x: int
    y: int = 0
""",
        """
import dataclasses
assert [field.name for field in dataclasses.fields(Point)] == ["x", "y"] and dataclasses.is_dataclass(Point)
assert dataclasses.fields(Point)[0].type is int
assert dataclasses.asdict(Point(1, 2)) == {"x": 1, "y": 2} and dataclasses.astuple(Point(3)) == (3, 0)
""",
    ),
    "a name that is asked for by its text": (
        "answer = 3",
        "assert 'answer' in globals() and globals()['answer'] == 3 and globals().get('answer') == 3",
    ),
    "what a decorator wrapped": (
        """
import functools
def area(x):
    return x * x
def doubled(function):
    @functools.wraps(function)
    def wrapper(*args):
        return 2 * function(*args)
    return wrapper
""",
        """
import inspect
area = doubled(area)
assert area(3) == 18 and area.__name__ == "area" and list(inspect.signature(area).parameters)
area = area.__wrapped__
assert area(3) == 9
""",
    ),
    "copies": (
        """
class Box:
    def __init__(self):
        self.held = [1]
    def add(self):
        self.held.append(2)
""",
        """
import copy
box = Box()
deep, shallow, listed = copy.deepcopy(box), copy.copy(box), copy.deepcopy([box, {"a": box}])
box.add()
assert box.held == shallow.held == [1, 2] and deep.held == [1] and isinstance(deep, Box) and deep is not box
assert listed[0].held == [1] and listed[0] is listed[1]["a"]
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
    "counter": (
        """
def make_counter():
    n = 0
    def count():
        nonlocal n
        n += 1
        return n
    return count
""",
        """
c = make_counter()
c()
assert c() == 2
d = make_counter()
assert d() == 1 and c() == 3
""",
    ),
    "compose": (
        """
def compose(f, g):
    return lambda x: f(g(x))
""",
        """
assert compose(lambda x: x + 1, lambda x: 2 * x)(3) == 7
h = compose(str, abs)
assert h(-3) == '3'
""",
    ),
    "lazy map": (
        """
def lazily(f, xs):
    return map(f, xs)
""",
        """
seen = []
def f(x):
    seen.append(x)
    return x * x
m = lazily(f, [1, 2, 3])
assert seen == []
assert next(m) == 1 and seen == [1]
assert list(m) == [4, 9] and seen == [1, 2, 3]
""",
    ),
    "iterator class": (
        """
class Down:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n + 1
""",
        """
assert list(Down(3)) == [3, 2, 1]
d = Down(1)
assert next(d) == 1
import pytest
with pytest.raises(StopIteration):
    next(d)
assert sum(x for x in Down(4)) == 10
for a, b in zip(Down(2), 'xy'): assert a in (1, 2)
""",
    ),
    "linked list": (
        """
class Node:
    def __init__(self, v): self.v, self.next = v, None
class Linked:
    def __init__(self, items=()):
        self.head = None
        for x in reversed(list(items)): self.push(x)
    def push(self, v):
        n = Node(v); n.next = self.head; self.head = n
    def __iter__(self):
        n = self.head
        while n:
            yield n.v
            n = n.next
    def __len__(self): return sum(1 for _ in self)
    def __getitem__(self, i): return list(self)[i]
    def __setitem__(self, i, v):
        n = self.head
        for _ in range(i): n = n.next
        n.v = v
    def __delitem__(self, i): pass
    def __repr__(self): return f'Linked({list(self)})'
    def pop(self):
        if self.head is None: raise IndexError('empty')
        v = self.head.v; self.head = self.head.next; return v
""",
        """
import pytest
l = Linked([1, 2, 3])
assert len(l) == 3 and l[1] == 2 and l[1:] == [2, 3] and list(l) == [1, 2, 3]
l[0] = 9
assert l.head.v == 9 and 9 in l and 7 not in l
assert repr(l) == 'Linked([9, 2, 3])'
assert l.pop() == 9 and l.head.next.next is None
with pytest.raises(IndexError, match='empty'):
    Linked().pop()
assert l.head.next is l.head.next
assert bool(l) and not Linked()
assert sorted(l, reverse=True) == [3, 2]
""",
    ),
    "dates": (
        """
import datetime as dt
def until(a, b): return b - a
def parse(s): return dt.datetime.strptime(s, '%Y-%m-%d')
def by_day(rows): return {dt.date.fromisoformat(d): n for d, n in rows}
""",
        """
from datetime import date, datetime, timedelta
assert until(date(2024, 2, 28), date(2024, 3, 1)) == timedelta(days=2)
assert parse('2024-02-29') == datetime(2024, 2, 29)
assert by_day([('2024-02-29', 3)])[date(2024, 2, 29)] == 3
""",
    ),
    "frames": (
        """
import pandas as pd
def load():
    return {'a': pd.DataFrame({'x': [1, 2]}), 'b': pd.Series([1.5], index=['k'])}
def clean(df):
    df = df.dropna()
    df.columns = [c.lower() for c in df.columns]
    return df
def table(df): return df.pivot_table(index='a', columns='b', values='v', aggfunc='sum')
""",
        """
import pandas as pd, numpy as np
d = load()
assert d['a'].shape == (2, 1) and d['b']['k'] == 1.5
df = pd.DataFrame({'A': [1, np.nan], 'B': ['x', None]})
out = clean(df)
assert list(out.columns) == ['a', 'b'] and len(out) == 1 and list(df.columns) == ['A', 'B']
t = table(pd.DataFrame({'a': [1, 1, 2], 'b': ['x', 'y', 'x'], 'v': [1, 2, 3]}))
assert t.loc[1, 'y'] == 2 and t.index.name == 'a'
assert clean(df).dtypes['a'] == float
""",
    ),
    "objects in containers": (
        """
class P:
    def __init__(self, n): self.n = n
def people(): return [P('a'), P('b')]
def by_name(): return {p.n: p for p in people()}
def group(ps): return {p: len(p.n) for p in ps}
""",
        """
ps = people()
assert [p.n for p in ps] == ['a', 'b'] and all(isinstance(p, P) for p in ps)
assert by_name()['b'].n == 'b'
g = group(ps)
assert g[ps[0]] == 1 and len(g) == 2
assert sorted(p.n for p in g) == ['a', 'b']
""",
    ),
    "in place matrix": (
        """
def transpose(m):
    for i in range(len(m)):
        for j in range(i):
            m[i][j], m[j][i] = m[j][i], m[i][j]
def add(d, k): d[k] = d.get(k, 0) + 1
def drop(s): s.discard(1)
""",
        """
m = [[1, 2], [3, 4]]
row = m[0]
transpose(m)
assert m == [[1, 3], [2, 4]] and row == [1, 3]
d = {}
add(d, 'a'); add(d, 'a')
assert d == {'a': 2}
s = {1, 2}
drop(s)
assert s == {2}
""",
    ),
    "tensor": (
        """
import numpy as np
class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.asarray(data, dtype=float); self.grad = None; self.requires_grad = requires_grad
    @property
    def shape(self): return self.data.shape
    def __add__(self, o): return Tensor(self.data + (o.data if isinstance(o, Tensor) else o))
    __radd__ = __add__
    def __mul__(self, o): return Tensor(self.data * (o.data if isinstance(o, Tensor) else o))
    def __matmul__(self, o): return Tensor(self.data @ o.data)
    def sum(self, axis=None, keepdims=False): return Tensor(self.data.sum(axis=axis, keepdims=keepdims))
    def numpy(self): return self.data
    def __repr__(self): return f'Tensor({self.data})'
    def __array__(self, dtype=None, copy=None): return self.data
class Linear:
    def __init__(self, i, o):
        self.weight = Tensor(np.ones((i, o)))
    def forward(self, x): return x @ self.weight
    def __call__(self, x): return self.forward(x)
    def parameters(self): return [self.weight]
layer = Linear(2, 3)
""",
        """
import numpy as np
a = Tensor([1, 2, 3])
b = Tensor([4, 5, 6])
assert np.array_equal((a + b).data, [5, 7, 9])
assert np.array_equal((a + 10).data, [11, 12, 13])
assert a.shape == (3,) and a.sum().data == 6
assert np.allclose(a * 2, [2, 4, 6])
assert layer(Tensor([[1, 2]])).shape == (1, 3)
assert isinstance(layer, Linear) and layer.parameters()[0] is layer.weight
assert a.sum(axis=0, keepdims=True).shape == (1,)
assert Linear(4, 5).weight.data.shape == (4, 5)
layer.weight.data = np.zeros((2, 3))
assert (layer(Tensor([[1, 2]])).data == 0).all()
for p in layer.parameters():
    assert isinstance(p, Tensor)
assert a.data.dtype == np.float64
assert np.allclose(Tensor(np.arange(3)).numpy() + 1, [1, 2, 3])
""",
    ),
    "several exceptions": (
        """
import json
def bad(s): return json.loads(s)
def key(d): return d['x']
def div(a): return 1 / a
class AppError(Exception):
    code = 7
def app(): raise AppError('msg', 3) from ValueError('inner')
""",
        """
import pytest, json
with pytest.raises(json.JSONDecodeError):
    bad('{')
with pytest.raises(KeyError) as e:
    key({})
with pytest.raises(ZeroDivisionError):
    div(0)
with pytest.raises(AppError) as info:
    app()
assert info.value.args == ('msg', 3) and info.value.code == 7
assert isinstance(info.value, Exception) and info.type.__name__ == 'AppError'
try:
    app()
except (ValueError, AppError) as error:
    assert error.code == 7
err = AppError('made')
assert str(err) == 'made'
""",
    ),
    "several prints": (
        """
def table(rows):
    for r in rows: print(*r, sep='|')
class Dog:
    def bark(self): print('Woof')
""",
        """
import io, contextlib
out = io.StringIO()
with contextlib.redirect_stdout(out):
    table([(1, 2), (3, 4)])
    Dog().bark()
assert out.getvalue().splitlines() == ['1|2', '3|4', 'Woof']
""",
    ),
    "send": (
        """
def avg():
    total = n = 0
    value = None
    while True:
        value = yield (total / n if n else None)
        total += value; n += 1
""",
        """
g = avg()
next(g)
assert g.send(10) == 10 and g.send(20) == 15
g.close()
""",
    ),
    "abstract": (
        """
from abc import ABC, abstractmethod
class Shape(ABC):
    'A shape.'
    @abstractmethod
    def area(self):
        'The area.'
class Sq(Shape):
    def __init__(self, a: float = 1.0): self.a = a
    def area(self): return self.a ** 2
""",
        """
import pytest, inspect
with pytest.raises(TypeError):
    Shape()
assert Sq(3).area() == 9
assert Shape.__doc__ == 'A shape.' and Shape.area.__doc__ == 'The area.'
assert list(inspect.signature(Sq).parameters) == ['a']
assert 'self.a ** 2' in inspect.getsource(Sq.area)
assert list(inspect.signature(Sq.__init__).parameters) == ['self', 'a']
assert inspect.isclass(Sq) and callable(Sq) and hasattr(Sq, 'area') and not hasattr(Sq, 'nope')
""",
    ),
    "decorator": (
        """
import functools
def count_calls(f):
    @functools.wraps(f)
    def inner(*a, **k):
        inner.calls += 1
        return f(*a, **k)
    inner.calls = 0
    return inner
@count_calls
def hello(): return 'hi'
""",
        """
assert hello() == 'hi' and hello() == 'hi'
assert hello.calls == 2
assert hello.__name__ == 'hello'
@count_calls
def mine(x): return x + 1
assert mine(1) == 2 and mine.calls == 1
""",
    ),
    "number-like class": (
        """
class Money:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == (o.v if isinstance(o, Money) else o)
    def __lt__(self, o): return self.v < (o.v if isinstance(o, Money) else o)
    def __hash__(self): return hash(self.v)
    def __float__(self): return float(self.v)
    def __str__(self): return f'{self.v} EUR'
    @property
    def cents(self): return self.v * 100
    @cents.setter
    def cents(self, c): self.v = c / 100
""",
        """
m = Money(5)
assert m == 5 and m < 6 and not m < 4
assert float(m) == 5.0 and str(m) == '5 EUR'
m.cents = 300
assert m.v == 3
assert len({Money(1), Money(1), Money(2)}) == 2
assert {Money(1): 'a'}[Money(1)] == 'a'
assert max([Money(1), Money(3), Money(2)]).v == 3
""",
    ),
    "functions in a dict": (
        """
ops = {'add': lambda a, b: a + b, 'sub': lambda a, b: a - b}
""",
        """
assert ops['add'](1, 2) == 3 and ops['sub'](1, 2) == -1
assert set(ops) == {'add', 'sub'}
""",
    ),
    "the argument itself": (
        """
def joined(values, more):
    values.extend(more)
    return values
def turned(table):
    return table.T
def row(table, at):
    return table[at]
def parts(nested):
    return {"first": nested[0], "all": (nested,)}
""",
        """
import numpy as np
values = [1]
assert joined(values, [2]) is values and values == [1, 2]
table = np.arange(6.0).reshape(2, 3)
turned(table)[0, 1] = 9
assert table[1, 0] == 9 and turned(table).shape == (3, 2)
row(table, 1)[:] = 0
assert table.sum() == 3
nested = [[1], [2]]
found = parts(nested)
assert found["first"] is nested[0] and found["all"][0] is nested
assert parts(((1,), 2)) == {"first": (1,), "all": (((1,), 2),)}
""",
    ),
    "top-level await": (
        """
import asyncio
async def fetch(n):
    await asyncio.sleep(0)
    return 2 * n
class Later:
    def __await__(self):
        yield
        return 5
""",
        """
import asyncio, inspect
assert await fetch(2) == 4
assert await Later() == 5
assert await asyncio.gather(fetch(1), fetch(2)) == [2, 4]
waiting = fetch(3)
assert inspect.iscoroutine(waiting) and inspect.isawaitable(waiting)
async def through():
    return await waiting
assert await asyncio.wait_for(through(), 5) == 6
""",
    ),
    "coroutine in a loop of the test's": (
        """
async def fetch(n):
    return 2 * n
""",
        """
import asyncio
assert asyncio.run(fetch(3)) == 6
loop = asyncio.new_event_loop()
assert loop.run_until_complete(fetch(5)) == 10
loop.close()
""",
    ),
    "recursion limit": (
        """
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
""",
        """
import sys
before = sys.getrecursionlimit()
sys.setrecursionlimit(12_000)
assert depth(9_000) == 9_000
sys.setrecursionlimit(before)
try:
    depth(20_000)
except RecursionError:
    pass
else:
    raise AssertionError("deeper than the limit")
""",
    ),
    "annotations": (
        """
def area(r: float, names: list[str] | None = None) -> float:
    return 3 * r * r
""",
        """
import inspect, typing
assert typing.get_type_hints(area)["return"] is float
assert set(area.__annotations__) == {"r", "names", "return"}
assert inspect.signature(area).return_annotation is float
assert inspect.signature(area).parameters["r"].annotation is float
""",
    ),
}
