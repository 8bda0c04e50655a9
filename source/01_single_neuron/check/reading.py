"""What the text of a function tells where its results fit no known mistake.

The sentences are shown below a fact that does not hold, never beside a right answer. Each says what stands in the
code, so it is true whatever went wrong, and asks for what usually does.
"""

from __future__ import annotations

import ast
import inspect
import math
import textwrap
import types
from collections.abc import Callable, Iterator
from typing import Any

LENGTH = 3  # from this number on, a number that divides or sizes is a length that was typed in
KEPT = ("append", "permutation", "where", "round", "clip", "sort", "concatenate", "reshape")  # of NumPy: return copies
ROUNDING = ("round", "around", "rint", "floor", "ceil", "trunc", "int")
COUNTING = ("argmin", "argmax", "len", "count_nonzero", "range")  # give whole numbers, or want them
SIZED = ("zeros", "ones", "empty", "full", "range", "arange")

Definition = ast.FunctionDef
Scope = dict[str, Any]


def read(function: Any, *, sure_only: bool = False) -> list[str]:
    """Sentences about a student's function, the surest first; none if its text is not at hand.

    Args:
        function: the student's.
        sure_only: whether to tell only what no right answer has, as where a mistake has been recognised already.
    """
    if not isinstance(function, types.FunctionType):
        return []
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return []
    definition = next((node for node in tree.body if isinstance(node, Definition)), None)
    if definition is None:
        return []
    return list(
        dict.fromkeys(
            text for rule in (_SURE if sure_only else _SURE + _RULES) for text in rule(definition, function.__globals__)
        )
    )


def _dropped(definition: Definition, scope: Scope) -> Iterator[str]:
    """Calls that only make sense for their result, which nobody keeps."""
    for node in ast.walk(definition):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = node.value.func
            own = isinstance(called, ast.Name) and isinstance(scope.get(called.id), types.FunctionType)
            numpy = isinstance(called, ast.Attribute) and called.attr in KEPT and ast.unparse(called.value) == "np"
            if own or numpy:
                yield f"The result of `{ast.unparse(called)}(...)` is not kept: store it under a name."


def _arguments(definition: Definition, scope: Scope) -> Iterator[str]:
    """Arguments that have no say, and values from outside that replace them."""
    name, parameters = definition.name, [arg.arg for arg in definition.args.args]
    nodes = [node for statement in definition.body for node in ast.walk(statement)]
    read_names = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    changed = {
        node.target.id for node in nodes if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    unused = [f"`{each}`" for each in parameters if each not in read_names and each not in changed]
    plural = "s" * (len(unused) > 1)
    outside = [
        f"`{each}`"
        for each in dict.fromkeys(read_names)
        if each not in parameters and (each not in stored or each in declared) and _is_data(scope.get(each))
    ]
    if unused and outside:
        yield (
            f"`{name}` never uses its argument{plural} {' and '.join(unused)}, and takes {' and '.join(outside)} from "
            "outside the function, which stays the same whatever it is called with."
        )
    elif unused:
        yield f"`{name}` never uses its argument{plural} {' and '.join(unused)}: where does it count?"
    elif outside:
        yield f"`{name}` takes {' and '.join(outside)} from outside the function: use the arguments only."
    for parameter in parameters:
        first = min(
            (node for node in nodes if isinstance(node, ast.Name) and node.id == parameter),
            key=lambda node: (node.lineno, isinstance(node.ctx, ast.Store), node.col_offset),
            default=None,
        )
        if first is not None and isinstance(first.ctx, ast.Store) and parameter not in changed:
            yield f"`{name}` gives its argument `{parameter}` a value of its own before it uses it."


def _is_data(value: Any) -> bool:
    return value is not None and not callable(value) and not isinstance(value, types.ModuleType)


def _loops(definition: Definition, scope: Scope) -> Iterator[str]:
    """Loops that end too early, or forget."""
    for loop in ast.walk(definition):
        if not isinstance(loop, ast.For | ast.While):
            continue
        if any(isinstance(statement, ast.Return) for statement in loop.body):
            yield "The `return` stands inside the loop, which so ends in its first turn: return after the loop."
        inside = {id(node) for statement in loop.body for node in ast.walk(statement)}
        names = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
        read_inside = {node.id for node in names if id(node) in inside and isinstance(node.ctx, ast.Load)}
        read_later = {
            node.id for node in names if isinstance(node.ctx, ast.Load) and node.lineno > (loop.end_lineno or 0)
        }
        assigned = [node for statement in loop.body for node in ast.walk(statement) if isinstance(node, ast.Assign)]
        given = dict.fromkeys(
            target.id
            for node in assigned
            for target in ast.walk(ast.Tuple([*node.targets], ast.Store()))
            if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
        )
        lost = [f"`{each}`" for each in given if each not in read_inside and each in read_later]
        if lost:
            yield (
                f"Each turn of a loop replaces {' and '.join(lost)}, so that only the last turn counts after it: is "
                "something to be added up, or used inside the loop?"
            )


def _ranges(definition: Definition, scope: Scope) -> Iterator[str]:
    """Ranges that leave out the first or the last turn."""
    for node in ast.walk(definition):
        if not isinstance(node, ast.For | ast.comprehension):
            continue
        turns = node.iter
        if not (isinstance(turns, ast.Call) and isinstance(turns.func, ast.Name) and turns.func.id == "range"):
            continue
        neighbours = any(
            isinstance(part, ast.BinOp) and isinstance(node.target, ast.Name) and _pair(part) == (node.target.id, 1)
            for part in ast.walk(definition)
        )
        text = ast.unparse(turns)
        if turns.args and not neighbours:
            stop = turns.args[min(1, len(turns.args) - 1)]
            if isinstance(stop, ast.BinOp) and isinstance(stop.op, ast.Sub) and _number(stop.right) == 1:
                yield f"`{text}` ends one turn early, because a range leaves out its end by itself."
            elif len(turns.args) == 2 and _number(turns.args[0]) == 1 and _number(stop) is None:
                yield f"`{text}` begins at 1 and makes one turn too few: counting begins at 0."


def _pair(node: ast.BinOp) -> tuple[str, Any]:
    return (node.left.id if isinstance(node.left, ast.Name) else "", _number(node.right))


def _number(node: ast.AST) -> Any:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int | float) else None


def _typed_numbers(definition: Definition, scope: Scope) -> Iterator[str]:
    """Lengths, and the number e, as digits."""
    for node in ast.walk(definition):
        sizes: list[ast.AST] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.FloorDiv):
            sizes = [node.right]
        elif isinstance(node, ast.Call) and _called(node) in SIZED and node.args:
            sizes = list(ast.walk(node.args[0]))
        for size in sizes:
            number = _number(size)
            if isinstance(number, int) and number >= LENGTH:
                yield f"The number {number} is fixed in `{ast.unparse(node)}`: is it a length that can be another one?"
        power = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _number(node.left)
        if power and abs(power - math.e) < 0.02:
            yield f"`{power}` is not exactly e: use NumPy's exponential function."


def _called(node: ast.AST) -> str:
    """The name of what is called; "" of what is no call."""
    function = node.func if isinstance(node, ast.Call) else node
    return "" if function is node else getattr(function, "attr", getattr(function, "id", ""))


def _whole_quotients(definition: Definition, scope: Scope) -> Iterator[str]:
    """Results that are divided and rounded down."""
    for node in ast.walk(definition):
        value = node.value if isinstance(node, ast.Return) else None
        parts = ast.walk(value) if isinstance(value, ast.BinOp | ast.Tuple) else ()
        if any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.FloorDiv) for part in parts):
            yield "`//` divides and rounds down to a whole number: a single slash only divides."


def _operators(definition: Definition, scope: Scope) -> Iterator[str]:
    """Signs that mean something else in Python, and a result that is printed only."""
    nodes = list(ast.walk(definition))
    for node in nodes:
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.BitXor):
            yield f"`{ast.unparse(node)}` is no power: in Python a power is written with `**`."
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare | ast.BinOp):
            yield f"`{ast.unparse(node.value)}` stands alone, so its value is lost: store it with a single `=`."
    returns = [node for node in nodes if isinstance(node, ast.Return) and node.value is not None]
    if not returns and any(isinstance(node, ast.Call) and _called(node) == "print" for node in nodes):
        yield f"`{definition.name}` prints and returns nothing: end it with `return` and the result."


def _bases(definition: Definition, scope: Scope) -> Iterator[str]:
    """Powers of 2 or 10, which are no powers of e."""
    for node in ast.walk(definition):
        power = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _number(node.right) is None
        if isinstance(node, ast.BinOp) and power and _number(node.left) in (2, 10):
            yield f"`{ast.unparse(node)}` is a power of {_number(node.left)}: is a power of e meant?"


def _never_used(definition: Definition, scope: Scope) -> Iterator[str]:
    """Values that are computed and never used."""
    nodes = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
    used = {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
    for node in ast.walk(definition):
        target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
        if isinstance(target, ast.Name) and target.id not in used and not target.id.startswith("_"):
            yield f"`{target.id}` is computed and never used after it: where does it belong?"


def _rounded(definition: Definition, scope: Scope) -> Iterator[str]:
    """Results that lose their decimals; positions and counts have none."""
    nodes = list(ast.walk(definition))
    wanted = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    wanted += [arg for node in nodes if isinstance(node, ast.Call) and _called(node) in COUNTING for arg in node.args]
    positions = {id(part) for node in wanted for part in ast.walk(node)}
    for node in nodes:
        if not isinstance(node, ast.Call) or id(node) in positions:
            continue
        parts = list(ast.walk(node))
        if any(isinstance(part, ast.Compare) or _called(part) in COUNTING for part in parts):
            continue
        whole = _called(node) == "astype" and any("int" in ast.unparse(arg) for arg in node.args)
        if whole or _called(node) in ROUNDING:
            yield f"`{ast.unparse(node)}` rounds: keep all decimals, rounding is only for printing."
        elif any(word.arg == "dtype" and "int" in ast.unparse(word.value) for word in node.keywords):
            yield f"`{ast.unparse(node)}` makes an array of whole numbers, which cuts off the decimals."


def _order(definition: Definition, scope: Scope) -> Iterator[str]:
    """A second call, for the next of several values that belong together, after the first one has changed."""
    for block in ast.walk(definition):
        body = [node for node in getattr(block, "body", []) if isinstance(node, ast.Assign | ast.AugAssign)]
        for i, first in enumerate(body):
            changed = first.targets[0] if isinstance(first, ast.Assign) else first.target
            for second in body[i + 1 :]:
                for call in ast.walk(second.value):
                    if (
                        isinstance(changed, ast.Name)
                        and isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Name)
                        and _uses(call, changed.id)
                        and any(
                            isinstance(other, ast.Call) and ast.unparse(other) == ast.unparse(call)
                            for other in ast.walk(first.value)
                        )
                    ):
                        yield (
                            f"`{ast.unparse(call.func)}` is called again after `{changed.id}` has changed: call it "
                            "once, before the step, and use all of its results."
                        )


def _uses(call: ast.Call, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for arg in call.args for node in ast.walk(arg))


_Rules = tuple[Callable[[Definition, Scope], Iterator[str]], ...]
_SURE: _Rules = (_dropped, _operators, _whole_quotients)
_RULES: _Rules = (_arguments, _loops, _ranges, _order, _typed_numbers, _rounded, _bases, _never_used)
