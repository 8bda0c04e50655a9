"""How well the checks in the students' notebooks name mistakes: `python -m benchmark.checks [LAB ...]`.

Each catalogued mistake is put into the released notebook, whose other answers are right, and the cells run as in a
kernel, in a fork of one IPython shell for each lab. What counts is what the student sees: the displayed list.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import sys
import time
from dataclasses import dataclass
from typing import Any

from coursebuild.parse import Role
from tests.catalogue.catalogue import ROOT, Entry, entries
from tests.catalogue.labtext import LABS, lab_cells


@dataclass(frozen=True)
class Seen:
    """What a student sees after running the test cells of one exercise.

    Attributes:
        failed: whether a test cell raised.
        text: everything that was displayed, and the last lines of exceptions.
        seconds: wall time of the slowest test cell.
    """

    failed: bool
    text: str
    seconds: float


def seen(lab: str, exercise: str, answer: str) -> Seen:
    """Run a lab up to an exercise with one answer replaced; everything happens in a fork of this process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            with os.fdopen(write, "w", encoding="utf-8") as out:
                json.dump(_run(lab, exercise, answer), out)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        told = json.loads(pipe.read() or '{"failed": true, "text": "the process ended", "seconds": 0}')
    os.waitpid(child, 0)
    return Seen(**told)


def _run(lab: str, exercise: str, answer: str) -> dict[str, Any]:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    os.chdir(ROOT / "release" / lab)
    sys.path.insert(0, "")
    for name in [name for name in sys.modules if name.partition(".")[0] in ("check", "given")]:
        del sys.modules[name]
    shell = InteractiveShell.instance()
    failed, texts, slowest = False, [], 0.0
    for cell in lab_cells(lab):
        own = cell.exercise == exercise
        if cell.role is Role.TEST and not own:
            continue
        source = answer if own and cell.role is Role.ANSWER else cell.source
        if cell.role is Role.TEST:
            source = source.split("### BEGIN HIDDEN TESTS")[0]
        with capture_output() as captured:
            started = time.perf_counter()
            result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
            took = time.perf_counter() - started
        if cell.role is Role.TEST:
            slowest = max(slowest, took)
            failed = failed or not result.success
            texts += [output.data.get("text/plain", "") for output in captured.outputs] + [captured.stdout]
        if own and cell.role is Role.TEST and cell is [c for c in lab_cells(lab) if c.exercise == exercise][-1]:
            break
    return {"failed": failed, "text": "\n".join(texts), "seconds": slowest}


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _warm() -> None:
    """Import in this process what the labs import, so that the forks need not."""
    for name in ("matplotlib.pyplot", "pandas", "sklearn.datasets", "sklearn.linear_model", "sklearn.model_selection"):
        importlib.import_module(name)


def measured(lab: str, every: int = 1) -> dict[str, Any]:
    """Counts for one lab, and what is not named.

    Args:
        lab: its name.
        every: 1 for all entries of the catalogue, 5 for every fifth.
    """
    exercises = list(dict.fromkeys(cell.exercise for cell in lab_cells(lab) if cell.role is Role.ANSWER))
    counts: dict[str, Any] = {
        "mistakes": 0,
        "named": 0,
        "silent": [],
        "not named": [],
        "complaints": [],
        "slowest": 0.0,
    }
    for exercise in exercises:
        reference = next(
            cell.source for cell in lab_cells(lab) if cell.role is Role.ANSWER and cell.exercise == exercise
        )
        right = [
            ("reference", reference),
            *((str(entry), entry.text) for entry in entries("alternatives", exercise)[::every]),
        ]
        for name, text in right:
            found = seen(lab, exercise, text)
            counts["slowest"] = max(counts["slowest"], found.seconds)
            if found.failed:
                counts["complaints"].append(f"{name}: {_squeezed(found.text)[:400]}")
        for entry in entries("mistakes", exercise)[::every]:
            found = seen(lab, exercise, entry.text)
            counts["mistakes"] += 1
            counts["slowest"] = max(counts["slowest"], found.seconds)
            if not found.failed:
                counts["silent"].append(str(entry))
            elif is_named(entry, found):
                counts["named"] += 1
            else:
                counts["not named"].append(f"{entry}: {_squeezed(found.text)[:300]}")
    return counts


def is_named(entry: Entry, found: Seen) -> bool:
    """Whether the mistake's own sentence is shown."""
    return entry.sentence.replace("`", "") in _squeezed(found.text).replace("`", "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmark.checks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("labs", nargs="*", help="labs to measure (default: all)")
    parser.add_argument("--every", type=int, default=1, help="take every nth entry of the catalogue only")
    options = parser.parse_args()
    _warm()
    for lab in options.labs or LABS:
        counts = measured(lab, options.every)
        print(
            f"{lab}: {counts['named']} of {counts['mistakes']} named, {len(counts['silent'])} silent, "
            f"{len(counts['complaints'])} complaints, slowest check {counts['slowest']:.2f} s",
            flush=True,
        )
        for key in ("silent", "complaints", "not named"):
            for line in counts[key]:
                print(f"  {key}: {line}", flush=True)


if __name__ == "__main__":
    main()
