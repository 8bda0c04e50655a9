"""nbgrader runs ``alembic`` by name; a virtual environment that is called by path does not have it on PATH."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def put_scripts_on_path() -> None:
    """Put the folder of this Python's own commands first on PATH."""
    here = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if here not in paths:
        os.environ["PATH"] = os.pathsep.join([here, *paths])
