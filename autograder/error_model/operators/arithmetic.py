"""Changes of signs, operators, factors, numbers and comparisons."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.error_model.code import Edit, Place
from autograder.error_model.operators.words import about, call_word, called, number, slug, word
from autograder.error_model.tree import expression

SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "a plus",
    ast.Sub: "a minus",
    ast.Mult: "a product",
    ast.Div: "a division",
    ast.FloorDiv: "a whole-number division",
    ast.Pow: "a power",
    ast.MatMult: "a matrix product",
    ast.Mod: "a remainder",
}
OTHERS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Mult,),
    ast.Sub: (ast.Mult, ast.Div),
    ast.Mult: (ast.Add, ast.Div, ast.Pow, ast.MatMult, ast.Sub),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Sub),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult, ast.Add),
    ast.Mod: (ast.FloorDiv,),
}
WEIGHTS: dict[type[ast.operator], float] = {ast.FloorDiv: 7, ast.Mult: 6, ast.Pow: 6}


def sign_turned(place: Place) -> Iterator[Edit]:
    """A plus for a minus and the other way round; a minus lost, or one too many."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        plus = isinstance(node.op, ast.Add)
        right, wrong = ("plus", "minus") if plus else ("minus", "plus")
        where = about(place, node.right, ": check the sign in front of ") or ": check the signs"
        new = ast.BinOp(node.left, ast.Sub() if plus else ast.Add(), node.right)
        body = f"a {wrong} seems to stand where a {right} belongs{where}."
        yield place.change("sign_turned", new, body, 10, slug(node.right))
        if plus:
            turned = ast.BinOp(ast.UnaryOp(ast.USub(), node.left), ast.Add(), node.right)
            where = about(place, node.left, ": check the sign of ") or ": check the signs"
            body = f"the first term of a sum seems to have the wrong sign{where}."
            yield place.change("first_sign_turned", turned, body, 6, slug(node.left))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and place.is_read:
        for text in ("0.5 - A", "1 - A"):
            told = "a number seems to be added where only a sign belongs: check what the equation sets equal to what."
            yield place.change("number_for_sign", expression(text, A=node.operand), told, 5, text[:3])

        where = about(place, node.operand, ", in front of ")
        yield place.change("minus_lost", node.operand, f"a minus sign seems to be missing{where}: check the signs.", 10)
        if isinstance(node.operand, ast.BinOp) and isinstance(node.operand.op, (ast.Add, ast.Sub)):
            inner = node.operand
            new = ast.BinOp(ast.UnaryOp(ast.USub(), inner.left), inner.op, inner.right)
            yield place.change(
                "minus_bracket", new, "a minus seems to reach the first term only: check the brackets.", 9
            )
    elif place.is_whole:
        where = about(place, node, " in front of ")
        body = f"a minus sign seems to stand{where} where none belongs: check the signs."
        yield place.change("minus_added", ast.UnaryOp(ast.USub(), _read(node)), body, 5, slug(node))


def operator_changed(place: Place) -> Iterator[Edit]:
    """Another operator between the same operands."""
    node = place.node
    if isinstance(node, ast.BinOp):
        for other in OTHERS.get(type(node.op), ()):
            wrong, right = SIGNS[other], SIGNS[type(node.op)]
            new = ast.BinOp(node.left, other(), node.right)
            body = f"{wrong} seems to stand where {right} belongs: check the operators."
            weight = WEIGHTS.get(other, 4)
            yield place.change(f"{type(node.op).__name__}_to_{other.__name__}".lower(), new, body, weight)
        if isinstance(node.op, (ast.Mult, ast.MatMult)):
            yield from _products(place, node)
        if isinstance(node.op, ast.Mult):
            told = "a division seems to stand where a product belongs: check the operators."
            yield place.change("mult_to_div", ast.BinOp(node.right, ast.Div(), node.left), told, 5)
            new = ast.BinOp(node.right, ast.Pow(), node.left)

            yield place.change(
                "mult_to_pow", new, "a power seems to stand where a product belongs: count the stars.", 6
            )
        if isinstance(node.op, ast.Add):
            pair = ast.List([node.left, node.right], ast.Load())
            yield place.change("comma_for_plus", pair, "a comma seems to stand where a plus belongs: add the terms.", 4)


def _products(place: Place, node: ast.BinOp) -> Iterator[Edit]:
    operands = {"A": node.left, "B": node.right}
    kind = SIGNS[type(node.op)]
    outer = expression("np.outer(A, B)", **operands)
    yield place.change("outer_product", outer, f"an outer product, every pair, seems to stand where {kind} belongs.", 4)
    summed = expression("np.sum(np.multiply(A, B))", **operands)
    body = f"everything seems to be summed to one number where {kind} belongs."
    yield place.change("product_summed", summed, body, 5)
    if isinstance(node.op, ast.MatMult):
        mean = expression("np.mean(np.multiply(A, B), axis=-1)", **operands)
        body = "a mean seems to stand where the products are to be summed: check what divides by their number."
        yield place.change("mean_for_sum", mean, body, 6)
        axis = expression("np.sum(np.multiply(A, B), axis=0)", **operands)
        yield place.change(
            "other_axis", axis, "the products seem to be summed along the wrong axis: check the axis.", 5
        )
        turned = expression("B @ A", **operands)
        yield place.change("factors_swapped", turned, "the factors of the matrix product seem to be swapped.", 5)
        for text, kind, told in (
            (
                "np.sum(np.add(A, B), axis=-1)",
                "added_for_multiplied",
                "the pairs of a sum of products seem to be added where they are to be multiplied.",
            ),
            (
                "np.max(np.multiply(A, B), axis=-1)",
                "largest_product",
                "only the largest of several products seems to count: they are to be added up.",
            ),
            (
                "np.min(np.multiply(A, B), axis=-1)",
                "smallest_product",
                "only the smallest of several products seems to count: they are to be added up.",
            ),
            (
                "np.prod(np.multiply(A, B), axis=-1)",
                "products_multiplied",
                "the products seem to be multiplied with one another where they are to be added up.",
            ),
            (
                "np.sum(A) * np.sum(B, axis=0)",
                "summed_apart",
                "both factors seem to be summed before they are multiplied: multiply first.",
            ),
            (
                "np.sum(A) * np.mean(B, axis=0)",
                "averaged_apart",
                "the mean of one factor seems to be taken before they are multiplied: multiply first.",
            ),
            (
                "np.asarray(A)[..., :1] @ np.asarray(B)[:1]",
                "first_product_only",
                "only the first product of a sum seems to count: check the indices.",
            ),
            (
                "np.asarray(A)[..., :-1] @ np.asarray(B)[:-1]",
                "last_product_lost",
                "the last product seems to be left out of a sum: does a loop end one step early?",
            ),
            (
                "np.asarray(A)[..., :-1] @ np.asarray(B)[:-1] - np.asarray(A)[..., -1] * np.asarray(B)[-1]",
                "last_product_subtracted",
                "the last of several products seems to be subtracted: they are to be added up.",
            ),
            (
                "np.reshape(A, (-1, 1)) * B",
                "rows_not_summed",
                "the products seem not to be summed: one row for each point is left.",
            ),
            (
                "np.sum(A) * np.ones(np.shape(B)[-1])",
                "factor_ignored",
                "a factor of a sum of products seems to be missing: count the factors.",
            ),
            (
                "np.mean(np.reshape(A, (-1, 1)) * B, axis=0)",
                "rows_averaged",
                "the products seem to be averaged over the points where they are to be summed.",
            ),
        ):
            yield place.change(kind, expression(text, **operands), told, 5)
        alone = expression("np.sum(A, axis=-1)", **operands)
        missing = about(place, node.right, ": what about ")
        yield place.change("weights_lost", alone, f"the values seem to be summed without their weights{missing}?", 6)
        last = expression("np.multiply(A, B)[..., -1]", **operands)
        yield place.change(
            "last_product", last, "only the last product seems to count: the sum over all is missing.", 4
        )
        first = expression("np.multiply(A, B)[..., 0]", **operands)
        yield place.change(
            "first_product", first, "only the first product seems to count: the sum over all is missing.", 4
        )


def slope_kept(place: Place) -> Iterator[Edit]:
    """A difference multiplied by a slope that does not belong, or that has been divided out."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.left, ast.Call):
        for text, tail in (("(A - B) * A * (1 - A)", ""), ("2 * (A - B) * A * (1 - A)", " and a factor 2")):
            body = f"the slope of the activation{tail} seems to be too many: does it belong to this loss?"
            yield place.change("slope_kept", expression(text, A=node.left, B=node.right), body, 5)


def small_left_out(place: Place) -> Iterator[Edit]:
    """Differences that are small, or have one of the two signs, counted as 0."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        for text, kind, which, weight in (
            ("np.where(np.abs(A) < 0.01, 0.0, A)", "001", "small differences", 4),
            ("np.where(np.abs(A) < 0.1, 0.0, A)", "01", "small differences", 4),
            ("np.where(np.abs(A) < 0.5, 0.0, A)", "05", "differences below one half", 4),
            ("np.maximum(A, 0)", "negative", "negative differences", 3),
        ):
            body = f"{which} seem to be left out: each counts, however small."
            yield place.change(f"left_out_{kind}", expression(text, A=node), body, weight)
        for part in (node.left, node.right):
            if by := word(place, part):
                body = f"a difference seems to be divided by {by}: it counts as it is, not in relation to something."
                yield place.change("relative", expression("A / B", A=node, B=part), body, 3, slug(part))


def operand_lost(place: Place) -> Iterator[Edit]:
    """One of two operands dropped."""
    node = place.node
    if not isinstance(node, ast.BinOp):
        return
    for lost, kept, left in ((node.left, node.right, True), (node.right, node.left, False)):
        if left and isinstance(node.op, (ast.FloorDiv, ast.Mod, ast.Pow)):
            continue
        if called(lost) == "where":  # nobody loses what has two cases, and who knows only one did something else
            continue
        name, body = _loss(place, node.op, lost, left)
        new: ast.AST = kept
        if left and isinstance(node.op, ast.Sub):
            new = ast.UnaryOp(ast.USub(), kept)
            plain = f"{body[:-1]}, and the sign with it." if body.endswith(".") else body
            yield place.change(name, kept, plain, 7, slug(lost))

        elif left and isinstance(node.op, ast.Div):
            new = expression("1 / A", A=kept)
        yield place.change(name, new, body, 8 if isinstance(lost, (ast.Constant, ast.Name)) else 7, slug(lost))


def _loss(place: Place, operator: ast.operator, lost: ast.expr, left: bool) -> tuple[str, str]:
    found = word(place, lost)
    if isinstance(operator, (ast.Add, ast.Sub)):
        tail = f": what about {found}?" if found else ": count the terms."
        return "term_lost", f"a term of a sum or difference seems to be missing{tail}"
    if isinstance(operator, ast.Pow):
        if isinstance(lost, ast.Constant) and lost.value == 2:
            return "square_lost", "a square seems to be missing: check what has to be squared."
        return "power_lost", "a power seems to be missing: check the exponents."
    if isinstance(operator, (ast.Mult, ast.MatMult)) or left:
        if isinstance(lost, ast.Constant):
            return (
                "factor_lost",
                f"a factor {number(lost.value)} seems to be missing: check the constants."
                if isinstance(lost.value, (int, float))
                else "a factor seems to be missing: count the factors.",
            )
        tail = f": what about {found}?" if found else ": count the factors."
        return "factor_lost", f"a factor of a product seems to be missing{tail}"
    tail = f" by {found}" if found else ""
    return "division_lost", f"a division{tail} seems to be missing: check what divides."


def operands_swapped(place: Place) -> Iterator[Edit]:
    """The operands of a difference or a division the other way round."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div, ast.Pow)):
        new = ast.BinOp(node.right, node.op, node.left)
        if isinstance(node.op, ast.Sub):
            yield place.change("difference_turned", new, "a difference seems to be taken the wrong way round.", 9)
        elif isinstance(node.op, ast.Div):
            yield place.change(
                "fraction_turned", new, "a fraction seems to be upside down: check what divides what.", 8
            )


def square_for_other(place: Place) -> Iterator[Edit]:
    """An absolute value, a product, a fourth power for a square; a square too many."""
    node = place.node
    squared = node.left if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) else None
    if squared is not None:
        yield place.change(
            "abs_for_square",
            expression("np.abs(A)", A=squared),
            "an absolute value seems to stand where a square belongs.",
            6,
        )
        yield place.change(
            "root_for_square",
            expression("np.sqrt(np.abs(A))", A=squared),
            "a square root seems to stand where a power belongs.",
            2,
        )
    elif place.is_whole or (isinstance(place.slot.parent, ast.BinOp) and not isinstance(node, ast.Constant)):
        where = about(place, node, ", that of ")
        body = f"a square seems to be too many{where}: check the exponents."
        yield place.change("squared", expression("A ** 2", A=node), body, 3, slug(node))


def slope_of_another(place: Place) -> Iterator[Edit]:
    """The slope of the sigmoid, made of its value, for that of the tanh, and the other way round."""
    node = place.node
    if not isinstance(node, ast.BinOp) or not place.is_read:
        return
    left, right = node.left, node.right
    if (
        _is_one(left)
        and isinstance(node.op, ast.Sub)
        and isinstance(right, ast.BinOp)
        and isinstance(right.op, ast.Pow)
    ):
        body = "the slope of another activation seems to be used: the sigmoid and the tanh have different ones."
        yield place.change("slope_of_sigmoid", expression("A * (1 - A)", A=right.left), body, 7)
    rest = right if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Sub) else None
    if isinstance(node.op, ast.Mult) and rest and _is_one(rest.left) and ast.dump(rest.right) == ast.dump(left):
        body = "the slope of another activation seems to be used: the sigmoid and the tanh have different ones."
        yield place.change("slope_of_tanh", expression("1 - A ** 2", A=left), body, 7)


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1


def squared_inside(place: Place) -> Iterator[Edit]:
    """A power of what goes into a function, for a power of what comes out."""
    node = place.node
    call = node.left if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) else None
    if isinstance(call, ast.Call) and len(call.args) == 1 and not call.keywords and isinstance(node, ast.BinOp):
        inner = ast.Call(call.func, [ast.BinOp(call.args[0], ast.Pow(), node.right)], [])
        taken = call_word(place, called(call)) or "a function"
        body = f"the power seems to be taken of what goes into {taken}: take it of what comes out."
        yield place.change("squared_inside", inner, body, 7, called(call))


def scaled(place: Place) -> Iterator[Edit]:
    """A constant factor that does not belong."""
    node = place.node
    if not place.is_whole or (isinstance(node, ast.Name) and isinstance(place.slot.parent, ast.Call)):
        return
    for name, text, body, weight in (
        ("doubled", "2 * A", "a factor 2 seems to be too many: check the constants.", 5),
        ("halved", "A / 2", "a factor 1/2 seems to be too many: check the constants.", 5),
        ("one_minus", "1 - A", "one minus a value seems to stand where the value itself belongs.", 4),
        ("one_plus", "1 + A", "a 1 seems to be added that does not belong: check the constants.", 2),
        ("minus_one", "A - 1", "a 1 seems to be subtracted that does not belong: check the constants.", 2),
        ("reciprocal", "1 / A", "one divided by a value seems to stand where the value itself belongs.", 2),
    ):
        yield place.change(name, expression(text, A=node), body, weight, slug(node))


def constant_changed(place: Place) -> Iterator[Edit]:
    """Another number."""
    node = place.node
    if not isinstance(node, ast.Constant) or isinstance(node.value, (bool, str, bytes, complex)) or not place.is_read:
        return
    if not isinstance(node.value, (int, float)) or isinstance(place.slot.parent, ast.Subscript):
        return
    value = node.value
    usual: dict[float, tuple[float, ...]] = {0: (1, -1, 2), 1: (0, 2, -1, 0.5), 2: (1, 3, 4, 0.5, 10), 10: (2, 1, 100)}
    others = (value + 1, value - 1, 0, 1, value / 10, value * 10, -value, value / 2, value * 2)
    candidates = usual.get(value, others)
    for other in dict.fromkeys(candidates):
        if other != value:
            body = f"the number {number(other)} seems to stand where another number belongs: check the constants."
            yield place.change("constant_changed", ast.Constant(other), body, 5, f"{number(value)}to{number(other)}")


def equal_constants_changed(place: Place) -> Iterator[Edit]:
    """Numbers that stand side by side and are equal, changed together."""
    node = place.node
    if not isinstance(node, ast.Tuple) or not place.is_read or len(node.elts) < 2:
        return
    values = {each.value if isinstance(each, ast.Constant) else None for each in node.elts}
    value = next(iter(values))
    if len(values) > 1 or isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    for other in (-value, 0, value / 2, 2 * value, 1):
        if other != value:
            members: list[ast.expr] = [ast.Constant(other) for _ in node.elts]
            body = f"the number {number(other)} seems to stand where another number belongs: check the constants."
            new = ast.Tuple(members, ast.Load())
            yield place.change("constants_changed", new, body, 5, f"{number(value)}to{number(other)}")


def comparison_changed(place: Place) -> Iterator[Edit]:
    """Another comparison."""
    node = place.node
    signs = {
        ast.Gt: "greater than",
        ast.GtE: "greater or equal",
        ast.Lt: "less than",
        ast.LtE: "less or equal",
        ast.Eq: "equal",
        ast.NotEq: "not equal",
    }
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in signs:
        return
    right = type(node.ops[0])
    pairs = {
        ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
        ast.GtE: (ast.Gt, ast.Lt, ast.LtE),
        ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
        ast.LtE: (ast.Lt, ast.Gt, ast.GtE),
        ast.Eq: (ast.NotEq,),
        ast.NotEq: (ast.Eq,),
    }
    for other in pairs[right]:
        new = ast.Compare(node.left, [other()], node.comparators)
        body = f'a comparison seems to ask for "{signs[other]}" where another one belongs: check its sign.'
        yield place.change(f"comparison_{other.__name__.lower()}", new, body, 7)
    if right is ast.Eq:
        inner = node.left.left if isinstance(node.left, ast.Compare) else node.left
        for text, kind, told in (
            (
                "1 - np.abs(A - B)",
                "distance",
                "a distance seems to be measured where things are to be equal or not: compare.",
            ),
            ("np.round(A) == B", "rounded", "a rounded value seems to be compared: make a decision by a comparison."),
            (
                "np.round(A, 1) == B",
                "rounded_1",
                "a value rounded to one decimal seems to be compared: compare with the threshold.",
            ),
            ("np.abs(A - B) < 0.1", "near", "values that are near each other seem to count as equal: decide first."),
        ):
            close = expression(text, A=inner, B=node.comparators[0])
            yield place.change(f"{kind}_for_equal", close, told, 4)
        for text, name in (("A * B", "product"), ("A & B", "and")):
            both = expression(text, A=node.left, B=node.comparators[0])
            yield place.change(
                f"{name}_for_equal",
                both,
                "cases in which both are 0 seem not to count: check how the two are compared.",
                4,
            )
    for side, other_side in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
        yield place.change(
            "comparison_lost",
            side,
            "a comparison seems to be missing: what is " + (word(place, other_side) or "the value") + " compared with?",
            6,
        )


def _read(node: ast.AST) -> ast.expr:
    assert isinstance(node, ast.expr)
    return node
