"""Texts are walked through message by message, and stay as they are where no message changes."""

from __future__ import annotations

import ast

import pytest

from coursebuild.course import AuthoredCourse
from coursebuild.locale import code, markdown, page
from coursebuild.locale.sources import rewrite_cell
from coursebuild.parse import AuthoredLab, Role
from coursebuild.source import own_code


def collected(rewrite: object, text: str, **options: bool) -> list[tuple[str, str]]:
    """(kind, message) of a text, in order."""
    found: list[tuple[str, str]] = []

    def say(message: str, kind: str) -> str:
        found.append((kind, message))
        return message

    assert callable(rewrite)
    assert rewrite(text, say, **options) == text
    return found


def test_nothing_changes_where_no_message_does(authored: AuthoredCourse, labs: list[AuthoredLab]) -> None:
    for lab in labs:
        for cell in lab.cells:
            if cell.role in (Role.LOCKED, Role.PLAY):
                assert rewrite_cell(cell, authored, lambda message, _: message) == own_code(cell, authored)
            else:
                assert rewrite_cell(cell, authored, lambda message, _: message) == cell.source
    assert code.rewrite(authored.given, lambda message, _: message, comments=False) == authored.given
    for name, text in authored.handouts.items():
        if name.endswith(".md"):
            assert markdown.rewrite(text, lambda message, _: message) == text


def test_messages_of_markdown() -> None:
    text = (
        "# A title\n\nOne paragraph\nin two lines with $x$.\n\n- first item\n  goes on\n- second\n\n"
        "$$x = 1 \\text{ if } y$$\n\n| name | `x` |\n|---|---|\n| the input | $x$ |\n\n"
        "![What it shows](figures/a.svg)\n\n<details><summary>Hint 1: think</summary>\n\nText.\n\n</details>\n\n"
        "```python\nx = 1  # code\n```"
    )
    assert collected(markdown.rewrite, text) == [
        ("heading", "A title"),
        ("paragraph", "One paragraph in two lines with $x$."),
        ("list item", "first item goes on"),
        ("list item", "second"),
        ("words in a formula", "if"),
        ("table cell", "name"),
        ("table cell", "the input"),
        ("alternative text of figures/a.svg", "What it shows"),
        ("summary", "Hint 1: think"),
        ("paragraph", "Text."),
        ("comment", "code"),
    ]


def test_a_text_that_is_wrapped_anew_is_the_same_message() -> None:
    assert collected(markdown.rewrite, "a b\nc d") == collected(markdown.rewrite, "a\nb c d")


def test_messages_of_code() -> None:
    text = (
        "# Run this first.\n# It takes a while.\nx = 1  # a number\nwarnings.simplefilter('ignore')\n"
        "print('the result:', x, f'and {x:.2f} of them')\nax.set_title('Loss')\ntable = {'training loss': x, 'w': 1}\n"
        "y = table['training loss']\nlegend(loc='upper right')\n"
        "def f(z: 'a number') -> 'two words':\n    '''Half of z.'''\n    return z / 2\n"
    )
    assert collected(code.rewrite, text) == [
        ("comment", "Run this first. It takes a while."),
        ("comment", "a number"),
        ("shown text", "the result:"),
        ("shown text", "and {x:.2f} of them"),
        ("shown text", "Loss"),
        ("shown text", "training loss"),
        ("shown text", "training loss"),
        ("docstring", "Half of z."),
    ]


def test_labels_of_a_plot() -> None:
    text = (
        "def draw(n, xlabel='steps', look='solid'):\n    title = f'{n} epochs'\n    where = f'{n} epochs'\n"
        "links = {'step 1: z -> L': 1, 'w_1': 2, 'b': 3}"
    )
    assert collected(code.rewrite, text) == [
        ("shown text", "steps"),
        ("shown text", "{n} epochs"),
        ("shown text", "{n} epochs"),  # equal to one that is shown
        ("shown text", "step 1: z -> L"),
    ]


def test_code_without_comments() -> None:
    kinds = {
        kind
        for kind, _ in collected(code.rewrite, '"""Doc string."""\n# a comment\nprint("some text")', comments=False)
    }
    assert kinds == {"shown text"}


@pytest.mark.parametrize("text", ['print("a b" "c {x}" f"d {x}")', 'print(\n    "one part "\n    f"and {x}"\n)'])
def test_a_text_of_several_parts_is_one_message(text: str) -> None:
    new = code.rewrite(text, lambda message, _: message.upper() if "{" not in message else f"{message}!")
    x = 7  # noqa: F841 (the texts use it)
    printed: list[str] = []
    exec(compile(ast.parse(new), "new", "exec"), {"print": printed.append, "x": 7})
    before: list[str] = []
    exec(compile(ast.parse(text), "old", "exec"), {"print": before.append, "x": 7})
    assert printed == [f"{before[0]}!"]


def test_a_text_that_would_end_its_string_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot contain"):
        code.rewrite('print("some text")', lambda message, _: 'a "quoted" text')


def test_a_wrapped_comment_stays_one() -> None:
    new = code.rewrite("def f():\n    # one\n    # two\n    return 1", lambda message, _: f"{message} " * 40)
    lines = new.split("\n")
    assert all(line.startswith("    # ") for line in lines[1:-1])
    assert len(lines) > 4
    assert max(map(len, lines)) <= 120


def test_a_comment_that_gets_long_is_wrapped_where_it_stands_alone() -> None:
    alone, beside = code.rewrite("# one\nx = 1  # two", lambda message, _: f"{message} " * 40).split("\nx = 1  ")
    assert max(map(len, alone.split("\n"))) <= 120
    assert all(line.startswith("# ") for line in alone.split("\n"))
    assert "\n" not in beside


def test_messages_of_a_figure() -> None:
    svg = (
        '<svg><title id="t">A node</title><desc>What it shows.</desc><text class="m mid">x</text>'
        '<text class="mid note">a  number</text><text class="mid note">σ</text></svg>'
    )
    found: list[str] = []
    page.rewrite_figure(svg, lambda message, _: found.append(message) or message)  # type: ignore[func-returns-value]
    assert found == ["A node", "What it shows.", "a number"]


def test_messages_of_a_page() -> None:
    html = "<h1>Symbols</h1><table><tr><td><code>x</code></td><td>one <i>x</i> each</td><td>1</td></tr></table>"
    assert collected(page.rewrite_page, html) == [("page", "Symbols"), ("page", "one <i>x</i> each")]
