"""nbgrader_config.py: plain nbgrader works by its path, and never grades without the engine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NBGRADER = Path(sys.executable).with_name("nbgrader")


@pytest.mark.slow(seconds=4)
def test_without_the_engine_nbgrader_refuses_to_grade(root: Path) -> None:
    """As in an environment made by `pip install -r requirements.txt`."""
    (root / "missing").mkdir()
    (root / "missing" / "sitecustomize.py").write_text("import sys\nsys.modules['msgpack'] = None\n")
    handed_in = root / "submitted" / "ada" / "01_lines"
    handed_in.mkdir(parents=True)
    (handed_in / "01_lines.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "missing"), str(ROOT)])}
    ran = subprocess.run(
        [NBGRADER, "autograde", "01_lines"], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode != 0
    assert "Grading needs the course's own packages (" in ran.stderr
    assert "msgpack" in ran.stderr
    assert not (root / "autograded").exists()
