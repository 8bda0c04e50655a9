"""Operations on the Values of lab 6: what each must give, and how fast its result changes with its operands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from check.facts import Wrong, holds, number, shown

REMEMBER = "a result must be a Value that knows its parents and one slope for each of them"


def rates(parents: Sequence[Any], slopes: Sequence[Any], operands: Sequence[Any]) -> np.ndarray:
    """How fast a result changes with each operand: the products of the slopes along all paths, added up.

    Args:
        parents, slopes: of the result.
        operands: where the paths end.
    """
    total = np.zeros(len(operands))
    for parent, slope in zip(parents, slopes, strict=True):
        own = [parent is operand for operand in operands]
        total += float(slope) * (np.array(own) if any(own) else rates(parent.parents, parent.slopes, operands))
    return total


def made(what: str, result: Any, data: float) -> tuple[Sequence[Any], Sequence[Any]]:
    """Parents and slopes of a result, which must remember them and have the right number."""
    if result is None:
        raise Wrong(f"{what} is None: is there a return at the end of the method?")
    if isinstance(result, float | int | np.generic | np.ndarray):
        raise Wrong(f"{what} is a plain number, {shown(result)}: {REMEMBER}")
    try:
        found, parents, slopes = result.data, list(result.parents), list(result.slopes)
    except (AttributeError, TypeError):
        raise Wrong(f"{what} lacks data, or a tuple of parents, or one of slopes: {REMEMBER}") from None
    got = number(f"({what}).data", found)
    if not np.isclose(got, data, rtol=1e-5, atol=1e-7):
        raise Wrong(f"({what}).data", f"{data:.6g}", f"{got:.6g}")
    holds(parents, f"{what} remembers no parents: {REMEMBER}")
    if len(parents) != len(slopes):
        counts = f"{len(parents)} parent(s) and {len(slopes)} slope(s)"
        raise Wrong(f"{what} has {counts}: a Value has one slope for each parent")
    return parents, slopes


Operation = Callable[..., Any]
Case = tuple[str, Operation, tuple[float, ...], float, tuple[float, ...]]
"""What it is called, the operation, the numbers, the result, and its slopes."""

PARTS: dict[str, list[tuple[str, list[Case]]]] = {
    "product": [
        ("A sum of two Values", [("a + b", lambda a, b: a + b, (2.0, -3.0), -1.0, (1.0, 1.0))]),
        ("A product of two Values", [("a * b", lambda a, b: a * b, (2.0, -3.0), -6.0, (-3.0, 2.0))]),
        (
            "A Value that is used twice",
            [
                ("a + a", lambda a: a + a, (3.0,), 6.0, (2.0,)),
                ("a * a", lambda a: a * a, (3.0,), 9.0, (6.0,)),
            ],
        ),
    ],
    "power": [
        ("A cube", [("a ** 3", lambda a: a**3, (3.0,), 27.0, (27.0,))]),
        ("A square of a negative number", [("a ** 2", lambda a: a**2, (-3.0,), 9.0, (-6.0,))]),
        ("Exponents that are negative or no whole numbers", [
            ("a ** -1", lambda a: a**-1, (2.0,), 0.5, (-0.25,)),
            ("a ** 0.5", lambda a: a**0.5, (4.0,), 2.0, (0.25,)),
        ]),
    ],
    "functions": [
        ("`exp`", [("a.exp()", lambda a: a.exp(), (0.5,), 1.648721, (1.648721,))]),
        ("`log`", [("a.log()", lambda a: a.log(), (2.0,), 0.693147, (0.5,))]),
        ("`tanh`", [("a.tanh()", lambda a: a.tanh(), (0.8,), 0.664037, (0.559055,))]),
        ("`relu`", [
            ("a.relu()", lambda a: a.relu(), (1.5,), 1.5, (1.0,)),
            ("a.relu()", lambda a: a.relu(), (-2.0,), 0.0, (0.0,)),
        ]),
    ],
    "constants": [
        ("A number on the right: `a + 2`, `a * 2`", [
            ("a + 2", lambda a: a + 2, (3.0,), 5.0, (1.0,)),
            ("a * 2", lambda a: a * 2, (3.0,), 6.0, (2.0,)),
        ]),
        ("A number on the left: `2 + a`, `2 * a`", [
            ("2 + a", lambda a: 2 + a, (3.0,), 5.0, (1.0,)),
            ("2 * a", lambda a: 2 * a, (3.0,), 6.0, (2.0,)),
        ]),
        ("Differences: `-a`, `a - b`, `a - 1`, `1 - a`", [
            ("-a", lambda a: -a, (3.0,), -3.0, (-1.0,)),
            ("a - b", lambda a, b: a - b, (3.0, 5.0), -2.0, (1.0, -1.0)),
            ("a - 1", lambda a: a - 1, (3.0,), 2.0, (1.0,)),
            ("1 - a", lambda a: 1 - a, (3.0,), -2.0, (-1.0,)),
        ]),
        ("Quotients: `a / b`, `a / 4`, `2 / a`", [
            ("a / b", lambda a, b: a / b, (3.0, 2.0), 1.5, (0.5, -0.75)),
            ("a / 4", lambda a: a / 4, (3.0,), 0.75, (0.25,)),
            ("2 / a", lambda a: 2 / a, (4.0,), 0.5, (-0.125,)),
        ]),
    ],
}  # fmt: skip
BLOCKS = [PARTS["product"][0][1][0], PARTS["product"][1][1][0], PARTS["power"][2][1][0]]
"""What differences and quotients are made of: a + b, a * b, a ** -1."""


def operated(kind: Any, case: Case, slopes_too: bool = True) -> None:
    """One operation on Values of the student's: its number, its slopes, and operands that stay as they are."""
    what, operation, numbers, data, slopes = case
    try:
        operands = [kind(x) for x in numbers]
    except TypeError:
        raise Wrong(
            f"Value({numbers[0]}) does not work: begin with `class Value(Node):` to have a constructor"
        ) from None
    where = ", ".join(f"{name} = {x:g}" for name, x in zip("ab", numbers, strict=False))
    what = f"{what} at {where}"
    result = operation(*operands)
    stays = np.isclose(float(operands[0].data), numbers[0])
    holds(stays, f"{what} changed an operand: make a new Value for the result")
    parents, slopes_made = made(what, result, data)
    found = rates(parents, slopes_made, operands) if slopes_too else np.array(slopes)
    for name, got, want, x in zip("ab", found, slopes, numbers, strict=False):
        if not np.isclose(got, want, rtol=1e-4, atol=1e-6):
            hint = seen(got, want, data, x)
            raise Wrong(f"The slope of {what} with respect to {name}", f"{want:.6g}", f"{got:.6g}", hint)


def seen(got: float, want: float, data: float, x: float) -> str:
    """What a wrong slope is, if one thing only can be seen of it.

    Args:
        got, want: the slope, and what it should be.
        data: the result.
        x: the number that the slope belongs to.
    """
    facts = (
        (-want, "the size is right, the sign is not"),
        (data, "that is the result itself, not how fast it changes"),
        (1 / data if data else np.nan, "that is 1 divided by the result"),
        (x, "that is the number itself, not how fast the result changes with it"),
        (1 / x, "that is 1 divided by the number"),
        (1 / want if want else np.nan, "that is 1 divided by the right slope"),
        (1 - data, "that is 1 minus the result"),
        (data**2, "that is the square of the result"),
    )
    found = [told for fact, told in facts if np.isclose(got, fact, rtol=1e-4)]
    return found[0] if len(found) == 1 else ""


def holding(kind: Any, case: Case) -> bool:
    """Whether an operation of the student's is right; it has a test of its own."""
    try:
        operated(kind, case)
    except Exception:
        return False
    return True


def observed(kind: Any, case: Case, factor: float) -> Any:
    """What an operation gives at numbers that are larger by a factor, as plain data."""
    _, operation, numbers, *_ = case
    try:
        operands = [kind(factor * x) for x in numbers]
        result = operation(*operands)
        if not hasattr(result, "parents"):
            return [float(result)]
        found = rates(result.parents, result.slopes, operands).tolist()
        stays = bool(np.isclose(float(operands[0].data), factor * numbers[0]))
        return [float(result.data), *found] if stays else "changed"
    except Exception as error:
        return type(error).__name__
