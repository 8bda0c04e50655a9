"""Every error that the engine raises for a person to read: one tree, so that one ``except`` catches it.

    AutograderError
    ├── CourseError         the course's folder, its configuration or an option
    ├── GradebookError      the database
    ├── LmsError            what came from Moodle or Canvas, or goes there
    ├── OutputError         a file that a command was asked to write
    ├── SandboxError        the sandbox, or a runner in it, did not start
    ├── GradingRefused      this machine must not grade
    └── GradingStopped      a run ended before all was graded
        ├── ClusterError    no scheduler, no worker, or no package to reach them
        └── Interrupted     Ctrl-C

The command line (`autograder.commands.cli`) prints the sentence and exits with `exit_code`; nbgrader's plug-in logs it.
"""

from __future__ import annotations

from typing import ClassVar


class AutograderError(Exception):
    """The engine cannot do what it was asked to.

    ``str(error)`` is one sentence, or a few, that say what is wrong and what to do about it.

    Attributes:
        exit_code: exit status of a command that ends with this error.
    """

    exit_code: ClassVar[int] = 2


class CourseError(AutograderError):
    """The course's folder or configuration is not as it should be, or an option does not fit it."""


class GradebookError(AutograderError):
    """The gradebook could not be read or written."""


class LmsError(AutograderError):
    """A file from the LMS, or for it, is not as it should be."""


class OutputError(AutograderError):
    """A file that a command was asked to write cannot be written there."""


class SandboxError(AutograderError):
    """The sandbox, or a runner in it, did not start; the sentence quotes what it printed."""


class GradingRefused(AutograderError):
    """This machine must not grade: no isolation without ``--unsafe``, or no sandbox or worker that starts."""


class GradingStopped(AutograderError):
    """A grading run ended early. What is graded is saved; the same command goes on from there."""


class ClusterError(GradingStopped):
    """The Dask cluster does not answer, has no workers, or gave up."""


class Interrupted(GradingStopped):
    """Ctrl-C was pressed."""

    exit_code: ClassVar[int] = 130
