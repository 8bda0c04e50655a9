"""What the pages say is there: links lead somewhere, commands and options exist."""

from __future__ import annotations

import argparse
import re
import shlex
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import nbgrader.apps.nbgraderapp
import pytest

from autograder.commands.cli import COMMANDS
from coursebuild.locale.languages import languages
from tests.docs.pages import PAGES, ROOT, anchors, links, prose, shell_lines, shown_files

IDS = [path.relative_to(ROOT).as_posix() for path in PAGES]
MADE = r"(submitted|autograded|feedback|report|editions|example_class|\.venv|\.autograder)\b|\.\./|/"  # by commands
GENERATED = ("withstanding.md", "benchmark.md")  # they speak of other folders, too
page = pytest.mark.parametrize("path", PAGES, ids=IDS)


def calls(program: str, text: str) -> list[list[str]]:
    """Arguments of every call of a program on a page."""
    found = []
    for line in shell_lines(text):
        words = shlex.split(line.replace("'", '"')) if line.count("'") % 2 == 0 else line.split()
        if words and Path(words[0]).name == program:
            found.append(words[1:])
    return found


def options(module: object) -> argparse.ArgumentParser:
    """The parser of one sub-command, which raises instead of leaving."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    module.add_arguments(parser)  # type: ignore[attr-defined]
    return parser


@page
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in links(text):
        if re.match(r"https?://|mailto:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{path.name} links to {target}, which is not there"
        if anchor:
            assert anchor in anchors(there), f"{path.name}: no heading for #{anchor}"


@page
def test_pictures_have_a_text(path: Path) -> None:
    assert not re.findall(r"!\[\s*\]\(", path.read_text(encoding="utf-8"))


@page
def test_commands_and_their_options_exist(path: Path) -> None:
    for words in calls("autograder", path.read_text(encoding="utf-8")):
        if not words or words[0].startswith("-"):
            continue
        assert words[0] in COMMANDS, f"{path.name} speaks of `autograder {words[0]}`"
        known = options(import_module(COMMANDS[words[0]]))._option_string_actions
        for word in words[1:]:
            assert not word.startswith("-") or word.split("=")[0] in known, (
                f"{path.name}: `autograder {words[0]}` has no {word}"
            )


@page
def test_complete_calls_are_accepted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    blocks = shell_lines(text)[: -len(re.findall(r"`([^`\n]+)`", prose(text))) or None]
    for words in calls("autograder", "```sh\n" + "\n".join(blocks) + "\n```"):
        options(import_module(COMMANDS[words[0]])).parse_args(words[1:])


@page
def test_languages_exist(path: Path) -> None:
    for words in calls("autograder", path.read_text(encoding="utf-8")):
        for option, value in pairwise(words):
            assert option != "--language" or value in languages(ROOT), f"{path.name} speaks of the language {value}"


@page
def test_make_targets_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for words in calls("make", path.read_text(encoding="utf-8")):
        targets = [word for word in words if "=" not in word]
        for target in targets:
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{path.name} speaks of `make {target}`"


@page
def test_nbgrader_commands_exist(path: Path) -> None:
    known = nbgrader.apps.nbgraderapp.NbGraderApp().subcommands
    for words in calls("nbgrader", path.read_text(encoding="utf-8")):
        assert not words or words[0] in known, f"{path.name} speaks of `nbgrader {words[0]}`"


@pytest.mark.parametrize("path", [path for path in PAGES if path.name not in GENERATED], ids=lambda path: path.name)
def test_paths_in_the_text_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for span in re.findall(r"`([\w./-]+/[\w./-]*)`", prose(text)):
        if not re.match(MADE, span) and span not in shown_files(text):
            assert (ROOT / span).exists(), f"{path.name} names {span}"
