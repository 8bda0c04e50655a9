"""Functions that our own cells hand out: an import line of the authored lab becomes the text of what it imports.

`from labs.given import gaussian` and `from solutions.sigmoid import sigmoid` are lines of a cell that runs as authored.
Students have neither module, so their notebooks carry the functions themselves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable


def inline_imports(source: str, module_text: Callable[[str], str | None]) -> str:
    """Replace every top-level import of our own modules by the text of the functions that it imports.

    Args:
        source: text of a code cell.
        module_text: name of a module, e.g. ``labs.given`` -> its text; ``None`` if it does not exist.

    Raises:
        ValueError: what is imported does not exist, or the import is not of the form above, in one sentence.
    """
    if "labs" not in source and "solutions" not in source:
        return source
    lines = source.split("\n")
    imports = [node for node in _parse(source).body if isinstance(node, ast.ImportFrom) and _is_ours(node.module)]
    for node in reversed(imports):
        module = node.module or ""
        text = module_text(module)
        if text is None:
            raise ValueError(f"There is no {module.replace('.', '/')}.py.")
        lines[node.lineno - 1 : node.end_lineno] = ["\n", _definitions(node, text), "\n"]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n") if imports else source


def _is_ours(module: str | None) -> bool:
    return (module or "").partition(".")[0] in ("labs", "solutions")


def _parse(source: str) -> ast.Module:
    """Parse a cell; lines that are magics count as comments."""
    plain = [f"#{line}" if line.startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        return ast.parse("\n".join(plain))
    except SyntaxError as error:
        raise ValueError(f"This cell is no valid Python: {error}.") from None


def _definitions(node: ast.ImportFrom, module: str) -> str:
    found = {alias.name: None if alias.asname else definition(alias.name, module) for alias in node.names}
    missing = [name for name, text in found.items() if text is None]
    if missing:
        raise ValueError(f"{node.module} has no function or constant {missing[0]} (`as` and `*` are not known here).")
    return "\n\n\n".join(text for text in found.values() if text)


def definition(name: str, module: str) -> str | None:
    """Text of the top-level function, class or constant `name`, decorators included; ``None`` if there is none."""
    lines = module.split("\n")
    for node in ast.parse(module).body:
        names: list[str | None] = [getattr(node, "name", None)]
        first = node.lineno
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([first, *(decorator.lineno for decorator in node.decorator_list)])
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        if name in names:
            return "\n".join(lines[first - 1 : node.end_lineno])
    return None
