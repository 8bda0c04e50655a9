"""The build's command line: `python -m coursebuild [--check | --record | --draw | --locale | --try]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from coursebuild import expected, figures, write
from coursebuild.build import build, read_labs
from coursebuild.course import AuthoredCourse, read_course
from coursebuild.locale import catalogue, rules
from coursebuild.locale.edition import translated, translated_figures
from coursebuild.locale.languages import FOLDER, languages
from coursebuild.locale.sources import messages
from coursebuild.parse import AuthoredLab
from coursebuild.problem import BuildError
from coursebuild.source import source_notebook


def main(arguments: list[str] | None = None) -> int:
    """Run the build; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m coursebuild",
        description="Build source/, release/ and notebooks/ from labs/ and solutions/; a violated rule stops it.",
        epilog="Example: python -m coursebuild --check",
    )
    parser.add_argument("--root", type=Path, default=Path(), help="the course's root folder (default: here)")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check",
        action="store_true",
        help="write nothing; list the files that differ from a build and exit with 1 if there are any",
    )
    mode.add_argument(
        "--record", action="store_true", help="execute the labs and record the output of their marked cells"
    )
    mode.add_argument(
        "--draw", action="store_true", help="draw labs/figures/*.svg as PNG, which JupyterLab can display"
    )
    mode.add_argument(
        "--locale", action="store_true", help="bring labs/locale/*/*.po up to date and say what is to be translated"
    )
    mode.add_argument("--try", dest="attempt", action="store_true", help="also try the tests of the labs that changed")
    options = parser.parse_args(arguments)
    try:
        if options.draw:
            return _print_lines(_draw(options.root))
        if options.record:
            return _print_lines(_record(options.root))
        if options.locale:
            return _print_lines(_locale(options.root))
        built = build(read_course(options.root))
        if options.check:
            differing = write.differences(options.root, built)
            _print_lines(
                [*differing, f"{len(differing)} built files differ. Run `make build`, then commit."]
                if differing
                else []
            )
            return 1 if differing else 0
        changed = _changed_labs(options.root, built)
        _print_lines(write.write(options.root, built) or ["Nothing to do: all built notebooks are up to date."])
        return _try_tests(options.root, changed) if options.attempt and changed else 0
    except BuildError as error:
        print(error, file=sys.stderr)
        count = len(error.problems)
        print(f"Nothing was written: fix {count} problem{'s' if count > 1 else ''} first.", file=sys.stderr)
        return 1


def _changed_labs(root: Path, built: Mapping[str, str]) -> list[str]:
    """Labs whose source notebook will be another one."""
    paths = [Path(path) for path in write.changed(root, built) if path.startswith("source/")]
    return sorted(path.stem for path in paths)


def _try_tests(root: Path, labs: list[str]) -> int:
    """Hand in the reference answers of some labs: a test that the engine cannot judge from outside fails the build."""
    command = [sys.executable, "-m", "autograder.commands.cli", "check", *labs, "--course-dir", str(root)]
    return int(subprocess.run(command, check=False).returncode == 1)  # 2: this machine cannot try them, and says why


def _draw(root: Path) -> list[str]:
    drawn = figures.draw_all(root / "labs" / "figures")
    course = read_course(root)
    for language, edition in course.editions.items():
        if not edition.is_draft:
            folder = root / FOLDER / language / "figures"
            drawn += figures.draw_texts(translated_figures(read_labs(course), course, edition), folder)
    return [f"{path}: drawn." for path in drawn]


def _record(root: Path) -> list[str]:
    course = read_course(root)
    lines = _record_labs(root, read_labs(course), course, root / "labs" / "expected")
    for language, edition in course.editions.items():
        if not edition.is_draft:
            labs, made, _ = translated(read_labs(course), course, edition)
            lines += _record_labs(root, labs, made, root / FOLDER / language / "expected")
    return lines


def _record_labs(root: Path, labs: list[AuthoredLab], course: AuthoredCourse, folder: Path) -> list[str]:
    messages = []
    for lab in labs:
        if not any(cell.check for cell in lab.cells):
            continue
        try:
            printed = expected.record(source_notebook(lab, course), str(root.resolve()), course.given)
        except (CellExecutionError, ValueError) as error:
            raise SystemExit(f"{lab.path}: {error}") from None
        text = expected.write_expected(lab.name, printed)
        if text != course.expected.get(lab.name):
            path = folder / f"{lab.name}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            name = path.relative_to(root).as_posix()
            messages.append(f"{name}: written. Check the numbers before you commit them.")
    return messages


def _locale(root: Path) -> list[str]:
    course = read_course(root)
    found = messages(course, read_labs(course))
    lines = []
    for language in languages(root):
        lines += catalogue.update(root, language, found)
        for name, one in catalogue.read(root, language).items():
            lines += [str(problem) for problem in rules.problems(name, one, found[name])]
    return lines


def _print_lines(lines: list[str]) -> int:
    for line in lines:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
