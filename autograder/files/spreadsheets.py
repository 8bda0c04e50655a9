"""Text for CSV files that people open in a spreadsheet."""

from __future__ import annotations

import re

# Spreadsheets in East Asia take the full-width and small forms for the same characters; blanks may be invisible ones.
_BLANK = r"[\s\x00-\x1f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*"
_FORMULA = re.compile(_BLANK + r"(?:[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|(?<=[\t\r\n]))")
_NUMBER = re.compile(r"\s*[-+]?[\d.,\s]*%?\s*")


def defused(text: str) -> str:
    """The text, with an apostrophe before a formula, so that a spreadsheet shows it and does not run it.

    Not for columns that an LMS takes over, such as that by which it finds its students: there the apostrophe would
    become part of the id. Numbers, and a single dash for "none", are not formulas.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
