"""Right answers in every form that a person may give them. All must get full points and raise no suspicion."""

from __future__ import annotations

from tests.corpus.case import Case, hand_in
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
        "def square(x):\n    return np.asarray(x, dtype=float) ** 2 if np.ndim(x) == 0 else [value ** 2 for value in x]",
    ),
    right(
        "arrays of one", "returns numbers as arrays of one element", "def square(x):\n    return np.atleast_1d(x) ** 2"
    ),
    right("tuple", "returns a tuple", scale="def scale(v, k):\n    return tuple(k * x for x in v)"),
    right(
        "Fraction and Decimal",
        "computes with exact fractions",
        scale="from fractions import Fraction\ndef scale(v, k):\n    return [Fraction(k) * Fraction(x) for x in v]",
    ),
    right(
        "pandas",
        "returns a Series",
        "import pandas as pd\ndef square(x):\n    return pd.Series(np.atleast_1d(x)) ** 2",
        "import pandas as pd\ndef scale(v, k):\n    return pd.Series(v) * k",
    ),
    right("masked array", "returns a masked array without a mask", "def square(x):\n    return np.ma.asarray(x) ** 2"),
    right(
        "deque",
        "returns a deque",
        scale="from collections import deque\ndef scale(v, k):\n    return deque(k * x for x in v)",
    ),
    right(
        "named tuple",
        "returns a named tuple",
        scale="from collections import namedtuple\nTriple = {n: namedtuple('T', [f'x{i}' for i in range(n)]) for n in range(9)}\n"
        "def scale(v, k):\n    return Triple[len(v)](*(k * x for x in v))",
    ),
    right("lambda", "is a lambda", "square = lambda x: np.asarray(x) ** 2", "scale = lambda v, k: [k * x for x in v]"),
    right("numpy's own", "is `np.square` itself", "square = np.square"),
    right(
        "partial",
        "is a `functools.partial`",
        "from functools import partial\nsquare = partial(np.power, x2=2) if False else partial(lambda p, x: np.asarray(x) ** p, 2)",
    ),
    right("vectorized", "is made with `np.vectorize`", "@np.vectorize\ndef square(x):\n    return x * x"),
    right(
        "object",
        "is an object with `__call__`",
        "class Power:\n    def __init__(self, p):\n        self.p = p\n    def __call__(self, x):\n        return np.asarray(x) ** self.p\nsquare = Power(2)",
    ),
    right(
        "static method",
        "is a static method of a class",
        "class Maths:\n    @staticmethod\n    def second(x):\n        return np.asarray(x) ** 2\nsquare = Maths.second",
    ),
    right(
        "closure",
        "is a closure",
        "def power(p):\n    def inner(x):\n        return np.asarray(x) ** p\n    return inner\nsquare = power(2)",
    ),
    right(
        "decorator",
        "is wrapped in a decorator that times and prints",
        "import functools, time\ndef timed(f):\n    @functools.wraps(f)\n    def g(*a, **k):\n        t = time.perf_counter()\n        try:\n            return f(*a, **k)\n"
        "        finally:\n            print(f.__name__, time.perf_counter() - t)\n    return g\n@timed\ndef square(x):\n    return np.asarray(x) ** 2",
    ),
    right(
        "lru_cache",
        "is cached",
        "from functools import lru_cache\n@lru_cache\ndef one(x):\n    return x * x\ndef square(x):\n    return one(x) if np.ndim(x) == 0 else np.array([one(v) for v in x])",
    ),
    right(
        "recursion",
        "is recursive",
        scale="def scale(v, k):\n    return [] if len(v) == 0 else [k * v[0]] + scale(v[1:], k)",
    ),
    right(
        "generator inside",
        "collects a generator",
        scale="def values(v, k):\n    for x in v:\n        yield k * x\ndef scale(v, k):\n    return list(values(v, k))",
    ),
    right(
        "async inside",
        "runs a coroutine to its end",
        "async def power(x):\n    return np.asarray(x) ** 2\ndef square(x):\n    try:\n        power(x).send(None)\n    except StopIteration as end:\n        return end.value",
    ),
    right("top-level await", "awaits in its cell", "import asyncio\nawait asyncio.sleep(0)\n" + SQUARE),
    right(
        "asyncio.run with nest",
        "defines its answers after an asynchronous loop",
        "import asyncio\nasync def two():\n    return 2\np = await two()\ndef square(x):\n    return np.asarray(x) ** p",
    ),
    right(
        "global state",
        "counts its calls in a global variable",
        "calls = 0\ndef square(x):\n    global calls\n    calls += 1\n    return np.asarray(x) ** 2",
    ),
    right(
        "more parameters",
        "has further parameters with defaults",
        "def square(x, *rest, power=2, verbose=False, **more):\n    return np.asarray(x) ** power",
    ),
    right(
        "positional only",
        "has other names and positional-only parameters",
        "def square(a, /):\n    return np.asarray(a) ** 2",
    ),
    right(
        "types",
        "has type hints",
        "import numpy.typing as npt\nfrom typing import Any\ndef square(x: 'npt.ArrayLike') -> np.ndarray:\n    return np.asarray(x) ** 2",
    ),
    right(
        "dataclass",
        "keeps its numbers in a dataclass",
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    power: int = 2\ndef square(x, p=P()):\n    return np.asarray(x) ** p.power",
    ),
    right(
        "from numpy import *",
        "imports all of numpy over the builtins",
        "from numpy import *\ndef square(x):\n    return power(asarray(x), 2)",
    ),
    right("%%time", "has a `%%time` above its answer", "%%time\n" + SQUARE),
    right("%timeit", "times itself", SQUARE + "\n%timeit -n 1 -r 1 square(3)"),
    right("%%capture", "captures its output", "%%capture out\nprint('x')\n" + SQUARE),
    right("%load left", "leaves the `%load` line as a comment", "# %load -s square solutions/square.py\n" + SQUARE),
    right(
        "magics",
        "uses line magics, shell commands and help",
        "%matplotlib inline\n%precision 3\n!echo hello\nnp.exp?\n%config InlineBackend.figure_format = 'svg'\n"
        + SQUARE,
    ),
    right(
        "autoreload",
        "uses autoreload and logs",
        "%load_ext autoreload\n%autoreload 2\nimport logging\nlogging.basicConfig(level=logging.DEBUG)\nlogging.info('x')\n"
        + SQUARE,
    ),
    right(
        "plots",
        "plots with a style, shows the figure and returns",
        "import matplotlib.pyplot as plt\nplt.style.use('ggplot')\nplt.plot(range(5))\nplt.show()\n" + SQUARE,
    ),
    right(
        "plots inside",
        "draws a figure in each call",
        "import matplotlib.pyplot as plt\ndef square(x):\n    plt.plot([0, 1])\n    plt.show()\n    return np.asarray(x) ** 2",
    ),
    right(
        "own tests",
        "tests itself in the answer cell",
        SQUARE + "\nassert square(3) == 9\nfor i in range(10):\n    assert square(i) == i * i\nprint('all fine')",
    ),
    right(
        "doctest",
        "runs doctests and unittest",
        SQUARE
        + "\nimport doctest, unittest\ndoctest.testmod()\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(square(2), 4)\n"
        "unittest.main(argv=[''], exit=False)",
    ),
    right(
        "helper in an own cell",
        "has a helper in a cell of its own at the top",
        "def square(x):\n    return helper(x)",
        first="def helper(x):\n    return x * x",
    ),
    right(
        "answers twice",
        "tries a wrong answer first and the right one after it, in one cell",
        "def square(x):\n    return x\n\n" + SQUARE,
    ),
    right(
        "old answer commented",
        "keeps older attempts as comments and strings",
        "'''\ndef square(x):\n    return x\n'''\n# def square(x): return 2 * x\n" + SQUARE,
    ),
    right(
        "try",
        "catches errors and goes on",
        "try:\n    import cupy as xp\nexcept ImportError:\n    xp = np\ndef square(x):\n    return xp.asarray(x) ** 2",
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
        "from concurrent.futures import ThreadPoolExecutor\ndef square(x):\n    if np.ndim(x) == 0:\n        return x * x\n"
        "    with ThreadPoolExecutor(2) as pool:\n        return np.array(list(pool.map(lambda v: v * v, x)))",
    ),
    right(
        "operator module",
        "composes functions of the standard library",
        scale="import operator, itertools\ndef scale(v, k):\n    return list(map(operator.mul, v, itertools.repeat(k)))",
    ),
    right(
        "matrix", "computes with np.matrix", scale="def scale(v, k):\n    return np.asarray(np.matrix(v) * k).ravel()"
    ),
    right("polynomial", "is a numpy polynomial", "square = np.polynomial.Polynomial([0, 0, 1])"),
    right("scipy and sympy", "uses scipy", "from scipy.special import xlogy\nfrom scipy import linalg\n" + SQUARE),
    right(
        "unicode",
        "has names in Greek and a text in Chinese",
        "β = 2\nprint('平方 ✓')\ndef square(x):\n    return np.asarray(x) ** β",
    ),
    right("very long", "is a thousand lines long", "\n".join(f"step_{i} = {i}" for i in range(1000)) + "\n" + SQUARE),
    right(
        "writes files",
        "writes a file in its folder and reads it again",
        "np.save('two.npy', 2)\ndef square(x):\n    return np.asarray(x) ** np.load('two.npy')",
    ),
    right(
        "context",
        "uses context managers and a progress bar",
        "import contextlib, sys\nfor i in range(3):\n    sys.stdout.write(f'\\r{i}')\nwith contextlib.suppress(Exception):\n    1 / 0\n"
        + SQUARE,
    ),
    right(
        "resets the seed",
        "seeds, prints options and pandas options",
        "np.random.seed(1)\nnp.set_printoptions(precision=2)\nimport pandas as pd\npd.set_option('display.max_rows', 5)\n"
        + SQUARE,
    ),
    right(
        "class with properties",
        "returns an array subclass of its own",
        "class Vector(np.ndarray):\n    pass\ndef square(x):\n    return (np.asarray(x, dtype=float) ** 2).view(Vector)",
    ),
    right("both in one cell", "answers both exercises in the first cell", SQUARE + "\n\n" + SCALE, "# see above"),
]
