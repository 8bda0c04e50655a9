"""Where the files of a submission go below ``submitted/<student>/<lab>/``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.course.submissions import COPY_MARK
from autograder.lms.archive import BadEntry
from autograder.lms.uploads import Upload

RelativePath = tuple[str, ...]


def target_paths(uploads: Sequence[Upload], names: Sequence[str]) -> list[RelativePath]:
    """A path for each file, as safe parts; a notebook that is one of the assignment's gets its name.

    Of an assignment with one notebook, the only one handed in is that, whatever its name. All others keep their names:
    grading compares them with the lab and takes the best.

    Args:
        uploads: the files.
        names: of the assignment's notebooks, without ending.

    Raises:
        BadEntry: two files would have the same path.
    """
    paths = [upload.path for upload in uploads]
    if len({_folded(path) for path in paths}) < len(paths):
        paths = [upload.raw for upload in uploads]
    folded = {_folded(path) for path in paths}
    if len(folded) < len(paths):
        counts = Counter(map(_folded, paths))
        raise BadEntry(f"two files have the same name ({next(path for path in counts if counts[path] > 1)})")
    if any(_folded(path[:depth]) in folded for path in paths for depth in range(1, len(path))):
        raise BadEntry("a file and a folder have the same name")
    written = {path: upload.raw for path, upload in zip(paths, uploads, strict=True) if is_notebook(path)}
    found = _notebooks_called(names, written)
    if len(names) == 1 and not found and len(written) == 1:
        found = {names[0]: next(iter(written))}
    targets: dict[RelativePath, RelativePath] = {}
    for name, notebook in found.items():
        target = (f"{name}.ipynb",)
        if target == notebook or _folded(target) not in folded - {_folded(notebook)}:
            targets[notebook] = target
    return [targets.get(path, path) for path in paths]


def is_notebook(path: RelativePath) -> bool:
    """Whether a file's name is that of a notebook; Windows does not show blanks and dots at a name's end."""
    return path[-1].lower().rstrip(" .").endswith(".ipynb")


def _notebooks_called(names: Sequence[str], written: Mapping[RelativePath, RelativePath]) -> dict[str, RelativePath]:
    """Name of a notebook -> the only path that fits it best.

    Args:
        names: the names, without ending.
        written: path -> the same as the LMS wrote it: a number at its end may belong to the name.
    """
    found: dict[str, RelativePath] = {}
    for fits in (_as_written, _as_named, _as_copied):
        left = [path for path in written if path not in found.values()]
        for name in names:
            fitting = [path for path in left if fits(name, path, written[path])]
            if name not in found and len(fitting) == 1:
                found[name] = fitting[0]
    return found


def _as_written(name: str, path: RelativePath, written: RelativePath) -> bool:
    return written[-1] == f"{name}.ipynb"


def _as_named(name: str, path: RelativePath, written: RelativePath) -> bool:
    return path[-1] == f"{name}.ipynb"


def _as_copied(name: str, path: RelativePath, written: RelativePath) -> bool:
    stem, name = Path(written[-1]).stem.casefold(), name.casefold()
    return stem.startswith(name) and COPY_MARK.fullmatch(stem[len(name) :]) is not None


def _folded(path: RelativePath) -> str:
    return "/".join(path).casefold()
