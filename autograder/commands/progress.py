"""Progress of a grading run: rate, remaining time, counts by verdict; plain lines if there is no terminal."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from types import TracebackType

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from autograder.model.record import Result

LINE_SECONDS = 10.0
STARTING = "starting the workers"


class Progress:
    """Shows the progress of a run on standard error.

    Args:
        total: number of submissions.
    """

    def __init__(self, total: int) -> None:
        self.total, self.done, self.graded = total, 0, 0
        self.verdicts: Counter[str] = Counter()
        self.printed = time.monotonic()
        self.first: float | None = None  # time of the first result; before it, workers were starting
        console = Console(stderr=True)
        self.bar = _TwoLines(
            TextColumn("grading"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
            console=console,
            disable=not console.is_terminal,
            expand=True,
        )
        self.task = self.bar.add_task("", total=total, pace=STARTING, counts="")

    def __enter__(self) -> Progress:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()
        if self.bar.disable:
            self._line()

    def saved(self, result: Result | None) -> None:
        """Count one submission; ``None`` if it was graded before."""
        self.done += 1
        if result is not None:
            self.first = self.first or time.monotonic()
            self.graded += 1
            self.verdicts.update(str(record.verdict) for record in result.records)
        self.bar.update(self.task, completed=self.done, pace=self.pace(), counts=self._counts())
        if self.bar.disable and time.monotonic() - self.printed > LINE_SECONDS:
            self.printed = time.monotonic()
            self._line()

    def pace(self) -> str:
        """Submissions per minute since the first result, and the remaining time at that rate."""
        seconds = time.monotonic() - self.first if self.first else 0.0
        if self.graded < 2 or not seconds:
            return STARTING if not self.graded else ""
        per_submission = seconds / (self.graded - 1)
        left = timedelta(seconds=round((self.total - self.done) * per_submission))
        return f"{60 / per_submission:.0f}/min, {left} left"

    def _line(self) -> None:
        parts = (f"graded {self.graded}, unchanged {self.done - self.graded}, of {self.total}", self.pace())
        print("; ".join(filter(None, (*parts, self._counts()))), file=sys.stderr)

    def _counts(self) -> str:
        return ", ".join(f"{verdict} {count}" for verdict, count in sorted(self.verdicts.items()))


class _TwoLines(Bar):
    """The bar, and the counts below it."""

    def get_renderables(self) -> Iterable[RenderableType]:
        yield self.make_tasks_table(self.tasks)
        yield from (Text(task.fields["counts"]) for task in self.tasks if task.fields["counts"])
