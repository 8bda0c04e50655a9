"""Submissions that try to make a result that they did not earn."""

from __future__ import annotations

from typing import Any

from tests.corpus.case import (
    CRASH,
    FAILED,
    UNANSWERED,
    WRONG_SCALE,
    WRONG_SQUARE,
    Case,
    Notebook,
    cell,
    hand_in,
    position,
)

TITLE = "Forging the result"

NOTHING: dict[str, Any] = {"square": UNANSWERED, "scale": UNANSWERED}
BOTH_WRONG: dict[str, Any] = {"square": FAILED, "scale": FAILED}


def _set(cell_id: str, **changes: Any) -> Any:
    def change(notebook: Notebook) -> None:
        cell(notebook, cell_id).update(changes)

    return change


def _empty_tests(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        if one["metadata"].get("autograder", {}).get("role") == "test":
            one["source"] = "pass"


def _tag_tests(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        if one["metadata"].get("autograder", {}).get("role") == "test":
            one["metadata"]["tags"] = ["skip-execution", "raises-exception"]


def _more_points(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        if one["metadata"].get("nbgrader", {}).get("grade"):
            one["metadata"]["nbgrader"]["points"] = 1000


def _own_records(notebook: Notebook) -> None:
    passed = {"verdict": "passed", "points": 2.0, "max_points": 2.0, "message": ""}
    for one in notebook["cells"]:
        one["metadata"].setdefault("autograder", {})["record"] = passed
        one["metadata"]["autograder"]["role"] = "prose"


def _stale_outputs(notebook: Notebook) -> None:
    shown = {"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}, "execution_count": 1}
    cell(notebook, "test_square")["outputs"] = [shown]


def _duplicate_test(notebook: Notebook) -> None:
    copy = {**cell(notebook, "test_square"), "source": "2.0", "id": "copied"}
    notebook["cells"].append(copy)


def _delete_tests(notebook: Notebook) -> None:
    notebook["cells"] = [
        one for one in notebook["cells"] if one["metadata"].get("autograder", {}).get("role") != "test"
    ]


def _answers_locked(notebook: Notebook) -> None:
    cell(notebook, "square")["metadata"]["nbgrader"] |= {"grade": True, "points": 5, "locked": True}
    cell(notebook, "square")["source"] = "5"


def _move_tests_up(notebook: Notebook) -> None:
    test = notebook["cells"].pop(position(notebook, "test_square"))
    test["source"] = "def square(x):\n    return x"
    notebook["cells"].insert(0, test)


CASES = [
    Case(
        "input transformer",
        "answers nothing and turns every later cell into `pass` with an IPython input transformer",
        hand_in(None, None, first="get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])"),
        **NOTHING,
        sighted=("input transformer",),
        plain="15 of 15 points",
    ),
    Case(
        "AST transformer",
        "answers nothing and removes every assert with an AST transformer",
        hand_in(
            None,
            None,
            first="""
            import ast
            class NoAssert(ast.NodeTransformer):
                def visit_Assert(self, node):
                    return ast.copy_location(ast.Pass(), node)
            get_ipython().ast_transformers.append(NoAssert())
            """,
        ),
        **NOTHING,
        sighted=("AST transformer",),
        plain="10 of 15 points",
    ),
    Case(
        "tests emptied",
        "replaces the text of every test cell by `pass`",
        hand_in(WRONG_SQUARE, WRONG_SCALE, change=_empty_tests),
        **BOTH_WRONG,
        repaired=("test",),
    ),
    Case(
        "tests tagged skip-execution",
        "tags every test cell so that nbgrader does not run it",
        hand_in(WRONG_SQUARE, WRONG_SCALE, change=_tag_tests),
        **BOTH_WRONG,
        plain="full marks for each tagged test (read in its code)",
    ),
    Case(
        "more points",
        "gives every graded cell 1000 points in its metadata",
        hand_in(WRONG_SQUARE, change=_more_points),
        square=FAILED,
        outcome="`scale` gets its own points, no more",
    ),
    Case(
        "records in the file",
        "writes records with full points into the metadata of every cell and marks all cells as prose",
        hand_in(WRONG_SQUARE, WRONG_SCALE, change=_own_records),
        **BOTH_WRONG,
    ),
    Case(
        "outputs in the file",
        "hands in a test cell with the output `2`, which looks like partial points",
        hand_in(None, change=_stale_outputs),
        square=UNANSWERED,
    ),
    Case(
        "a test of one's own",
        "copies a test cell, with its id, and makes the copy display `2.0`",
        hand_in(WRONG_SQUARE, change=_duplicate_test),
        square=FAILED,
        plain="one duplicated cell ends the whole batch",
    ),
    Case(
        "tests deleted",
        "deletes every test cell",
        hand_in(WRONG_SQUARE, WRONG_SCALE, change=_delete_tests),
        **BOTH_WRONG,
    ),
    Case(
        "answer becomes a test",
        "marks the answer cell as a graded, locked cell of 5 points that displays `5`",
        hand_in(change=_answers_locked),
        square=UNANSWERED,
    ),
    Case(
        "test turned into an answer",
        "moves a test cell to the top and writes other code into it",
        hand_in(WRONG_SQUARE, change=_move_tests_up),
        square=FAILED,
    ),
    Case(
        "points displayed",
        "displays and prints `2.0`, and prints a record, before and after every exercise",
        hand_in(
            """
        print({'verdict': 'passed', 'points': 2.0})
        2.0
        """,
            first="2.0",
            play="2.0",
            last="2.0",
        ),
        square=FAILED,
    ),
    Case(
        "points returned",
        "returns a number of points from every function",
        hand_in("square = lambda x: 2.0", "scale = lambda v, k: 2.0"),
        **BOTH_WRONG,
    ),
    Case(
        "exception that skips",
        "raises pytest's and unittest's skip exceptions from its functions",
        hand_in(
            "import unittest\ndef square(x):\n    raise unittest.SkipTest('all good')",
            """
            class Skipped(BaseException):
                pass
            Skipped.__module__ = 'builtins'
            def scale(v, k):
                raise Skipped('all good')
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "exception that ends loops",
        "raises StopIteration and GeneratorExit, which could end a loop of a test without an error",
        hand_in(
            "def square(x):\n    raise StopIteration(9)",
            "def scale(v, k):\n    raise GeneratorExit",
        ),
        **BOTH_WRONG,
    ),
    Case(
        "exception that exits",
        "raises SystemExit(0) and KeyboardInterrupt from its functions",
        hand_in(
            """
        def square(x):
            raise SystemExit(0)
        """,
            """
        def scale(v, k):
            raise KeyboardInterrupt
        """,
        ),
        outcome="both fail",
        **BOTH_WRONG,
    ),
    Case(
        "exception named like the grader's own",
        "raises exceptions that are called Stopped, TimeUp, AssertionError and StudentRaised",
        hand_in(
            """
            class Stopped(AssertionError):
                points = 2.0
            def square(x):
                raise Stopped('passed')
            """,
            "class TimeUp(BaseException):\n    pass\ndef scale(v, k):\n    raise TimeUp('passed')",
        ),
        **BOTH_WRONG,
    ),
    Case(
        "forged answer on the channel",
        "writes a forged reply to the file descriptor that leads to the grader",
        hand_in(
            """
            import os, msgpack
            def square(x):
                body = msgpack.packb({"id": 99, "status": "ok", "value": b"\\x09", "verdict": "passed", "points": 2})
                os.write(3, len(body).to_bytes(8, "big") + body)
                return 9
            """
        ),
        square=CRASH,
        says={"test_square": ("ended",)},
    ),
    Case(
        "forged answers to come",
        "writes replies to many requests in advance",
        hand_in(
            None,
            None,
            first="""
            import os, msgpack
            for number in range(1, 60):
                body = msgpack.packb({"id": number, "status": "ok", "outputs": [], "sightings": [], "seconds": 0.0})
                os.write(3, len(body).to_bytes(4, "big") + body)
            """,
        ),
        **NOTHING,
    ),
    Case(
        "rubbish on the channel",
        "writes random bytes to every descriptor",
        hand_in(
            first="""
            import os
            for fd in range(3, 20):
                try:
                    os.write(fd, b"\\xff" * 1000)
                except OSError:
                    pass
            """
        ),
        outcome="the process ends; the answers of the other cells count",
    ),
    Case(
        "channel closed",
        "closes every descriptor, in a cell and in a function",
        hand_in(
            "import os\ndef square(x):\n    os.closerange(3, 100)\n    return x * x",
            first="import os\nos.closerange(3, 100)",
        ),
        square=CRASH,
    ),
    Case(
        "two answers",
        "forks inside a function, so that two processes reply",
        hand_in("import os\ndef square(x):\n    os.fork()\n    return x * x"),
        square="crash or passed",
        outcome="its values are right ones; the second process ends with the runner",
        risky=True,
    ),
    Case(
        "engine patched from inside",
        "replaces the runner's encoding functions by functions that always return the expected value",
        hand_in(
            WRONG_SQUARE,
            WRONG_SCALE,
            first="""
            import autograder.protocol.codec as codec
            import autograder.runner.server as serve
            wish = codec.encode(9.0)
            serve.codec.encode = codec.encode = lambda value, **bounds: wish
            serve.Server.call = lambda self, request: {"value": wish, "changed": []}
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "server found in the frames",
        "walks up the stack to the runner's server and makes it report success for every request",
        hand_in(
            WRONG_SQUARE,
            WRONG_SCALE,
            first="""
            import sys
            frame = sys._getframe()
            while frame:
                server = frame.f_locals.get("self")
                if type(server).__name__ == "Server":
                    server.fetch = lambda request: {"values": {}, "problems": {}, "points": 5}
                    server.call = lambda request: {"status": "ok", "value": b"\\xc3", "points": 5}
                frame = frame.f_back
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "tests run by oneself",
        "defines functions named as the tests are, and sets names that a test cell uses",
        hand_in(
            WRONG_SQUARE,
            WRONG_SCALE,
            first="""
            secret_points = 2
            reference = test_square = test_scale_values = lambda *a: 2
            secret_array = None
            """,
        ),
        **BOTH_WRONG,
    ),
    Case(
        "names that tests import",
        "binds `np` to an object that compares as equal to everything",
        hand_in(
            WRONG_SQUARE,
            WRONG_SCALE,
            first="""
            import sys, types
            class Yes(types.ModuleType):
                def __getattr__(self, name):
                    return lambda *a, **k: True
            sys.modules["numpy"] = sys.modules["solutions.square"] = np = Yes("numpy")
            """,
        ),
        **BOTH_WRONG,
    ),
]
