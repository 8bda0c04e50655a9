"""Links that open the published notebooks at Binder and Colab."""

from __future__ import annotations

import pytest

from autograder.model.errors import CourseError
from autograder.publish.launch import read_address, without_installing

NOTEBOOK = "release/lab 1/lab 1.ipynb"
OPENED = "urlpath=lab%2Ftree%2Frelease%2Flab%201%2Flab%201.ipynb"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("https://github.com/ada/course", "gh/ada/course/main"),
        ("https://github.com/ada/course.git", "gh/ada/course/main"),
        ("https://github.com/ada/course/tree/autumn/", "gh/ada/course/autumn"),
        ("https://github.com/ada/course/tree/terms/autumn", "gh/ada/course/terms%2Fautumn"),
        ("https://gitlab.com/group/part/course/-/tree/autumn", "gl/group%2Fpart%2Fcourse/autumn"),
        ("https://git.example.org/ada/course", "git/https%3A%2F%2Fgit.example.org%2Fada%2Fcourse/HEAD"),
    ],
)
def test_binder(address: str, where: str) -> None:
    assert read_address(address).binder(NOTEBOOK) == f"https://mybinder.org/v2/{where}?{OPENED}"


def test_colab_reads_from_github_only() -> None:
    page = "https://colab.research.google.com/github/ada/course/blob/main/release/lab%201/lab%201.ipynb"
    assert read_address("https://github.com/ada/course").colab(NOTEBOOK) == page
    assert read_address("https://gitlab.com/ada/course").colab(NOTEBOOK) == ""


def test_page() -> None:
    """Each badge says in words what it opens; Colab's reader learns how to get what lies beside the notebook."""
    text = "\n".join(without_installing(read_address("https://github.com/ada/course/tree/autumn"), [NOTEBOOK]))
    assert "[![Open lab 1 in Binder](" in text
    assert "[![Open lab 1 in Colab](" in text
    assert "`!git clone --depth 1 -b autumn https://github.com/ada/course course`" in text
    assert "`%cd course/release/lab 1`" in text
    assert "Colab" not in "\n".join(without_installing(read_address("https://gitlab.com/ada/course"), [NOTEBOOK]))


@pytest.mark.parametrize(
    "address",
    [
        *("github.com/ada/course", "http://github.com/ada/course", "git@github.com:ada/course.git", "public_html"),
        *("https://github.com/ada", "https://github.com/ada/course/blob/main/README.md", "https://github.com/"),
        *("https://ada:secret@example.org/ada/course", "https://example.org/ada/course?x=1", "https://a.org/../b/c"),
    ],
)
def test_no_repository(address: str) -> None:
    with pytest.raises(CourseError, match="which is no address of a public repository: give it as in https://github"):
        read_address(address)
