"""Calls that are missing, too many, or calls of something else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place
from autograder.error_model.operators.words import CALLS, DRAWS, call_word, called, number, word
from autograder.error_model.tree import expression, names_read, replacing_name

CONVERSIONS = frozenset({"float", "asarray", "array", "int", "tuple", "list", "ravel", "asanyarray", "atleast_1d"})
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("tanh", "tan"),
    ("sum", "mean", "median", "prod", "max", "min", "std", "var"),
    ("log", "log10", "log2", "log1p"),
    ("exp", "exp2", "expm1", "log", "tanh", "cosh", "sinh", "cos", "sin", "tan", "sqrt", "square", "abs", "sign"),
    ("outer", "multiply", "add", "dot"),
    ("maximum", "minimum"),
    ("tanh", "arctan"),
    ("floor", "ceil", "round"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("hstack", "vstack", "column_stack", "concatenate"),
)
CURVES: tuple[tuple[str, str, str], ...] = (
    ("tanh", "np.tanh(A)", "tanh, whose values lie between -1 and 1,"),
    ("relu", "np.maximum(0, A)", "the larger of 0 and the value (ReLU)"),
    ("arctan", "0.5 + np.arctan(A) / np.pi", "an arctan, squeezed to run from 0 to 1,"),
    ("softsign", "0.5 + 0.5 * np.asarray(A) / (1 + np.abs(A))", "a fraction with an absolute value"),
    ("step", "np.where(np.asarray(A) > 0, 1.0, 0.0)", "a step from 0 to 1"),
    ("step_at_zero", "np.where(np.asarray(A) >= 0, 1.0, 0.0)", "a step from 0 to 1"),
    ("sign", "np.sign(A)", "the sign of the value"),
    ("line", "0.5 + np.asarray(A) / 4", "a straight line"),
    ("ramp", "np.clip(0.5 + np.asarray(A) / 4, 0, 1)", "a straight line between two flat ends"),
    ("softmax", "np.exp(A) / np.sum(np.exp(A))", "a softmax, whose values add up to 1,"),
    ("softplus", "np.log(1 + np.exp(A))", "the logarithm of 1 plus an exponential (softplus)"),
    ("exponential", "np.exp(A)", "an exponential function"),
    ("falling_exponential", "np.exp(-np.asarray(A))", "a falling exponential function"),
    ("bump", "np.exp(-np.asarray(A) ** 2)", "a bump"),
    ("zero", "0 * np.asarray(A)", "a 0 for every value"),
    ("one", "0 * np.asarray(A) + 1.0", "a 1 for every value"),
    ("square", "np.asarray(A) ** 2", "the square"),
    ("tanh_slope", "1 - np.tanh(A) ** 2", "the slope of tanh"),
    ("linear", "np.asarray(A) * (1 - np.asarray(A))", "a formula of the input itself, not of the output,"),
)
"""Curves that a function of one argument is mistaken for: name, formula, words."""


PAIRS: tuple[tuple[str, str, str], ...] = (
    ("add", "np.add.outer(A, B)", "every pair seems to be added where every pair is to be multiplied."),
    ("subtract", "np.subtract.outer(A, B)", "every pair seems to be subtracted where every pair is to be multiplied."),
    ("divide", "np.divide.outer(A, B)", "every pair seems to be divided where every pair is to be multiplied."),
)
"""What is made of every pair of elements: name, formula, words."""
SHARES: tuple[tuple[str, str, str], ...] = (
    ("where_right_is_1", "np.mean(np.equal(A, B)[np.asarray(B) == 1])", "cases in which {right} is 1 seem to count"),
    ("where_right_is_0", "np.mean(np.equal(A, B)[np.asarray(B) == 0])", "cases in which {right} is 0 seem to count"),
    ("decided_1", "np.mean(np.equal(A, B)[np.asarray(A) == 1])", "cases that are decided as 1 seem to count"),
    ("decided_0", "np.mean(np.equal(A, B)[np.asarray(A) == 0])", "cases that are decided as 0 seem to count"),
    (
        "not_both_0",
        "np.sum(np.multiply(A, B)) / np.sum(np.maximum(A, B))",
        "cases that are 1 in at least one of the two seem to count",
    ),
)
"""Shares of hits among some of the cases only: name, formula, words."""


def call_lost(place: Place) -> Iterator[Edit]:
    """The argument for the value, the object for what its method gives."""
    node = place.node
    name = called(node)
    if not isinstance(node, ast.Call) or not place.is_read or name in CONVERSIONS:
        return
    if isinstance(place.slot.parent, ast.Expr) or name in ("linspace", "arange", "subplots"):
        return
    found = call_word(place, name)
    body = (
        f"{found} seems to be missing: check what is applied to what."
        if found
        else "a function seems not to be applied: check the calls."
    )
    if name in ("abs", "absolute", "fabs"):  # who uses none may have turned a sign where it is negative
        body = "a sign seems to be the wrong one where a number is negative: check the signs and absolute values there."
    for argument in node.args[:3]:
        if not isinstance(argument, (ast.Starred, ast.Constant)):
            yield place.change("call_lost", argument, body, 9, name)
    if isinstance(node.func, ast.Attribute) and not _is_module(place, node.func.value):
        yield place.change("call_lost", node.func.value, body, 6, name)


def call_moved_in(place: Place) -> Iterator[Edit]:
    """A function applied to one of the names in its argument, not to the whole."""
    node = place.node
    if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords or not isinstance(node.func, ast.Name):
        return
    name = called(node)
    found = call_word(place, name) or "a function"
    if name in CONVERSIONS:
        return
    argument = node.args[0]
    yield place.change(
        "inner_returned_too",
        ast.Tuple([argument, node], ast.Load()),
        f"two things seem to come back, the value before {found} and the one after it: return one.",
        4,
        name,
    )
    for each in sorted(names_read(argument) - place.code.modules):
        new = replacing_name(argument, each, ast.Call(node.func, [ast.Name(each, ast.Load())], []))
        of = f"`{each}`" if place.is_known(each) else "a part of its argument"
        body = f"{found} seems to be applied to {of} only: it belongs around the whole."
        yield place.change("call_moved_in", new, body, 7, f"{name}-{each}")


def call_doubled(place: Place) -> Iterator[Edit]:
    """A function applied to its own value."""
    node = place.node
    name = called(node)
    if isinstance(node, ast.Call) and len(node.args) == 1 and name not in CONVERSIONS and place.is_read:
        found = call_word(place, name)
        body = f"{found or 'a function'} seems to be applied twice: once is enough."
        yield place.change("call_doubled", ast.Call(node.func, [node], node.keywords), body, 7, name)


def call_replaced(place: Place) -> Iterator[Edit]:
    """Another function of the same kind in its place."""
    node = place.node
    name = called(node)
    if not isinstance(node, ast.Call) or not place.is_read:
        return
    for family in FAMILIES:
        for other in family if name in family and isinstance(node.func, ast.Attribute) else ():
            if other != name:
                assert isinstance(node.func, ast.Attribute)
                new = ast.Call(ast.Attribute(node.func.value, other, ast.Load()), node.args, node.keywords)
                wrong, right = CALLS.get(other, f"`{other}`"), CALLS.get(name, f"`{name}`")
                body = f"{wrong} seems to stand where {right} belongs: check the functions."
                weight = 9 if _is_drawn(place) and family == FAMILIES[0] else 6
                yield place.change("call_replaced", new, body, weight, f"{other}_for_{name}")
    if isinstance(node.func, ast.Name):
        yield from _other_functions(place, node, name)
    elif name in CALLS and len(node.args) == 1:
        for other in place.code.called:
            new = ast.Call(ast.Name(other, ast.Load()), node.args, [])
            body = f"`{other}` seems to stand where {CALLS[name]} belongs: check the functions."
            yield place.change("call_replaced", new, body, 9 if _is_drawn(place) else 5, f"{other}_for_{name}")


def _is_drawn(place: Place) -> bool:
    """Whether it stands in a call that draws something: a trial of a picture is dear, and few can be made."""
    return any(called(node) in DRAWS for node in place.above)


def _other_functions(place: Place, node: ast.Call, name: str) -> Iterator[Edit]:
    known = place.code.vocabulary.functions
    right = call_word(place, name) or "another function"
    for other, names in known.items():
        if other != name and name in known and len(names) == len(node.args) and not node.keywords:
            new = ast.Call(ast.Name(other, ast.Load()), node.args, [])
            yield place.change(
                "call_replaced",
                new,
                f"`{other}` seems to stand where {right} belongs: check the functions.",
                6,
                f"{other}_for_{name}",
            )
    if len(node.args) == 1 and name in known:
        for kind, text, words in CURVES:
            body = f"{words} seems to stand where {right} belongs: check the functions."
            yield place.change(f"{kind}_for_{name}", expression(text, A=node.args[0]), body, 6)


RARE = {"exp": 2.0, "sqrt": 2.0, "log": 2.0, "round": 2.0, "transpose": 2.0, "tanh": 2.5}
"""Weights of calls that are seldom too many."""


def call_added(place: Place) -> Iterator[Edit]:
    """A function of the lab, or a well-known one, around a value that needs none."""
    node = place.node
    inside = called(node)
    named = isinstance(node, ast.Name) or inside in place.code.vocabulary.functions
    if not place.is_whole and not (named and place.is_read and isinstance(place.slot.parent, ast.BinOp)):
        return
    for name in place.code.related:
        if name != inside:
            new = expression("F(A)", F=ast.Name(name, ast.Load()), A=node)
            body = f"`{name}` seems to be applied where it does not belong: check the calls."
            drawn = _is_drawn(place) and isinstance(place.slot.parent, ast.Call)
            weight = 8 if drawn and name in place.code.called else 5
            yield place.change("call_added", new, body, weight, name)
    if isinstance(node, ast.Name) and isinstance(place.slot.parent, ast.Call):
        return
    for name, text in (
        ("sum", "np.sum(A)"),
        ("mean", "np.mean(A)"),
        ("abs", "np.abs(A)"),
        ("exp", "np.exp(A)"),
        ("tanh", "np.tanh(A)"),
        ("sqrt", "np.sqrt(A)"),
        ("log", "np.log(A)"),
        ("sign", "np.sign(A)"),
        ("transpose", "np.transpose(A)"),
        ("round", "np.round(A)"),
    ):
        if name != inside:
            body = f"{CALLS[name]} seems to be taken where it does not belong: check the calls."
            yield place.change("call_added", expression(text, A=node), body, RARE.get(name, 3), name)


def arguments_changed(place: Place) -> Iterator[Edit]:
    """Arguments swapped, dropped, or with another value; another axis."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    name = called(node)
    found = call_word(place, name)
    of = f" of {found}" if found else " of a call"
    plain = [index for index, argument in enumerate(node.args) if not isinstance(argument, ast.Starred)]
    for first in plain:
        for second in plain:
            if first < second and ast.dump(node.args[first]) != ast.dump(node.args[second]):
                arguments = list(node.args)
                arguments[first], arguments[second] = arguments[second], arguments[first]
                body = f"two arguments{of} seem to be swapped: compare their order with the parameters."
                yield place.change(
                    "arguments_swapped",
                    ast.Call(node.func, arguments, node.keywords),
                    body,
                    7,
                    f"{name}{first}{second}",
                )
    if len(plain) == 3 == len(node.args):
        for turn in (1, 2):
            arguments = [*node.args[turn:], *node.args[:turn]]
            body = f"the arguments{of} seem to be in another order than its parameters: compare them."
            yield place.change("arguments_turned", ast.Call(node.func, arguments, node.keywords), body, 6, name)
    for index, argument in enumerate(node.args):
        if len(node.args) > 1 and index > 0:
            rest = [each for each in node.args if each is not argument]
            body = f"an argument{of} seems to be left out, so that a preset value is used: check the arguments."
            yield place.change("argument_lost", ast.Call(node.func, rest, node.keywords), body, 5, f"{name}{index}")
    for keyword in node.keywords:
        if keyword.arg is None:
            continue
        rest_keywords = [each for each in node.keywords if each is not keyword]
        axis = keyword.arg == "axis"
        body = (
            f"no axis seems to be given{of}, so that it runs over all elements."
            if axis
            else f"an argument{of} seems to be left out: check the arguments."
        )
        yield place.change("argument_lost", ast.Call(node.func, node.args, rest_keywords), body, 6, keyword.arg)
        if axis and isinstance(keyword.value, (ast.Constant, ast.UnaryOp)):
            for other in ("0", "1"):
                if ast.unparse(keyword.value) != other:
                    changed = ast.keyword("axis", expression(other))
                    new = ast.Call(node.func, node.args, [*rest_keywords, changed])
                    yield place.change(
                        "other_axis",
                        new,
                        f"the axis{of} seems to be the wrong one: along which one does it run?",
                        8,
                        other,
                    )


def decided_or_reshaped(place: Place) -> Iterator[Edit]:
    """A decision for the value of an earlier function, or the value as a column."""
    node = place.node
    name = called(node)
    if not isinstance(node, ast.Call) or name not in place.code.vocabulary.functions or not place.is_read:
        return
    for kind, text, tail in (
        ("decided", "(A > 0.5).astype(int)", "seems to be turned into decisions, 0 or 1: use the value itself."),
        ("column", "np.reshape(A, (-1, 1))", "seems to be a column beside a row, so that every pair is combined."),
        ("fixed_mean", "0 * A + np.mean(A)", "seems to be replaced by its mean: each element has its own."),
        ("rounded_2", "np.round(A, 2)", "seems to be rounded before it is used: rounding is only for printing."),
        ("rounded_1", "np.round(A, 1)", "seems to be rounded before it is used: rounding is only for printing."),
        *(
            (
                f"clipped_{distance:g}",
                f"np.clip(A, {distance!r}, {1 - distance!r})",
                "seems to be kept away from 0 and 1 before it is used: use it as it is.",
            )
            for distance in (0.01, 0.05, 0.001, 0.1)
        ),
    ):
        yield place.change(kind, expression(text, A=node), f"the value of `{name}` {tail}", 4, name)


def one_of_sum(place: Place) -> Iterator[Edit]:
    """One of the terms of a sum over an axis."""
    node = place.node
    axis = (
        next((word.value for word in node.keywords if word.arg == "axis"), None) if isinstance(node, ast.Call) else None
    )
    if isinstance(node, ast.Call) and called(node) in ("sum", "mean") and len(node.args) == 1 and axis is not None:
        for index, which in ((0, "first"), (-1, "last")):
            body = f"only the {which} term of a sum seems to count: check the indices, and where a loop returns."
            new = expression(f"np.take(A, {index}, axis=B)", A=node.args[0], B=axis)
            yield place.change(f"{which}_of_sum", new, body, 6)


def pairs_made_otherwise(place: Place) -> Iterator[Edit]:
    """Sums, differences or quotients of every pair of elements for their products."""
    node = place.node
    if isinstance(node, ast.Call) and called(node) == "outer" and len(node.args) == 2:
        for kind, text, body in PAIRS:
            new = expression(text, A=node.args[0], B=node.args[1])
            yield place.change("pairs", new, body, 6, kind)


def share_of_some(place: Place) -> Iterator[Edit]:
    """The share of hits among some of the cases, or another measure, for that among all of them."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) not in ("mean", "average") or len(node.args) != 1:
        return
    compared = node.args[0]
    if node.keywords or not isinstance(compared, ast.Compare) or not isinstance(compared.ops[0], ast.Eq):
        return
    both = compared.left, compared.comparators[0]
    for decided, right in (both, both[::-1]):
        if isinstance(right, ast.Compare):
            continue
        told = word(place, right) or "the right value"
        for kind, text, body in SHARES:
            new = expression(text, A=decided, B=right)
            body = f"only {body.format(right=told)}: divide the number of all hits by the number of all cases."
            yield place.change("share", new, body, 6, kind)
        for kind, text, body in (
            (
                "f_measure",
                "2 * np.sum(np.multiply(A, B)) / (np.sum(A) + np.sum(B))",
                "another measure than the share of hits seems to be computed, the F-measure.",
            ),
            (
                "balanced",
                "np.mean([np.mean(np.equal(A, B)[np.asarray(B) == one_]) for one_ in (0, 1)])",
                "the mean of the shares in the two classes seems to be taken: count all hits together.",
            ),
            (
                "correlation",
                "np.corrcoef(A, B)[0, 1]",
                "a correlation seems to be computed: a share of hits is asked for.",
            ),
        ):
            yield place.change("measure", expression(text, A=decided, B=right), body, 4, kind)


def divided_mean(place: Place) -> Iterator[Edit]:
    """A sum over too few elements, or divided by another number than theirs."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) not in ("mean", "average", "sum") or len(node.args) != 1:
        return
    if node.keywords:
        return
    summed = called(node) == "sum"
    by_size = "" if summed else " / np.size(A)"
    for text, which, weight in (
        ("[:-1]", "the last element seems to be left out of a sum: does a loop end one step early?", 5),
        ("[1:]", "the first element seems to be left out of a sum: does a loop begin at 1?", 4),
        ("[:1]", "only the first element seems to be summed: is the return inside the loop?", 6),
        ("[-1:]", "only the last element seems to be summed: does each turn of a loop overwrite the one before?", 4),
    ):
        new = expression(f"np.sum(np.ravel(A){text}){by_size}", A=node.args[0])
        yield place.change("part_summed", new, which, weight, text.strip("[:]"))
    if summed:
        return
    for text, body, weight in (
        ("max(np.size(A) - 1, 1)", "a sum seems to be divided by one less than the number of elements.", 5),
        ("(np.size(A) + 1)", "a sum seems to be divided by one more than the number of elements.", 3),
    ):
        yield place.change("divided_by", expression(f"np.sum(A) / {text}", A=node.args[0]), body, weight, "size")
    for count in (100, 10, 2):
        body = f"a sum seems to be divided by {count} whatever the number of elements is: count them."
        yield place.change("divided_by", expression(f"np.sum(A) / {count}", A=node.args[0]), body, 3, str(count))


def constants_in_array(place: Place) -> Iterator[Edit]:
    """The numbers of an array changed together."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) not in ("array", "asarray") or not node.args:
        return
    if not isinstance(node.args[0], (ast.List, ast.Tuple)) or _names(node.args[0]):
        return
    for text, body, weight in (
        ("np.zeros_like(A)", "zeros seem to stand where other numbers are given in the task.", 6),
        ("np.ones_like(A)", "ones seem to stand where other numbers are given in the task.", 5),
        ("-A", "all numbers of an array seem to have the wrong sign: check the signs.", 5),
        ("A[::-1]", "the numbers of an array seem to stand in the reverse order.", 4),
        ("A.astype(int)", "an array of whole numbers seems to stand where floating-point numbers are needed.", 3),
        ("np.random.normal(size=A.shape)", "random numbers seem to stand where the task gives the numbers.", 4),
    ):
        yield place.change(
            "array_changed", expression(text, A=node), body, weight, text.split("(")[0].replace("np.", "")
        )


def arrays_changed(place: Place) -> Iterator[Edit]:
    """The numbers of several arrays that stand side by side, changed together."""
    node = place.node
    if not isinstance(node, ast.Tuple) or not all(called(each) in ("array", "zeros", "ones") for each in node.elts):
        return
    for text, which in (
        ("np.zeros_like(A)", "zeros seem"),
        ("np.ones_like(A)", "ones seem"),
        ("np.random.normal(size=A.shape)", "random numbers seem"),
        ("A.astype(int)", "whole numbers seem"),
    ):
        members = [expression(text, A=each) for each in node.elts]
        body = f"{which} to stand where the task gives other numbers to start from."
        yield place.change("arrays_changed", ast.Tuple(members, ast.Load()), body, 7, which.split()[0])


def _names(node: ast.AST) -> bool:
    return any(isinstance(each, ast.Name) for each in ast.walk(node))


def _is_module(place: Place, node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in place.code.modules


def base_changed(place: Place) -> Iterator[Edit]:
    """The exponential function to another base, or with something else in the exponent."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) != "exp" or len(node.args) != 1:
        return
    for base in (2, 10, 2.7, 2.71, 2.72, 2.718, 3):
        rounded = base not in (2, 10, 3)
        body = (
            "the base of a power seems to be a rounded e: use the exponential function."
            if rounded
            else f"the base of a power seems to be {number(base)}, not e: use the exponential function."
        )
        for text in ("np.asarray(A, dtype=float)", "A"):
            yield place.change("base", expression(f"{base!r} ** {text}", A=node.args[0]), body, 6, number(base))
    for text, body in (
        ("np.exp(-A)", "the exponent of an exponential function seems to have the wrong sign."),
        ("np.exp(-np.abs(A))", "the exponent of an exponential function seems never to be positive: check its sign."),
        ("np.exp(A / 2)", "the exponent of an exponential function seems to be halved: check its factors."),
        ("np.exp(2 * A)", "the exponent of an exponential function seems to be doubled: check its factors."),
        ("1 + A", "an exponential function seems to be replaced by a straight line: check the functions."),
    ):
        yield place.change("exponent", expression(text, A=node.args[0]), body, 6)


def constant_result(place: Place) -> Iterator[Edit]:
    """A value computed from other values replaced by zeros or ones of its shape."""
    node = place.node
    if place.is_whole and not isinstance(node, ast.Name):
        found = word(place, node)
        what = f"the value of {found}" if found.startswith("`") else "a value that has to be computed"
        for name, which in (("zeros", "zeros"), ("ones", "ones")):
            new = expression(f"np.{name}_like(A, dtype=float)", A=node)
            yield place.change(f"{name}", new, f"{which} seem to stand in the place of {what}.", 4)
