"""Receipts: what is known of a submission that came from an LMS, one small file each.

``submitted/.lms/<lab>/<student>.json`` is hidden from nbgrader and from grading, and moves along with
``submitted/``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.course.submissions import RECEIPTS
from autograder.files.atomic import replacing


@dataclass(frozen=True)
class Receipt:
    """One submission.

    Attributes:
        lms: name of the LMS (`autograder.lms.system.Lms`).
        label: its name in the LMS: the folder (Moodle) or the notebook's file name (Canvas).
        digest: SHA-256 over its files.
        handed_in: time of submission, ``YYYY-MM-DD HH:MM:SS`` in UTC; empty if unknown.
        written: newest time in the archive, in the same form without a zone; empty if it had none.
        serial: the LMS's increasing number of the upload, 0 if it has none.
        late: whether the LMS marked it as late.
    """

    lms: str
    label: str
    digest: str
    handed_in: str = ""
    written: str = ""
    serial: int = 0
    late: bool = False

    def newer_than(self, other: Receipt) -> bool | None:
        """Whether this submission came after the other; ``None`` if nothing shows it."""
        for this_value, other_value in (
            (self.serial, other.serial),
            (self.handed_in, other.handed_in),
            (self.written, other.written),
        ):
            if this_value and other_value and this_value != other_value:
                return bool(this_value > other_value)  # type: ignore[operator]
        return None


def read_receipt(submitted: Path, lab: str, student: str) -> Receipt | None:
    """The receipt of one submission; ``None`` if there is none, or it cannot be read."""
    try:
        return Receipt(**json.loads(receipt_path(submitted, lab, student).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def read_receipts(submitted: Path, lab: str) -> dict[str, Receipt]:
    """Student -> receipt, for one lab."""
    names = [path.stem for path in sorted((submitted / RECEIPTS / lab).glob("*.json"))]
    receipts = {name: read_receipt(submitted, lab, name) for name in names}
    return {name: receipt for name, receipt in receipts.items() if receipt is not None}


def write_receipt(submitted: Path, lab: str, student: str, receipt: Receipt) -> None:
    """Write a receipt, replacing an earlier one.

    Raises:
        OSError: it cannot be written.
    """
    path = receipt_path(submitted, lab, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as draft:
        draft.write_text(json.dumps(asdict(receipt), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def receipt_path(submitted: Path, lab: str, student: str) -> Path:
    """Where the receipt of one submission is, if there is one."""
    return submitted / RECEIPTS / lab / f"{student}.json"
