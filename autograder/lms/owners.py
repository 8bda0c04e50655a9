"""Whose a hand-in is: by the number that the LMS gave it, if the name beside the number fits; else by name or group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.lms.groups import Groups
from autograder.lms.people import Person, by_key, fits, name_key
from autograder.lms.system import Lms


@dataclass(frozen=True)
class Owners:
    """The students who get a hand-in.

    Attributes:
        people: one student, every member of a group, or nobody.
        why: why nobody gets it, as one or two sentences; "" if somebody does.
        note: what a person should know about the choice, as one sentence; "" if nothing.
    """

    people: tuple[Person, ...] = ()
    why: str = ""
    note: str = ""


class OwnerFinder:
    """Finds the students whose hand-ins an LMS packed.

    Args:
        lms: the LMS that packed them.
        people: the list of students.
        groups: members of groups, as far as they are known.
    """

    def __init__(self, lms: Lms, people: Iterable[Person], groups: Groups) -> None:
        self.lms, self.groups, self.people = lms, groups, by_key(people)

    def find(self, key: str, name: str) -> Owners:
        """The owners of a hand-in.

        Args:
            key: the key that the LMS gave it (`Person.keys`).
            name: the name that stands beside it; "" if none does.
        """
        numbered = self.people.get(key, [])
        if len(numbered) == 1 and fits(name, numbered[0]):
            return Owners((numbered[0],))
        if members := self.groups.find(name):
            shown = ", ".join(member.student for member in members)
            return Owners(tuple(members), note=f"{name} is a group: every member gets the hand-in ({shown}).")
        if len(numbered) == 1:
            return self._misfit(numbered[0], name)
        named = (self.people.get(name_key(name), []) if name else []) or numbered
        if len(named) == 1:
            return Owners((named[0],))
        if named:
            return Owners(why="several students of the list have this name; a grading worksheet tells them apart.")
        return Owners(why="the list of students does not have this student. If it is a group, name its members with "
                          "--groups.")  # fmt: skip

    def _misfit(self, person: Person, name: str) -> Owners:
        """A number that belongs to one student, beside a name that is not that student's."""
        if self.lms.numbers_are_students:
            note = f"{name}: the number is that of {person.name}, who gets the hand-in"
            return Owners((person,), note=f"{note}. If it is a group's, name its members with --groups.")
        return Owners(
            why=f"the number is that of {person.name} in the list, and the name is not: it may be a group's hand-in. "
            "Name the group's members with --groups, or move the files by hand."
        )
