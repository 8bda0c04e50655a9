"""What a downloaded file's name says about whose it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """One file of a hand-in.

    Attributes:
        who: the student as the LMS writes it, for people.
        key: what the student is found by in the list of students (`autograder.lms.people.Person.keys`).
        name_key: the same by name, used when the list does not have the first; may be empty.
        path: where the file belongs inside the hand-in, as safe parts.
        raw: the same, with the number that the LMS gave a file that was handed in again.
        label: what the LMS wants to see again when feedback is returned.
        late: whether the name says that it came late.
        serial: the LMS's number of the upload, which grows; 0 if there is none.
    """

    who: str
    key: str
    name_key: str
    path: tuple[str, ...]
    raw: tuple[str, ...]
    label: str
    late: bool = False
    serial: int = 0
