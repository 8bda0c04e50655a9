"""A source notebook as nbgrader hands it out: with header and footer, and with its automatic tests written out.

nbgrader does both when it generates an assignment, and never writes the result into ``source/``. Automatic tests are
made by running the reference answers, with nbgrader's own code, so what was made is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config import Config

from autograder.course import STATE_FOLDER
from autograder.course.settings import sets_preprocessor
from autograder.files.atomic import replacing
from autograder.notebook.names import has_unwritten_test

_log = logging.getLogger(__name__)
TEMPLATES = "autotests.yml"


def as_handed_out(text: str, folder: Path, root: Path, config: Config) -> str:
    """The notebook with what nbgrader adds to it; the text itself if that is nothing.

    Args:
        text: of the source notebook.
        folder: where it lies.
        root: the course's folder, from which header and footer are named.
        config: the course's settings.

    Raises:
        OSError, ValueError: the notebook, its header or its footer cannot be read.
    """
    if not sets_preprocessor(config, "IncludeHeaderFooter") and "AUTOTEST" not in text:
        return text
    from nbgrader.preprocessors import IncludeHeaderFooter  # late: it loads nbconvert

    frame = IncludeHeaderFooter(config=config)
    if not frame.header and not frame.footer and "AUTOTEST" not in text:
        return text
    notebook: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    with contextlib.chdir(root):
        notebook, _ = frame.preprocess(notebook, {})
    if any(cell.cell_type == "code" and has_unwritten_test(cell.source) for cell in notebook.cells):
        notebook = _with_written_tests(notebook, folder, root, config)
    return json.dumps(notebook, ensure_ascii=False, indent=1)


def _with_written_tests(notebook: Any, folder: Path, root: Path, config: Config) -> Any:
    """The notebook with its automatic tests written out; as it is if that fails, and then those tests are refused."""
    beside = sorted(path for path in folder.rglob("*") if path.is_file())
    inputs = [json.dumps(notebook, sort_keys=True).encode()]
    inputs += [path.read_bytes() for path in (*beside, root / TEMPLATES) if path.is_file()]
    key = hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in inputs)).hexdigest()
    kept = root / STATE_FOLDER / "autotests" / f"{key[:32]}.ipynb"
    with contextlib.suppress(OSError, ValueError):
        return nbformat.reads(kept.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    from nbgrader.preprocessors import InstantiateTests  # late: it loads the client of kernels

    maker = InstantiateTests(config=config)
    made = nbformat.from_dict(json.loads(json.dumps(notebook)))  # type: ignore[no-untyped-call]
    try:
        with contextlib.chdir(root):
            made, _ = maker.preprocess(made, {"metadata": {"path": os.fspath(folder)}})
    except Exception:  # no templates, no such kernel, a reference answer that fails
        _log.warning("the automatic tests in %s cannot be written out", folder, exc_info=True)
        return notebook
    kept.parent.mkdir(parents=True, exist_ok=True)
    with replacing(kept) as draft:
        draft.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    return made
