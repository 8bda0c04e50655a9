"""Pictures in which something is missing, swapped, invisible, or drawn elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from autograder.error_model.code import Edit, Place
from autograder.error_model.operators.words import DRAWS, called
from autograder.error_model.tree import expression, names_read, replacing_name, statements

TEXTS = (
    "title",
    "xlabel",
    "ylabel",
    "label",
    "legend",
    "suptitle",
    "set_title",
    "set_xlabel",
    "set_ylabel",
    "set",
    "text",
)


def drawing_changed(place: Place) -> Iterator[Edit]:
    """A curve missing, lying on its side, over other points, invisible."""
    node = place.node
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or called(call) not in (*DRAWS, *TEXTS) or place.function is not None:
        return
    name = called(call)
    if name in TEXTS:
        yield place.change(
            "text_lost",
            ast.Pass(),
            "a title, label or legend seems to be missing: say what the picture shows.",
            6,
            name,
        )
        for keyword in call.keywords:
            rest = [each for each in call.keywords if each is not keyword]
            new = ast.Expr(ast.Call(call.func, call.args, rest))
            what = {
                "title": "a title",
                "xlabel": "the label of a horizontal axis",
                "ylabel": "the label of a vertical axis",
            }.get(keyword.arg or "", "a text")
            yield place.change(
                "text_lost", new, f"{what} seems to be missing: say what the picture shows.", 5, keyword.arg or ""
            )
        return
    yield place.change(
        "curve_lost", ast.Pass(), "a curve seems to be missing in the picture: draw all that the task names.", 8
    )
    if len(call.args) >= 2 and not isinstance(call.args[1], ast.Constant):
        first, second, rest_arguments = call.args[0], call.args[1], call.args[2:]

        def drawn(arguments: list[ast.expr], keywords: list[ast.keyword] | None = None) -> ast.Expr:
            return ast.Expr(ast.Call(call.func, arguments, call.keywords if keywords is None else keywords))

        yield place.change(
            "axes_swapped",
            drawn([second, first, *rest_arguments]),
            "a curve seems to lie on its side: the horizontal values come first.",
            7,
        )
        yield place.change(
            "x_not_passed",
            drawn([second, *rest_arguments]),
            "a curve seems to be drawn over 0, 1, 2 and so on: pass the horizontal values too.",
            7,
        )
        invisible = [*call.keywords, ast.keyword("alpha", ast.Constant(0))]
        if not any(keyword.arg == "alpha" for keyword in call.keywords):
            yield place.change(
                "invisible",
                drawn([first, second], invisible),
                "a curve seems to be there but cannot be seen: check colour and line style.",
                3,
            )
        for text, kind in (("A[::50]", "coarse"), ("np.arange(-5, 6)", "whole_numbers"), ("A[:len(A) // 2]", "half")):
            over = expression(text, A=first)
            value = _over(second, first, over)
            if value is not None:
                yield place.change(
                    f"over_{kind}",
                    drawn([over, value, *rest_arguments]),
                    "a curve seems to be drawn over other points than the given ones: draw it over all of them.",
                    7.5 if kind == "whole_numbers" else 5,
                )
        straight = drawn([first, first, *rest_arguments])
        yield place.change(
            "straight",
            straight,
            "a straight line seems to be drawn where a curve is asked for: check what is passed to the plot.",
            5,
        )


def _over(value: ast.expr, points: ast.expr, other: ast.expr) -> ast.expr | None:
    """The values over other points; None if they are not computed from the points by name."""
    if not isinstance(points, ast.Name) or isinstance(value, ast.Name) or points.id not in names_read(value):
        return None
    return replacing_name(value, points.id, other)


def all_curves_changed(place: Place) -> Iterator[Edit]:
    """The same mistake in every curve of the picture, or in every text of it."""
    code = place.code
    if place.node is not code.tree.body[0] or code.functions:
        return
    alike: dict[tuple[str, str], list[Edit]] = {}
    for other in code.places:
        for edit in drawing_changed(other):
            alike.setdefault((edit.name, edit.sentence), []).append(edit)
    for (name, sentence), edits in alike.items():
        replacements = tuple(replacement for edit in edits for replacement in edit.replacements)
        if len(edits) > 1 and len({slot.key for slot, _ in replacements}) == len(replacements):
            told = sentence.replace("a curve seems to lie on its side", "the curves seem to lie on their sides")
            told = told.replace("a curve seems", "the curves seem")
            yield Edit(f"all_{name}", replacements, told, edits[0].weight + 0.5)


def points_changed(place: Place) -> Iterator[Edit]:
    """Points that are too few, end too early, start elsewhere."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) != "linspace" or len(node.args) < 2:
        return
    start, stop = node.args[:2]
    count = node.args[2] if len(node.args) > 2 else ast.Constant(50)
    parts = {"A": start, "B": stop, "C": count}
    for kind, text, body, weight in (
        ("default_number", "np.linspace(A, B)", "the number of points seems to be the preset one: say how many.", 7),
        (
            "end_left_out",
            "np.linspace(A, B, C, endpoint=False)",
            "the last point seems to be missing: the range should reach its end.",
            7,
        ),
        (
            "whole_numbers",
            "np.arange(A, B + 1)",
            "the points seem to be whole numbers only: the task asks for many more.",
            7,
        ),
        (
            "whole_numbers_short",
            "np.arange(A, B)",
            "the points seem to be whole numbers only: the task asks for many more.",
            6,
        ),
        (
            "tenths",
            "np.arange(A, B, 0.1)",
            "the points seem to lie 0.1 apart: the task names how many there should be.",
            5,
        ),
        (
            "hundredths",
            "np.arange(A, B, 0.01)",
            "the points seem to lie 0.01 apart: the task names how many there should be.",
            5,
        ),
        ("backwards", "np.linspace(B, A, C)", "the points seem to run from the upper end down to the lower one.", 8),
        ("from_zero", "np.linspace(0, B, C)", "the points seem to begin at 0: the part below is missing.", 7),
        ("to_zero", "np.linspace(A, 0, C)", "the points seem to end at 0: the part above is missing.", 4),
        (
            "wider",
            "np.linspace(2 * A, 2 * B, C)",
            "the points seem to reach too far: check the range that the task names.",
            5,
        ),
        (
            "narrower",
            "np.linspace(A / 5, B / 5, C)",
            "the points seem to cover only a part: check the range that the task names.",
            5,
        ),
        ("fewer", "np.linspace(A, B, C // 10)", "there seem to be too few points: the task names how many.", 6),
        ("hundred", "np.linspace(A, B, 100)", "there seem to be 100 points: the task names another number.", 6),
        ("more", "np.linspace(A, B, 2 * C)", "there seem to be too many points: the task names how many.", 4),
        ("thousand", "np.linspace(A, B, 1000)", "there seem to be 1000 points: the task names another number.", 4),
        ("one_more", "np.linspace(A, B, C + 1)", "there seems to be one point too many: the task names how many.", 5),
        ("one_less", "np.linspace(A, B, C - 1)", "there seems to be one point too few: the task names how many.", 5),
    ):
        yield place.change(f"points_{kind}", expression(text, **parts), body, weight)


def figure_lost(place: Place) -> Iterator[Edit]:
    """The name of a figure holds something else: an empty figure, the axes, the lines, nothing."""
    code = place.code
    if place.node is not code.tree.body[-1] or code.functions or not isinstance(place.node, ast.stmt):
        return
    made = [
        node
        for node in ast.walk(code.tree)
        if isinstance(node, ast.Call) and called(node) in ("figure", "subplots", "gcf", "get_figure")
    ]
    if not made or "plt" not in code.modules:
        return
    figures = sorted(name for name in code.names if name.startswith("fig"))
    for name in figures:
        for kind, text, body, weight in (
            (
                "empty",
                "plt.figure()",
                f"the figure in `{name}` is empty: were the curves drawn before it was made, or shown by then?",
                9,
            ),
            (
                "axes",
                f"{name}.axes[0]",
                f"`{name}` seems to hold the axes, not the figure: keep the figure that contains them.",
                9,
            ),
            (
                "lines",
                f"{name}.axes[0].lines",
                f"`{name}` seems to hold the drawn lines, not the figure: keep the figure.",
                4,
            ),
            (
                "list_of_lines",
                f"[line_ for axes_ in {name}.axes for line_ in axes_.lines]",
                f"`{name}` seems to hold the drawn lines, not the figure: keep the figure.",
                9,
            ),
            (
                "list_of_axes",
                f"list({name}.axes)",
                f"`{name}` seems to hold the axes, not the figure: keep the figure that contains them.",
                4,
            ),
            ("nothing", "None", f"`{name}` seems to be None, as after show: keep the figure when you make it.", 9),
        ):
            lines = statements(f"{name} = A", A=expression(text))
            yield replace(place.followed_by(lines, f"figure_{kind}-{name}", body, weight), fact=True)
        for index in (0, 1):
            drawn = f"[line_ for axes_ in {name}.axes for line_ in axes_.lines][{index}:{index + 1}]"
            line = f"[line_.remove() for line_ in {drawn}]"
            body = f"a curve seems not to be in the figure `{name}`: it is missing, or was drawn in another figure."
            yield place.followed_by(statements(line), f"curve_{index}_elsewhere", body, 5)
            emptied = f"{name}.axes[{index}].remove()"
            yield place.followed_by(statements(emptied), f"axes_{index}_elsewhere", body, 5)
