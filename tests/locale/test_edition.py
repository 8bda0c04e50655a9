"""An edition in another language: the same lab, cell by cell, and graded by the same lab."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.course.config import load_course
from autograder.language.translate import Translator
from autograder.model.lab import Lab
from autograder.model.limits import Limits
from autograder.model.record import Submission
from autograder.notebook.cells import EDITION, grade_id, text_of
from autograder.notebook.parsed_lab import ParsedLab, parse_lab, texts_by_label
from autograder.repair import repair
from check import said, sealed
from coursebuild.catalogue import Workbook
from coursebuild.course import AuthoredCourse
from coursebuild.locale.edition import translated
from coursebuild.locale.sources import SPOKEN, Messages
from coursebuild.parse import AuthoredLab
from coursebuild.problem import Problem
from tests.catalogue.catalogue import entries
from tests.catalogue.labtext import lab_of
from tests.catalogue.trial import verdicts
from tests.locale.conftest import ROOT
from tests.locale.plain_code import plain
from tests.locale.pseudo import LANGUAGE, pseudo, pseudo_edition

pytestmark = pytest.mark.slow(seconds=60)
LABS = sorted(path.stem for path in (ROOT / "labs").glob("[0-9]*.py"))
EDITED = f"editions/{LANGUAGE}"
_LATIN = re.compile(r"(?<![\w`.(\[/-])[a-z]{3,} [a-z]{3,} [a-z]{3,}\b")


def cells(text: str) -> list[dict[str, Any]]:
    """The cells of a notebook."""
    found: list[dict[str, Any]] = json.loads(text)["cells"]
    return found


def pairs(built: dict[str, str], lab: str, kind: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each cell in English and in the edition."""
    path = f"notebooks/{lab}_in_class.ipynb" if kind == "notebooks" else f"{kind}/{lab}/{lab}.ipynb"
    return zip(cells(built[path]), cells(built[f"{EDITED}/{path}"]), strict=True)


@pytest.mark.parametrize("kind", ["source", "release", "notebooks"])
@pytest.mark.parametrize("lab", LABS)
def test_only_texts_differ(built: dict[str, str], lab: str, kind: str) -> None:
    """Ids, points and all other metadata are the same, and so is code but for comments and texts."""
    for own, other in pairs(built, lab, kind):
        assert own["id"] == other["id"]
        assert {**own["metadata"], "nbgrader": None} == {**other["metadata"], "nbgrader": None}
        ours, theirs = (dict(cell["metadata"].get("nbgrader", {})) for cell in (own, other))
        ours.pop("checksum", None), theirs.pop("checksum", None)
        assert ours == theirs
        if own["cell_type"] == "code":
            assert plain(text_of(own)) == plain(text_of(other))
        if grade_id(own).startswith("test_"):
            assert text_of(own) == text_of(other)


@pytest.mark.parametrize("lab", LABS)
def test_no_english_remains(built: dict[str, str], lab: str) -> None:
    for _, other in pairs(built, lab, "release"):
        text = re.sub(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)|<[^<>]*>", " ", text_of(other))
        if other["cell_type"] == "markdown":
            assert _LATIN.findall(text) == []


def test_what_lies_beside_speaks_it_too(built: dict[str, str]) -> None:
    release = f"{EDITED}/release/01_single_neuron"
    assert f'<html lang="{LANGUAGE}">' in built[f"{release}/notation.html"]
    assert pseudo("best constant") in built[f"{release}/given.py"]
    assert pseudo("Start, every time") in built[f"{EDITED}/docs/students.md"]
    compile(built[f"{EDITED}/check_environment.py"], "check_environment.py", "exec")
    assert pseudo("JupyterLab: it starts") in built[f"{EDITED}/check_environment.py"]


@pytest.fixture(scope="module")
def both(built: dict[str, str]) -> dict[str, Lab]:
    """The labs, which know their edition."""
    course, labs = load_course(ROOT), {}
    for name in LABS:
        lab = replace(course.lab(name), release=built[f"release/{name}/{name}.ipynb"])
        own = texts_by_label(lab.release)
        texts = texts_by_label(built[f"{EDITED}/release/{name}/{name}.ipynb"])
        other = {label: text for label, text in texts.items() if text != own[label]}
        labs[name] = replace(lab, editions={**lab.editions, LANGUAGE: other})
    return labs


def handed_in(release: str, lab: ParsedLab, texts: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The notebook to be graded, and what was repaired, of a submission with some answers."""
    notebook = json.loads(release)
    for cell in notebook["cells"]:
        cell["source"] = texts.get(grade_id(cell), text_of(cell))
    files = {f"{lab.name}.ipynb": json.dumps(notebook).encode()}
    repaired = repair(Submission("ada", lab.name, files), lab, Limits())
    assert repaired.problem is None
    return dict(repaired.notebook or {}), repaired.repairs


@pytest.mark.parametrize("language", [LANGUAGE, *(path.parent.name for path in (ROOT / "editions").glob("*/release"))])
@pytest.mark.parametrize("name", LABS)
def test_the_whole_catalogue_is_graded_alike(
    built: dict[str, str], both: dict[str, Lab], name: str, language: str
) -> None:
    """What is graded of a submission is the same, byte for byte, whichever edition it was made from."""
    lab = parse_lab(both[name])
    path = f"editions/{language}/release/{name}/{name}.ipynb"
    release = built[path] if path in built else (ROOT / path).read_text(encoding="utf-8")
    answers = {cell.grade_id for cell in lab.cells if cell.role == "answer"}
    known = {
        exercise: [*both[name].mistakes.get(exercise, {}).values(), *both[name].alternatives.get(exercise, {}).values()]
        for exercise in answers
    }
    catalogued = [
        {exercise: texts[i] for exercise, texts in known.items() if i < len(texts)}
        for i in range(max(map(len, known.values())))
    ]
    written = {cell.grade_id: "Крива стає крутішою." for cell in lab.cells if cell.role == "written"}
    for texts in ({}, written, *catalogued):
        own, none = handed_in(built[f"release/{name}/{name}.ipynb"], lab, texts)
        other, nothing = handed_in(release, lab, texts)
        assert none == nothing == []
        assert other["metadata"].pop(EDITION) == language
        assert own == other


def test_a_student_who_adds_lines_to_a_given_text(built: dict[str, str], both: dict[str, Lab]) -> None:
    """Only what they added is theirs, not the whole text in the other language."""
    name = LABS[0]
    lab = parse_lab(both[name])
    notebook = json.loads(built[f"{EDITED}/release/{name}/{name}.ipynb"])
    text = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown" and len(text_of(cell)) > 500)
    text["source"] = f"{text_of(text)}\n\nМоя нотатка."
    setup = next(cell for cell in notebook["cells"] if grade_id(cell) == "setup")
    setup["source"] = f"{text_of(setup)}\nextra = 1"
    files = {f"{name}.ipynb": json.dumps(notebook).encode()}
    repaired = repair(Submission("ada", name, files), lab, Limits())
    assert repaired.notebook is not None
    own = [text_of(cell) for cell in repaired.notebook["cells"] if cell["metadata"]["autograder"]["role"] == "extra"]
    assert own == ["Моя нотатка.", "extra = 1"]
    assert repaired.repairs == ["Changes to cells that are not for answers were set aside: setup."]


def test_labels_that_are_gone(built: dict[str, str], both: dict[str, Lab]) -> None:
    """Without any metadata, an edition's notebook is recognised by its texts."""
    name = LABS[0]
    lab = parse_lab(both[name])
    notebook = json.loads(built[f"{EDITED}/release/{name}/{name}.ipynb"])
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if cell["id"] == "sigmoid":
            cell["source"] = "def sigmoid(z):\n    return 0 * z"
        del cell["id"]
    notebook["nbformat_minor"] = 4
    files = {f"{name}.ipynb": json.dumps(notebook).encode()}
    repaired = repair(Submission("ada", name, files), lab, Limits())
    assert repaired.notebook is not None
    assert repaired.notebook["metadata"][EDITION] == LANGUAGE
    texts = {grade_id(cell): text_of(cell) for cell in repaired.notebook["cells"]}
    assert texts["sigmoid"] == "def sigmoid(z):\n    return 0 * z"
    assert not [cell for cell in repaired.notebook["cells"] if cell["metadata"]["autograder"]["role"] == "extra"]


@pytest.fixture(scope="module")
def say(built: dict[str, str]) -> Translator:
    """What the engine translates by."""
    return Translator(json.loads(built[f"{EDITED}/sentences.json"]))


def test_every_sentence_about_a_mistake_is_translated(
    authored: AuthoredCourse, labs: list[AuthoredLab], say: Translator
) -> None:
    """Those of the catalogue, and those that the error model makes of every answer."""
    left: list[str] = []
    count = 0
    for lab in labs:
        workbook = Workbook(lab, authored)
        for exercise in workbook.answers:
            for known in workbook.known(exercise):
                count += len(known.sentences)
                left += [sentence for sentence in known.sentences if say.remains(sentence)]
    assert count > 3000
    assert left == []


def test_every_fact_that_a_mistake_breaks_is_translated(say: Translator) -> None:
    """Of visible and hidden tests; an exception keeps Python's own words."""
    left = []
    for exercise, lab in lab_of().items():
        for entry in entries("mistakes", exercise):
            problems = verdicts(lab, exercise, entry.text, elsewhere=False)
            said_by_tests = [text for text in problems.values() if text and text.startswith("Wrong: ")]
            left += [text for text in said_by_tests if say.remains(text.removeprefix("Wrong: "))]
    assert left == []


def test_what_grading_has_said_is_translated(say: Translator) -> None:
    """Messages of every kind, as records have them."""
    sentences = [
        "`sigmoid` with z = 0: expected 0.5, got 0.25.",
        "element [3] of `x` should be 0.5, but it is 1.",
        "Your answer uses `affine` and `sigmoid`, which did not pass: put that right first.",
        "Counted with the lab's own `sigmoid`, because yours did not pass.",
        "(Tested with the lab's own `affine`, `mse` and `sigmoid`, because yours did not pass.)",
        "`train` did not finish within 30 s: is there a loop that never ends, an input(), or much more work than the "
        "task asks for?",
        "`update` changed its arguments a, b and c: whoever calls it finds them spoiled afterwards. Compute into a new "
        "name, or work on a copy.",
        "Each number is twice what it should be: is a factor lost, or one too many?",
        "Line 3 of your cell has a dash that is no minus sign (U+2212): type - instead.",
        "This answer gets 1 of 2 points.",
        "There is no notebook among the files handed in (a.pdf): 01_single_neuron.ipynb is missing. a.pdf is a PDF: "
        "hand in the notebook (.ipynb) that it was made from.",
        "Changes to cells that are not for answers were set aside: setup, test_sigmoid.",
        "A cell tried to reach the network (1.2.3.4:80).",
        "not answered",
        "passed, points by a person",
    ]
    assert [sentence for sentence in sentences if say.remains(sentence)] == []


def test_a_sealed_sentence_opens_its_translation(built: dict[str, str], found: Messages) -> None:
    """Nothing of it can be read before, and what opens is the translation of what opens in English."""
    name = LABS[0]
    beside = f"{EDITED}/release/{name}/check"
    data = json.loads(built[f"{beside}/{name}{said.MESSAGES}"])
    assert not said.unpacked(data["messages"]).keys() & found["mistakes"].keys()
    english = json.loads(built[f"{beside}/{name}.json"])["sealed"]
    assert data["sealed"].keys() == english.keys()
    for exercise, one in english.items():
        lines = data["sealed"][exercise].splitlines()
        assert 0 < len(lines) <= len(sealed.read(exercise, one).sentences)
        assert not any(pseudo(text) in data["sealed"][exercise] for text in found["mistakes"])


def test_a_check_in_another_language(built: dict[str, str], tmp_path: Path) -> None:
    """A notebook's check shows its list, a known mistake and the summary in the language of the notebook."""
    name = LABS[0]
    for path, text in built.items():
        if path.startswith(f"{EDITED}/release/{name}/") and not path.endswith(".ipynb"):
            target = tmp_path / Path(path).relative_to(f"{EDITED}/release/{name}")
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
    (tmp_path / "student.py").write_text(
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from IPython.utils.capture import capture_output\n"
        "shell = InteractiveShell.instance()\n"
        "shell.run_cell('import numpy as np\\nimport check')\n"
        "shell.run_cell('def sigmoid(z):\\n    return 1 / 1 + np.exp(-z)')\n"
        "for cell in ('check.sigmoid(sigmoid)', 'check.affine(affine)', 'check.summary(\"01_single_neuron\")'):\n"
        "    with capture_output() as shown:\n"
        "        shell.run_cell('import check\\n' + cell, store_history=True)\n"
        "    print(shown.stdout, *(one.data['text/plain'] for one in shown.outputs))\n"
    )
    ran = subprocess.run([sys.executable, "student.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    shown = " ".join(ran.stdout.split())
    mistake = (
        "It looks as if only the first term of your denominator is divided by, because Python divides before it adds. "
        "Put parentheses around the whole denominator."
    )
    assert pseudo(f"What it looks like: {mistake}") in shown
    assert pseudo("An array gives an array of the same shape, and stays as it is") in shown
    assert pseudo("Summary of ") in shown
    assert _LATIN.findall(shown) == []


def test_spoken_catalogues_are_all_there(built: dict[str, str], found: Messages) -> None:
    known = json.loads(built[f"{EDITED}/sentences.json"])
    assert known.keys() == {message for name in SPOKEN for message in found[name]}


def test_a_message_without_a_translation_is_named(
    authored: AuthoredCourse, labs: list[AuthoredLab], found: Messages
) -> None:
    edition = pseudo_edition(authored, labs, found)
    catalogues = {name: dict(texts) for name, texts in edition.catalogues.items()}
    del catalogues[LABS[0]]["Three single neurons"]
    _, _, problems = translated(labs, authored, replace(edition, catalogues=catalogues))
    path = f"labs/locale/{LANGUAGE}/{LABS[0]}.po"
    assert problems == [Problem(path, 1, "This message is not translated.", ("Three single neurons",))]
