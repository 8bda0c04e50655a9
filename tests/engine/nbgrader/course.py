"""A made-up course on disk, as nbgrader sees it: the mini lab, its packages, and submissions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.engine.fixtures import mini_lab as mini

ROOT = Path(__file__).parents[3]
CONFIG = """\
from autograder.nbgrader_plugin import configure

c = get_config()
c.CourseDirectory.course_id = "mini-course"
c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
configure(c)
"""


def make_course(root: Path) -> Path:
    """Write everything but submissions."""
    lab = mini.mini_lab()
    for folder, text in (("source", lab.source), ("release", lab.release)):
        path = root / folder / mini.LAB / f"{mini.LAB}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    for name, text in lab.packages.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for exercise, texts in lab.mistakes.items():
        (root / "mistakes" / exercise).mkdir(parents=True)
        for name, text in texts.items():
            (root / "mistakes" / exercise / f"{name}.py").write_text(text, encoding="utf-8")
    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    return root


def hand_in(root: Path, student: str, content: dict[str, Any] | bytes, name: str = f"{mini.LAB}.ipynb") -> Path:
    """Put one file into a student's folder."""
    folder = root / "submitted" / student / mini.LAB
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader as an instructor does, in the course's folder."""
    return subprocess.run(
        [Path(sys.executable).with_name("nbgrader"), *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_DIR": str(root / ".jupyter")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
