"""The command ``autograder``: one sub-command a job, each with ``--help`` and an example."""

from __future__ import annotations

import argparse
import sys

from autograder import __version__, doctor
from autograder.commands import collect, export, feedback, grade, publish, report

COMMANDS = {
    "publish": publish,
    "collect": collect,
    "grade": grade,
    "feedback": feedback,
    "export": export,
    "report": report,
    "doctor": doctor,
}


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="autograder",
        description="Grade a class of notebooks: right, safe and fast.",
        epilog="example: autograder grade 01_single_neuron",
    )
    parser.add_argument("--version", action="version", version=f"autograder {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
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
    args = parser.parse_args(argv)
    status: int = args.run(args)
    return status


if __name__ == "__main__":
    sys.exit(main())
