"""The command ``autograder``: one sub-command per task, each with ``--help`` and an example."""

from __future__ import annotations

import argparse
import gc
import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import autograder.course.light_nbgrader  # noqa: F401
from autograder import __version__
from autograder.course import CONFIG
from autograder.course.log import log_path, logging_to
from autograder.model.errors import AutograderError, Interrupted

_log = logging.getLogger(__name__)

COMMANDS = {
    "publish": "autograder.commands.publish",
    "collect": "autograder.commands.collect",
    "grade": "autograder.commands.grade",
    "feedback": "autograder.commands.feedback",
    "export": "autograder.commands.export",
    "report": "autograder.commands.report",
    "similar": "autograder.commands.similar",
    "extend": "autograder.commands.extend",
    "forget": "autograder.commands.forget",
    "doctor": "autograder.commands.doctor",
    "init": "autograder.commands.init",
    "check": "autograder.commands.check",
}


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command; return its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file name may be any bytes
    try:
        with _loading():
            parser = _parser(argv[0] if argv else "")
        args = parser.parse_args(argv)
        root = _course_folder(args)
        with logging_to(root, verbose=args.verbose):
            return _run(args, root)
    except AutograderError as error:
        failure = error
    except KeyboardInterrupt:
        failure = Interrupted("Stopped.")
    except OSError as error:  # of a file for which the command has no better sentence
        reason = f"{error.filename or 'A file'} cannot be read or written ({error.strerror or error})"
        failure = AutograderError(f"{reason}: fix this and run the same command again.")
    below = "\n" if isinstance(failure, Interrupted) else ""  # the terminal shows ^C on the line
    print(f"{below}autograder: {failure}", file=sys.stderr)
    return failure.exit_code


def _run(args: argparse.Namespace, root: Path | None) -> int:
    """Run a sub-command; what it did not expect goes to the log."""
    try:
        status: int = args.run(args)
    except (AutograderError, OSError):
        raise
    except Exception as error:
        _log.exception("autograder %s failed", args.command)
        where = f"in {log_path(root)}" if root else "above"
        raise AutograderError(
            f"This is a fault of autograder ({type(error).__name__}): please report it with the traceback {where}."
        ) from error
    return status


@contextmanager
def _loading() -> Iterator[None]:
    """Leave what is imported in the body out of garbage collection, now and at the end: a third of the start-up."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if before:
            gc.enable()


def _course_folder(args: argparse.Namespace) -> Path | None:
    """The course's folder, which has the log; ``None`` if the command has no course or the folder is none."""
    if "course_dir" not in args:
        return None
    root = Path(args.course_dir or ".").resolve()
    return root if (root / CONFIG).is_file() else None


def _parser(wanted: str) -> argparse.ArgumentParser:
    """The parser of one command, or of all if ``wanted`` names none: importing a command takes a while."""
    parser = argparse.ArgumentParser(
        prog="autograder",
        description="Grade a class of notebooks: right, safe and fast.",
        epilog="example: autograder grade 01_single_neuron",
    )
    parser.add_argument("--version", action="version", version=f"autograder {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        module: Any = import_module(COMMANDS[name])
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example: {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.add_argument(
            "-v", "--verbose", action="store_true", help="show on standard error what goes to the log, too"
        )
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
