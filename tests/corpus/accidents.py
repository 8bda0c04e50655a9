"""Honest accidents: what happens to anybody who learns to program."""

from __future__ import annotations

from tests.corpus.case import CRASH, FAILED, PASSED, TIMEOUT, UNANSWERED, Case, block, hand_in
from tests.engine.fixtures.mini_lab import SQUARE

TITLE = "Honest accidents"

DROPPED = "the whole submission is dropped, no points anywhere"

CASES = [
    Case(
        "nothing answered",
        "is the unchanged release",
        hand_in(None, None),
        square=UNANSWERED,
        scale=UNANSWERED,
        quiet=True,
        plain="0 points",
    ),
    Case(
        "while without a step",
        "forgets to count in a while loop",
        hand_in("""
        i = 0
        while i < 3:
            print(i)
        def square(x):
            return x
        """),
        square="timeout or output",
        quiet=True,
    ),
    Case(
        "input",
        "reads a number with `input()`",
        hand_in("def square(x):\n    x = float(input('x? '))\n    return x * x"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("input()",)},
    ),
    Case(
        "exit",
        "calls `exit()` at the end of an answer",
        hand_in(SQUARE + "\nexit()"),
        square=PASSED,
        quiet=True,
        plain=DROPPED,
        outcome="only the cell ends; the answer was already defined",
    ),
    Case(
        "quit in a function",
        "calls `quit()` in a function",
        hand_in("def square(x):\n    quit()"),
        square=FAILED,
        quiet=True,
        plain=DROPPED,
    ),
    Case(
        "sys.exit",
        "calls `sys.exit()` in a cell",
        hand_in("""
        import sys
        sys.exit('done')
        """),
        square=FAILED,
        quiet=True,
    ),
    Case(
        "forgotten raise",
        "leaves `raise NotImplementedError()` above its answer",
        hand_in("raise NotImplementedError()\n" + SQUARE),
        square=FAILED,
        quiet=True,
        says={"test_square": ("NotImplementedError",)},
    ),
    Case(
        "syntax error",
        "forgets a colon",
        hand_in("def square(x)\n    return x * x"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("SyntaxError", "line 1")},
    ),
    Case(
        "indentation",
        "mixes tabs and spaces",
        hand_in("def square(x):\n\ty = x\n        return y * y"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("cell",)},
    ),
    Case(
        "Python 2",
        "prints without parentheses",
        hand_in("def square(x):\n    print x\n    return x * x"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("print",)},
    ),
    Case(
        "name misspelt",
        "calls its function `sqaure`",
        hand_in("def sqaure(x):\n    return x * x"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("not defined",)},
    ),
    Case(
        "no return",
        "prints the result and returns nothing",
        hand_in("def square(x):\n    print(x * x)"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("return",)},
    ),
    Case(
        "too few arguments",
        "defines the function without its argument",
        hand_in("def square():\n    return 4"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("argument",)},
    ),
    Case(
        "warnings",
        "warns on every call",
        hand_in(
            """
            import warnings, sys
            def square(x):
                warnings.warn('slow')
                print('careful', file=sys.stderr)
                return np.asarray(x) ** 2
            """
        ),
        quiet=True,
        plain="0 for a right answer that warns on stderr",
    ),
    Case(
        "division by zero",
        "divides by zero in numpy, which warns",
        hand_in("print(np.array([1.0]) / 0)\n" + SQUARE),
        quiet=True,
        plain="0 for that test",
    ),
    Case(
        "thousand prints",
        "prints 1000 lines at each call",
        hand_in("""
        def square(x):
            for i in range(1000):
                print('step', i)
            return np.asarray(x) ** 2
        """),
        quiet=True,
    ),
    Case("error in an own cell", "has a cell of its own that raises, at the top", hand_in(first="1 / 0"), quiet=True),
    Case(
        "error in the play cell",
        "has broken the cell that students may change",
        hand_in(play="factor = 2 +"),
        quiet=True,
    ),
    Case(
        "name of a builtin",
        "calls its variables `list`, `len`, `sum`, `print` and `np`",
        hand_in(
            first="""
        list = [1, 2]
        len = 3
        sum = 0
        print = 1
        str = 'x'
        max = 9
        """,
            last="np = 5",
        ),
        quiet=True,
        outcome="all pass",
    ),
    Case(
        "numpy overwritten",
        "overwrites `np` in its answer and fails",
        hand_in("np = 5\ndef square(x):\n    return np.asarray(x) ** 2"),
        square=FAILED,
        quiet=True,
    ),
    Case(
        "slow loop",
        "loops in Python for a second",
        hand_in("for i in range(3_000_000):\n    pass\n" + SQUARE),
        quiet=True,
    ),
    Case(
        "slow function",
        "sleeps for a moment in its function",
        hand_in("import time\ndef square(x):\n    time.sleep(0.05)\n    return np.asarray(x) ** 2"),
        quiet=True,
    ),
    Case(
        "asks the network",
        "downloads data in a cell of its own",
        hand_in(first="import pandas as pd\npd.read_csv('https://example.org/data.csv')"),
        outcome="that cell fails; the answers count",
    ),
    Case(
        "installs packages",
        "runs `!pip install numpy` and `%pip install pandas`",
        hand_in(first="!pip install numpy\n%pip install pandas"),
        quiet=True,
    ),
    Case(
        "unknown package",
        "imports a package that is not installed",
        hand_in("import torch\n" + SQUARE),
        square=FAILED,
        quiet=True,
        says={"test_square": ("torch",)},
    ),
    Case(
        "file on the own disk",
        "reads a file of its own computer",
        hand_in(first="open('C:/Users/ada/Desktop/data.csv')"),
        outcome="that cell fails; the answers count",
    ),
    Case(
        "plots",
        "plots in its cells and never closes a figure",
        hand_in(
            block(
                """
            import matplotlib.pyplot as plt
            for _ in range(25):
                plt.figure()
            plt.plot([1, 2])
            """,
                SQUARE,
            )
        ),
        quiet=True,
    ),
    Case(
        "widgets",
        "uses sliders",
        hand_in(
            play="""
        from ipywidgets import interact
        @interact(w=(0.0, 1.0))
        def show(w=0.5):
            print(w)
        """
        ),
        quiet=True,
    ),
    Case(
        "calls itself",
        "recurses by mistake",
        hand_in("def square(x):\n    return square(x)"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("Recursion",)},
    ),
    Case(
        "argument changed in place",
        "squares its argument in place",
        hand_in("def square(x):\n    x *= x\n    return x"),
        square=FAILED,
        quiet=True,
        says={"test_square": ("chang",)},
    ),
    Case(
        "state kept",
        "appends to a list that is a default argument",
        hand_in(
            scale="""
        def scale(v, k, out=[]):
            for x in v:
                out.append(k * x)
            return out
        """
        ),
        scale="length only",
        quiet=True,
        outcome="the first call is right, the next is not",
    ),
    Case(
        "test cell answered",
        "writes its answer above the asserts of the test cell",
        hand_in(
            None,
            change=lambda n: next(c for c in n["cells"] if c.get("id") == "test_square").update(
                source=SQUARE + "\nassert square(2) == 4"
            ),
        ),
        quiet=True,
    ),
    Case(
        "comments only",
        "writes `# I do not know` as its answer",
        hand_in("# I do not know\n# sorry"),
        square=UNANSWERED,
        quiet=True,
    ),
    Case(
        "loop in one exercise",
        "loops forever in one answer; the next answer is right",
        hand_in("while True:\n    pass"),
        square=TIMEOUT,
        quiet=True,
    ),
    Case(
        "deep in C",
        "crashes Python by accident, with deep recursion through C",
        hand_in(
            """
            import sys
            sys.setrecursionlimit(10**8)
            class A:
                def __repr__(self):
                    return repr([self])
            def square(x):
                return repr(A())
            """
        ),
        square=CRASH,
        risky=True,
    ),
    Case(
        "magics of a student's own Jupyter",
        "stores variables, saves automatically and asks for the kernel's connection by magics",
        hand_in("%store -r\n%autosave 60\n%connect_info\n" + SQUARE),
        square=PASSED,
        quiet=True,
    ),
    Case(
        "name of the user",
        "asks for the user's name and home folder",
        hand_in(
            "import getpass, os, pathlib\nprint(getpass.getuser(), os.getlogin(), os.environ['USER'])\n"
            "assert str(pathlib.Path.home()) == os.path.expanduser('~') == os.environ['HOME']\n" + SQUARE
        ),
        square=PASSED,
        quiet=True,
        shows=("student student student",),
    ),
]
