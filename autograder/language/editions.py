"""The sentences of a course's editions in other languages, as the course's build leaves them in its folder."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from autograder.language.translate import Translator
from autograder.model.errors import CourseError

SENTENCES = "sentences.json"


def translator(folder: Path, language: str) -> Translator:
    """What translates sentences into a language; for "" they stay English.

    Args:
        folder: folder of the editions.
        language: name of the edition.

    Raises:
        CourseError: there is no such edition, or its sentences cannot be read.
    """
    if not language:
        return Translator({})
    path = folder / language / SENTENCES
    if not path.is_file():
        known = ", ".join(sorted(found.parent.name for found in folder.glob(f"*/{SENTENCES}"))) or "none"
        raise CourseError(f"There is no edition in the language {language}. Editions besides English: {known}.")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Translator:
    try:
        return Translator(dict(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError) as error:
        raise CourseError(f"{path} cannot be read ({error}): run `make build`.") from error
