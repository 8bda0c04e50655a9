"""What an exception of a student's code usually means, in a sentence that says what to change.

Python's own message says what went wrong in terms of its objects; a beginner needs the other half. Each entry is true
of every program that raises the exception with that message.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from autograder.sandbox.outcomes import StudentError

_NUMPY = frozenset(
    {
        *(
            "exp",
            "log",
            "sqrt",
            "tanh",
            "sin",
            "cos",
            "abs",
            "mean",
            "sum",
            "dot",
            "array",
            "zeros",
            "ones",
            "linspace",
        ),
        *("arange", "outer", "maximum", "minimum", "where", "random", "pi", "square", "power", "vstack", "hstack"),
    }
)
CLOSE = 0.75
MAX_MESSAGE = 500  # a message is the student's text, and patterns take time


def advice(error: StudentError, names: Iterable[str] = ()) -> str:
    """What to change; "" if the exception's own message must do.

    Args:
        error: the exception.
        names: names that exist where it was raised, as far as they are known.
    """
    message = error.message[:MAX_MESSAGE]
    if error.type_name == "NameError" and (match := re.search(r"name '(\w+)' is not defined", message)):
        return _undefined(match[1], names)
    for kind, pattern, sentence in _MEANINGS:
        if kind in (error.type_name, *error.mro) and (match := re.search(pattern, message)):
            return sentence.format(*match.groups())
    return ""


def _undefined(name: str, names: Iterable[str]) -> str:
    """A name that does not exist: a function of NumPy, two names without the sign between them, or a slip."""
    known = sorted(set(names) - {name})
    if name in _NUMPY:
        return f"`{name}` is a function of NumPy: write `np.{name}`."
    pairs = [(name[:i], name[i:]) for i in range(1, len(name)) if {name[:i], name[i:]} <= set(known)]
    if pairs:
        first, second = pairs[0]
        return f"Python reads `{name}` as one name: for the product write `{first} * {second}`."
    if alike := difflib.get_close_matches(name, known, 1, CLOSE):
        return f"There is `{alike[0]}`, but no `{name}`: is it a slip of the keyboard?"
    return f"Nothing is stored under the name `{name}`: is it defined above, and spelled like that?"


_MEANINGS = (
    (
        "TypeError",
        r"ufunc 'bitwise_xor'|unsupported operand type\(s\) for \^",
        "`^` is no power in Python: write `**`.",
    ),
    (
        "ValueError",
        r"Integers to negative integer powers",
        "Whole numbers have no negative powers in NumPy: turn them into floats first.",
    ),
    (
        "UnboundLocalError",
        r"variable '(\w+)'",
        "Inside the function `{0}` is a variable of its own, since the function assigns to it, and it is "
        "read before it has a value: give it one first, or use another name.",
    ),
    (
        "ValueError",
        r"truth value of an array",
        "An `if`, `and`, `or` or `while` asks about a whole array at once: work element by element, for "
        "example with `np.where`, or with arithmetic on the array itself.",
    ),
    (
        "TypeError",
        r"only (?:0-dimensional|length-1|size-1|integer scalar)",
        "A function for single numbers (from `math`, or `float`, `int`, `range`) was given an array: use the "
        "one of NumPy, which takes arrays too.",
    ),
    (
        "TypeError",
        r"(?:must be real number|a float is required).*not (?:list|numpy\.ndarray)",
        "A function for single numbers was given an array: use the one of NumPy, which takes arrays too.",
    ),
    (
        "TypeError",
        r"object of type '(?:float|int|numpy\.(?:float|u?int|bool)\w*)' has no len\(\)",
        "`len` is asked of a single number: let the function work for one number as well as for an array.",
    ),
    (
        "TypeError",
        r"'(?:float|int|numpy\.(?:float|u?int|bool)\w*)' object is not iterable",
        "A loop runs over a single number: let the function work for one number as well as for an array.",
    ),
    (
        "TypeError",
        r"'(?:float|int|numpy\.(?:float|u?int|bool)\w*)' object (?:is not subscriptable|does not support item)",
        "Square brackets stand behind a single number: let the function work for numbers as well as arrays.",
    ),
    (
        "IndexError",
        r"invalid index to scalar",
        "Square brackets stand behind a single number, which has no elements.",
    ),
    (
        "TypeError",
        r"unsupported operand .*(?:'numpy\.ufunc'|'function'|'builtin_function_or_method'|'method')",
        "A function is used where its result is wanted: call it, with its argument in round brackets.",
    ),
    (
        "TypeError",
        r"'(?:(?:builtin_)?function(?:_or_method)?|method|numpy\._\w+|numpy\.ufunc)' object is not subscriptable",
        "A function is called with round brackets, not with square ones.",
    ),
    (
        "TypeError",
        r"unsupported operand .*'NoneType'|'NoneType' object|float\(\) argument .*'NoneType'",
        "Something is None here: a function without `return` gives None, and so does a method such as `sort`.",
    ),
    (
        "TypeError",
        r"'(list|tuple)' and '|can't multiply sequence|can only concatenate (?:list|tuple)",
        "Arithmetic on a list does not work element by element: make it an array first, with `np.array`.",
    ),
    (
        "TypeError",
        r"'(\w+)' object is not callable",
        "Round brackets stand behind a value of type {0}: is a `*` missing, or does a variable have the name "
        "of a function?",
    ),
    (
        "TypeError",
        r"(\w+)\(\) missing \d+ required positional arguments?: (.+)",
        "`{0}` is called without {1}: pass every argument that it asks for.",
    ),
    (
        "TypeError",
        r"(\w+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given",
        "`{0}` takes {1} argument(s), and {2} are passed.",
    ),
    (
        "TypeError",
        r"unexpected keyword argument '(\w+)'",
        "No parameter has the name `{0}`: compare with the definition.",
    ),
    (
        "ValueError",
        r"operands could not be broadcast together with shapes (.+)",
        "Arrays of the shapes {0} do not fit together element by element: print the shapes on the way, and "
        "find the first that surprises you.",
    ),
    (
        "ValueError",
        r"matmul: Input operand \d+ does not have enough dimensions",
        "`@` multiplies matrices and vectors; with a single number write `*`.",
    ),
    (
        "ValueError",
        r"matmul: .*mismatch|shapes .* not aligned",
        "A matrix product needs the last axis of the first array to be as long as the first (or second last) "
        "of the second: is one of them transposed, or is `*` meant?",
    ),
    (
        "ValueError",
        r"too many values to unpack|not enough values to unpack",
        "The number of names on the left does not match the number of results on the right.",
    ),
    (
        "ValueError",
        r"inhomogeneous shape|setting an array element with a sequence",
        "An array is made of parts that have different lengths.",
    ),
    (
        "IndexError",
        r"out of (?:bounds|range)",
        "An index is larger than the last one, which is the length minus one: does a loop run one step too far?",
    ),
    (
        "IndexError",
        r"too many indices",
        "There are more indices than the array has axes.",
    ),
    (
        "KeyError",
        r"(.+)",
        "There is no key {0} in the dictionary or column of that name in the table.",
    ),
    (
        "AttributeError",
        r"'(list|tuple)' object has no attribute '(shape|T|sum|mean|dot|reshape|size|ndim)'",
        "A {0} has no `{1}`: make it an array first, with `np.array`.",
    ),
    (
        "AttributeError",
        r"module '(\w+)' has no attribute '(\w+)'",
        "`{0}` has nothing called `{1}`: look up how it is spelled.",
    ),
    (
        "AttributeError",
        r"'(\w+)' object has no attribute '(\w+)'",
        "A value of type {0} has no `{1}`: is it what you take it for? Print it.",
    ),
    (
        "ZeroDivisionError",
        r"",
        "Something is divided by zero: which value makes the denominator zero?",
    ),
    (
        "OverflowError",
        r"",
        "A number grows too large: for large arguments use the functions of NumPy, or another form of the formula.",
    ),
    (
        "RecursionError",
        r"",
        "The function calls itself without end: is there a call by its own name that means another function?",
    ),
    (
        "UFuncTypeError",
        r"Cannot cast ufunc",
        "An array of whole numbers cannot take decimals: make it an array of floats first, or write `x = x + "
        "...` instead of `x += ...`.",
    ),
    (
        "ModuleNotFoundError",
        r"No module named '([\w.]+)'",
        "`{0}` is not installed where the notebook is graded: do without it.",
    ),
    (
        "ImportError",
        r"cannot import name '(\w+)'",
        "There is no `{0}` to be imported from there.",
    ),
    (
        "FileNotFoundError",
        r"",
        "The file is not there when the notebook is graded: only files handed in beside the notebook are.",
    ),
)
"""Exception, pattern of its message, and what it means; `{0}` stands for the pattern's first group."""
