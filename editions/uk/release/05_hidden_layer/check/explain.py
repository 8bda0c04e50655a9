"""Sentences for exceptions of a student's own code: what Python means, and the line where it happened."""

from __future__ import annotations

import ast
import builtins
import linecache
import re
import traceback
from pathlib import Path
from types import TracebackType

from check.facts import ended

HERE = Path(__file__).parent

MEANINGS: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        ValueError,
        "broadcast|shapes|matmul|dimension|inhomogeneous",
        "the shapes of two arrays do not fit together; print their `.shape`",
    ),
    (
        ValueError,
        "truth value of an array",
        "`if`, `and` and `or` need one truth value, and an array has many; compute element by element instead",
    ),
    (TypeError, r"bitwise_xor|for \^", "`^` is no power in Python; a power is written with `**`"),
    (
        ValueError,
        "Integers to negative integer powers",
        "whole numbers have no negative powers in NumPy; turn them into floats first",
    ),
    (
        TypeError,
        "missing .* positional argument",
        "a call gives fewer arguments than the function asks for; compare the `def` line with the task",
    ),
    (
        TypeError,
        "positional argument.* given",
        "a call gives more arguments than the function asks for; compare the `def` line with the task",
    ),
    (
        TypeError,
        "only .*(length-1|0-dimensional|scalar)",
        "the functions of `math` take one number only; those of NumPy, `np.`, take arrays too",
    ),
    (
        TypeError,
        "NoneType",
        "something in this line is None: a function without a `return`, or a name that never got a value",
    ),
    (
        TypeError,
        "builtin_function_or_method|'function'|ufunc",
        "a function stands where its result is needed: call it, with parentheses",
    ),
    (
        TypeError,
        "not callable",
        "a value stands where a function is needed: was the function's name used for something else?",
    ),
    (
        TypeError,
        "has no len|not iterable|not subscriptable",
        "a single number is treated as a list here, and the argument may be a number",
    ),
    (IndexError, "", "an index is too large, or an array has fewer axes than the line expects"),
    (UnboundLocalError, "", "a name is used before this function gives it a value"),
    (ZeroDivisionError, "", "something is divided by zero"),
    (RecursionError, "", "the function calls itself again and again"),
)


def exception(error: BaseException) -> str:
    """One or two sentences about an exception that a student's code raised, with the line where it happened."""
    meaning = _name_error(error) if isinstance(error, NameError) else ""
    for kind, pattern, sentence in MEANINGS:
        if not meaning and isinstance(error, kind) and re.search(pattern, str(error)):
            meaning = sentence
    text = " ".join(str(error).split())[:200]
    line = student_line(error.__traceback__)
    where = f" in your line `{line}`" if line else ""
    said = f"Your code raised {type(error).__name__}{where}: {text or 'without a message'}"
    return ended(said) + (f" That means: {ended(meaning)}" if meaning else "")


def _name_error(error: NameError) -> str:
    name = getattr(error, "name", None) or ""
    if name in ("exp", "log", "sum", "mean", "array", "dot", "zeros", "ones", "tanh", "where") and not hasattr(
        builtins, name
    ):
        return f"Python does not know `{name}`: NumPy's functions begin with `np.`"
    return f"Python does not know `{name}`: is it spelled as it was defined, and has the cell that defines it run?"


def student_line(trace: TracebackType | None) -> str:
    """The innermost line of the student's own code in a traceback, or "" if there is none."""
    for frame in reversed(traceback.extract_tb(trace)):
        path = Path(frame.filename)
        foreign = HERE in path.parents or "site-packages" in path.parts or path.parts[-2:-1] == ("numpy",)
        if not foreign and not re.search(r"[/\\]lib[/\\]python\d", frame.filename):
            return (frame.line or linecache.getline(frame.filename, frame.lineno or 0)).strip()
    return ""


def missing_name(name: str, cells: list[str]) -> str:
    """One or two sentences about a name that a test cell needs and that is not there.

    Args:
        name: the name.
        cells: the text of every cell that has run, in order.
    """
    written = [cell for cell in cells if _gives(cell, name)]
    if not written:
        return f"`{name}` is not there yet: write your answer in the cell above, run that cell, then this one again."
    first = written[-1].lstrip().split("\n", 1)[0]
    if first.startswith("%%"):
        magic = first.split()[0]
        return (
            f"Your cell begins with `{magic}`, so the notebook does not keep `{name}`: remove that line "
            "and run the cell again."
        )
    return (
        f"You wrote `{name}`, but it is not defined: its cell stopped with an error before it, it stands "
        "inside another "
        "function, or the name was deleted. Run that cell again and look at its last line."
    )


def _gives(cell: str, name: str) -> bool:
    """Whether a cell gives a name a meaning, not only mentions it."""
    try:
        nodes = list(ast.walk(ast.parse(cell)))
    except (SyntaxError, ValueError):  # a magic, or a slip
        wanted = rf"^[ \t]*(def[ \t]+{name}\b|class[ \t]+{name}\b|.*\b{name}\b[^=\n]*=[^=])"
        return re.search(wanted, cell, re.MULTILINE) is not None
    return any(
        (isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name)
        or (isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store))
        for node in nodes
    )
