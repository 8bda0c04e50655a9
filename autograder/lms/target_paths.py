"""Where the files of a submission go below ``submitted/<student>/<lab>/``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from autograder.lms.archive import BadEntry
from autograder.lms.uploads import Upload

_COPY = re.compile(r"(?:[ _-]*\(\d+\)|-\d+|[ _-]+copy\d*)+$", re.IGNORECASE)  # "lab (1)", "lab-2", "lab-Copy1"
RelativePath = tuple[str, ...]


def target_paths(uploads: Sequence[Upload], lab: str) -> list[RelativePath]:
    """A path for each file, as safe parts; the only notebook, or the one with the lab's name, gets the lab's name.

    Several notebooks keep their names: grading compares them with the lab and takes the best.

    Raises:
        BadEntry: two files would have the same path.
    """
    paths = [upload.path for upload in uploads]
    if len({_folded(path) for path in paths}) < len(paths):
        paths = [upload.raw for upload in uploads]
    folded = {_folded(path) for path in paths}
    if len(folded) < len(paths):
        raise BadEntry("two files have the same name")
    if any(_folded(path[:depth]) in folded for path in paths for depth in range(1, len(path))):
        raise BadEntry("a file and a folder have the same name")
    target = (f"{lab}.ipynb",)
    notebook = _lab_notebook(paths, lab)
    if notebook is None or (target != notebook and _folded(target) in folded - {_folded(notebook)}):
        return paths
    return [target if path == notebook else path for path in paths]


def is_notebook(path: RelativePath) -> bool:
    """Whether a file's name is that of a notebook."""
    return path[-1].lower().endswith(".ipynb")


def _lab_notebook(paths: Sequence[RelativePath], lab: str) -> RelativePath | None:
    """The notebook to grade; ``None`` if there is none, or several equally good ones."""
    notebooks = [path for path in paths if is_notebook(path)]
    named = [path for path in notebooks if _COPY.sub("", Path(path[-1]).stem).casefold() == lab.casefold()]
    exact = [path for path in named if path[-1] == f"{lab}.ipynb"]
    candidates = exact or named or notebooks
    return candidates[0] if len(candidates) == 1 else None


def _folded(path: RelativePath) -> str:
    return "/".join(path).casefold()
