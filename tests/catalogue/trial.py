"""An answer tried out on the tests of its lab, directly: no notebook, no judge, everything in this process.

The lab's reference answers run, one of them replaced, and every test that the replacement can reach. A student's
function works on copies of its arguments and fails when it changes them, as it does in front of the judge.
"""

from __future__ import annotations

import ast
import copy
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from check.sealed import used_through
from coursebuild.answers import defined_names
from coursebuild.parse import Role
from hiddenchecks.probes import PROBES
from tests.catalogue.labtext import Cell, checks_of, lab_cells

Names = dict[str, Any]

QUICK_SECONDS = 0.02  # of computing, of a call of the reference; some wrong answers take a hundred times as long


class Guarded:
    """A student's function as a test sees it.

    Args:
        name: what the test calls it.
        function: the student's.
        calls: gets a (name, args, kwargs) for each call, if given.
    """

    def __init__(self, name: str, function: Callable[..., Any], calls: list[Any] | None = None) -> None:
        self._name, self._function, self._calls = name, function, calls

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        given = _handed((args, kwargs))
        if self._calls is not None:
            self._calls.append((self._name, *copy.deepcopy(given)))
        result = self._function(*given[0], **given[1])
        assert same(given, (args, kwargs)), f"{self._name} changed its arguments"
        return result


def _handed(value: Any) -> Any:
    """Plain data as a copy of its own; any other object is handed over itself, as the judge does."""
    if isinstance(value, list | tuple):
        return type(value)(map(_handed, value))
    if isinstance(value, dict):
        return {key: _handed(item) for key, item in value.items()}
    return copy.deepcopy(value) if hasattr(value, "__array__") else value


def verdicts(lab: str, exercise: str, text: str, elsewhere: bool = True) -> dict[str, str | None]:
    """Run the lab with `text` as the answer of `exercise`.

    Args:
        lab: the lab's name.
        exercise: the exercise.
        text: the answer.
        elsewhere: whether tests of other exercises run, too.

    Returns:
        Test id -> what went wrong, ``None`` where nothing did. Tests that the answer cannot reach are left out.
    """
    names = _copied(reference_names(lab)[exercise])
    reached: set[str] = set()
    found: dict[str, str | None] = {}
    with quiet():
        for cell in _from(lab, exercise):
            own = cell.exercise == exercise
            if cell.role is Role.LOCKED:
                final = _copied(reference_names(lab)[""])
                names.update({name: final[name] for name in cell.defines})
            elif cell.role is Role.ANSWER:
                source = text if own else cell.source
                if own or cell.reads & reached:
                    _run_answer(source, names)
                    reached |= cell.defines | set(defined_names(source))
                else:
                    final = reference_names(lab)[""]
                    names.update({name: final[name] for name in cell.defines})
            elif own or (elsewhere and cell.reads & reached):
                found[cell.grade_id] = run_test(cell, names, reached)
    return found


def run_test(cell: Cell, names: Names, students: set[str], calls: list[Any] | None = None) -> str | None:
    """What went wrong when a test cell ran on these names, ``None`` if nothing did."""
    scope = {
        name: Guarded(name, value, calls) if name in students and _is_function(value) else value
        for name, value in names.items()
    }
    body = ast.parse(cell.source)
    last = body.body[-1]
    shown = ast.Expression(last.value) if isinstance(last, ast.Expr) else None
    try:
        exec(compile(ast.Module(body.body[: -1 if shown else None], []), cell.grade_id, "exec"), scope)
        points = eval(compile(shown, cell.grade_id, "eval"), scope) if shown else None
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    partial = isinstance(points, int | float) and not isinstance(points, bool) and points < cell.points
    return f"{points} of {cell.points} points" if partial else None


@cache
def reference_names(lab: str) -> dict[str, Names]:
    """The names that each answer of the lab finds when the reference answers ran before it; under "" the final ones."""
    names: Names = {}
    found = {}
    with quiet():
        for cell in lab_cells(lab):
            if cell.role is Role.ANSWER:
                found[cell.exercise] = dict(names)
            if cell.role is not Role.TEST:
                exec(compile(cell.source, f"{lab}: {cell.grade_id}", "exec"), names)
    return {**found, "": names}


def behaviour(lab: str, exercise: str, text: str) -> Iterator[Any]:
    """What an answer does wherever the exercise's tests look, one thing after the other, to be compared with `same`.

    Its functions are called with what the tests pass to the reference answer; its values are taken as they are. To be
    used where it is `quiet`.
    """
    names = _copied(reference_names(lab)[exercise])
    _run_answer(text, names)
    if (probes := PROBES.get(exercise)) is not None and probes.through:
        answer = names.get(next(iter(_answer(lab, exercise).defines)))
        used = used_through(checks_of(lab), probes.through, answer)
        for draw in range(3):
            for probe in probes.fixed(np.random.default_rng(draw)):
                yield _done(used, tuple(probe), {})
        return
    calls, values = _looks(lab, exercise)
    for name, *arguments in calls:
        yield _done(names[name], *arguments) if name in names else "missing"
    for name in sorted(values):
        yield _plain(names.get(name, "missing"))


@cache
def _looks(lab: str, exercise: str) -> tuple[list[Any], set[str]]:
    """The calls that an exercise's tests make of the reference, slow ones left out, and the values that they read."""
    cells = [cell for cell in lab_cells(lab) if cell.exercise == exercise]
    names = _copied(reference_names(lab)[exercise])
    answer = _answer(lab, exercise)
    exec(compile(answer.source, exercise, "exec"), names)
    calls: list[Any] = []
    for cell in cells:
        if cell.role is Role.TEST:
            problem = run_test(cell, names, set(answer.defines), calls)
            assert problem is None, f"the reference answer fails {cell.grade_id}: {problem}"
    quick = [call for call in calls if _is_quick(names[call[0]], *call[1:])]
    return quick or calls, {name for name in answer.defines if not _is_function(names[name])}


def _answer(lab: str, exercise: str) -> Cell:
    return next(cell for cell in lab_cells(lab) if cell.exercise == exercise and cell.role is Role.ANSWER)


def _is_quick(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    for _ in range(2):  # on a busy machine the first time may be the longer one
        given = copy.deepcopy((args, kwargs))
        start = time.process_time()
        function(*given[0], **given[1])
        if time.process_time() - start < QUICK_SECONDS:
            return True
    return False


def _copied(names: Names) -> Names:
    """The same names with arrays of their own: an answer that spoils the lab's data spoils them for nobody else."""
    return {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in names.items()}


def _done(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    given = copy.deepcopy((args, kwargs))
    try:
        result = function(*given[0], **given[1])
    except Exception as error:
        return f"raised {type(error).__name__}"
    return [_plain(result), "arguments kept" if same(given, (args, kwargs)) else "arguments changed"]


def _plain(value: Any) -> Any:
    """A value as data: what can be compared, and no more."""
    if isinstance(value, Figure):
        return [[*map(_line, axes.lines), *map(_dots, axes.collections)] for axes in value.axes]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float) or hasattr(value, "__array__"):
        return value if value is None or isinstance(value, str) else np.asarray(value)
    return type(value).__name__


def _line(line: Any) -> Any:
    return np.asarray(line.get_xydata())


def _dots(dots: Any) -> Any:
    return np.asarray(dots.get_offsets())


def same(a: Any, b: Any, tolerance: float = 0.0) -> bool:
    """Whether two values are equal, shapes and nan included; arrays of numbers up to a relative tolerance."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key], tolerance) for key in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(same(x, y, tolerance) for x, y in zip(a, b, strict=True))
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if a.shape != b.shape or not {a.dtype.kind, b.dtype.kind} <= set("biufc"):
            return a.shape == b.shape and np.array_equal(a, b)
        return np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True)
    return type(a) is type(b) and bool(a == b)


def _run_answer(source: str, names: Names) -> None:
    try:
        exec(compile(source, "answer", "exec"), names)
    except Exception as error:
        names["__error__"] = error  # the names that it did not reach stay undefined, as in a notebook


def _from(lab: str, exercise: str) -> Iterator[Cell]:
    started = False
    for cell in lab_cells(lab):
        started = started or (cell.role is Role.ANSWER and cell.exercise == exercise)
        if started:
            yield cell


def _is_function(value: Any) -> bool:
    return callable(value) and not isinstance(value, type | ModuleType)


@contextmanager
def quiet() -> Iterator[None]:
    """Warnings cost nothing here, and figures are not kept."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            plt.close("all")
