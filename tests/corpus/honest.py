"""Right answers in every form that a person may give them. All must get full points and raise no suspicion."""

from __future__ import annotations

from tests.corpus.case import Case, block, hand_in
from tests.engine.fixtures.mini_lab import SCALE, SQUARE

TITLE = "Right answers in unusual forms"


def right(name: str, does: str, square: str = SQUARE, scale: str = SCALE, **more: object) -> Case:
    """A case in which all is right."""
    return Case(name, does, hand_in(square, scale, **more), quiet=True)  # type: ignore[arg-type]


CASES = [
    right(
        "single precision",
        "returns float32",
        "def square(x):\n    return np.float32(x) ** 2",
        "def scale(v, k):\n    return np.array(v, dtype='float32') * np.float32(k)",
    ),
    right(
        "lists",
        "returns lists and 0-d arrays",
        """
        def square(x):
            return np.asarray(x, dtype=float) ** 2 if np.ndim(x) == 0 else [value ** 2 for value in x]
        """,
    ),
    right(
        "arrays of one",
        "returns numbers as arrays of one element",
        """
        def square(x):
            return np.atleast_1d(x) ** 2
        """,
    ),
    right("tuple", "returns a tuple", scale="def scale(v, k):\n    return tuple(k * x for x in v)"),
    right(
        "Fraction and Decimal",
        "computes with exact fractions",
        scale="""
        from fractions import Fraction
        def scale(v, k):
            return [Fraction(k) * Fraction(x) for x in v]
        """,
    ),
    right(
        "pandas",
        "returns a Series",
        "import pandas as pd\ndef square(x):\n    return pd.Series(np.atleast_1d(x)) ** 2",
        "import pandas as pd\ndef scale(v, k):\n    return pd.Series(v) * k",
    ),
    right(
        "masked array",
        "returns a masked array without a mask",
        """
    def square(x):
        return np.ma.asarray(x) ** 2
    """,
    ),
    right(
        "deque",
        "returns a deque",
        scale="from collections import deque\ndef scale(v, k):\n    return deque(k * x for x in v)",
    ),
    right(
        "named tuple",
        "returns a named tuple",
        scale="""
        from collections import namedtuple
        Triple = {n: namedtuple('T', [f'x{i}' for i in range(n)]) for n in range(9)}
        def scale(v, k):
            return Triple[len(v)](*(k * x for x in v))
        """,
    ),
    right("lambda", "is a lambda", "square = lambda x: np.asarray(x) ** 2", "scale = lambda v, k: [k * x for x in v]"),
    right("numpy's own", "is `np.square` itself", "square = np.square"),
    right(
        "partial",
        "is a `functools.partial`",
        """
        from functools import partial
        square = partial(np.power, x2=2) if False else partial(lambda p, x: np.asarray(x) ** p, 2)
        """,
    ),
    right(
        "vectorized",
        "is made with `np.vectorize`",
        """
    @np.vectorize
    def square(x):
        return x * x
    """,
    ),
    right(
        "object",
        "is an object with `__call__`",
        """
        class Power:
            def __init__(self, p):
                self.p = p
            def __call__(self, x):
                return np.asarray(x) ** self.p
        square = Power(2)
        """,
    ),
    right(
        "static method",
        "is a static method of a class",
        """
        class Maths:
            @staticmethod
            def second(x):
                return np.asarray(x) ** 2
        square = Maths.second
        """,
    ),
    right(
        "closure",
        "is a closure",
        """
        def power(p):
            def inner(x):
                return np.asarray(x) ** p
            return inner
        square = power(2)
        """,
    ),
    right(
        "decorator",
        "is wrapped in a decorator that times and prints",
        """
        import functools, time
        def timed(f):
            @functools.wraps(f)
            def g(*a, **k):
                t = time.perf_counter()
                try:
                    return f(*a, **k)
                finally:
                    print(f.__name__, time.perf_counter() - t)
            return g
        @timed
        def square(x):
            return np.asarray(x) ** 2
        """,
    ),
    right(
        "lru_cache",
        "is cached",
        """
        from functools import lru_cache
        @lru_cache
        def one(x):
            return x * x
        def square(x):
            return one(x) if np.ndim(x) == 0 else np.array([one(v) for v in x])
        """,
    ),
    right(
        "recursion",
        "is recursive",
        scale="def scale(v, k):\n    return [] if len(v) == 0 else [k * v[0]] + scale(v[1:], k)",
    ),
    right(
        "generator inside",
        "collects a generator",
        scale="""
        def values(v, k):
            for x in v:
                yield k * x
        def scale(v, k):
            return list(values(v, k))
        """,
    ),
    right(
        "async inside",
        "runs a coroutine to completion",
        """
        async def power(x):
            return np.asarray(x) ** 2
        def square(x):
            try:
                power(x).send(None)
            except StopIteration as end:
                return end.value
        """,
    ),
    right("top-level await", "awaits in its cell", "import asyncio\nawait asyncio.sleep(0)\n" + SQUARE),
    right(
        "asyncio.run with nest",
        "defines its answers after an asynchronous loop",
        """
        import asyncio
        async def two():
            return 2
        p = await two()
        def square(x):
            return np.asarray(x) ** p
        """,
    ),
    right(
        "global state",
        "counts its calls in a global variable",
        """
        calls = 0
        def square(x):
            global calls
            calls += 1
            return np.asarray(x) ** 2
        """,
    ),
    right(
        "more parameters",
        "has further parameters with defaults",
        "def square(x, *rest, power=2, verbose=False, **more):\n    return np.asarray(x) ** power",
    ),
    right(
        "positional only",
        "has other parameter names and positional-only parameters",
        "def square(a, /):\n    return np.asarray(a) ** 2",
    ),
    right(
        "types",
        "has type hints",
        """
        import numpy.typing as npt
        from typing import Any
        def square(x: 'npt.ArrayLike') -> np.ndarray:
            return np.asarray(x) ** 2
        """,
    ),
    right(
        "dataclass",
        "keeps its numbers in a dataclass",
        """
        from dataclasses import dataclass
        @dataclass
        class P:
            power: int = 2
        def square(x, p=P()):
            return np.asarray(x) ** p.power
        """,
    ),
    right(
        "from numpy import *",
        "imports all of numpy over the builtins",
        "from numpy import *\ndef square(x):\n    return power(asarray(x), 2)",
    ),
    right("%%time", "has a `%%time` above its answer", "%%time\n" + SQUARE),
    right("%timeit", "times itself", SQUARE + "\n%timeit -n 1 -r 1 square(3)"),
    right("%%capture", "captures its output", "%%capture out\nprint('x')\n" + SQUARE),
    right("%load left", "leaves the `%load` line as a comment", block("# %load -s square solutions/square.py", SQUARE)),
    right(
        "magics",
        "uses line magics, shell commands and help",
        block(
            """
            %matplotlib inline
            %precision 3
            !echo hello
            np.exp?
            %config InlineBackend.figure_format = 'svg'
            """,
            SQUARE,
        ),
    ),
    right(
        "autoreload",
        "uses autoreload and logs",
        block(
            """
            %load_ext autoreload
            %autoreload 2
            import logging
            logging.basicConfig(level=logging.DEBUG)
            logging.info('x')
            """,
            SQUARE,
        ),
    ),
    right(
        "plots with a style",
        "plots with a style, shows the figure and returns",
        "import matplotlib.pyplot as plt\nplt.style.use('ggplot')\nplt.plot(range(5))\nplt.show()\n" + SQUARE,
    ),
    right(
        "plots inside",
        "draws a figure in each call",
        """
        import matplotlib.pyplot as plt
        def square(x):
            plt.plot([0, 1])
            plt.show()
            return np.asarray(x) ** 2
        """,
    ),
    right(
        "own tests",
        "tests itself in the answer cell",
        block(
            SQUARE,
            """
            assert square(3) == 9
            for i in range(10):
                assert square(i) == i * i
            print('all fine')
            """,
        ),
    ),
    right(
        "doctest",
        "runs doctests and unittest",
        block(
            SQUARE,
            """
            import doctest, unittest
            doctest.testmod()
            class T(unittest.TestCase):
                def test(self):
                    self.assertEqual(square(2), 4)
            unittest.main(argv=[''], exit=False)
            """,
        ),
    ),
    right(
        "helper in an own cell",
        "has a helper in a cell of its own at the top",
        "def square(x):\n    return helper(x)",
        first="def helper(x):\n    return x * x",
    ),
    right(
        "answers twice",
        "has a wrong answer followed by the right one in the same cell",
        "def square(x):\n    return x\n\n" + SQUARE,
    ),
    right(
        "old answer commented",
        "keeps older attempts as comments and strings",
        "'''\ndef square(x):\n    return x\n'''\n# def square(x): return 2 * x\n" + SQUARE,
    ),
    right(
        "try",
        "catches errors and continues",
        """
        try:
            import cupy as xp
        except ImportError:
            xp = np
        def square(x):
            return xp.asarray(x) ** 2
        """,
    ),
    right(
        "warnings as errors",
        "turns warnings into errors",
        "import warnings\nwarnings.simplefilter('error')\nnp.seterr(all='raise')\n" + SQUARE,
    ),
    right(
        "random numbers",
        "checks itself with unseeded random numbers",
        SQUARE + "\nx = np.random.default_rng().normal(size=5)\nassert np.allclose(square(x), x * x)",
    ),
    right(
        "threads and processes",
        "computes in a pool of threads",
        """
        from concurrent.futures import ThreadPoolExecutor
        def square(x):
            if np.ndim(x) == 0:
                return x * x
            with ThreadPoolExecutor(2) as pool:
                return np.array(list(pool.map(lambda v: v * v, x)))
        """,
    ),
    right(
        "operator module",
        "composes functions of the standard library",
        scale="""
        import operator, itertools
        def scale(v, k):
            return list(map(operator.mul, v, itertools.repeat(k)))
        """,
    ),
    right(
        "matrix",
        "computes with np.matrix",
        scale="""
        def scale(v, k):
            return np.asarray(np.matrix(v) * k).ravel()
        """,
    ),
    right("polynomial", "is a numpy polynomial", "square = np.polynomial.Polynomial([0, 0, 1])"),
    right(
        "scipy and sympy",
        "uses scipy",
        block(
            """
        from scipy.special import xlogy
        from scipy import linalg
        """,
            SQUARE,
        ),
    ),
    right(
        "unicode",
        "has Greek names and a Chinese text",
        "β = 2\nprint('平方 ✓')\ndef square(x):\n    return np.asarray(x) ** β",
    ),
    right("very long", "is a thousand lines long", "\n".join(f"step_{i} = {i}" for i in range(1000)) + "\n" + SQUARE),
    right(
        "writes files",
        "writes a file in its folder and reads it",
        "np.save('two.npy', 2)\ndef square(x):\n    return np.asarray(x) ** np.load('two.npy')",
    ),
    right(
        "context",
        "uses context managers and a progress bar",
        block(
            """
            import contextlib, sys
            for i in range(3):
                sys.stdout.write(f'\\r{i}')
            with contextlib.suppress(Exception):
                1 / 0
            """,
            SQUARE,
        ),
    ),
    right(
        "resets the seed",
        "seeds, prints options and pandas options",
        block(
            """
            np.random.seed(1)
            np.set_printoptions(precision=2)
            import pandas as pd
            pd.set_option('display.max_rows', 5)
            """,
            SQUARE,
        ),
    ),
    right(
        "class with properties",
        "returns an array subclass of its own",
        """
        class Vector(np.ndarray):
            pass
        def square(x):
            return (np.asarray(x, dtype=float) ** 2).view(Vector)
        """,
    ),
    right("both in one cell", "answers both exercises in the first cell", block(SQUARE, "", SCALE), "# see above"),
]
