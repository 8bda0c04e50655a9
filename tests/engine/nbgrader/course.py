"""A made-up course on disk, as nbgrader sees it: the mini lab, its packages, and submissions."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jupyter_core.application import NoStart
from nbgrader.apps import NbGraderApp
from traitlets.config import Application

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


def make_exchange(root: Path, account: Path) -> Path:
    """The course with an exchange beside it, as the guide sets one up; ``account`` gets a student's settings."""
    exchange = root / "exchange"
    exchange.mkdir(parents=True)
    exchange.chmod(0o777)
    course = make_course(root / "course")
    setting = f"c.Exchange.root = {str(exchange)!r}\n"
    (course / "nbgrader_config.py").write_text(CONFIG + setting, encoding="utf-8")
    account.mkdir(parents=True, exist_ok=True)
    student = f"c = get_config()\nc.CourseDirectory.course_id = 'mini-course'\n{setting}"
    (account / "nbgrader_config.py").write_text(student, encoding="utf-8")
    return course


def nbgrader_here(folder: Path, *arguments: str) -> None:
    """Run nbgrader's own command in this process, which need not import everything anew; it must succeed."""
    status, said = nbgrader_says(folder, *arguments, "--log-level=ERROR")
    assert status == 0, (arguments, said)


def nbgrader_says(folder: Path, *arguments: str) -> tuple[int, str]:
    """The same, whether it succeeds or not: exit status and all that it said."""
    status = 0
    settings = {"JUPYTER_CONFIG_DIR": os.environ.get("JUPYTER_CONFIG_DIR", str(folder / ".jupyter"))}
    with chdir(folder), patch.dict(os.environ, settings), redirect_stderr(io.StringIO()) as said, redirect_stdout(said):
        try:
            app = NbGraderApp.instance()
            app.initialize([*arguments])
            app.start()
        except NoStart:  # how an application ends whose sub-command has run
            pass
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            while Application.initialized():
                type(Application.instance()).clear_instance()
    return status, said.getvalue()


def points(page: str) -> str:
    """The sum at the top of a feedback page's HTML."""
    found = re.search(r'<p class="total">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    return re.sub(r"<.*?>", "", found[1])


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
