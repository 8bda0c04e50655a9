"""Run one test cell and say what it decided.

The cell runs in a fresh namespace that holds what it imports and the student's names: plain data, decoded anew for
each test, and stand-ins for functions. No object of the student's ever exists here, so nothing they define can take
part in a comparison.
"""

from __future__ import annotations

import ast
import inspect
import math
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from traceback import walk_tb
from types import CodeType
from typing import Any

import numpy as np

from autograder.judge import messages
from autograder.judge.clean_state import TimeUp, alarm, clean_state, memory
from autograder.judge.folders import working_in
from autograder.judge.namespace import Namespace
from autograder.judge.plan import TestCell
from autograder.judge.proxy import world_of
from autograder.judge.raised import StudentRaised
from autograder.judge.sources import findable
from autograder.judge.subject import Called, Stopped, Subject
from autograder.judge.world import NOWHERE, Calls, HandedIn, Heard
from autograder.model.record import Verdict
from autograder.notebook.names import judged_python
from autograder.protocol import codec
from autograder.protocol.awaiting import awaited
from autograder.sandbox.outcomes import StudentError

GRACE_SECONDS = 2.0  # for the judge's own share of a test
MAX_BROKE = 200
MIB = 1024 * 1024


@dataclass
class TestRun:
    """What running one test cell came to.

    Attributes:
        verdict: the verdict.
        points: points given; None if not gradable.
        sentence: what to tell the student.
        missing: the student's name that was not there, if that was the reason.
        suspect: whether the test itself broke, be it over the student's value or on its own.
        broke: the exception that ended it, for the instructor; empty if none did.
        line: the line of the cell in which that was.
        changed: whether a call that changed its arguments was the reason.
        raised: the exception of the student's function that was the reason, if one was.
        calls: the calls it made, as (name, encoded arguments, outcome).
        heard: what it asked of objects, and what came of it.
        values: the student's names as they were fetched.
        shared: what it made that code of the student's may read, encoded.
        printed: what the test printed.
        handed: where it handed something of its own in to an object of the student's.
        seconds: wall time.
        broken_off: the judge was interrupted, perhaps in the middle of a call.
    """

    __test__ = False

    verdict: Verdict
    points: float | None = 0.0
    sentence: str = ""
    missing: str | None = None
    suspect: bool = False
    broke: str = ""
    line: int | None = None
    changed: bool = False
    raised: StudentError | None = None
    calls: list[tuple[str, bytes, Called]] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    values: dict[str, bytes] = field(default_factory=dict)
    shared: dict[str, bytes] = field(default_factory=dict)
    printed: str = ""
    handed: HandedIn = field(default_factory=dict)
    seconds: float = 0.0
    broken_off: bool = False


def run_test(
    test: TestCell,
    subject: Subject,
    seconds: float = 30.0,
    memory_bytes: int = 2048 * MIB,
    values: Mapping[str, bytes] | None = None,
    allowed: HandedIn | None = NOWHERE,
    files: Mapping[str, bytes] | None = None,
) -> TestRun:
    """Run a test cell against one side.

    Args:
        test: the test cell.
        side: where its free names live.
        seconds: wall time that it may take.
        memory_bytes: memory that it may add to this process.
        values: its free names' encoded values, if they are fetched already.
        allowed: where it may hand something of its own in to an object; None, for the reference, for everywhere.
        files: what lies in the folder where it works, relative path -> content; None: it works where the process is.
    """
    started = time.monotonic()
    subject.begin(seconds)
    run = TestRun(Verdict.PASSED, test.points)
    namespace = Namespace(test, subject)
    calls = Calls(namespace, world_of(subject), allowed)
    given, error = None, None
    with clean_state() as printed, calls.draws.watched(), findable(), ExitStack() as folders:
        folders.enter_context(calls.temporary.used(test.source))
        folders.enter_context(working_in(files))
        folders.enter_context(namespace.as_main())
        if files is not None:
            calls.working.begin()
        calls.shows = printed
        try:
            with memory(memory_bytes), alarm(seconds + GRACE_SECONDS):
                fetched = subject.fetch(test.names) if values is None else values
                run.values = {name: fetched[name] for name in test.names if name in fetched}
                calls.world.enter(calls)
                namespace.fill(run.values, calls)
                code = judged_python(test.source) if test.code is None else test.code  # the former says why it is none
                body, last = _compiled(code, test.name, test.names)
                _ran(body, namespace.names)
                if last is not None:
                    given = _ran(last, namespace.names)
        except KeyboardInterrupt:
            raise
        except Stopped as stopped:
            calls.stopped = calls.stopped or stopped
        except TimeUp:
            run.broken_off = True
            calls.stopped = calls.stopped or Stopped(Verdict.TIMEOUT, messages.JUDGE_TIME)
        except BaseException as caught:
            error = caught
        run.calls, run.heard, run.printed, run.handed = calls.made, calls.heard, printed.text, calls.handed
        if error is not None:
            run.broke, run.line = _told(error), _line_of(error, f"<{test.name}>")
        run.shared = namespace.shared()
        namespace.leave()
        try:
            _decide(run, test, calls, error, given)
        except Exception:  # an exception of a test's whose text cannot be made
            run.verdict, run.points, run.sentence, run.suspect = Verdict.FAILED, 0.0, messages.NO_SENTENCE, True
    run.sentence = messages.clip(run.sentence)
    run.seconds = time.monotonic() - started
    return run


def _told(error: BaseException) -> str:
    try:
        text = str(error).split("\n")[0][:MAX_BROKE]
    except Exception:
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _line_of(error: BaseException, filename: str) -> int | None:
    """The last line of the cell that an exception came through."""
    lines = [number for frame, number in walk_tb(error.__traceback__) if frame.f_code.co_filename == filename]
    return lines[-1] if lines else None


@lru_cache(maxsize=1024)
def _compiled(source: str, name: str, students: tuple[str, ...]) -> tuple[CodeType, CodeType | None]:
    """The cell's statements, and its last expression, whose value may be points.

    What a student's own function returns is never points, even if the cell ends with a call of it.
    """
    tree, last = ast.parse(source), None
    if tree.body and isinstance(statement := tree.body[-1], ast.Expr) and not _is_students(statement.value, students):
        tree.body.pop()
        last = compile(ast.Expression(statement.value), f"<{name}>", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    return compile(tree, f"<{name}>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), last


def _ran(code: CodeType, names: dict[str, Any]) -> Any:
    """What code comes to; a cell that awaits at its top runs in a loop, as in Jupyter."""
    value = eval(code, names)
    if not code.co_flags & inspect.CO_COROUTINE:
        return value
    return awaited(value)


def _is_students(value: ast.expr, students: tuple[str, ...]) -> bool:
    while isinstance(value, (ast.Call, ast.Subscript, ast.Attribute)):
        value = value.func if isinstance(value, ast.Call) else value.value
    return isinstance(value, ast.Name) and value.id in students


def _decide(run: TestRun, test: TestCell, calls: Calls, error: BaseException | None, given: Any) -> None:
    if calls.stopped is not None:
        _fail(run, calls.stopped.sentence, calls.stopped.verdict)
    elif calls.changed is not None:
        run.changed = True
        _fail(run, calls.changed)
    elif error is None and calls.failed is not None:
        _fail(run, str(calls.failed) or messages.NO_SENTENCE)
    elif error is None:
        _give_points(run, test, given)
    elif isinstance(error, StudentRaised):
        run.raised = error.raised
        _fail(run, messages.raised(error.raised, error.function))
    elif isinstance(error, AssertionError):
        cause = _student_cause(error)
        run.raised = cause.raised if cause is not None else None
        because = messages.raised(cause.raised, cause.function) if cause is not None else ""
        _fail(run, messages.joined([str(error) or messages.NO_SENTENCE, because]))
    elif isinstance(error, NameError) and error.name in test.names and error.name not in run.values:
        run.missing = error.name
        _fail(run, messages.undefined(error.name, own=True))
    elif isinstance(error, MemoryError):
        _fail(run, messages.JUDGE_MEMORY)
    else:
        run.suspect = True
        _fail(run, _blame(run, error))


def _fail(run: TestRun, sentence: str, verdict: Verdict = Verdict.FAILED) -> None:
    run.verdict, run.sentence = verdict, sentence
    run.points = None if verdict is Verdict.NOT_GRADABLE else 0.0


def _give_points(run: TestRun, test: TestCell, given: Any) -> None:
    """A number as the last expression's value is points, by nbgrader's convention; anything else is all of them."""
    if isinstance(given, (bool, np.bool_)) or not isinstance(given, (int, float, np.integer, np.floating)):
        return
    points = float(given)
    if math.isnan(points):
        run.suspect = True
        _fail(run, messages.NO_SENTENCE)
        return
    run.points = min(max(points, 0.0), test.points)
    if run.points == 0 and test.points > 0:
        _fail(run, messages.NO_SENTENCE)
    elif run.points < test.points:
        run.sentence = messages.partial(run.points, test.points, run.printed)


def _student_cause(error: BaseException) -> StudentRaised | None:
    seen: BaseException | None = error
    for _ in range(10):
        seen = seen.__cause__ or seen.__context__ if seen else None
        if isinstance(seen, StudentRaised):
            return seen
    return None


def _blame(run: TestRun, error: BaseException) -> str:
    """The last value that came from the student is the likeliest reason why the test broke."""
    if not isinstance(error, Exception):
        return messages.NO_SENTENCE
    if run.calls and run.calls[-1][2].value is not None:
        name, _, outcome = run.calls[-1]
        return messages.unusable(f"what `{name}` returned", codec.decode(outcome.value or b""), error)
    for name, data in reversed(run.values.items()):
        value = codec.decode(data)
        if not isinstance(value, codec.Function):
            return messages.unusable(f"your `{name}`", value, error)
    return messages.NO_SENTENCE
