"""What plain nbgrader makes of the corpus: `python -m tests.corpus.plain` measures it and writes plain.json.

It runs in a sandbox of its own with nothing to lose, and leaves out the cases that could harm the machine. One case
takes some seconds; what plain.json holds already is not measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.corpus.cases import all_cases
from tests.engine.fixtures.mini_lab import LAB, PACKAGES, source_notebook

ROOT = Path(__file__).resolve().parents[2]
MEASURED = Path(__file__).with_name("plain.json")
MOST = 5.0


def main() -> None:
    """Measure in a sandbox, then write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inside", type=Path, help="folder of the course: set by this program itself")
    inside = parser.parse_args().inside
    if inside is not None:
        measure(inside)
        return
    with tempfile.TemporaryDirectory(prefix="plain-") as folder:
        line = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--unshare-all"]
        line += ["--bind", folder, "/tmp/course", "--die-with-parent", "--chdir", str(ROOT)]
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": "/tmp"}
        program = [sys.executable, "-m", "tests.corpus.plain", "--inside", "/tmp/course"]
        if MEASURED.exists():
            shutil.copy(MEASURED, folder)
        try:
            subprocess.run([*line, *program], check=True, env=environment)
        finally:
            if (Path(folder) / MEASURED.name).exists():
                shutil.copy(Path(folder) / MEASURED.name, MEASURED)


def measure(course: Path) -> None:
    """Grade every case that is not risky with nbgrader as it comes."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    for path, text in {**PACKAGES, f"source/{LAB}/{LAB}.ipynb": json.dumps(source_notebook())}.items():
        target = course / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    os.environ["PYTHONPATH"] = str(course)
    os.chdir(course)
    config = Config()
    config.CourseDirectory.root = str(course)
    config.ExecutePreprocessor.timeout = 4
    api = NbGraderAPI(config=config)
    assert api.generate_assignment(LAB)["success"]
    kept = course / MEASURED.name
    found: dict[str, str] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for number, case in enumerate(all_cases()):
        if case.risky or case.name in found:
            continue
        student = f"s{number}"
        for path, data in case.submission.files.items():
            target = course / "submitted" / student / LAB / path
            if "\0" in path or not target.resolve().is_relative_to(course / "submitted" / student):
                continue
            if not target.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        try:
            done = api.autograde(LAB, student, force=True)["success"]
        except Exception:
            done = False
        found[case.name] = f"{score(api, student):g} of {MOST:g}" if done else "grading fails, no points recorded"
        kept.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(case.name, found[case.name], flush=True)


def score(api: object, student: str) -> float:
    """Points that the gradebook says were given automatically."""
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(api.coursedir.db_url) as gradebook:  # type: ignore[attr-defined]
        try:
            submission = gradebook.find_submission(LAB, student)
        except MissingEntry:
            return 0.0
        return sum(grade.auto_score or 0.0 for notebook in submission.notebooks for grade in notebook.grades)


if __name__ == "__main__":
    main()
