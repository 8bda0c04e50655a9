"""Runs ``autograder`` and times its writer: ``python -m benchmark.watched FILE ARGUMENTS...``.

After every 100 results, one line of JSON is written to FILE: results saved, seconds since the first one, the writer's
total wall and CPU seconds, memory of all processes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from autograder.commands.cli import main
from autograder.grading.batch import Batch
from benchmark.measure import tree_bytes

EVERY = 100


def watched(argv: list[str]) -> int:
    """Run ``autograder`` with a timed writer."""
    save = Batch._save
    with open(argv[0], "w", encoding="utf-8") as file:
        count, writer_wall, writer_cpu, first = 0, 0.0, 0.0, 0.0

        def timed(batch: Batch, *arguments: Any) -> None:
            nonlocal count, writer_wall, writer_cpu, first
            wall, cpu = time.perf_counter(), time.thread_time()
            first = first or wall
            save(batch, *arguments)
            writer_wall += time.perf_counter() - wall
            writer_cpu += time.thread_time() - cpu
            count += 1
            if count % EVERY == 0:
                point = {
                    "saved": count,
                    "seconds": time.perf_counter() - first,
                    "writer_seconds": writer_wall,
                    "writer_cpu_seconds": writer_cpu,
                    "bytes": tree_bytes(os.getpid()),
                }
                print(json.dumps(point), file=file, flush=True)

        Batch._save = timed  # type: ignore[method-assign, assignment]
        return main(argv[1:])


if __name__ == "__main__":
    sys.exit(watched(sys.argv[1:]))
