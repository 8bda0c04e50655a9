"""`make bench`: measure, then write docs/benchmark.md, its plots, and the measured figures as JSON.

python -m benchmark            two labs compared with plain nbgrader, and 10,000 small submissions: most of an hour
python -m benchmark --quick    the same with few submissions, written to a temporary folder: a few minutes
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from autograder.course.config import load_course
from autograder.model.lab import Lab
from autograder.sandbox.levels import choose_level
from benchmark import classes, measure, report
from benchmark.watched import EVERY
from examples.make_class import ROOT, make_class

BIN = Path(sys.executable).parent
LABS = ["01_single_neuron", "03_backpropagation"]
GRADE = [sys.executable, "-m", "autograder.commands.cli", "grade"]
NBGRADER_ENVIRONMENT = {"PATH": f"{BIN}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}  # hidden tests import solutions
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main() -> int:
    """Run all measurements and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labs", nargs="*", default=LABS, help=f"labs to compare (default: {' '.join(LABS)})")
    parser.add_argument("--students", type=int, default=480, help="number of submissions for this engine")
    parser.add_argument(
        "--plain-students", type=int, default=23, help="number of submissions for plain nbgrader, which is slow"
    )
    parser.add_argument("--bare-students", type=int, default=46, help="number of submissions for the bare cells")
    parser.add_argument("--small", type=int, default=10_000, help="number of small submissions in the long run")
    parser.add_argument(
        "--quick", action="store_true", help="use few submissions and leave the page in docs/ unchanged"
    )
    parser.add_argument("--into", type=Path, default=ROOT / "docs", help="folder for benchmark.md")
    args = parser.parse_args()
    if args.small < 2 * EVERY:
        parser.error(f"--small {args.small} is too few to show a trend: give at least {2 * EVERY}.")
    if args.quick:
        args.students, args.plain_students, args.bare_students, args.small = 24, 4, 8, 300
        args.into = Path(tempfile.mkdtemp(prefix="benchmark-"))
    figures: dict[str, Any] = {"machine": machine(), "labs": {}}
    for lab in args.labs:
        figures["labs"][lab] = compare(lab, args.students, args.plain_students, args.bare_students)
    figures["example_class"] = example_class(args.labs)
    figures["small"] = long_run(args.small)
    page = report.write(figures, args.into)
    print(page.read_text(encoding="utf-8"))
    print(f"Written to {page}.")
    return 0


def compare(name: str, count: int, plain_count: int, bare_count: int) -> dict[str, Any]:
    """Measure one lab with plain nbgrader, with this engine and as bare cells, on the same mix of submissions."""
    with _folder() as folder:
        lab = load_course(ROOT).lab(name)
        handed = classes.notebooks(lab, count)
        few = list(handed.items())[:plain_count]
        ours = folder / "ours"
        classes.write_class(ours, lab, handed)
        # Half of plain nbgrader's submissions before and half after, because the machine's speed varies over time.
        halves = [few[: plain_count // 2], few[plain_count // 2 :]]
        plain = [folder / "before", folder / "after"]
        plain_usage = _with_plain_nbgrader(plain[0], lab, dict(halves[0]))
        _say(f"{name}: {count} submissions with this engine")
        ours_usage = _run([*GRADE, name, "--course-dir", str(ours)], ROOT)
        plain_usage += _with_plain_nbgrader(plain[1], lab, dict(halves[1]))
        _say(f"{name}: the same cells bare")
        line = [sys.executable, "-m", "benchmark.bare", name, str(ours), str(bare_count)]
        _, output = measure.run(line, ROOT, ONE_THREAD)
        bare = json.loads(output.splitlines()[-1])
        return {
            "plain": {"submissions": len(few), **plain_usage.to_dict()},
            "ours": {"submissions": len(handed), **ours_usage.to_dict()},
            "bare": {"submissions": len(bare), "cpu_seconds": sum(cpu for cpu, _ in bare)},
            "bytes": _size(ours / "autograded") / count,
            "gradebook_bytes": _size(ours / "gradebook.db") / count,
            "scores": _compare_scores(plain, ours),
        }


def example_class(labs: list[str]) -> dict[str, Any]:
    """Grade the example class with `autograder grade` and with `nbgrader autograde`, and compare the scores."""
    with _folder() as folder:
        ours, nbgraders = folder / "ours", folder / "nbgraders"
        for place in (ours, nbgraders):
            make_class(place)
        for lab in labs:
            _say(f"{lab}: the example class with both commands")
            _run([*GRADE, lab, "--course-dir", str(ours)], ROOT)
            _run([str(BIN / "nbgrader"), "autograde", lab], nbgraders, NBGRADER_ENVIRONMENT)
        scores, nbgraders_scores = _scores(ours), _scores(nbgraders)
        different = [key for key in {*scores, *nbgraders_scores} if scores.get(key) != nbgraders_scores.get(key)]
        return {"compared": len(scores), "different": sorted(map(list, different))}


def long_run(count: int) -> dict[str, Any]:
    """Grade many small submissions while recording the writer's time and the memory in use."""
    with _folder() as folder:
        course = folder / "small"
        _say(f"{count} small submissions")
        classes.write_small_class(course, count)
        lines = folder / "watch.jsonl"
        usage = _run(
            [sys.executable, "-m", "benchmark.watched", str(lines), "grade", "--course-dir", str(course)], ROOT
        )
        points = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        again = _run([*GRADE, "--course-dir", str(course)], ROOT)
        return {"submissions": count, **usage.to_dict(), "points": points, "again_seconds": again.wall_seconds}


def machine() -> dict[str, Any]:
    """Description of the machine and the software that the figures were measured with."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = {line.partition(":")[2].strip() for line in info if line.startswith("model name")}
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": ", ".join(sorted(names)) or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("nbgrader", "numpy", "matplotlib", "ipython")},
        "isolation": choose_level().name,
        "day": f"{datetime.date.today():%Y-%m-%d}",
        "load": round(os.getloadavg()[1], 1),
    }


def _run(line: list[str], cwd: Path, environment: dict[str, str] | None = None) -> measure.Usage:
    usage, output = measure.run(line, cwd, environment)
    if usage.status not in (0, 1):
        raise SystemExit(f"{' '.join(line)} failed with {usage.status}:\n{output[-3000:]}")
    return usage


def _with_plain_nbgrader(folder: Path, lab: Lab, handed: dict[str, dict[str, Any]]) -> measure.Usage:
    _say(f"{lab.name}: {len(handed)} submissions with plain nbgrader")
    classes.write_plain_class(folder, lab, handed)
    _run([str(BIN / "nbgrader"), "generate_assignment", lab.name, "--force"], folder, NBGRADER_ENVIRONMENT)
    return _run([str(BIN / "nbgrader"), "autograde", lab.name], folder, NBGRADER_ENVIRONMENT)


def _scores(folder: Path) -> dict[tuple[str, str, str], float | None]:
    """(lab, student, test) -> automatic score, from nbgrader's own tables."""
    query = text(
        "select a.name, s.student_id, b.name, g.auto_score from grade g join base_cell b on b.id = g.cell_id "
        "join submitted_notebook n on n.id = g.notebook_id join submitted_assignment s on s.id = n.assignment_id "
        "join assignment a on a.id = s.assignment_id where b.name like 'test\\_%' escape '\\'"
    )
    engine = create_engine(f"sqlite:///{folder / 'gradebook.db'}")
    with engine.begin() as connection:
        scores = {(lab, student, test): score for lab, student, test, score in connection.execute(query)}
    engine.dispose()
    return scores


def _compare_scores(plain: list[Path], ours: Path) -> dict[str, Any]:
    """The scores that differ from plain nbgrader's, with the reason for plain nbgrader's score."""
    wanted, compared = _scores(ours), 0
    different: list[dict[str, Any]] = []
    for folder in plain:
        scores = _scores(folder)
        compared += len(scores)
        different += [
            {
                "student": student,
                "test": test,
                "plain": score,
                "ours": wanted.get((lab, student, test)),
                "because": _because(folder / "autograded" / student / lab / f"{lab}.ipynb", test),
            }
            for (lab, student, test), score in sorted(scores.items())
            if score != wanted.get((lab, student, test))
        ]
    return {"compared": compared, "different": different}


def _because(path: Path, test: str) -> str:
    """The output of a test cell that plain nbgrader counts as a failure: its error, or else text on stderr."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == test:
            for output in cell["outputs"]:
                if output["output_type"] == "error":
                    return f"{output['ename']}: {output['evalue']}"
            texts = ["".join(output["text"]) for output in cell["outputs"] if output.get("name") == "stderr"]
            return f"on stderr: {texts[0].splitlines()[0]}" if texts else ""
    return ""


def _size(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
    try:
        yield folder.resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(what: str) -> None:
    print(f"benchmark: {what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
