"""The rooms of the project: which package may import which, and what stands where.

Imports are read from the syntax tree, those under ``TYPE_CHECKING`` and inside functions included.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = (
    ("protocol", "model", "files", "language"),
    ("runner", "notebook"),
    ("sandbox", "repair", "error_model", "similar"),
    ("judge", "gradebook", "course"),
    ("grading", "report", "lms", "publish"),
    ("commands", "nbgrader_plugin"),
)
FLOOR = {package: floor for floor, packages in enumerate(FLOORS) for package in packages}

APART = {"grading", "report", "lms", "publish"}
"""Packages of one floor that do not import one another."""

RUNNER_MAY_IMPORT = {"protocol", "runner"}
"""Everything else of the engine is hidden from untrusted code."""

COURSEBUILD_MAY_IMPORT = {
    *("autograder.notebook.leaks", "autograder.notebook.names"),
    *("autograder.error_model", "autograder.judge.stepping", "check"),  # the sealed catalogue
    *("autograder.language.translate", "autograder.language.html"),  # the former also lies beside notebooks
}

NBGRADER_API = {"Gradebook", "MissingEntry"}
"""Names of ``nbgrader.api`` that are no tables; other packages than ``gradebook`` may import only these."""


class Import(NamedTuple):
    """One import: the importing module, the imported one, and the names taken from it (none for ``import x``)."""

    importer: str
    imported: str
    names: frozenset[str]

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported}"


def sources(package: str) -> dict[str, Path]:
    """Dotted name -> file of each module of a top-level package."""
    modules = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return modules


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(module: str, path: Path) -> Iterator[Import]:
    """Every absolute import of a module; the project has no relative ones, which a linter ensures."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (Import(module, alias.name, frozenset()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} has a relative import"
            yield Import(module, node.module or "", frozenset(alias.name for alias in node.names))


@cache
def imports(package: str) -> tuple[Import, ...]:
    """Every import of a top-level package's modules."""
    return tuple(found for module, path in sources(package).items() for found in imports_of(module, path))


def room(module: str) -> str:
    """The package of the engine that a module belongs to; "" for ``autograder`` itself."""
    return f"{module}.".split(".")[1]


def between_rooms() -> Iterator[tuple[str, str, Import]]:
    """Imports from one package of the engine to another, with both packages."""
    for found in imports("autograder"):
        if found.imported == "autograder":
            rooms = found.names & FLOOR.keys()
        elif found.imported.startswith("autograder."):
            rooms = frozenset({room(found.imported)})
        else:
            continue
        for target in rooms - {room(found.importer)}:
            yield room(found.importer), target, found


def module_graph() -> dict[str, set[str]]:
    """Module of the engine -> modules of the engine that it imports."""
    modules = sources("autograder")
    graph: dict[str, set[str]] = defaultdict(set)
    for found in imports("autograder"):
        submodules = {f"{found.imported}.{name}" for name in found.names} & modules.keys()
        # `from package import submodule` needs the package's own contents only for its other names
        package = {found.imported} if len(submodules) < len(found.names) or not found.names else set()
        graph[found.importer] |= (submodules | package & modules.keys()) - {found.importer}
    return graph


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle; [] if there is none."""
    done: set[str] = set()

    def visit(module: str, trail: list[str]) -> list[str]:
        if module in trail:
            return [*trail[trail.index(module) :], module]
        if module not in done:
            for target in sorted(graph.get(module, ())):
                if path := visit(target, [*trail, module]):
                    return path
            done.add(module)
        return []

    return next((path for module in sorted(graph) if (path := visit(module, []))), [])


def classes() -> dict[str, set[str]]:
    """Name of a class -> modules of the engine that define it."""
    places: dict[str, set[str]] = defaultdict(set)
    for module, path in sources("autograder").items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                places[node.name].add(module)
    return places


def test_every_package_has_a_floor() -> None:
    packages = {path.parent.name for path in (ROOT / "autograder").glob("*/__init__.py")}
    assert packages == FLOOR.keys()


def test_imports_go_down() -> None:
    upward = [str(found) for package, target, found in between_rooms() if package and FLOOR[target] > FLOOR[package]]
    assert not upward


def test_packages_on_one_floor_stand_apart() -> None:
    sideways = [str(found) for package, target, found in between_rooms() if {package, target} <= APART]
    assert not sideways


def test_packages_import_each_other_in_no_circle() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for package, target, _ in between_rooms():
        graph[package].add(target)
    assert circle(graph) == []


def test_modules_import_each_other_in_no_circle() -> None:
    assert circle(module_graph()) == []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_untrusted_code_sees_only_runner_and_protocol() -> None:
    assert [
        str(found)
        for package, target, found in between_rooms()
        if package == "runner" and target not in RUNNER_MAY_IMPORT
    ] == []
    assert [str(found) for package, _, found in between_rooms() if package in ("", "protocol")] == []


@pytest.mark.parametrize("library", ["sqlalchemy", "alembic", "psycopg", "sqlite3"])
def test_all_sql_is_in_the_gradebook(library: str) -> None:
    outside = [
        str(found)
        for found in imports("autograder")
        if found.imported.split(".")[0] == library and room(found.importer) != "gradebook"
    ]
    assert not outside


def test_nbgraders_tables_are_used_only_in_the_gradebook() -> None:
    outside = [
        str(found)
        for found in imports("autograder")
        if room(found.importer) != "gradebook"
        and (
            (found.imported == "nbgrader" and "api" in found.names)
            or (found.imported == "nbgrader.api" and (not found.names or found.names - NBGRADER_API))
        )
    ]
    assert not outside


def test_no_two_classes_of_the_engine_have_one_name() -> None:
    twice = {name: modules for name, modules in classes().items() if len(modules) > 1}
    assert not twice


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("autograder", {"autograder"}),
        ("coursebuild", {"coursebuild"} | COURSEBUILD_MAY_IMPORT),
        ("labs", {"check", "labs.given", "solutions"}),
        ("solutions", {"labs.given", "solutions"}),
        ("check", {"check"}),
        ("hiddenchecks", {"check", "hiddenchecks.batches", "hiddenchecks.once", "solutions", "coursebuild.seal"}),
        ("mistakes", set()),
        ("alternatives", set()),
    ],
)
def test_course_build_and_engine_know_nothing_of_each_other(package: str, allowed: set[str]) -> None:
    ours = {
        "autograder",
        "check",
        "coursebuild",
        "hiddenchecks",
        "labs",
        "solutions",
        "mistakes",
        "alternatives",
        "tests",
        "examples",
    }
    foreign = [
        str(found)
        for found in imports(package)
        if found.imported.split(".")[0] in ours
        and not any(found.imported == name or found.imported.startswith(f"{name}.") for name in allowed)
    ]
    assert not foreign
