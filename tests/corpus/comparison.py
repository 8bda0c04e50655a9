"""Submissions whose values want to pass for what they are not."""

from __future__ import annotations

from typing import Any

from tests.corpus.case import FAILED, LENGTH_ONLY, WRONG_SCALE, WRONG_SQUARE, Case, hand_in

TITLE = "Defeating the comparison"

BOTH_WRONG: dict[str, Any] = {"square": FAILED, "scale": FAILED}
MEASURED_PATCH = "6 of 15 points"


def returns(expression: str, setup: str = "") -> str:
    """An answer to `square` that returns this whatever x is."""
    return f"{setup}\ndef square(x):\n    return {expression}".strip("\n")


CASES = [
    Case(
        "equal to everything",
        "returns objects that compare as equal to, less than and greater than everything",
        hand_in(
            """
            class Yes:
                def yes(self, *args, **kwargs):
                    return True
                __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = yes
                __hash__ = None
                def __array__(self, *args, **kwargs):
                    return self
                def __sub__(self, other):
                    return 0.0
                __rsub__ = __add__ = __radd__ = __mul__ = __abs__ = __sub__
                def __len__(self):
                    return 3
            def square(x):
                return Yes()
            """,
            "def scale(v, k):\n    return Yes()",
        ),
        **BOTH_WRONG,
        plain=MEASURED_PATCH,
    ),
    Case(
        "numpy patched",
        "replaces `np.allclose`, `np.testing.assert_allclose` and `np.asarray` by functions that always succeed",
        hand_in(
            WRONG_SQUARE,
            WRONG_SCALE,
            first="""
            import numpy as np, numpy.testing
            np.allclose = np.isclose = np.array_equal = lambda *a, **k: True
            numpy.testing.assert_allclose = lambda *a, **k: None
            """,
        ),
        **BOTH_WRONG,
        sighted=("numpy.allclose", "numpy.testing.assert_allclose"),
        plain=MEASURED_PATCH,
    ),
    Case(
        "builtins patched",
        "replaces `all`, `abs` and `AssertionError` in builtins",
        hand_in(
            WRONG_SQUARE,
            WRONG_SCALE,
            first="""
            import builtins
            builtins.all = lambda *a: True
            builtins.abs = lambda *a: 0
            builtins.AssertionError = KeyError
            """,
        ),
        **BOTH_WRONG,
        sighted=("builtins.all",),
    ),
    Case(
        "array subclass",
        "returns an array subclass that answers every numpy function with True",
        hand_in(
            returns(
                "np.zeros(3).view(Yes)",
                """
class Yes(np.ndarray):
    def __array_function__(self, func, types, args, kwargs):
        return True
    def __array_ufunc__(self, ufunc, method, *args, **kwargs):
        return True
    def __eq__(self, other):
        return True
    def __array_finalize__(self, other):
        pass
""",
            )
        ),
        square=FAILED,
    ),
    Case(
        "float subclass",
        "returns a float subclass with false comparisons, differences and text",
        hand_in(
            returns(
                "Yes(1e9)",
                """
class Yes(float):
    def __eq__(self, other):
        return True
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__
    def __float__(self):
        return 9.0
    def __repr__(self):
        return '9.0'
""",
            )
        ),
        square=FAILED,
    ),
    Case(
        "list subclass",
        "returns a list subclass with a false length and false elements",
        hand_in(
            scale="""
            class Long(list):
                def __len__(self):
                    return 3
                def __iter__(self):
                    return iter([3, 6])
                def __getitem__(self, index):
                    return 3
            def scale(v, k):
                return Long()
            """
        ),
        scale=FAILED,
    ),
    Case(
        "class that lies",
        "returns an object whose `__class__` claims to be an array",
        hand_in(
            returns(
                "Liar()",
                """
class Liar:
    __class__ = property(lambda self: np.ndarray)
    shape, ndim, dtype = (), 0, np.dtype(float)
    def __array_interface__(self):
        raise ZeroDivisionError
""",
            )
        ),
        square=FAILED,
    ),
    Case(
        "metaclass that lies",
        "returns an object whose type overrides `__mro__`, `__name__` and `__instancecheck__`",
        hand_in(
            returns(
                "Odd()",
                """
class Meta(type):
    __mro__ = property(lambda cls: (float, object))
    __name__ = property(lambda cls: 1 / 0)
    def mro(cls):
        return [cls, object]
    def __instancecheck__(cls, other):
        return True
class Odd(metaclass=Meta):
    def __repr__(self):
        raise SystemExit
    def __getattr__(self, name):
        raise KeyboardInterrupt
""",
            )
        ),
        square=FAILED,
    ),
    Case(
        "nothing but NaN",
        "returns NaN",
        hand_in(returns("float('nan')"), "def scale(v, k):\n    return [np.nan] * len(v)"),
        outcome="fails; the length of `scale` is right",
        square=FAILED,
        scale=LENGTH_ONLY,
    ),
    Case("infinity", "returns infinity", hand_in(returns("np.inf")), square=FAILED),
    Case(
        "text",
        "returns the number as text",
        hand_in("""
    def square(x):
        return str(x * x)
    """),
        square=FAILED,
    ),
    Case(
        "bytes",
        "returns the number as bytes",
        hand_in("def square(x):\n    return np.float64(x * x).tobytes()"),
        square=FAILED,
    ),
    Case(
        "dates",
        "returns numpy dates",
        hand_in("""
    def square(x):
        return np.datetime64(9, 's')
    """),
        square=FAILED,
    ),
    Case(
        "records",
        "returns a structured array that holds the right numbers",
        hand_in("""
        def square(x):
            return np.array([(np.sum(x) ** 2,)], dtype=[('value', 'f8')])
        """),
        square=FAILED,
    ),
    Case(
        "empty array",
        "returns empty arrays, for which every `all` is true",
        hand_in(returns("np.zeros((0,))"), "def scale(v, k):\n    return np.zeros((0,))"),
        **BOTH_WRONG,
    ),
    Case(
        "all masked",
        "returns an array of which every element is masked",
        hand_in(returns("np.ma.masked_all(3)")),
        square=FAILED,
    ),
    Case(
        "masked constant",
        "returns numpy's masked constant, which compares as masked",
        hand_in(returns("np.ma.masked")),
        square=FAILED,
    ),
    Case(
        "objects in an array",
        "returns an object array of elements that compare as equal to everything",
        hand_in(returns("np.array([Yes()] * 3, dtype=object)", "class Yes:\n    __eq__ = lambda self, other: True")),
        square=FAILED,
    ),
    Case(
        "None, NotImplemented, Ellipsis",
        "returns None, NotImplemented and ...",
        hand_in(
            """
            def square(x):
                return NotImplemented if np.ndim(x) else None
            """,
            """
            def scale(v, k):
                return ...
            """,
        ),
        **BOTH_WRONG,
        says={"test_square": ("None",)},
    ),
    Case(
        "coroutine",
        "makes `square` a coroutine function, so that a call returns a coroutine instead of a value",
        hand_in("async def square(x):\n    return x * x"),
        square=FAILED,
    ),
    Case(
        "generator",
        "makes `square` a generator function",
        hand_in("""
    def square(x):
        yield x * x
    """),
        square=FAILED,
    ),
    Case(
        "endless generator",
        "returns an infinite generator, and an object whose iteration never ends",
        hand_in(
            "import itertools\ndef square(x):\n    return itertools.count()",
            """
            class Endless(list):
                def __iter__(self):
                    return itertools.count()
                def __len__(self):
                    return 3
            def scale(v, k):
                return Endless()
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "function for a number",
        "returns functions and classes instead of numbers",
        hand_in(
            """
        def square(x):
            return lambda: x * x
        """,
            """
        def scale(v, k):
            return [float] * len(v)
        """,
        ),
        outcome="fails; the length of `scale` is right",
        square=FAILED,
        scale=LENGTH_ONLY,
    ),
    Case(
        "a list of itself",
        "returns a list that contains itself, and a dict of dicts 100,000 deep",
        hand_in(
            "def square(x):\n    a = []\n    a.append(a)\n    return a",
            """
            def scale(v, k):
                d = {}
                for _ in range(100_000):
                    d = {0: d}
                return [d, d]
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "keys that are not themselves",
        "returns a dict with NaN keys and keys of its own type",
        hand_in(
            "def square(x):\n    return {float('nan'): 1, float('nan'): 2}",
            """
            class Key:
                __hash__ = lambda self: 1 / 0 if False else 1
            def scale(v, k):
                return {Key(): 1}
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "another value each time",
        "returns a different value in each call, and sometimes the right one",
        hand_in(
            """
            import itertools
            turn = itertools.count()
            def square(x):
                return x * x if next(turn) % 2 else 0
            """
        ),
        square=FAILED,
    ),
    Case(
        "right for the shown inputs",
        "returns the expected value for the inputs that the visible tests use",
        hand_in(
            "def square(x):\n    return {2: 4, 3: 9}.get(x, 0) if np.ndim(x) == 0 else x",
            "def scale(v, k):\n    return [3, 6, 9][:len(v)]",
        ),
        outcome="fails; where no hidden test uses other inputs, a stored value is a right one",
        square=FAILED,
        scale=LENGTH_ONLY,
    ),
    Case(
        "argument changed",
        "writes the expected values into the argument that the test compares with afterwards",
        hand_in("""
        def square(x):
            if np.ndim(x):
                x[:] = 0
            return np.asarray(x) ** 2
        """),
        square=FAILED,
        says={"test_square": ("chang",)},
    ),
    Case(
        "argument changed in secret",
        "changes its argument and hides the change with an array subclass's comparison",
        hand_in(
            """
            def square(x):
                if np.ndim(x):
                    x.sort()
                    x.flags.writeable = False
                return np.asarray(x) ** 2
            """
        ),
        square=FAILED,
    ),
    Case(
        "exception with a hostile text",
        "raises exceptions whose text raises, exits, or never ends",
        hand_in(
            """
            class Evil(Exception):
                def __str__(self):
                    raise SystemExit(0)
                __repr__ = __str__
            def square(x):
                raise Evil
            """,
            """
            class Long(ValueError):
                def __str__(self):
                    return 'x' * 10**7
            def scale(v, k):
                raise Long
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "exception group",
        "raises a group of groups of exceptions, each the cause of the next",
        hand_in("""
            def square(x):
                error = ValueError('9')
                for _ in range(500):
                    error = ExceptionGroup('9', [error])
                error.__cause__ = error
                raise error
            """),
        square=FAILED,
    ),
    Case(
        "text that steers the terminal",
        "returns and raises text full of control characters, HTML and lone surrogates",
        hand_in(
            "def square(x):\n    return '\\x1b[2J\\ud800<script>alert(1)</script>\\x00' * 50",
            "def scale(v, k):\n    raise ValueError('\\ud800\\x00\\x1b]0;9\\x07<img src=x onerror=alert(1)>')",
        ),
        **BOTH_WRONG,
    ),
    Case(
        "numbers beyond measure",
        "returns an integer with ten million digits and a float that overflows",
        hand_in(
            """
        def square(x):
            return 1 << 10_000_000
        """,
            """
        def scale(v, k):
            return [10**400] * len(v)
        """,
        ),
        square=FAILED,
        outcome="fails; the length of `scale` is right",
        scale=LENGTH_ONLY,
    ),
    Case(
        "lazy array",
        "returns an array that appears to have 8 terabytes, by its strides",
        hand_in("""
        def square(x):
            return np.lib.stride_tricks.as_strided(np.zeros(1), (10**12,), (0,))
        """),
        square=FAILED,
    ),
    Case(
        "hash collisions",
        "returns a dict and a set of 1,000 keys with the same hash",
        hand_in(
            "def square(x):\n    return {i * (2**61 - 1): 0 for i in range(1_000)}",
            "def scale(v, k):\n    return {i * (2**61 - 1) for i in range(1_000)}",
        ),
        **BOTH_WRONG,
    ),
]
