"""The operations that one side may ask of an object that the other side keeps: Python's own, by their special names."""

from __future__ import annotations

NUMBERS = frozenset(
    {
        *("__int__", "__float__", "__complex__", "__index__", "__round__", "__trunc__", "__floor__", "__ceil__"),
        *("__abs__", "__neg__", "__pos__", "__invert__"),
    }
)
UNARY = frozenset(
    {
        *("__len__", "__length_hint__", "__bool__", "__str__", "__repr__", "__format__", "__bytes__", "__hash__"),
        *("__iter__", "__next__", "__reversed__", "__array__", "__fspath__", "__await__"),
        *NUMBERS,
    }
)
"""Nothing of the asker's takes part, except a format, a number of digits or a type of array."""

ITEMS = frozenset({"__getitem__", "__setitem__", "__delitem__", "__missing__"})
MEMBERS = ITEMS | {"__len__", "__length_hint__", "__bool__", "__iter__", "__reversed__", "__array__"}
"""All about what an object holds: one class has a length where another one has members or a truth."""

BLOCKS = frozenset({"__enter__", "__exit__"})
COMPARISONS = frozenset({"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"})
_PLAIN_ARITHMETIC = ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow")
_BITS = ("lshift", "rshift", "and", "xor", "or")
ARITHMETIC = frozenset(
    f"__{side}{name}__"
    for side in ("", "r", "i")
    for name in (*_PLAIN_ARITHMETIC, *_BITS)
    if (side, name) != ("i", "divmod")
)
JUDGED = COMPARISONS | ARITHMETIC | {"__contains__"}
"""The asker hands something in and looks at what comes of it: here a false answer could pass a test."""

OPERATIONS = UNARY | ITEMS | BLOCKS | JUDGED | {"__call__"}
IS = "is:"
"""Before the name of a class of the lab's that a guest is an instance of, where its operations are told."""
GUEST_OPERATIONS = OPERATIONS - {"__array__", "__await__", "__fspath__", "__hash__", "__repr__"}
