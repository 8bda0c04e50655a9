"""Objects that say one thing of their members and give another; and honest ones in the place of plain data.

Each case is the reference, a test that it passes and another answer.
"""

from __future__ import annotations

FALSE_MEMBERS = {
    "three members, none given": (
        """
def f(): return [1, 4, 9]
""",
        """
got = f()
assert len(got) == 3
for g, w in zip(got, [1, 4, 9]):
    assert g == w
""",
        """
class Liar:
    def __len__(self): return 3
    def __iter__(self): return iter(())
def f(): return Liar()
""",
    ),
    "list with three members, none given": (
        """
def f(): return [1, 4, 9]
""",
        """
got = f()
assert len(got) == 3
for g, w in zip(got, [1, 4, 9]):
    assert g == w
""",
        """
class Liar(list):
    def hi(self): return 1
    def __len__(self): return 3
    def __iter__(self): return iter(())
def f(): return Liar()
""",
    ),
    "set with three members, none given": (
        """
def f(): return {1,4,9}
""",
        """
got=f()
assert len(got)==3
assert all(g in (1,4,9) for g in got)
""",
        """
class Liar(set):
    def hi(self): return 1
    def __len__(self): return 3
    def __iter__(self): return iter(())
def f(): return Liar()
""",
    ),
    "dictionary without items": (
        """
def f(): return {'a':1,'b':4,'c':9}
""",
        """
got=f()
assert len(got)==3
for k, v in got.items():
    assert v in (1,4,9)
""",
        """
class Liar(dict):
    def items(self): return []
def f(): return Liar(x=0,y=0,z=0)
""",
    ),
    "length that changes": (
        """
def f(): return [1, 4, 9]
""",
        """
got = f()
assert len(got) == 3
for i in range(len(got)):
    assert got[i] == [1,4,9][i]
""",
        """
class L:
    n = 4
    def __len__(self):
        L.n -= 1
        return L.n if L.n == 3 else 0
    def __getitem__(self, i): return 0
def f(): return L()
""",
    ),
    "members once only": (
        """
def f(): return [1, 4, 9]
""",
        """
got = f()
assert sum(1 for _ in got) == 3
for g, w in zip(got, [1,4,9]):
    assert g == w
""",
        """
class L:
    n = 0
    def __iter__(self):
        L.n += 1
        return iter([0,0,0] if L.n == 1 else [])
def f(): return L()
""",
    ),
    "shape of another array": (
        """
import numpy as np
def f(): return np.ones((3,1))
""",
        """
got=f()
assert got.shape == (3, 1)
assert np.allclose(got, np.ones((3,1)))
""",
        """
import numpy as np
class L:
    shape=(3,1)
    def __array__(self, dtype=None, copy=None): return np.empty((3,0))
def f(): return L()
""",
    ),
    "shape of an empty list": (
        """
import numpy as np
def f(): return np.ones((3,1))
""",
        """
got=f()
assert got.shape == (3, 1)
assert np.allclose(got, np.ones((3,1)))
""",
        """
class L:
    shape=(3,1)
    def __len__(self): return 1
    def __getitem__(self, i):
        if i: raise IndexError
        return []
def f(): return L()
""",
    ),
    "array with three members, none given": (
        """
import numpy as np
def f(): return np.ones(3)
""",
        """
got=f()
assert len(got) == 3
assert all(g == 1 for g in got)
""",
        """
import numpy as np
class L(np.ndarray):
    def hi(self): return 1
    def __len__(self): return 3
    def __iter__(self): return iter(())
def f(): return np.empty(0).view(L)
""",
    ),
    "table without rows": (
        """
import pandas as pd
def f(): return pd.DataFrame({'a':[1,2]})
""",
        """
import pandas as pd
got=f()
assert list(got.columns) == ['a'] and len(got) == 2
for i, row in got.iterrows():
    assert row['a'] == i + 1
""",
        """
import pandas as pd
class L(pd.DataFrame):
    def iterrows(self): return iter(())
    def __len__(self): return 2
    columns = property(lambda s: ['a'])
def f(): return L()
""",
    ),
    "text without characters": (
        """
def f(): return 'abc'
""",
        """
got=f()
assert got.isalpha() and len(got) == 3 and all(c in 'abc' for c in got)
""",
        """
class L(str):
    def isalpha(self): return True
    def __len__(self): return 3
    def __iter__(self): return iter(())
def f(): return L()
""",
    ),
    "number that changes": (
        """
def f(): return 9.0
""",
        """
got=f()
assert float(got) > 8
assert float(got) < 10
""",
        """
class L:
    n = 0
    def __float__(self):
        L.n += 1
        return 100.0 if L.n == 1 else 0.0
def f(): return L()
""",
    ),
    "block that swallows what fails in it": (
        """
class C:
    def __enter__(self): return 9
    def __exit__(self, *a): return None
def f(): return C()
""",
        """
with f() as got:
    assert got == 9
""",
        """
class C:
    def __enter__(self): return 0
    def __exit__(self, *a): return True
def f(): return C()
""",
    ),
    "generator that swallows what fails in its block": (
        """
from contextlib import contextmanager
@contextmanager
def f(): yield 9
""",
        """
with f() as got:
    assert got == 9
""",
        """
from contextlib import contextmanager
@contextmanager
def f():
    try: yield 0
    except BaseException: pass
""",
    ),
    "attribute that changes": (
        """
from collections import namedtuple
P = namedtuple('P', 'x y')
def f(): return P(1, 2)
""",
        """
got=f()
assert got.x > 0
assert got.x < 2
""",
        """
class P:
    n = 0
    @property
    def x(self):
        P.n += 1
        return 3 if P.n == 1 else 0
def f(): return P()
""",
    ),
    "truth of nothing": (
        """
def f(): return [1]
""",
        """
assert f()
""",
        """
class L(list):
    def hi(self): return 1
    def __bool__(self): return True
def f(): return L()
""",
    ),
    "value of a name": (
        """
data = [1,4,9]
""",
        """
assert len(data) == 3
for g, w in zip(data, [1,4,9]): assert g == w
""",
        """
class Liar:
    def __len__(self): return 3
    def __iter__(self): return iter(())
def f(): return Liar()

data = f()
""",
    ),
    "own list whose length is no length": (
        """
class S(list):
    def push(self, x): self.append(x)
""",
        """
s = S()
s.push(1)
s.push(4)
assert len(s) == 2
for g, w in zip(s, [1, 4]): assert g == w
""",
        """
class S(list):
    def push(self, x): pass
    def __len__(self): return 2
    def __iter__(self): return iter(())
""",
    ),
    "own class whose length is no length": (
        """
class S:
    def __init__(self): self.i = []
    def push(self, x): self.i.append(x)
    def __len__(self): return len(self.i)
    def __iter__(self): return iter(self.i)
""",
        """
s = S()
s.push(1)
s.push(4)
assert len(s) == 2
for g, w in zip(s, [1, 4]): assert g == w
""",
        """
class S:
    def push(self, x): pass
    def __len__(self): return 2
    def __iter__(self): return iter(())
""",
    ),
    "keys without items": (
        """
def f(): return {'a':1}
""",
        """
got=f()
assert set(got.keys()) == {'a'}
for k, v in got.items(): assert v == 1
""",
        """
class L:
    def keys(self): return ['a']
    def items(self): return []
def f(): return L()
""",
    ),
    "class with members": (
        """
def f(): return [1, 4, 9]
""",
        """
got = f()
assert len(got) == 3
for g, w in zip(got, [1, 4, 9]):
    assert g == w
""",
        """
class M(type):
    def __len__(cls): return 3
    def __iter__(cls): return iter(())
class L(metaclass=M): pass
def f(): return L
""",
    ),
    "failed callback swallowed": (
        """
def f(cb):
    return cb(4)
""",
        """
def cb(x):
    assert x == 4, 'four'
    return 5
assert f(cb) == 5
""",
        """
def f(cb):
    try: return cb(0)
    except BaseException: return 5
""",
    ),
    "attribute with members, none given": (
        """
class N:
    def __init__(self): self.w = [1, 2]
""",
        """
n=N()
assert len(n.w) == 2
for g, w in zip(n.w, [1,2]): assert g == w
""",
        """
class L:
    def __len__(self): return 2
    def __iter__(self): return iter(())
class N:
    def __init__(self): self.w = L()
""",
    ),
    "shape of what a method returns": (
        """
import numpy as np
class N:
    def forward(self, x): return np.ones((3,1))
""",
        """
n=N()
assert n.forward(1).shape == (3, 1)
assert np.allclose(n.forward(1), np.ones((3,1)))
""",
        """
import numpy as np
class L:
    shape=(3,1)
    def __array__(self, dtype=None, copy=None): return np.empty((3,0))
class N:
    def forward(self, x): return L()
""",
    ),
    "object that returns itself": (
        """
class N:
    def __init__(self): self.h = []
    def add(self, x): self.h.append(x)
    def history(self): return list(self.h)
""",
        """
n=N()
n.add(1)
n.add(4)
got = n.history()
assert len(got) == 2
for g, w in zip(got, [1,4]): assert g == w
""",
        """
class N:
    def add(self, x): pass
    def history(self): return self
    def __len__(self): return 2
    def __iter__(self): return iter(())
""",
    ),
}
HONEST_MEMBERS = {
    "own kind of dictionary": (
        """
def f(): return {'a': 1}
""",
        """
got=f()
assert got['a'] == 1 and len(got) == 1 and list(got.items()) == [('a', 1)] and 'a' in got
""",
        """
from collections import UserDict
class D(UserDict): pass
def f(): return D(a=1)
""",
    ),
    "own kind of list": (
        """
def f(): return [1, 4]
""",
        """
got=f()
assert got[0] == 1 and len(got) == 2 and list(got) == [1, 4] and 4 in got
for a, b in zip(got, [1, 4]): assert a == b
""",
        """
from collections import UserList
class D(UserList): pass
def f(): return D([1, 4])
""",
    ),
    "own kind of matrix": (
        """
import numpy as np
def f(): return np.ones((2,2))
""",
        """
got=f()
assert got.shape == (2,2)
assert np.allclose(got, 1)
""",
        """
import numpy as np
class M:
    def __init__(self): self.rows=[[1,1],[1,1]]
    shape=(2,2)
    def __len__(self): return 2
    def __getitem__(self, i): return self.rows[i]
def f(): return M()
""",
    ),
    "generator for a list": (
        """
def f(): return [1,4]
""",
        """
assert list(f()) == [1,4]
assert sum(f()) == 5
""",
        """
def f():
    yield 1
    yield 4
""",
    ),
    "dataclass for a named tuple": (
        """
from collections import namedtuple
P = namedtuple('P','x y')
def f(): return P(1,2)
""",
        """
p=f()
assert p.x == 1 and p.y == 2 and p.x + p.y == 3
""",
        """
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
def f(): return P(1,2)
""",
    ),
    "method that returns its object": (
        """
class A:
    def __init__(self): self.b = 0
    def pay(self, x): self.b += x
    def balance(self): return self.b
""",
        """
a=A()
a.pay(5)
a.pay(2)
assert a.balance() == 7
assert a.b == 7
a.pay(1)
assert a.b == 8
""",
        """
class A:
    def __init__(self): self.b = 0
    def pay(self, x):
        self.b += x
        return self
    def balance(self): return self.b
""",
    ),
    "length for a truth": (
        """
class S:
    def __init__(self): self.i=[]
    def push(self,x): self.i.append(x)
    def pop(self): return self.i.pop()
    def __bool__(self): return bool(self.i)
""",
        """
s=S()
assert not s
s.push(1)
assert s
s.pop()
assert not s
""",
        """
class S:
    def __init__(self): self.i=[]
    def push(self,x): self.i.append(x)
    def pop(self): return self.i.pop()
    def __len__(self): return len(self.i)
""",
    ),
    "members for a membership": (
        """
class S:
    def __init__(self): self.i=[]
    def push(self,x): self.i.append(x)
    def __contains__(self, x): return x in self.i
""",
        """
s=S()
s.push(1)
assert 1 in s and 2 not in s
s.push(2)
assert 2 in s
""",
        """
class S:
    def __init__(self): self.i=[]
    def push(self,x): self.i.append(x)
    def __iter__(self): return iter(self.i)
""",
    ),
    "items for members": (
        """
class S:
    def __init__(self): self.i=[]
    def push(self,x): self.i.append(x)
    def __iter__(self): return iter(self.i)
""",
        """
s=S()
s.push(1)
assert list(s) == [1]
s.push(2)
assert list(s) == [1, 2]
""",
        """
class S:
    def __init__(self): self.i=[]
    def push(self,x): self.i.append(x)
    def __getitem__(self, k): return self.i[k]
    def __len__(self): return len(self.i)
""",
    ),
    "list sorted when it is read": (
        """
import bisect
class S(list):
    def push(self, x): bisect.insort(self, x)
""",
        """
s=S()
s.push(3)
s.push(1)
assert list(s) == [1, 3] and len(s) == 2
""",
        """
class S(list):
    def push(self, x): self.append(x)
    def __iter__(self): return iter(sorted(list.__iter__(self)))
""",
    ),
    "list with a method": (
        """
def f(): return [3, 1]
""",
        """
got=f()
assert isinstance(got, list) and got == [3,1] and sorted(got) == [1,3]
got.append(5)
assert got[-1] == 5 and len(got) == 3
got[0] = 7
assert got[0] == 7
""",
        """
class S(list):
    def hi(self): pass
def f(): return S([3,1])
""",
    ),
    "members in random order": (
        """
class L:
    def __init__(self, d): self.d = d
    def __len__(self): return len(self.d)
    def __iter__(self):
        for i in np.random.permutation(len(self.d)): yield self.d[i]
""",
        """
np.random.seed(0)
a = list(L([1,2,3]))
np.random.seed(0)
l = L([1,2,3])
assert len(l) == 3 and [x for x in l] == a and sorted(a) == [1,2,3]
""",
        """
class L:
    def __init__(self, d): self.d = d
    def __len__(self): return len(self.d)
    def __iter__(self):
        o = np.random.permutation(len(self.d))
        return iter([self.d[i] for i in o])
""",
    ),
    "block that suppresses": (
        """
class I:
    def __init__(self, *k): self.k = k
    def __enter__(self): return self
    def __exit__(self, t, e, tb): return t is not None and issubclass(t, self.k)
""",
        """
with I(ZeroDivisionError): 1/0
try:
    with I(KeyError): 1/0
except ZeroDivisionError: pass
else: assert False
""",
        """
from contextlib import contextmanager
@contextmanager
def I(*k):
    try: yield
    except k: pass
""",
    ),
}
