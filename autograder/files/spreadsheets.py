"""Text for CSV files that people open in a spreadsheet."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"\s*[-+]?[\d.,\s]*%?\s*")


def defused(text: str) -> str:
    """The text, with an apostrophe before a formula, so that a spreadsheet shows it and does not run it.

    Only for columns that people read (names, comments): in a column by which an LMS finds its students the apostrophe
    would become part of the id. Numbers, and a single dash for "none", are not formulas.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
