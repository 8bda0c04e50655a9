"""What judges need of a lab, made once in the process that forks them, so that the forks need not."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial

import msgpack

from autograder.judge import kept_files
from autograder.judge.clean_state import TimeUp, alarm, memory
from autograder.judge.kept_tables import kept_table
from autograder.judge.known_answers import KnownAnswers
from autograder.judge.oracle import Oracle, Question, Workbook
from autograder.judge.other_draws import OLDER
from autograder.judge.world import HandedIn
from autograder.notebook.demonstrations import names_in

FORMAT = "references 1"
LONG_SECONDS = 0.2  # CPU time, above which a test is not run for a submission that may never need it
BUSY = 4  # times as long may it take on a machine that does something else as well
MEMORY_BYTES = 2 << 30
MISTAKES_SECONDS = 3.0  # CPU time for all mistakes of a lab, about; what is not ready by then is made when it is needed


def run_references(oracle: Oracle) -> None:
    """Run a lab's reference answers and its tests against them, but for tests that are known to take long.

    The lab's own cells are read, too: every submission has them.

    Args:
        oracle: the lab's; its packages must be importable (see `autograder.judge.packages`).
    """
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use("Agg")
    else:
        os.environ["MPLBACKEND"] = "Agg"
    for cell in oracle.plan.lab.cells:
        if cell.kind == "code":
            names_in(cell.text)
    path = kept_files.path_in(oracle.plan, FORMAT)
    kept = _unpacked(kept_files.read(path) or b"")
    oracle.long = kept or {}
    long: dict[str, tuple[bool | None, HandedIn]] = {}
    for test in oracle.plan.tests:
        started = time.process_time()
        broken = oracle.broken(test)
        if time.process_time() - started > LONG_SECONDS:
            long[test.name] = broken, oracle.handed_in(test)
    if kept is None:
        kept_files.write(path, _packed(long))


def _packed(long: Mapping[str, tuple[bool | None, HandedIn]]) -> bytes:
    plain = {
        name: [broken, [[list(place), what, count] for (place, what), count in handed.items()]]
        for name, (broken, handed) in long.items()
    }
    return msgpack.packb(plain)  # type: ignore[no-any-return]


def _unpacked(packed: bytes) -> dict[str, tuple[bool | None, HandedIn]] | None:
    """What is kept of tests; None if it is something else."""
    try:
        return {
            str(name): (broken, {(tuple(map(int, place)), str(what)): int(count) for place, what, count in handed})
            for name, (broken, handed) in msgpack.unpackb(packed).items()
        }
    except (ValueError, TypeError, AttributeError, msgpack.UnpackException):
        return None


class Mistakes:
    """Runs a lab's mistakes, which is worth its time for several submissions.

    Args:
        oracle: the lab's, as `run_references` leaves it.
    """

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.seconds = MISTAKES_SECONDS
        self.missing: list[Workbook] | None = None

    def run(self) -> bool:
        """Ask mistakes what tests ask, and probes, once there is a table of them; whether anything was new."""
        workbooks = list(self.oracle.workbooks.values())
        if self.missing is None:
            for workbook in workbooks:
                _ = workbook.changing
            self._make(self._ask((book, question) for book in workbooks for question in book.questions))
            self.missing = [workbook for workbook in workbooks if workbook.reference is not None]
            self._read_tables()
            return True
        return bool(self.missing) and self._read_tables()

    def _read_tables(self) -> bool:
        """Take over the tables that forks have made meanwhile, and their probes."""
        assert self.missing is not None
        found = [(workbook, table) for workbook in self.missing if (table := kept_table(workbook)) is not None]
        self.missing = [workbook for workbook in self.missing if not isinstance(workbook.known_answers, KnownAnswers)]
        for workbook, table in found:
            for probe in table.probes:
                workbook.cheap(probe)
            if table.drawn and (older := workbook.drawing_otherwise(OLDER)) is not None:
                for question in filter(workbook.cheap, (*workbook.questions, *table.probes)):
                    older.to(question)
                self._make(partial(workbook.wrong, mistake, OLDER) for mistake in workbook.mistakes)
        self._make(self._ask((workbook, probe) for workbook, table in found for probe in table.probes))
        return bool(found)

    def _ask(self, asked: Iterable[tuple[Workbook, Question]]) -> Iterator[Callable[[], object]]:
        """The cheapest questions first, each for the reference and for the mistakes."""
        for workbook, question in sorted(asked, key=lambda one: one[0].steps(one[1])):
            for answers in (workbook.reference, *map(workbook.wrong, workbook.mistakes)):
                if answers is not None:
                    yield partial(answers.to, question)

    def _make(self, what: Iterable[Callable[[], object]]) -> None:
        """Make one thing after the other, as long as there is time."""
        started = time.process_time()
        with suppress(TimeUp), alarm(BUSY * MISTAKES_SECONDS), memory(MEMORY_BYTES):
            for make in what:
                if time.process_time() - started > self.seconds:
                    raise TimeUp
                make()
        self.seconds -= time.process_time() - started
