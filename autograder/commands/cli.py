"""The command ``autograder``: one sub-command a job, each with ``--help`` and an example."""

from __future__ import annotations

import argparse
import io
import sys
from importlib import import_module
from typing import Any

import autograder.notebook.fast_schema  # noqa: F401
from autograder import __version__
from autograder.model.errors import AutograderError, Interrupted

COMMANDS = {
    "publish": "autograder.commands.publish",
    "collect": "autograder.commands.collect",
    "grade": "autograder.commands.grade",
    "feedback": "autograder.commands.feedback",
    "export": "autograder.commands.export",
    "report": "autograder.commands.report",
    "doctor": "autograder.commands.doctor",
}


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command; return its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # file names need not be text
    try:
        args = _parser(argv[0] if argv else "").parse_args(argv)
        status: int = args.run(args)
    except AutograderError as error:
        return _fail(error)
    except KeyboardInterrupt:
        return _fail(Interrupted("stopped."))
    except OSError as error:  # of a file that the command itself has no better sentence for
        reason = f"{error.filename or 'A file'} cannot be read or written ({error.strerror or error})"
        return _fail(AutograderError(f"{reason}: fix this and run the same command again."))
    return status


def _fail(error: AutograderError) -> int:
    """Print the error's sentence; return its exit code."""
    below = "\n" if isinstance(error, Interrupted) else ""  # the terminal shows ^C on the line
    print(f"{below}autograder: {error}", file=sys.stderr)
    return error.exit_code


def _parser(wanted: str) -> argparse.ArgumentParser:
    """The parser of the command that is wanted, or of all: each takes a while to import."""
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
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
