"""`python -m benchmark.similar`: what share of planted copies `autograder similar` lists, and whom it lists besides.

Classes are made up: everybody answers each exercise in one of the course's forms (the reference, an unusual right
answer, a mistake), the usual ones most often, in a hand of their own; some have cells of their own; all write their own
sentences. Copies are disguised in one way, or in all with other sentences and without own cells, too.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.course.config import load_course
from autograder.notebook.parsed_lab import LabCell, ParsedLab, parse_lab
from autograder.similar.disguised import could_be_told
from autograder.similar.features import features_of_lab, read_work
from autograder.similar.pairs import similar_pairs
from benchmark.hands import Hand, commented, laid_out, local_names, renamed, reordered, sentence, uncommented, written

ROOT = Path(__file__).parents[1]
FIRST = 10
COPIES = 8
OWN_CELLS = 0.4
LONG = 160
"""Characters from which on no two students find the same answer, unless it is the reference."""
Notebook = dict[str, Any]
DISGUISES = ("as it is", "renamed", "reordered", "laid out anew", "other comments", "all of it")


def main() -> int:
    """Print a line for each lab and size: found of planted, and of how many students `could_be_told` says so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labs", nargs="*", help="labs (default: all)")
    parser.add_argument("--students", type=int, nargs="+", default=[60, 500])
    parser.add_argument("--classes", type=int, default=6, help="classes of each kind")
    parser.add_argument("--disguises", nargs="+", default=DISGUISES, choices=DISGUISES, metavar="DISGUISE")
    args = parser.parse_args()
    course = load_course(ROOT)
    for lab in args.labs or course.lab_names():
        parsed = parse_lab(course.lab(lab))
        given, known = features_of_lab(parsed)
        for students in args.students:
            print(f"{lab}, {students} students: ", end="", flush=True)
            parts, false, told, seconds = [], 0, 0, 0.0
            for disguise in args.disguises:
                found = planted = 0
                for seed in range(args.classes):
                    class_, pairs = made_class(parsed, students, disguise, seed)
                    started = time.process_time()
                    works = [read_work(student, notebook, parsed) for student, notebook in class_.items()]
                    told += could_be_told(works, given, known)
                    listed = [{pair.first.student, pair.second.student} for pair in similar_pairs(works, given, known)]
                    seconds = max(seconds, time.process_time() - started)
                    planted += len(pairs)
                    found += sum(pair in listed[:FIRST] for pair in pairs)
                    false += sum(pair not in pairs for pair in listed)
                parts.append(f"{disguise} {found}/{planted}")
            classes = args.classes * len(args.disguises)
            parts += [f"said of {told / (classes * students):.0%}", f"{false} others listed in {classes} classes"]
            print("; ".join([*parts, f"{seconds:.1f} s"]), flush=True)
    return 0


def made_class(lab: ParsedLab, students: int, disguise: str, seed: int) -> tuple[dict[str, Notebook], list[set[str]]]:
    """A class of which some are copies, and who copied from whom."""
    rng = random.Random(f"{lab.name} {students} {disguise} {seed}")
    answers = {cell.exercise: _answers(lab, cell) for cell in lab.cells if cell.role == "answer"}
    class_ = {f"s{number:03}": _alone(lab, answers, rng) for number in range(students - COPIES)}
    copied = rng.sample(sorted(class_), COPIES)
    for number, original in enumerate(copied):
        class_[f"t{number}"] = _copy(class_[original], disguise, lab, rng)
    return class_, [{original, f"t{number}"} for number, original in enumerate(copied)]


def _answers(lab: ParsedLab, cell: LabCell) -> list[tuple[str, float]]:
    """Texts of answers, and how often each is found: short ones, and the reference, by most."""
    rights = [_body(text) for text in lab.alternatives.get(cell.exercise, {}).values()]
    wrongs = [_body(text) for text in lab.mistakes.get(cell.exercise, {}).values()]
    ranked = [cell.source.strip(), *sorted(rights, key=len), *sorted(wrongs, key=len)]
    return [(text, 1 / (1 + at) ** 0.8) for at, text in enumerate(ranked)]


def _body(text: str) -> str:
    """A catalogued answer without its docstring."""
    return text.split('"""', 2)[-1].strip()


def _alone(lab: ParsedLab, answers: dict[str, list[tuple[str, float]]], rng: random.Random) -> Notebook:
    hand, cells = Hand.drawn(rng), []
    usual = rng.random() * 3
    for cell in lab.cells:
        text, kind = cell.released, cell.kind
        if cell.role == "answer":
            texts, shares = zip(*answers[cell.exercise], strict=True)
            chosen = rng.choices(range(len(texts)), [share**usual for share in shares])[0]
            text = written(texts[chosen], hand, rng)
            if chosen and len(texts[chosen]) > LONG:
                del answers[cell.exercise][chosen]
        elif cell.role == "written":
            text = _words(rng)
        cells.append(_cell(kind, text, cell.role, cell.exercise, cell.grade_id))
        if cell.role == "answer" and rng.random() < OWN_CELLS / len(answers) * 2:
            cells.append(_cell("code", f"print({next(iter(sorted(cell.names)), 'x')})  # {sentence(rng)}", "extra"))
    return {"cells": cells}


def _words(rng: random.Random) -> str:
    return " ".join(f"{sentence(rng)}." for _ in range(rng.randrange(2, 5)))


def _cell(kind: str, text: str, role: str, exercise: str = "", grade_id: str = "") -> dict[str, Any]:
    metadata = {"autograder": {"role": role, "exercise": exercise}, "nbgrader": {"grade_id": grade_id}}
    return {"cell_type": kind, "source": text, "metadata": metadata}


def _copy(original: Notebook, disguise: str, lab: ParsedLab, rng: random.Random) -> Notebook:
    hand = Hand.drawn(rng)
    changes: dict[str, list[Callable[[str], str]]] = {
        "as it is": [],
        "renamed": [lambda text: renamed(text, {name: f"{name}_{rng.randrange(9)}" for name in local_names(text)})],
        "reordered": [lambda text: reordered(text, rng)],
        "laid out anew": [lambda text: laid_out(text, hand)],
        "other comments": [uncommented, lambda text: commented(text, hand, rng)],
    }
    changes["all of it"] = [change for each in changes.values() for change in each]
    cells = []
    for cell in original["cells"]:
        text, role = cell["source"], cell["metadata"]["autograder"]["role"]
        if role == "written" and disguise == "all of it":
            text = _words(rng)
        elif role == "answer":
            for change in changes[disguise]:
                text = change(text)
        elif role == "extra" and disguise == "all of it":
            continue
        cells.append({**cell, "source": text})
    return {"cells": cells}


if __name__ == "__main__":
    sys.exit(main())
