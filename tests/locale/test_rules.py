"""What a translation must keep is named, entry by entry."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from coursebuild.locale import catalogue, rules
from coursebuild.locale.languages import FOLDER, languages
from coursebuild.locale.sources import Message, Messages
from tests.locale.conftest import ROOT
from tests.locale.pseudo import pseudo


@pytest.mark.parametrize("language", languages(ROOT))
def test_the_catalogues_keep_what_they_must(language: str, found: Messages) -> None:
    """A language that is not marked as a draft is complete, too."""
    catalogues = catalogue.read(ROOT, language)
    assert catalogues.keys() == found.keys() or any(one.is_draft for one in catalogues.values())
    problems = [
        str(problem) for name, one in catalogues.items() for problem in rules.problems(name, one, found.get(name, {}))
    ]
    assert problems == []


def test_a_message_keeps_what_it_has_itself(found: Messages) -> None:
    """No rule finds fault with the English text, or with other letters in it."""
    for own in found.values():
        for message, what in own.items():
            assert list(rules.faults(message, message, what.kind)) == []
            assert list(rules.faults(message, pseudo(message), what.kind)) == []


@pytest.mark.parametrize(
    ("message", "translation", "fault"),
    [
        ("The slope is $w/4$.", "Нахил дорівнює $w/2$.", "The formula $w/4$ is missing."),
        ("Use `np.exp`.", "Використайте `exp`.", "The code `np.exp` is missing."),
        ("Take 0.5 of it.", "Візьміть 0,6.", "The number 0.5 is missing."),
        ("See [here](https://a.org/b).", "Див. [тут](https://a.org/c).", "The link (https://a.org/b) is missing."),
        (
            "See ![a node](figures/a.svg) here.",
            "Див. ![вузол](figures/b.svg).",
            "The link !(figures/a.svg) is missing.",
        ),
        ("one <i>x</i> each", "по одному x", "The tag <i> is missing."),
        ("It has {size} elements", "Має {sise} елементів", "The placeholder {size} is missing."),
        ("z_3 is wrong", "z_4 хибне", "The name z_3 is missing."),
        (" in front of it", "перед ним", "The space at the beginning or at the end differs."),
        (
            "It is wrong.",
            "Це хибно",
            "One of the two ends with a full stop or a question mark, and the other does not.",
        ),
        ("A **bold** word", "**Жирне слово", "A ** has no counterpart."),
        ("A script", "Cкрипт", "Cкрипт mixes Latin and Cyrillic letters."),
    ],
)
def test_faults(message: str, translation: str, fault: str) -> None:
    assert fault in list(rules.faults(message, translation, "sentence"))


def test_faults_of_some_kinds() -> None:
    assert list(rules.faults("the best", 'найкраще "слово"', "shown text")) == [
        "A shown text has no further quotation marks, which would end it: use « » and ’."
    ]
    assert list(rules.faults("the best", "найкраще", "shown text")) == []
    assert list(rules.faults("sum and mean", "сума & середнє", "text in a figure")) == ["Write &amp; for &."]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("After 50,000 steps it is 0.05.", "Після 50 000 кроків це 0,05."),
        ("After 50,000 steps it is 0.05.", "Після 50\N{NO-BREAK SPACE}000 кроків це 0.05."),
        ("`a` before $b$.", "$b$ після `a`."),
        ("Is it so?", "Чи це так?"),
        ("w 1,1 and 2", "w 1,1 і 2"),
    ],
)
def test_right_translations(message: str, translation: str) -> None:
    assert list(rules.faults(message, translation, "sentence")) == []


@pytest.fixture
def texts() -> Messages:
    """Two catalogues of a made-up course."""
    return {
        "one": {"The first sentence of it": Message("paragraph"), "A second one": Message("paragraph")},
        "two": {"Something else": Message("heading")},
    }


def written(root: Path, name: str) -> polib.POFile:
    """A catalogue as it lies in a folder."""
    return polib.pofile(str(root / FOLDER / "xx" / f"{name}.po"))


def translate_all(root: Path, names: tuple[str, ...], *, draft: bool) -> None:
    """Give every message a translation."""
    for name in names:
        file = written(root, name)
        for entry in file:
            entry.msgstr = entry.msgid
        if not draft:
            del file.metadata["X-Status"]
        file.save()


def test_a_new_language_begins_as_a_draft(tmp_path: Path, texts: Messages) -> None:
    lines = catalogue.update(tmp_path, "xx", texts)
    assert lines[0] == "labs/locale/xx/one.po: 2 of 2 messages to translate, 8 words"
    catalogues = catalogue.read(tmp_path, "xx")
    assert [rules.problems(name, one, texts[name]) for name, one in catalogues.items()] == [[], []]


def test_a_language_begins_with_an_empty_file(tmp_path: Path, texts: Messages) -> None:
    (tmp_path / FOLDER / "xx").mkdir(parents=True)
    (tmp_path / FOLDER / "xx" / "one.po").touch()
    assert languages(tmp_path) == ["xx"]
    catalogue.update(tmp_path, "xx", texts)
    assert all(one.is_draft for one in catalogue.read(tmp_path, "xx").values())


def test_a_new_catalogue_of_a_finished_language_is_no_draft(tmp_path: Path, texts: Messages) -> None:
    catalogue.update(tmp_path, "xx", texts)
    translate_all(tmp_path, ("one", "two"), draft=False)
    catalogue.update(tmp_path, "xx", {**texts, "three": {"New": Message("heading")}})
    assert not any(one.is_draft for one in catalogue.read(tmp_path, "xx").values())


def test_updating_twice_changes_nothing(tmp_path: Path, texts: Messages) -> None:
    catalogue.update(tmp_path, "xx", texts)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.po")}
    catalogue.update(tmp_path, "xx", texts)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.po")} == before


def test_a_message_of_two_catalogues_keeps_both_translations(tmp_path: Path, texts: Messages) -> None:
    """A word may be a term in one of them and mean something else in the other."""
    both = {name: {**own, "output": Message("word")} for name, own in texts.items()}
    catalogue.update(tmp_path, "xx", both)
    for name, said in (("one", "вихід"), ("two", "виведення")):
        file = written(tmp_path, name)
        file.find("output").msgstr = said
        file.save()
    catalogue.update(tmp_path, "xx", both)
    assert [written(tmp_path, name).find("output").msgstr for name in both] == ["вихід", "виведення"]


def test_a_changed_english_sentence_is_named(tmp_path: Path, texts: Messages) -> None:
    catalogue.update(tmp_path, "xx", texts)
    translate_all(tmp_path, ("one", "two"), draft=False)
    changed = {"The first sentence of them": Message("paragraph"), "A second one": Message("paragraph")}
    one = catalogue.read(tmp_path, "xx")["one"]
    said = [str(problem) for problem in rules.problems("one", one, changed)]
    assert any("not in the catalogue" in text and "The first sentence of them" in text for text in said)
    assert any("No text has this message" in text and "The first sentence of it" in text for text in said)
    lines = catalogue.update(tmp_path, "xx", {**texts, "one": changed})
    assert "1 of them have a translation that does not fit any more" in lines[0]
    fuzzy = written(tmp_path, "one").find("The first sentence of them")
    assert fuzzy is not None
    assert fuzzy.fuzzy
    assert fuzzy.msgstr == "The first sentence of it"
    one = catalogue.read(tmp_path, "xx")["one"]
    assert "fuzzy" in str(rules.problems("one", one, changed)[0])


def test_a_message_that_moves_keeps_its_translation(tmp_path: Path, texts: Messages) -> None:
    catalogue.update(tmp_path, "xx", texts)
    translate_all(tmp_path, ("one", "two"), draft=True)
    moved = {"two": {**texts["two"], "A second one": Message("paragraph")}}
    assert catalogue.update(tmp_path, "xx", moved) == []
    assert not (tmp_path / FOLDER / "xx" / "one.po").exists()
    assert [entry.msgstr for entry in written(tmp_path, "two")] == ["Something else", "A second one"]


def test_a_missing_translation_is_named_unless_it_is_a_draft(tmp_path: Path, texts: Messages) -> None:
    catalogue.update(tmp_path, "xx", texts)
    file = written(tmp_path, "two")
    del file.metadata["X-Status"]
    file.save()
    problems = rules.problems("two", catalogue.read(tmp_path, "xx")["two"], texts["two"])
    assert [problem.message for problem in problems] == ["This message is not translated."]
    assert problems[0].line > 1
