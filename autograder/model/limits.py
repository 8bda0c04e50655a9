"""Bounds on what a submission may use, configurable as ``c.Limits.<name>`` in ``nbgrader_config.py``."""

from __future__ import annotations

from traitlets import Bool, Float, Integer
from traitlets.config import Configurable

MIB = 1024 * 1024


class Limits(Configurable):
    """Bounds on one submission. Crossing one costs the exercise that crossed it, no other.

    Below its ``min`` a limit stops right answers, too.
    """

    cell_seconds = Float(30.0, min=0.1, help="Wall seconds for one cell, and for one test.").tag(config=True)
    total_seconds = Float(300.0, min=1.0, help="Wall seconds for the whole notebook.").tag(config=True)
    memory_bytes = Integer(2048 * MIB, min=384 * MIB, help="Memory of the student's processes together.").tag(
        config=True
    )
    processes = Integer(32, min=4, help="Processes and threads at one time.").tag(config=True)
    open_files = Integer(256, min=64, help="Open files of one process.").tag(config=True)
    file_bytes = Integer(64 * MIB, min=1 * MIB, help="Size of any one file written, and of the scratch folder.").tag(
        config=True
    )
    output_bytes = Integer(1 * MIB, min=1024, help="Printed text and rich output of one cell (figures apart).").tag(
        config=True
    )
    figure_bytes = Integer(8 * MIB, min=64 * 1024, help="Images shown by one cell.").tag(config=True)
    value_bytes = Integer(64 * MIB, min=1 * MIB, help="Size of one value that crosses from runner to judge.").tag(
        config=True
    )
    value_depth = Integer(32, min=4, help="Nesting of one value that crosses.").tag(config=True)
    submission_bytes = Integer(64 * MIB, min=64 * 1024, help="Size of all submitted files of one submission.").tag(
        config=True
    )
    submission_files = Integer(200, min=1, help="Number of submitted files of one submission.").tag(config=True)

    demonstrations = Bool(False, help="Whether cells that only show something run, too.").tag(config=True)

    def to_dict(self) -> dict[str, float | int]:
        """Plain data, for the worker process."""
        return {name: getattr(self, name) for name in self.trait_names(config=True)}
