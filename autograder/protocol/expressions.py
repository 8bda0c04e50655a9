"""Expressions and matrices of SymPy as plain data: a list of nodes, each made of earlier ones by its class.

SymPy computes while it makes an expression, so what would be computed without end is not made: `2**(10**9)`,
`factorial(10**9)`. No text is ever parsed, because SymPy evaluates it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from autograder.protocol.kinds import MAX_INT_BYTES, MAX_TEXT, Form

MAX_NODES = 20_000  # of an expression written out
MAX_BITS = 8 * MAX_INT_BYTES - 8
MAX_ARGUMENT = 1_000  # of a function that SymPy may compute at once
MAX_PRECISION = 10_000
_MATRICES = ("MutableDenseMatrix", "ImmutableDenseMatrix")
Node = tuple[Any, ...]


def expression_forms() -> dict[type, Form]:
    """Class of SymPy -> its form, for the classes derived from it as well."""
    sympy = import_module("sympy")
    form = Form("expression", _apart, _together, 4)
    return {sympy.Basic: form, sympy.MatrixBase: form}


def _apart(value: Any) -> list[Node]:
    nodes: list[Node] = []
    made: list[Any] = []
    _add(value, nodes, made, {})
    if _together(nodes) != value:
        raise ValueError("an expression that is not made again by its parts")
    return nodes


def _add(value: Any, nodes: list[Node], made: list[Any], known: dict[int, int]) -> int:
    """Write a part and return its place; each part once."""
    if id(value) not in known:
        if len(nodes) >= MAX_NODES:
            raise ValueError("more parts than may cross")
        leaf = _leaf(value)
        places = tuple(_add(part, nodes, made, known) for part in _parts(value)) if leaf is None else ()
        nodes.append(leaf or (*_head(value), places))
        made.append(value)  # lives as long as its id is used
        known[id(value)] = len(nodes) - 1
    return known[id(value)]


def _leaf(value: Any) -> Node | None:
    """What an expression without parts is written as."""
    sympy = import_module("sympy")
    if type(value) is sympy.Symbol:
        return "symbol", value.name, dict(value.__getnewargs_ex__()[1])
    if isinstance(value, sympy.Rational) and value.is_finite:
        return "number", int(value.p), int(value.q)
    if type(value) is sympy.Float:
        sign, mantissa, exponent, _ = value._mpf_
        return "float", int(-mantissa if sign else mantissa), int(exponent), int(value._prec)
    if isinstance(type(value), type(type(sympy.S.Pi))):
        return "constant", type(value).__name__
    return None


def _parts(value: Any) -> Any:
    if isinstance(value, import_module("sympy").MatrixBase):
        return value.flat()
    if not value.args:
        raise ValueError("neither a known leaf nor made of parts")
    return value.args


def _head(value: Any) -> Node:
    """How what has parts is named: by its class, or by its name if it is an unknown function."""
    sympy, kind = import_module("sympy"), type(value)
    if isinstance(value, sympy.MatrixBase):
        return "matrix", kind.__name__, value.rows, value.cols
    if isinstance(value, sympy.core.function.AppliedUndef):
        return "function", kind.__name__
    name = kind.__name__
    return "made", "Tuple" if name == "ExprCondPair" else name  # what `Piecewise` makes of the pairs it is given


def _together(nodes: Any) -> Any:
    if type(nodes) is not list or not nodes or _size(nodes) > MAX_NODES:
        raise ValueError("an expression as it is not written")
    made: list[Any] = []
    for node in nodes:
        made.append(_bounded(_MAKERS[node[0]](made, *node[1:])))
    return made[-1]


def _size(nodes: list[Node]) -> int:
    """How many parts the last node has, written out; more than may cross, if a node is made of later ones."""
    sizes: list[int] = []
    for node in nodes:
        places = node[-1] if node[0] in ("made", "function", "matrix") else ()
        if not all(type(place) is int and 0 <= place < len(sizes) for place in places):
            return MAX_NODES + 1
        sizes.append(min(1 + sum(sizes[place] for place in places), MAX_NODES + 1))
    return max(sizes)


def _bounded(value: Any) -> Any:
    sympy = import_module("sympy")
    if isinstance(value, sympy.Rational) and max(int(value.p).bit_length(), int(value.q).bit_length()) > MAX_BITS:
        raise ValueError("too many digits")
    return value


def _symbol(_: list[Any], name: Any, assumptions: Any) -> Any:
    sympy = import_module("sympy")
    if type(name) is not str or len(name) > MAX_TEXT or type(assumptions) is not dict:
        raise ValueError("a symbol as it is not written")
    if not all(type(key) is str and key.isidentifier() and type(is_so) is bool for key, is_so in assumptions.items()):
        raise ValueError("assumptions are true or false")
    return sympy.Symbol(name, **assumptions)


def _number(_: list[Any], numerator: Any, denominator: Any) -> Any:
    if type(numerator) is not int or type(denominator) is not int or denominator < 1:
        raise ValueError("no fraction")
    return import_module("sympy").Rational(numerator, denominator)


def _float(_: list[Any], mantissa: Any, exponent: Any, precision: Any) -> Any:
    if not all(type(part) is int for part in (mantissa, exponent, precision)):
        raise ValueError("expected whole numbers")
    if not 1 <= precision <= MAX_PRECISION or abs(exponent) > MAX_BITS or (mantissa == 0 and exponent):
        raise ValueError("a number out of bounds")
    float_ = import_module("sympy").Float
    return float_._new(import_module("mpmath").libmp.from_man_exp(mantissa, exponent, precision), precision, False)


def _constant(_: list[Any], name: Any) -> Any:
    sympy = import_module("sympy")
    found = getattr(sympy.S, name) if type(name) is str and name.isidentifier() else None
    if not isinstance(type(found), type(type(sympy.S.Pi))):
        raise ValueError("no constant")
    return found


def _function(made: list[Any], name: Any, places: Any) -> Any:
    if type(name) is not str or not name.isidentifier() or len(name) > MAX_TEXT:
        raise ValueError("no name of a function")
    return import_module("sympy").Function(name)(*(made[place] for place in places))


def _matrix(made: list[Any], name: Any, rows: Any, columns: Any, places: Any) -> Any:
    if name not in _MATRICES or type(rows) is not int or type(columns) is not int or rows * columns != len(places):
        raise ValueError("no matrix")
    return getattr(import_module("sympy"), name)(rows, columns, [made[place] for place in places])


def _made(made: list[Any], name: Any, places: Any) -> Any:
    sympy = import_module("sympy")
    kind = getattr(sympy, name) if type(name) is str and name.isidentifier() else None
    kinds = (sympy.Expr, sympy.logic.boolalg.Boolean, sympy.Set, sympy.Tuple)
    if not (isinstance(kind, type) and issubclass(kind, kinds)) or issubclass(kind, sympy.Atom):
        raise ValueError("no class of expressions")
    parts = [made[place] for place in places]
    numbers = [part for part in parts if part.is_number] if all(hasattr(part, "is_number") for part in parts) else []
    if kind is sympy.Pow and len(parts) == 2 and parts[0].is_number and parts[1].is_Rational and not parts[0].is_Float:
        if abs(parts[1]) > MAX_ARGUMENT or (parts[0].is_Rational and abs(parts[1]) >= 1):
            raise ValueError("a power that would be computed")
    elif issubclass(kind, sympy.core.function.Application) and any(
        part.is_Rational and abs(part) > MAX_ARGUMENT for part in numbers
    ):
        raise ValueError("a function that would be computed")
    return kind(*parts)


_MAKERS: dict[str, Callable[..., Any]] = {
    "symbol": _symbol,
    "number": _number,
    "float": _float,
    "constant": _constant,
    "function": _function,
    "matrix": _matrix,
    "made": _made,
}
