"""The glossary: each term is used in the part that it leads to, in every language; students get the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from coursebuild import glossary
from coursebuild.build import glossary_page
from coursebuild.course import AuthoredCourse
from coursebuild.glossary import Term, parts, read_terms
from coursebuild.locale import markdown
from coursebuild.locale.languages import read_editions
from coursebuild.locale.sources import COMMON, GLOSSARY
from coursebuild.locale.words import Say
from coursebuild.parse import AuthoredLab
from coursebuild.problem import BuildError
from tests.locale.conftest import ROOT
from tests.locale.pseudo import LANGUAGE, pseudo

EDITIONS = read_editions(ROOT)
_WORD = re.compile(r"[\w\N{RIGHT SINGLE QUOTATION MARK}-]+")
_ENDING = re.compile(r"[аеиіїоуюяєйь]$")


def stem(word: str) -> str:
    """What a word has in common with its inflected forms, four letters or more where it has them."""
    return _ENDING.sub("", word.lower())[: max(4, len(word) - 3)]


def missing(term: str, text: str) -> list[str]:
    """Words of a term of which a text has no form."""
    words = [word.lower() for word in _WORD.findall(text)]
    return [word for word in _WORD.findall(term) if not any(one.startswith(stem(word)) for one in words)]


def unused(terms: list[Term], labs: list[AuthoredLab], words: dict[str, str], say: dict[str, Say]) -> Iterator[str]:
    """Terms that the part which they lead to does not use; words and texts as they are in one language."""
    for lab in labs:
        texts = [cell.source for cell in lab.cells if cell.is_markdown]
        translated = parts(markdown.rewrite(text, say[lab.name]) for text in texts)
        found = dict(zip(parts(texts), translated.values(), strict=True))
        for term in terms:
            if term.lab == lab.name and (left := missing(words[term.name], found[term.heading])):
                yield f"{lab.name}, {term.heading}: no form of {' or '.join(left)}, as in {words[term.name]}"


@pytest.fixture(scope="module")
def terms(authored: AuthoredCourse, labs: list[AuthoredLab]) -> list[Term]:
    """The terms of the course."""
    return read_terms(authored.glossary, labs)


def test_terms_are_named_once_in_the_order_of_the_labs(terms: list[Term]) -> None:
    assert len({term.name for term in terms}) == len(terms) >= 60
    assert [term.lab for term in terms] == sorted(term.lab for term in terms)


def test_each_part_uses_its_terms(terms: list[Term], labs: list[AuthoredLab]) -> None:
    say: dict[str, Say] = {lab.name: lambda message, kind: message for lab in labs}
    assert list(unused(terms, labs, {term.name: term.name for term in terms}, say)) == []


@pytest.mark.parametrize("language", EDITIONS)
def test_each_part_uses_its_terms_in_other_languages(language: str, terms: list[Term], labs: list[AuthoredLab]) -> None:
    edition = EDITIONS[language]
    if edition.is_draft:
        pytest.skip("the catalogues are not complete")

    def said(lab: str) -> Say:
        known = edition.catalogues[COMMON] | edition.catalogues[lab]
        return lambda message, kind: known[message]

    say = {lab.name: said(lab.name) for lab in labs}
    assert list(unused(terms, labs, edition.catalogues[GLOSSARY], say)) == []


@pytest.mark.parametrize("language", EDITIONS)
def test_no_two_terms_are_called_alike(language: str, terms: list[Term]) -> None:
    words = [known for term in terms if (known := EDITIONS[language].catalogues.get(GLOSSARY, {}).get(term.name))]
    assert len(set(words)) == len(words)


def test_stems() -> None:
    assert missing("вихідна вага", "Подвойте ваги: вихідні й приховані.") == []
    assert missing("межа рішення", "На межі рішень.") == []
    assert missing("зворотне поширення похибки", "Зворотний прохід і похибка") == ["поширення"]
    assert missing("hidden layers", "a layer that is hidden") == []
    assert missing("шар", "перцептрон") == ["шар"]


def test_a_row_that_is_not_right_is_named(labs: list[AuthoredLab]) -> None:
    text = "term,lab,heading\nneuron,01_single_neuron,No such part\nbias,07_none,Part 1: One node\nweight\n"
    with pytest.raises(BuildError) as error:
        read_terms(text, labs)
    assert [(problem.path, problem.line, problem.message) for problem in error.value.problems] == [
        (glossary.AUTHORED, 2, "01_single_neuron has no heading No such part."),
        (glossary.AUTHORED, 3, "07_none has no heading Part 1: One node."),
        (glossary.AUTHORED, 4, "Each row has the columns term, lab, heading."),
    ]


@pytest.mark.slow(seconds=60)
def test_both_pages_show_both_languages_and_lead_to_a_heading(built: dict[str, str], terms: list[Term]) -> None:
    for folder, first, second in (("", str, pseudo), (f"editions/{LANGUAGE}/", pseudo, str)):
        page = built[f"{folder}{glossary.PATH}"]
        rows = re.findall(r"^\| (.+) \| (.+) \| \[(.+)\]\(\.\./(\S+)#cell-id=(\S+)\) \|$", page, re.MULTILINE)
        assert [row[:2] for row in rows] == [(first(term.name), second(term.name)) for term in terms]
        for _, _, heading, notebook, cell_id in rows:
            cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(built[f"{folder}{notebook}"])["cells"]}
            assert heading in parts([cells[cell_id]])


def test_a_language_without_all_terms_is_left_out(authored: AuthoredCourse, labs: list[AuthoredLab]) -> None:
    """It has no column; its edition says which term is missing."""
    plain = replace(authored, editions={name: replace(one, is_draft=True) for name, one in EDITIONS.items()})
    assert EDITIONS, "a language to leave a term out of"
    for language, edition in plain.editions.items():
        known = dict(edition.catalogues[GLOSSARY])
        heading = known[glossary.IN_THIS_LANGUAGE]
        assert f" {heading} |" in glossary_page(labs, plain)[glossary.PATH]
        del known["sigmoid"]
        partly = replace(edition, catalogues={**edition.catalogues, GLOSSARY: known})
        page = glossary_page(labs, replace(plain, editions={language: partly}))[glossary.PATH]
        assert f" {heading} |" not in page
