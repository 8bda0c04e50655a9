"""The real course, its messages, and its edition in a language that nobody speaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coursebuild.build import build, read_labs
from coursebuild.course import AuthoredCourse, read_course
from coursebuild.locale.sources import Messages, messages
from coursebuild.parse import AuthoredLab
from tests.conftest import made_once
from tests.locale.pseudo import LANGUAGE, pseudo_edition

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def authored() -> AuthoredCourse:
    """The course as it is authored."""
    return read_course(ROOT)


@pytest.fixture(scope="session")
def labs(authored: AuthoredCourse) -> list[AuthoredLab]:
    """Its labs."""
    return read_labs(authored)


@pytest.fixture(scope="session")
def found(authored: AuthoredCourse, labs: list[AuthoredLab]) -> Messages:
    """Its messages."""
    return messages(authored, labs)


@pytest.fixture(scope="session")
def built(
    authored: AuthoredCourse,
    labs: list[AuthoredLab],
    found: Messages,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """Path -> text of all that a build makes of the course with the edition."""
    edition = pseudo_edition(authored, labs, found)
    return made_once(tmp_path_factory, "edition", lambda: build(replace(authored, editions={LANGUAGE: edition})))
