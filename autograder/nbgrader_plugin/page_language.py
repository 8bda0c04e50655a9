"""The language of feedback pages: the course's setting, or that of the edition that a student handed in.

Graded notebooks are the lab's own, in its own language. A page in another language shows the cells that were handed out
as the edition has them, and translates what the engine says.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from traitlets.config import Config

from autograder.course.config import Autograder
from autograder.language.editions import translator
from autograder.language.translate import Translator
from autograder.notebook.cells import grade_id, text_of


class Pages:
    """What pages in other languages are made with.

    Args:
        root: the course's folder.
        release: its folder of released labs.
        config: its configuration.
    """

    def __init__(self, root: Path, release: str, config: Config) -> None:
        settings = Autograder(config=config)
        self.language = str(settings.language)
        self._root, self._release = root, release
        self._editions = root / str(settings.editions)

    def translator(self, language: str) -> Translator:
        """What translates sentences into a language; for "" they stay English.

        Raises:
            CourseError: there is no edition in this language.
        """
        return translator(self._editions, language)

    def put_in_language(self, notebook: Any, language: str, say: Translator) -> None:
        """Give the cells of a graded notebook that are as they were released the text of an edition."""
        lab = Path(str(notebook.metadata.get("autograder", {}).get("lab", "")))
        texts = self._texts(str(lab), language) if language and lab.parts else {}
        for cell in notebook.cells:
            old, new = texts.get(_label(cell), ("", {}))
            if new and text_of(cell).strip() == old.strip():
                cell.source = text_of(new)
                if "attachments" in new:
                    cell.attachments = new["attachments"]
            for output in cell.get("outputs", ()) if language else ():
                if output.output_type == "stream":
                    output.text = say(output.text)

    @lru_cache(maxsize=32)  # noqa: B019 (there is one for each command)
    def _texts(self, lab: str, language: str) -> dict[str, tuple[str, dict[str, Any]]]:
        """Label of a cell -> its text as released, and the same cell of the edition."""
        name = Path(lab).name
        own, other = (
            _cells(folder / self._release / Path(lab).parts[0] / f"{name}.ipynb")
            for folder in (self._root, self._editions / language)
        )
        return {label: (text_of(own[label]), cell) for label, cell in other.items() if label in own}


def _cells(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    return {_label(cell): cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}


def _label(cell: Any) -> str:
    return grade_id(cell) or str(cell.get("id", ""))
