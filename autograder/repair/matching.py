"""Which of the student's cells is which of ours.

In this order: nbgrader's label, the cell id, the very same text, nearly the same text in the same place; and for
answers that lost all of them, the names they bind or the place they stand at. What is left is the student's own. The
student's order of cells only decides between candidates; where a cell of ours ends up is decided in
`autograder.repair.rebuild`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import islice

from autograder.notebook.names import assigned_names
from autograder.notebook.parsed_lab import LabCell
from autograder.repair.cells import STUDENTS_ROLES, TheirCell, likeness, plain_lines

SAME_CELL = 0.5
"""Share of our lines that an edited version of a cell still has; with less, it is a cell of the student's own."""
SAME_LETTERS = 0.8
MAX_SHORT_TEXT = 1000
MAX_CANDIDATES = 50


@dataclass
class Match:
    """The outcome.

    Attributes:
        theirs: position of our cell -> the student's version of it.
        copies: position of our answer cell -> further cells with its label (they stay where they are, as the student's
            own).
        recognised: our answer cells whose student's version had lost its label.
        moved: our cells that stood elsewhere.
    """

    theirs: dict[int, TheirCell] = field(default_factory=dict)
    copies: dict[int, list[TheirCell]] = field(default_factory=dict)
    recognised: list[LabCell] = field(default_factory=list)
    moved: list[LabCell] = field(default_factory=list)

    def taken(self) -> set[int]:
        """Positions, in the student's notebook, of cells that are ours."""
        return {cell.position for cell in self.theirs.values()}


def match(ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> Match:
    """Match every cell of ours with at most one of the student's, and each of theirs with at most one of ours."""
    found = Match()
    _by_label(found, ours, theirs)
    _by_cell_id(found, ours, theirs)
    _by_text(found, ours, theirs)
    _by_likeness(found, ours, theirs)
    _by_names(found, ours, theirs)
    _by_place(found, ours, theirs)
    in_place = _in_place(found)
    found.moved = [our for our in ours if our.position in found.theirs and our.position not in in_place]
    return found


def _by_label(found: Match, ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> None:
    labelled: dict[str, list[TheirCell]] = defaultdict(list)
    for cell in theirs:
        if cell.grade_id:
            labelled[cell.grade_id].append(cell)
    several = []
    for our in ours:
        candidates = labelled.get(our.grade_id, [])
        if our.role not in STUDENTS_ROLES:
            candidates = list(islice((cell for cell in candidates if _may_be(our, cell)), 1))
        if len(candidates) == 1:
            found.theirs[our.position] = candidates[0]
        elif candidates:
            several.append((our, candidates))
    for our, candidates in several:
        chosen = _best(our, candidates, before=_gap(found, our, len(theirs))[1])
        found.theirs[our.position] = chosen
        found.copies[our.position] = [cell for cell in candidates if cell is not chosen]


def _by_cell_id(found: Match, ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> None:
    taken = found.taken() | {cell.position for copies in found.copies.values() for cell in copies}
    free = {cell.cell_id: cell for cell in reversed(theirs) if cell.cell_id and cell.position not in taken}
    for our in ours:
        cell = free.get(our.cell.get("id", ""))
        if cell is not None and our.position not in found.theirs and _may_be(our, cell):
            found.theirs[our.position] = cell


def _by_text(found: Match, ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> None:
    """The same text: cells of ours with one text come in order, and so do the student's. A stub says nothing."""
    taken = found.taken()
    longest = 2 * max((len(our.released) for our in ours), default=0)
    free: dict[str, list[TheirCell]] = defaultdict(list)
    for cell in theirs:
        if cell.position not in taken and len(cell.text) <= longest:
            free[_plain(cell.text)].append(cell)
    for our in ours:
        candidates = free.get(_plain(our.released))
        if candidates and our.position not in found.theirs and our.role not in ("answer", "written"):
            found.theirs[our.position] = candidates.pop(0)


def _by_likeness(found: Match, ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> None:
    """Cells without label and with edits, where ours should stand."""
    for our in ours:
        if our.position not in found.theirs and our.role not in ("answer", "written"):
            alike = (cell for cell in _between(found, our, theirs) if _alike(our, cell))
            cell = next(alike, None)
            if cell is not None:
                found.theirs[our.position] = cell


def _by_names(found: Match, ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> None:
    """An answer in a cell without label, anywhere: it binds every name that the exercise's tests ask for.

    Where it runs before the tests, it stays: other cells may need it there, and it may need those around it.
    """
    wanted = [our for our in ours if our.names and _unanswered(found, our)]
    if not wanted:
        return
    binding = [(cell, assigned_names(cell.code)) for cell in _own(found, ours, theirs)]
    above = {our.position: _gap(found, our, len(theirs))[0] for our in wanted}  # cells found by names fix no place
    for our in wanted:
        fitting = [cell for cell, names in binding if our.names <= names and cell.position not in found.taken()]
        end = _gap(found, our, len(theirs))[1]
        early = [cell for cell in fitting if cell.kind == "code" and cell.position < end]
        if early and (our.position in found.theirs or all(cell.position <= above[our.position] for cell in early)):
            continue
        if fitting:
            found.theirs[our.position] = _best(our, fitting, before=end)
            found.recognised.append(our)


def _by_place(found: Match, ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> None:
    """An answer without label and without the right names: the cell that stands where it should."""
    own = {cell.position for cell in _own(found, ours, theirs)}
    for our in ours:
        lost = our.position not in found.theirs
        if (our.role == "answer" and lost) or (our.role == "written" and _unanswered(found, our)):
            wants_code = our.kind == "code"
            fitting = (
                cell
                for cell in _between(found, our, theirs)
                if cell.position in own
                and cell.text.strip()
                and (lost or not our.untouched(cell.text))
                and ((cell.kind == "code") == wants_code or our.names & assigned_names(cell.code))
            )
            cell = next(fitting, None)
            if cell is not None:
                found.theirs[our.position] = cell
                found.recognised.append(our)


def _own(found: Match, ours: Sequence[LabCell], theirs: Sequence[TheirCell]) -> list[TheirCell]:
    """Cells that the student may have written: neither copies of what we hand out nor another lab's given cells."""
    taken = found.taken()
    known = {our.grade_id for our in ours} | {our.cell.get("id") for our in ours}
    prose = {_plain(our.released) for our in ours if our.role == "prose"}
    return [
        cell
        for cell in theirs
        if cell.position not in taken
        and not (cell.given and (cell.grade_id or cell.cell_id) not in known)
        and (cell.kind == "code" or _plain(cell.text) not in prose)
    ]


def _may_be(our: LabCell, cell: TheirCell) -> bool:
    """A label alone does not make a cell a test, or any other cell that is always ours."""
    return our.role in STUDENTS_ROLES or likeness(our.released, cell.text) >= SAME_CELL


def _alike(our: LabCell, cell: TheirCell) -> bool:
    if (cell.kind == "code") != (our.kind == "code") or not cell.text.strip():
        return False
    if likeness(our.released, cell.text) >= SAME_CELL:
        return True
    if max(len(our.released), len(cell.text)) > MAX_SHORT_TEXT:
        return False
    letters = SequenceMatcher(None, our.released, cell.text, autojunk=False)
    return letters.quick_ratio() > SAME_LETTERS and letters.ratio() > SAME_LETTERS


def _unanswered(found: Match, our: LabCell) -> bool:
    cell = found.theirs.get(our.position)
    return cell is None or (our.untouched(cell.text) and not cell.attachments)


def _best(our: LabCell, candidates: list[TheirCell], before: int) -> TheirCell:
    """Of several cells: the last one that answers, and one before what comes next in the lab if there is one."""
    answering = [cell for cell in candidates if not our.untouched(cell.text)]
    early = [cell for cell in answering if cell.position < before]
    return (early or answering or candidates)[-1]


def _between(found: Match, our: LabCell, theirs: Sequence[TheirCell]) -> list[TheirCell]:
    start, end = _gap(found, our, len(theirs))
    taken = found.taken()
    return [cell for cell in theirs[start + 1 : end] if cell.position not in taken][:MAX_CANDIDATES]


def _gap(found: Match, our: LabCell, end: int) -> tuple[int, int]:
    """The stretch of the student's notebook between our neighbours of ``our``, both ends left out."""
    in_place = _in_place(found) - {our.position}
    start = max((found.theirs[p].position for p in in_place if p < our.position), default=-1)
    return start, min((found.theirs[p].position for p in in_place if p > our.position), default=end)


def _in_place(found: Match) -> set[int]:
    """Cells of ours that stand in our order: a longest increasing subsequence of the student's positions."""
    tails: list[int] = []  # last student's position of the best sequence of each length ...
    ends: list[int] = []  # ... and which cell of ours that is
    before: dict[int, int | None] = {}
    for position in sorted(found.theirs):
        at = found.theirs[position].position
        length = bisect_left(tails, at)
        before[position] = ends[length - 1] if length else None
        tails[length : length + 1] = [at]
        ends[length : length + 1] = [position]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _plain(text: str) -> str:
    return "\n".join(plain_lines(text))
