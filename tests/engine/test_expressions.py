"""Expressions of SymPy: which cross as what they are, and which are refused because making them has no end."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.protocol.codec import CodecError, Opaque, decode, encode
from autograder.protocol.kinds import Kind
from tests.engine.test_codec import ext

sympy = pytest.importorskip("sympy", reason="no requirement of this course")
x: Any = sympy.Symbol("x")
y: Any = sympy.Symbol("y")
k: Any = sympy.Symbol("k", integer=True, positive=True)
f: Any = sympy.Function("f")
EXPRESSIONS: list[Any] = [
    *(x, k, sympy.Integer(3), sympy.Rational(-1, 3), sympy.Float("1.5"), sympy.Float(0), sympy.Float("0.1", 30)),
    *(sympy.pi, sympy.E, sympy.I, sympy.oo, sympy.true, sympy.EmptySet, sympy.S.Reals),
    *(x**2 + 2 * x + 1, sympy.sqrt(2), 2 ** sympy.Rational(1, 3), x**1000, 2**x, sympy.pi**2),
    *(sympy.sin(x) * sympy.exp(-(x**2)), sympy.factorial(k), sympy.log(2), f(x).diff(x), sympy.exp(1000)),
    *(sympy.Integral(x, (x, 0, 1)), sympy.Sum(1 / k**2, (k, 1, sympy.oo)), sympy.Limit(x, x, 0)),
    *(sympy.Eq(x, y), x < y, sympy.And(x > 0, y > 0), sympy.Piecewise((x, x > 0), (0, True))),
    *(sympy.Matrix([[1, x], [y, 2]]), sympy.ImmutableMatrix([[1, 2]]), sympy.zeros(0, 2)),
    *(sympy.FiniteSet(1, 2), sympy.Interval(0, 1), sympy.Tuple(x, y), sympy.Lambda(x, x**2)),
]
NINES = [("number", 9, 1), ("number", 10**9, 1)]
REFUSED: dict[str, Any] = {
    "a power without end": [*NINES, ("made", "Pow", (0, 1))],
    "a root of it": [NINES[0], ("number", 2 * 10**9 + 1, 2), ("made", "Pow", (0, 1))],
    "a factorial without end": [*NINES, ("made", "factorial", (1,))],
    "numbers that grow": [("number", 3**5000, 1), *(("made", "Mul", (i, i)) for i in range(20))],
    "a tree that grows": [("symbol", "x", {}), *(("made", "Tuple", (i, i)) for i in range(20))],
    "text to be evaluated": [("made", "sympify", ("1",))],
    "a function of the library": [("symbol", "x", {}), ("made", "preview", (0,))],
    "a name of the registry": [("constant", "register")],
    "a part of itself": [("made", "sin", (0,))],
    "a later part": [("made", "sin", (1,)), ("symbol", "x", {})],
    "no part": [],
    "no fraction": [("number", 1, 0)],
    "a float out of bounds": [("float", 1, 10**9, 53)],
    "a text in a matrix": [("matrix", "MutableDenseMatrix", 1, 1, ("x",))],
    "a class of atoms": [("symbol", "x", {}), ("made", "Dummy", (0,))],
    "an assumption that is code": [("symbol", "x", {"a b": True})],
}


@pytest.mark.parametrize("value", EXPRESSIONS, ids=str)
def test_an_expression_crosses_as_what_it_is(value: Any) -> None:
    back = decode(encode(value))
    assert type(back) is type(value)
    assert back == value


def test_solutions_cross_with_their_symbols() -> None:
    found = sympy.solve([x + y - 3, x - y - 1], [x, y])
    assert decode(encode(found)) == {x: 2, y: 1}


@pytest.mark.parametrize(
    "value",
    [
        sympy.Pow(9, sympy.Pow(9, 9, evaluate=False), evaluate=False),
        sympy.factorial(10**9, evaluate=False),
        sympy.Dummy(),
        type("Yes", (sympy.Expr,), {"__eq__": lambda one, other: True, "__hash__": lambda one: 1})(x),
    ],
    ids=["power", "factorial", "dummy", "of the student's own class"],
)
def test_what_is_not_made_again_stays(value: Any) -> None:
    assert isinstance(decode(encode(value)), Opaque)


@pytest.mark.parametrize("nodes", REFUSED.values(), ids=REFUSED)
def test_a_hostile_expression_is_refused(nodes: Any) -> None:
    with pytest.raises(CodecError):
        decode(ext(Kind.FORM, b"expression") + encode(nodes))
