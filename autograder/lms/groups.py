"""Groups that hand in together: a list of members, and whose a group's hand-in is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.lms.people import Person, letters_of
from autograder.lms.table import Table
from autograder.model.errors import LmsError

GROUP_COLUMNS = ("group", "group_name", "group name", "groupname", "groups", "team")


@dataclass
class Groups:
    """The members of each group.

    Attributes:
        members: key of a group (letters and digits of its name) -> its members, in the list's order.
        strangers: rows of the list of members whose student is not in the list of students, as text.
    """

    members: dict[str, list[Person]] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)

    def find(self, name: str) -> list[Person]:
        """The members of the group of that name; [] if no such group is known."""
        return self.members.get(letters_of(name), [])


def groups_of_list(people: Iterable[Person]) -> Groups:
    """The groups that the list of students names itself."""
    return _groups((name, person) for person in people for name in person.groups)


def read_groups(table: Table, people: Sequence[Person]) -> Groups:
    """Read a list of members: one row per member, with a column of groups and one that identifies the student.

    A member is found by any cell that is an id, a login, an e-mail address or a full name of the list of students.

    Raises:
        LmsError: there is no column of groups, or no row fits the list of students.
    """
    column = table.column(*GROUP_COLUMNS)
    if column is None:
        raise LmsError(
            f"The list of groups has no column group; it has: {', '.join(table.header)}. Give one row per member: "
            "the group's name, and the student's id, e-mail address or full name."
        )
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for text in {person.student, person.account, person.lms_id, person.email, person.name}:
            by_name[text.strip().casefold()].append(person)
    pairs, strangers = [], []
    for position, row in enumerate(table.rows):
        names = split_groups(table.cell(position, column))
        cells = [cell.strip().casefold() for at, cell in enumerate(row) if at != column and cell.strip()]
        found = next((by_name[cell] for cell in cells if len(by_name.get(cell, [])) == 1), None)
        if names and found:
            pairs += [(name, found[0]) for name in names]
        elif names:
            strangers.append(", ".join(cell for cell in row if cell.strip()))
    if not pairs:
        raise LmsError(
            "No row of the list of groups belongs to a student of the list of students: give each member's id, e-mail "
            "address or full name."
        )
    return Groups(_groups(pairs).members, strangers)


def split_groups(cell: str) -> Iterator[str]:
    """The names of groups in one cell, which may name several, or one with a comma in it."""
    parts = re.split(r"[,;]", cell)
    yield from (name for part in [*parts, *([cell] if len(parts) > 1 else [])] if (name := part.strip()))


def _groups(pairs: Iterable[tuple[str, Person]]) -> Groups:
    groups = Groups()
    for name, person in pairs:
        members = groups.members.setdefault(letters_of(name), [])
        if person not in members:
            members.append(person)
    return groups
