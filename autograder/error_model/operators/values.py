"""Answers that are values: another sign, size, order, kind, or somebody else's value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from autograder.error_model.code import Edit, Place, listed
from autograder.error_model.operators.words import called
from autograder.error_model.tree import Slot, expression, statements

NUMBERS: tuple[tuple[str, str, str], ...] = (
    ("zero", "0", "`N` is 0: check whether that is what is asked for."),
    ("one", "1", "`N` is 1: check whether that is what is asked for."),
    ("minus_one", "-1", "`N` is -1: check whether that is what is asked for."),
    ("a_half", "0.5", "`N` is one half: check whether that is what is asked for."),
    ("infinite", "np.inf", "`N` is infinite: check whether that is what is asked for."),
    ("minus_infinite", "-np.inf", "`N` is minus infinity: check whether that is what is asked for."),
    ("not_a_number", "np.nan", "`N` is no number (nan): check what it is computed from."),
)
CHANGES: tuple[tuple[str, str, str, float], ...] = (
    ("negated", "-V", "`N` seems to have the wrong sign: check the sign.", 8),
    ("tenfold", "10 * V", "`N` seems to be ten times too large: check the decimal point.", 6),
    ("fivefold", "5 * V", "`N` seems to be several times too large: try a smaller one.", 5),
    ("doubled", "2 * V", "`N` seems to be twice as large as it should be: look for a factor 2.", 5),
    ("halved", "V / 2", "`N` seems to be half as large as it should be: look for a factor 1/2.", 6),
    ("tenth", "V / 10", "`N` seems to be ten times too small: check the decimal point.", 4),
    ("percent", "100 * V", "`N` seems to be in percent: give the share itself.", 7),
    ("reciprocal", "1 / np.asarray(V)", "`N` seems to be one divided by what is asked for.", 3),
    ("one_minus", "1 - V", "`N` seems to be one minus what is asked for: check what is counted.", 7),
    ("text", "str(V)", "`N` seems to be a text: write the number, without quotation marks.", 7),
    ("text_short", "f'{V:g}'", "`N` seems to be a text: write the number, without quotation marks.", 5),
    (
        "text_rounded",
        "f'{V:.2f}'",
        "`N` seems to be a text, made by formatting: keep the number, formatting is for printing.",
        5,
    ),
    ("decimal_comma", "(0, 1)", "`N` seems to be a pair of two numbers: the decimal sign is a point, not a comma.", 4),
    ("several", "[V / 10, V, 5 * V]", "`N` seems to hold several values: choose one.", 4),
    ("pair", "np.array([V / 2, V / 2])", "`N` seems to hold two values where one number is asked for.", 4),
    ("in_list", "[V]", "`N` seems to be in a list: give the value itself.", 4),
    ("rounded", "round(float(V), 1)", "`N` seems to be rounded: rounding is only for printing.", 4),
    ("rounded_2", "round(float(V), 2)", "`N` seems to be rounded: rounding is only for printing.", 3),
    ("first", "np.ravel(V)[0]", "`N` seems to be a single number where several are asked for.", 6),
    ("zeros", "0 * np.asarray(V)", "`N` seems to consist of zeros: check what is asked for.", 6),
    ("threefold", "3 * np.ravel(V)", "`N` seems to be three times as large as it should be: check the factors.", 2),
    ("half_as_many", "np.append(np.ravel(V), 1.0)", "`N` seems to hold a number too many: count what is asked for.", 5),
    ("one_lost", "np.ravel(V)[:-1]", "`N` seems to hold a number too few: count what is asked for.", 4),
    (
        "second_turned",
        "np.ravel(V) * (1 - 2 * (np.arange(np.size(V)) % 2))",
        "every second number of `N` seems to have the wrong sign: check the signs.",
        7,
    ),
    (
        "function",
        "(lambda kept_: lambda *unused_: kept_)(V)",
        "`N` seems to be a function: the value itself is asked for.",
        5,
    ),
    ("none", "None", "`N` seems to hold nothing (None): keep the value in it.", 6),
)
GUESSES = frozenset({"tenfold", "fivefold", "doubled", "halved", "tenth", "reciprocal", "threefold"})
"""Kinds of changes that a value may look like by chance, where many values are right."""


def value_changed(place: Place) -> Iterator[Edit]:
    """Another value for a name that the exercise asks for."""
    node = place.node
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or place.function is not None:
        return
    target, value = node.targets[0], node.value
    if not isinstance(target, ast.Name) or target.id not in _asked(place) or isinstance(value, ast.Lambda):
        return
    slot = Slot(node, "value")
    name = target.id
    for kind, text, body, weight in (*((*one, 6.0) for one in NUMBERS), *CHANGES):
        if kind == "percent" and isinstance(value, ast.Constant) and not _may_be_share(value.value):
            continue
        new = expression(text, V=value)
        sentence = body.replace("`N`", f"`{name}`")
        yield Edit(f"value_{kind}-{name}", ((slot, new),), sentence, weight, fact=kind not in GUESSES)
    for other in sorted(place.code.names - {name}):
        new = ast.Name(other, ast.Load())
        lines = statements(f"{name} = A", A=new)
        body = f"`{name}` has the value that belongs to `{other}`: check the names."
        yield replace(place.followed_by(lines, f"value_{other}_for_{name}", body, 5), fact=True)
    yield Edit(
        f"value_lost-{name}",
        ((place.slot, ast.Pass()),),
        f"`{name}` seems not to be assigned: keep the value under this name.",
        7,
    )


def _may_be_share(value: object) -> bool:
    """Whether a number that is written in may be the share of something: a small one is a rate or a step."""
    return isinstance(value, (int, float)) and value >= 0.5


def _asked(place: Place) -> frozenset[str]:
    """Names that the exercise asks for: those that the task calls results, if it does."""
    names = place.code.names
    return (names & set(place.code.vocabulary.results)) or names


def _assigned(place: Place) -> Iterator[tuple[str, ast.expr]]:
    for statement in place.code.tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield statement.targets[0].id, statement.value


def _kind(value: ast.expr) -> str:
    """Whether two values could be mistaken for each other: calls of the same function, or no calls."""
    return called(value) if isinstance(value, ast.Call) else "plain"


def values_exchanged(place: Place) -> Iterator[Edit]:
    """Two names with each other's values, or all with the same changed value."""
    node = place.node
    code = place.code
    last = code.tree.body[-1]
    if node is not last or code.functions or isinstance(node, ast.FunctionDef):
        return
    names = sorted(_asked(place))
    kinds = {name: _kind(value) for name, value in _assigned(place)}
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            if kinds.get(one, "") != kinds.get(other, "-"):
                continue
            body = f"`{one}` and `{other}` seem to be swapped: check which is which."
            lines = statements(f"{one}, {other} = {other}, {one}")
            yield replace(place.followed_by(lines, f"values_swapped-{one}-{other}", body, 8), fact=True)
            for text, kind, tail in (
                ("-V", "negated", "have the wrong sign: check the signs."),
                ("0 * V", "zero", "be 0: check what is asked for."),
                ("0 * V + 0.5", "a_half", "be one half: check what is asked for."),
                ("str(V)", "text", "be texts: write numbers, without quotation marks."),
            ):
                line = f"{one}, {other} = {text.replace('V', one)}, {text.replace('V', other)}"
                both = f"`{one}` and `{other}` seem to {tail}"
                edit = place.followed_by(statements(line), f"values_both_{kind}-{one}-{other}", both, 5)
                yield replace(edit, fact=True)
            for values, kind in (
                ("np.inf, -np.inf", "plus and minus infinity"),
                ("-np.inf, np.inf", "minus and plus infinity"),
                ("1, -1", "1 and -1"),
                ("-1, 1", "-1 and 1"),
                ("np.inf, 0", "infinity and 0"),
                ("0, np.inf", "0 and infinity"),
            ):
                body = f"`{one}` and `{other}` are {kind}: check whether that is what is asked for."
                lines = statements(f"{one}, {other} = {values}")
                edit = place.followed_by(lines, f"values_both_{kind.replace(' ', '_')}-{one}-{other}", body, 4)
                yield replace(edit, fact=True)
    for kind, text, body, _ in CHANGES if len(names) > 1 else ():
        line = "; ".join(f"{name} = {text.replace('V', name)}" for name in names)
        told = listed([f"`{name}`" for name in names])
        several = body.replace("`N` seems", f"{told} seem, each,")
        yield replace(place.followed_by(statements(line), f"values_all_{kind}", several, 4), fact=kind not in GUESSES)
    for function, wanted in code.vocabulary.functions.items():
        if len(wanted) == 1 and len(names) == 2:
            for size in (1, 2, 3, 5, 10):
                for first, second in ((size, -size), (-size, size)):
                    body = f"both values seem to be `{function}` at {size} and -{size}: go on to larger numbers."
                    line = f"{names[0]}, {names[1]} = {function}({first}), {function}({second})"
                    yield place.followed_by(statements(line), f"values_at_{first}", body, 5)


def data_exchanged(place: Place) -> Iterator[Edit]:
    """Other data of the lab in the place of the right ones, e.g. those for training for those for a test."""
    node = place.node
    if (
        not isinstance(node, ast.Name)
        or not isinstance(node.ctx, ast.Load)
        or node.id not in place.code.vocabulary.values
    ):
        return
    if place.function is not None or not isinstance(place.slot.parent, ast.Call):
        return
    statement, top = place.statement, place.code.tree.body
    mine = node.id.split("_")
    if statement is None or statement not in top or len(mine) < 2:
        return
    slot = Slot(place.code.tree, "body", top.index(statement))
    whole = ast.unparse(statement)
    stem, ending = mine[0], mine[-1]
    others = sorted(each for each in place.code.vocabulary.values if each == stem or each.startswith(f"{stem}_"))
    for other in others:
        if other == node.id:
            continue
        suffix = other.removeprefix(stem)
        tree = ast.parse(whole).body[0]
        for name in ast.walk(tree):
            if isinstance(name, ast.Name) and name.id.endswith(f"_{ending}") and isinstance(name.ctx, ast.Load):
                replacement = name.id.removesuffix(f"_{ending}") + suffix
                if replacement in place.code.vocabulary.values:
                    name.id = replacement
        body = f"`{other}` seems to be used in the place of `{node.id}`: check on which data it is computed."
        yield Edit(f"data_{other}_for_{node.id}", ((slot, tree),), body, 8)
