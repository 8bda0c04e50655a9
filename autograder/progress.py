"""Progress of a grading run: rate, remaining time, counts by verdict; plain lines where there is no terminal."""

from __future__ import annotations

import sys
import time
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from autograder.record import Result

LINE_SECONDS = 10.0


class Progress:
    """Shows how far a run has come, on standard error."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.graded = total, 0, 0
        self.verdicts: Counter[str] = Counter()
        self.started = self.told = time.monotonic()
        console = Console(stderr=True)
        self.bar = Bar(
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}"),
            console=console,
            disable=not console.is_terminal,
        )
        self.task = self.bar.add_task("", total=total, rate="", counts="")

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
        """Count one submission; ``None``: it was graded already."""
        self.done += 1
        if result is not None:
            self.graded += 1
            self.verdicts.update(str(record.verdict) for record in result.records)
        self.bar.update(self.task, completed=self.done, rate=self._rate(), counts=self._counts())
        if self.bar.disable and time.monotonic() - self.told > LINE_SECONDS:
            self.told = time.monotonic()
            self._line()

    def _line(self) -> None:
        print(
            f"graded {self.graded}, unchanged {self.done - self.graded}, of {self.total}; "
            f"{self._rate()}; {self._counts()}",
            file=sys.stderr,
        )

    def _rate(self) -> str:
        return f"{60 * self.graded / max(time.monotonic() - self.started, 1e-9):.0f}/min"

    def _counts(self) -> str:
        return ", ".join(f"{verdict} {count}" for verdict, count in sorted(self.verdicts.items()))
