"""The baseline: the same cells in one warm process, without sandbox, limits or records.

``python -m benchmark.bare LAB FOLDER COUNT`` runs COUNT submissions of FOLDER, test cells included, in one IPython
shell with inline figures, and prints CPU and wall seconds of each as JSON. Clearing the namespace between submissions
is not measured, and the first submissions, which warm the process up, are not counted.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

WARM_UP = 2


def main() -> None:
    """Run all submissions and print their times."""
    name, folder, count = sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3])
    source = json.loads((folder / "source" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    tests = {_grade_id(cell): _text(cell) for cell in source["cells"] if _role(cell) == "test"}
    paths = sorted(folder.glob(f"submitted/*/{name}/{name}.ipynb"))
    paths = paths[:: max(1, len(paths) // count)]  # sorted by name, so the mix of submissions stays the same
    os.chdir(folder / "release" / name)  # the lab's modules lie there
    sys.path.insert(0, os.getcwd())
    shell = _shell()
    taken: list[tuple[float, float]] = []
    for path in [*paths[:WARM_UP], *paths]:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = [tests.get(_grade_id(cell), _text(cell)) for cell in cells if cell["cell_type"] == "code"]
        shell.reset(new_session=False)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            wall, cpu = time.perf_counter(), time.process_time()
            worked = [shell.run_cell(text, store_history=True).success for text in texts]
            taken.append((time.process_time() - cpu, time.perf_counter() - wall))
        if not worked[0]:
            raise SystemExit(f"{path}: the lab's own first cell failed, so these are not the cells of the lab.")
    print(json.dumps(taken[WARM_UP:]))


def _shell() -> Any:
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    from IPython.core.interactiveshell import InteractiveShell

    class Shell(InteractiveShell):
        def enable_gui(self, gui: str | None = None) -> None:
            """Do nothing: there is no kernel with an event loop."""

    shell: Any = Shell.instance()
    shell.history_manager.enabled = False
    return shell


def _role(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("autograder", {}).get("role", ""))


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


if __name__ == "__main__":
    main()
