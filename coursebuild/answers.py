# mypy: allow-untyped-calls
"""The text that `%load` loads for an exercise, by IPython's own rules.

An answer cell of a lab imports its answer: `from solutions.sigmoid import sigmoid`. If the module has a line
`# --- answer ---`, the answer is the script below that line; otherwise it is the imported functions.
"""

from __future__ import annotations

import ast
import shlex
from dataclasses import dataclass

from IPython.core.magics.code import extract_code_ranges, extract_symbols, strip_initial_indent

MARK = "# --- answer ---"


@dataclass(frozen=True)
class Load:
    """One `%load` line.

    Attributes:
        exercise: the exercise whose answer it loads.
        names: the functions that it loads; empty if it loads a script.
        lines: first and last line of the script; empty if it loads functions.
    """

    exercise: str
    names: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()

    def magic(self, folder: str = "../solutions") -> str:
        """The text of the cell that loads it: a comment that the student uncomments."""
        option = f"-s {','.join(self.names)}" if self.names else f"-r {self.lines[0]}-{self.lines[1]}"
        return f"# %load {option} {folder}/{self.exercise}.py"


def find_load(exercise: str, cell_source: str, module: str) -> Load:
    """The `%load` that gives the answer imported by an answer cell.

    Args:
        exercise: id of the exercise.
        cell_source: text of the authored answer cell.
        module: text of ``solutions/<exercise>.py``.

    Raises:
        ValueError: the cell or the module does not have the form described above; the message is one sentence.
    """
    names = _imported_names(exercise, cell_source)
    lines = module.split("\n")
    if MARK in lines:
        if lines.count(MARK) > 1:
            raise ValueError(f"solutions/{exercise}.py has the line `{MARK}` more than once.")
        numbers = [i for i, line in enumerate(lines, 1) if line.strip() and i > lines.index(MARK) + 1]
        if not numbers:
            raise ValueError(f"solutions/{exercise}.py has nothing below its line `{MARK}`.")
        load = Load(exercise, lines=(numbers[0], numbers[-1]))
    else:
        load = Load(exercise, names=tuple(names))
    missing = [name for name in names if name not in defined_names(load_text(load, module))]
    if missing:
        raise ValueError(f"solutions/{exercise}.py does not define {', '.join(missing)}, which this cell imports.")
    return load


def load_text(load: Load, module: str) -> str:
    """The text that `%load` puts below its own line, without trailing newlines."""
    if load.names:
        return "\n".join(extract_symbols(module, ",".join(load.names))[0]).rstrip("\n")
    lines = module.split("\n")
    ranges = extract_code_ranges(f"{load.lines[0]}-{load.lines[1]}")
    chosen = [line for start, stop in ranges for line in lines[start:stop]]
    return "\n".join(strip_initial_indent(chosen)).rstrip("\n")


def parse_magic(line: str) -> tuple[Load, str]:
    """The inverse of `Load.magic`: returns the load and the path of the file that it reads.

    Raises:
        ValueError: the line is not a `# %load` line written by the build.
    """
    words = shlex.split(line.removeprefix("# %load"))
    if not line.startswith("# %load ") or len(words) != 3 or words[0] not in ("-s", "-r"):
        raise ValueError(f"{line!r} is not of the form `# %load -s NAME FILE` or `# %load -r A-B FILE`.")
    option, what, path = words
    exercise = path.rpartition("/")[2].removesuffix(".py")
    if option == "-s":
        return Load(exercise, names=tuple(what.split(","))), path
    first, _, last = what.partition("-")
    return Load(exercise, lines=(int(first), int(last))), path


def defined_names(source: str) -> list[str]:
    """Names that top-level statements of a cell bind, in order."""
    names: list[str] = []
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names += [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
        else:
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    names.append(node.id)
                elif isinstance(node, ast.Import | ast.ImportFrom):
                    names += [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    return list(dict.fromkeys(names))


def _imported_names(exercise: str, source: str) -> list[str]:
    rule = f"This cell must be one line: `from solutions.{exercise} import ...`."
    try:
        body = ast.parse(source).body
    except SyntaxError:
        raise ValueError(rule) from None
    if len(body) != 1 or not isinstance(body[0], ast.ImportFrom) or body[0].module != f"solutions.{exercise}":
        raise ValueError(rule)
    if any(alias.asname or alias.name == "*" for alias in body[0].names):
        raise ValueError(f"{rule} List the imported names, without `as` and `*`.")
    return [alias.name for alias in body[0].names]
