"""The build's command line: `python -m coursebuild [--check | --record | --draw]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from coursebuild import expected, figures, write
from coursebuild.build import build, read_labs
from coursebuild.course import read_course
from coursebuild.problem import BuildError
from coursebuild.source import source_notebook


def main(arguments: list[str] | None = None) -> int:
    """Run the build; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m coursebuild",
        description="Build source/, release/ and notebooks/ from labs/ and solutions/, or nothing if a rule is broken.",
        epilog="Example: python -m coursebuild --check",
    )
    parser.add_argument("--root", type=Path, default=Path(), help="the course's root (default: here)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 and say which files differ from a build"
    )
    what.add_argument("--record", action="store_true", help="execute the labs and record what their marked cells print")
    what.add_argument("--draw", action="store_true", help="draw labs/figures/*.svg as PNG, which JupyterLab can show")
    options = parser.parse_args(arguments)
    try:
        if options.draw:
            return _say([f"{path}: drawn." for path in figures.draw_all(options.root / "labs" / "figures")])
        if options.record:
            return _say(_record(options.root))
        built = build(read_course(options.root))
        if options.check:
            differing = write.differences(options.root, built)
            _say(
                [*differing, f"{len(differing)} built files differ. Run `make build`, then commit."]
                if differing
                else []
            )
            return 1 if differing else 0
        return _say(write.write(options.root, built) or ["Nothing to do: the built notebooks are up to date."])
    except BuildError as error:
        print(error, file=sys.stderr)
        print(f"Nothing was written: {len(error.problems)} places to mend.", file=sys.stderr)
        return 1


def _record(root: Path) -> list[str]:
    course = read_course(root)
    said = []
    for lab in read_labs(course):
        if not any(cell.check for cell in lab.cells):
            continue
        try:
            printed = expected.record(source_notebook(lab, course), str(root.resolve()))
        except (CellExecutionError, ValueError) as error:
            raise SystemExit(f"{lab.path}: {error}") from None
        text = expected.write_expected(lab.name, printed)
        if text != course.expected.get(lab.name):
            path = root / "labs" / "expected" / f"{lab.name}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            said.append(f"labs/expected/{lab.name}.txt: written. Look at the numbers before you commit them.")
    return said


def _say(lines: list[str]) -> int:
    for line in lines:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
