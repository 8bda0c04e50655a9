"""What hurried editing leaves in a cell, and the sentence that names it: prompts, merge markers, debugging lines.

Python often blames an innocent line for these. Each finding names its own line. Nothing here decides a verdict.

- `stops_cell`: why a cell that Python could not run, or that stopped, is not at fault where Python says it is.
- `hides_name`: why a name is missing although the cell seems to define it.
- `spoils_answer`: what stands in an answer that fails although nobody meant it to be there.
"""

from __future__ import annotations

import ast
import difflib
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from autograder.notebook.names import MAX_PARSED, UNPARSABLE, cell_tree
from autograder.sandbox.outcomes import StudentError

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: .*)?$")
_PROMPT = re.compile(r"^\s*(>>>|\.\.\.(?= )|(?:In|Out) ?\[\d*\]:)")
_FENCE = re.compile(r"^\s*(```|~~~)")
_NUMBERED = re.compile(r"^\s*(\d+)[.:|]?(?:\s|$)")
_DIFF = re.compile(r"^(?:[+-](?!\d)|@@ )")
_LOAD = re.compile(r"^\s*%load\b.*$", re.MULTILINE)
_SWALLOWING = re.compile(
    r"^%%(timeit|writefile|file|html|HTML|latex|markdown|javascript|js|svg|SVG|bash|sh|script|perl|ruby|cmd|prun)\b"
)
_DEBUGGERS = re.compile(r"\b(breakpoint\(|(?:pdb|ipdb)\.set_trace\(|set_trace\()")
_CHARACTERS = {
    **dict.fromkeys("“”„«»″", ("a typographic quote", '"')),
    **dict.fromkeys("‘’‚′`´", ("a typographic quote", "'")),
    **dict.fromkeys("−–—‐", ("a dash that is no minus sign", "-")),
    **dict.fromkeys("×·∙⋅", ("a multiplication sign that Python does not know", "*")),
    "÷": ("a division sign that Python does not know", "/"),
    **dict.fromkeys("²³", ("a raised digit", "**")),
    "≤": ("a sign that Python does not know", "<="),
    "≥": ("a sign that Python does not know", ">="),
    "≠": ("a sign that Python does not know", "!="),
    "…": ("a sign that Python does not know", "..."),
    **dict.fromkeys("（）［］：；，。＝＋", ("a full-width character", "the character of the English keyboard")),
    **dict.fromkeys("\u00a0\u2007\u202f\u3000", ("a space that is no ordinary space", "a plain space")),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ("an invisible character", "nothing in its place")),
}
_UNPARSED_CHARACTERS = ("invalid character", "invalid non-printable character")
LEAST_NUMBERED = 3  # lines that begin with their numbers
CLOSE = 0.75  # as `difflib` measures how alike two names are


def stops_cell(text: str, error: StudentError) -> str:
    """What an editor, a merge or a page left in a cell that did not run to its end; "" if nothing of that kind."""
    lines = text.splitlines()
    if "SyntaxError" in error.mro:
        found = next(filter(None, (look(lines) for look in _PASTED)), "")
        if not found and any(error.message.startswith(start) for start in _UNPARSED_CHARACTERS):
            found = _odd_character(lines)
        return found
    if error.type_name == "BdbQuit":
        for number, line in _code_lines(lines):
            if _DEBUGGERS.search(line):
                return f"Line {number} of your cell starts the debugger, which waits for a person: remove it."
    if error.type_name == "NotImplementedError":
        for number, line in _code_lines(lines):
            if "NotImplementedError" in line:
                return (
                    f"Line {number} of your cell still raises NotImplementedError: remove it once your answer is there."
                )
    return ""


def hides_name(text: str, name: str) -> str:
    """Why a name is not defined though its cell ran; "" if nothing shows it."""
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    if swallowing := _SWALLOWING.match(first):
        return (
            f"`{name}` is not defined, because line 1 of your cell, `%%{swallowing[1]}`, "
            "keeps Python from defining anything: remove that line."
        )
    if _LOAD.search(text) and not _bound_anywhere(text, name):
        return f"`{name}` is not defined: a line with %load only fills the cell. Run it in Jupyter, then hand in again."
    return next(filter(None, (look(text, name) for look in _HIDING)), "")


def spoils_answer(text: str, names: Iterable[str]) -> str:
    """What an answer holds that its author hardly meant to leave there; "" if nothing shows."""
    tree = _parsed(text)
    if tree is None:
        return ""
    wanted = sorted(names)
    return next(filter(None, (look(tree, name) for name in wanted for look in _SPOILING)), "")


# --- pasted along with the code ------------------------------------------------------------------------------------


def _merge_marker(lines: list[str]) -> str:
    for number, line in enumerate(lines, 1):
        if _CONFLICT.match(line) and not line.startswith("==="):
            return (
                f"Line {number} of your cell, `{line[:30]}`, marks a conflict that Git could not merge: keep one of "
                "the two versions and delete the marker lines."
            )
    return ""


def _prompt(lines: list[str]) -> str:
    for number, line in enumerate(lines, 1):
        if prompt := _PROMPT.match(line):
            return (
                f"Line {number} of your cell begins with the prompt `{prompt[1]}` of the page that it was copied from: "
                "delete the prompts."
            )
    return ""


def _fence(lines: list[str]) -> str:
    for number, line in enumerate(lines, 1):
        if fence := _FENCE.match(line):
            return f"Line {number} of your cell, `{fence[1]}`, belongs to a text, not to code: delete it."
    return ""


def _line_numbers(lines: list[str]) -> str:
    numbers = [int(match[1]) for line in lines if (match := _NUMBERED.match(line))]
    filled = sum(1 for line in lines if line.strip())
    rising = all(after == before + 1 for before, after in pairwise(numbers))
    if LEAST_NUMBERED <= len(numbers) == filled and rising:
        return "Each line of your cell begins with a line number that was copied along with the code: delete them."
    return ""


def _diff(lines: list[str]) -> str:
    marked = [line for line in lines if _DIFF.match(line)]
    if len(marked) >= LEAST_NUMBERED and 2 * len(marked) > sum(1 for line in lines if line.strip()):
        return "The lines of your cell begin with the + and - of a comparison of two versions: delete those signs."
    return ""


_PASTED: tuple[Callable[[list[str]], str], ...] = (_merge_marker, _prompt, _fence, _line_numbers, _diff)


def _odd_character(lines: list[str]) -> str:
    for number, line in enumerate(lines, 1):
        for character in line:
            if character in _CHARACTERS and character != "`":
                what, instead = _CHARACTERS[character]
                shown = f" ({character})" if character.isprintable() and not character.isspace() else ""
                return f"Line {number} of your cell has {what}{shown}: type {instead} instead."
    return ""


# --- a name that is not where it should be -------------------------------------------------------------------------


def _commented_out(text: str, name: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*#[# ]*(?:def {name}\b|{name} *=)", line):
            return f"`{name}` is not defined, because line {number} of your cell is commented out: remove the `#`."
    return ""


def _in_a_string(text: str, name: str) -> str:
    for node in ast.walk(_parsed(text) or ast.Module([], [])):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and f"def {name}(" in node.value:
            return (
                f"`{name}` is not defined, because it stands between quotes (from line {node.lineno} on): remove them."
            )
    return ""


def _nested(text: str, name: str) -> str:
    tree = _parsed(text)
    for outer in ast.walk(tree) if tree else ():
        if not isinstance(outer, (ast.FunctionDef, ast.ClassDef)):
            continue
        kind = "function" if isinstance(outer, ast.FunctionDef) else "class"
        for node in outer.body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                return (
                    f"`{name}` is not defined for others, because it stands inside the {kind} `{outer.name}` (line "
                    f"{node.lineno}): move it to the left margin."
                )
    return ""


def _deleted(text: str, name: str) -> str:
    tree = _parsed(text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Delete) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            return f"`{name}` is not defined any more, because line {node.lineno} of your cell deletes it."
    return ""


def _spelled_otherwise(text: str, name: str) -> str:
    tree = _parsed(text)
    made = [name_made for statement in (tree.body if tree else ()) for name_made in _names_made(statement)]
    alike = [other for other in made if other.casefold().strip("_") == name.casefold().strip("_")]
    alike = alike or difflib.get_close_matches(name, made, 1, CLOSE)
    if alike:
        return f"`{name}` is not defined; your cell defines `{alike[0]}`: give it exactly the name that the task gives."
    return ""


_HIDING: tuple[Callable[[str, str], str], ...] = (_deleted, _nested, _commented_out, _in_a_string, _spelled_otherwise)


# --- in an answer that fails ---------------------------------------------------------------------------------------


def _given_another_value(tree: ast.Module, name: str) -> str:
    defined = [function.lineno for function in _functions(tree, name)]
    for node in tree.body:
        if (
            defined
            and node.lineno > defined[-1]
            and isinstance(node, (ast.Assign, ast.For))
            and name in _names_made(node)
        ):
            return (
                f"Line {node.lineno} of your cell gives `{name}` another value after the function was defined: use "
                "another name there."
            )
    return ""


def _defined_twice(tree: ast.Module, name: str) -> str:
    defined = [function.lineno for function in _functions(tree, name)]
    if len(defined) > 1:
        return f"`{name}` is defined twice in your cell (lines {defined[0]} and {defined[-1]}): the last one counts."
    return ""


def _parameter_overwritten(tree: ast.Module, name: str) -> str:
    for function in _functions(tree, name):
        parameters = {argument.arg for argument in (*function.args.posonlyargs, *function.args.args)}
        for statement in function.body:
            if not isinstance(statement, ast.Assign) or not _is_literal(statement.value):
                continue
            overwritten = parameters & set(_names_made(statement))
            if overwritten:
                return (
                    f"Line {statement.lineno} of your cell gives the parameter `{min(overwritten)}` a fixed value, "
                    "whatever the function is called with: remove that line."
                )
    return ""


def _code_after_return(tree: ast.Module, name: str) -> str:
    for function in _functions(tree, name):
        for before, after in pairwise(function.body):
            if isinstance(before, ast.Return):
                return (
                    f"`{name}` ends with the `return` in line {before.lineno} of your cell: what follows from line "
                    f"{after.lineno} on never runs."
                )
    return ""


_SPOILING: tuple[Callable[[ast.Module, str], str], ...] = (
    _given_another_value,
    _defined_twice,
    _parameter_overwritten,
    _code_after_return,
)


# --- looking at code -----------------------------------------------------------------------------------------------


def _code_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if not line.lstrip().startswith("#"))


def _functions(tree: ast.Module, name: str) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)


def _names_made(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AnnAssign, ast.For)):
        targets = [statement.target]
    return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]


def _is_literal(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, RecursionError):
        return False
    return not (isinstance(value, ast.Constant) and value.value is None)


def _bound_anywhere(text: str, name: str) -> bool:
    return re.search(rf"\bdef {re.escape(name)}\b|\b{re.escape(name)} *=", text) is not None


def _parsed(text: str) -> ast.Module | None:
    if len(text) > MAX_PARSED:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return cell_tree(text)
    except UNPARSABLE:
        return None
