"""Bounds on what one submission may use. Crossing one costs the exercise that crossed it, no other."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MIB = 1024 * 1024


def _bound(default: float, minimum: float, help: str) -> Any:
    """A field with what a configuration must know of it; below its minimum a limit stops right answers, too."""
    return field(default=default, metadata={"min": minimum, "help": help})


@dataclass(frozen=True)
class Limits:
    """The bounds; each field's metadata has its smallest value (``min``) and what it bounds (``help``)."""

    cell_seconds: float = _bound(30.0, 0.1, "Wall seconds for one cell, and for one test.")
    total_seconds: float = _bound(300.0, 1.0, "Wall seconds for the whole notebook.")
    memory_bytes: int = _bound(2048 * MIB, 384 * MIB, "Memory of the student's processes together.")
    processes: int = _bound(32, 4, "Processes and threads at one time.")
    open_files: int = _bound(256, 64, "Open files of one process.")
    file_bytes: int = _bound(64 * MIB, MIB, "Size of any one file written, and of the scratch folder.")
    output_bytes: int = _bound(MIB, 1024, "Printed text and rich output of one cell (figures apart).")
    figure_bytes: int = _bound(8 * MIB, 64 * 1024, "Images shown by one cell.")
    value_bytes: int = _bound(96 * MIB, MIB, "Size of one value that crosses from runner to judge.")
    value_depth: int = _bound(32, 4, "Nesting of one value that crosses.")
    submission_bytes: int = _bound(64 * MIB, 64 * 1024, "Size of all submitted files of one submission.")
    submission_files: int = _bound(200, 1, "Number of submitted files of one submission.")
    demonstrations: bool = field(default=False, metadata={"help": "Whether cells that only show something run, too."})

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for another process."""
        return asdict(self)
