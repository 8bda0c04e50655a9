"""What modules can say is read from their syntax trees."""

from __future__ import annotations

import textwrap

from coursebuild.locale.sentences import templates


def said(text: str) -> list[str]:
    """The templates of a module."""
    return list(templates({"module": textwrap.dedent(text)}))


def test_placeholders() -> None:
    assert said("""
        def f(name, values):
            raise Wrong(f"{name} must be one number, but it has {len(values)} elements: {name}({values[0]:.3g})")
    """) == ["{name} must be one number, but it has {values} elements: {name}({values_2})"]


def test_names_with_few_texts_are_written_out() -> None:
    assert said("""
        def f(many, name):
            what = "all of them" if many else "one of them"
            return f"You lost {what}{f', {name}' if name else ''}."
    """) == [
        "You lost all of them, {name}.",
        "You lost all of them.",
        "You lost one of them, {name}.",
        "You lost one of them.",
    ]


def test_the_last_assignment_counts() -> None:
    assert said("""
        def f(place):
            where = "first here"
            if place:
                yield f"It is wrong, {where}."
            else:
                where = "then there"
                yield f"It is right, {where}."
    """) == ["It is wrong, first here.", "It is right, then there."]


def test_names_of_a_loop_go_together() -> None:
    assert said("""
        def f():
            for wrong, right in (("a plus", "a minus"), ("a minus", "a plus")):
                yield f"{wrong} stands for {right}"
    """) == ["a plus stands for a minus", "a minus stands for a plus"]


def test_a_function_that_returns_a_text_is_looked_into() -> None:
    assert said("""
        def about(lead, name):
            return f"{lead}{name}" if name else ""
        def f(name):
            return "look again" + about(" at the place of ", name) + "!"
    """) == ["look again at the place of {name}!", "look again!"]


def test_what_nobody_reads_is_left_out() -> None:
    assert (
        said('''
        """The module, and what it is for."""
        import re
        PATTERN = re.compile("this is no sentence")
        def f(kind: "some kind") -> "some text":
            """What it does, in short."""
            if kind == "a b":
                return {"a key of it": 1}["another key"]
            return "x = 1 + f(2)"
    ''')
        == []
    )


def test_formatted_constants_have_placeholders() -> None:
    assert said('TEXT = "{what} needs {0} of {}"') == ["{what} needs {value_0} of {value}"]
