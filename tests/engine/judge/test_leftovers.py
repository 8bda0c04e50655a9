"""What hurried editing leaves in a cell gets a sentence that names it, and blames no innocent line."""

from __future__ import annotations

import pytest

from autograder.judge import leftovers
from autograder.sandbox.outcomes import StudentError
from tests.engine.judge.labs import lab_of, record_of

LAB = lab_of("assert task(2) == 4, 'task(2) should be 4'", answer="def task(x):\n    return x * x")
RIGHT = "def task(x):\n    return x * x"


def syntax_error(text: str) -> StudentError:
    """What Python says of a text that is no Python."""
    try:
        compile(text, "Cell In[1]", "exec")
    except SyntaxError as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        return StudentError(kinds[0], kinds, str(error.msg), "", error.text)
    raise AssertionError("it is Python")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"<<<<<<< HEAD\n{RIGHT}\n=======\ndef task(x): return 2\n>>>>>>> theirs", "Line 1", "Git could not merge"),
        (f"x = 1\n{RIGHT}\n>>>>>>> feature/one", "Line 4", "Git could not merge"),
        ("y = 1\n>>> def task(x):\n...     return x * x", "Line 2", "prompt `>>>`"),
        (f"x = 2\nIn [3]: {RIGHT}", "Line 2", "prompt `In [3]:`"),
        (f"```python\n{RIGHT}\n```", "Line 1", "belongs to a text"),
        ("1 def task(x):\n2     y = x\n3     return y * x", "Each line", "line number"),
        ("+def task(x):\n+    y = x\n+    return y * x\n-    return 0", "The lines", "comparison of two versions"),
        ("def task(x):\n    return x − 1", "Line 2", "type - instead"),
        ("def task(x):\n    print(“x”)\n    return x", "Line 2", 'type " instead'),
        ("def task(x):\n    return x²", "Line 2", "raised digit"),
        ("def task(x):\n\u00a0\u00a0\u00a0\u00a0return x", "Line 2", "no ordinary space"),
        ("def task(x)：\n    return x", "Line 1", "full-width"),
        ("def task(x):\n    return\u200b x * x", "Line 2", "invisible"),
    ],
)
def test_what_was_pasted_is_named(text: str, line: str, words: str) -> None:
    sentence = leftovers.stops_cell(text, syntax_error(text))
    assert sentence.startswith(line)
    assert words in sentence
    assert sentence in record_of(LAB, text).message


@pytest.mark.parametrize(
    "text", ["def task(x)\n    return x", "def task(x):\n    return (x * x", "def task(x):\nreturn x", "λ = 1\nx ="]
)
def test_other_errors_are_left_to_python(text: str) -> None:
    assert leftovers.stops_cell(text, syntax_error(text)) == ""
    assert "SyntaxError" in record_of(LAB, text).message or "IndentationError" in record_of(LAB, text).message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"# {RIGHT.splitlines()[0]}\n#    return x * x\ny = 1", "line 1 of your cell is commented out"),
        (f'"""\n{RIGHT}\n"""\ny = 1', "stands between quotes (from line 1 on)"),
        ("def main():\n    def task(x):\n        return x * x", "stands inside the function `main` (line 2)"),
        ("class Answer:\n    def task(self, x):\n        return x * x", "stands inside the class `Answer` (line 2)"),
        (f"{RIGHT}\ndel task", "line 3 of your cell deletes it"),
        ("def Task(x):\n    return x * x", "your cell defines `Task`"),
        ("def taks(x):\n    return x * x", "your cell defines `taks`"),
        ("task_ = lambda x: x * x", "your cell defines `task_`"),
    ],
)
def test_why_a_name_is_missing(text: str, words: str) -> None:
    message = record_of(LAB, text).message
    assert message.startswith("`task` is")
    assert words in message


@pytest.mark.parametrize("magic", ["timeit", "writefile task.py", "html", "latex", "bash", "markdown", "script sh"])
def test_a_magic_that_swallows_the_cell_is_named(magic: str) -> None:
    sentence = leftovers.hides_name(f"%%{magic}\n{RIGHT}", "task")
    assert f"`%%{magic.split()[0]}`" in sentence
    assert "line 1" in sentence


@pytest.mark.parametrize("magic", ["%%time", "%%capture", "%matplotlib inline"])
def test_other_magics_are_innocent(magic: str) -> None:
    assert "%" not in leftovers.hides_name(f"{magic}\nother = 1", "task")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def task(x):\n    return x * x\ntask = task(3)", "Line 3 of your cell gives `task` another value"),
        ("def task(x):\n    return x * x\n\ndef task(x):\n    pass", "defined twice in your cell (lines 1 and 4)"),
        (
            "def task(x):\n    x = 3  # try it\n    return x * x",
            "Line 2 of your cell gives the parameter `x` a fixed",
        ),
        ("def task(x):\n    return x\n    y = x * x\n    return y", "`task` ends with the `return` in line 2"),
    ],
)
def test_what_spoils_an_answer_is_named(text: str, words: str) -> None:
    assert words in record_of(LAB, text).message


def test_a_right_answer_hears_nothing() -> None:
    assert record_of(LAB, f"def task(x):\n    return 0\n{RIGHT}").message == ""


@pytest.mark.parametrize("text", ["x" * 300_000, "(" * 5_000, "\x00", "def task(:\n", "\ud800"])
def test_no_text_is_too_odd(text: str) -> None:
    for name in ("task", "x"):
        leftovers.hides_name(text, name)
        leftovers.spoils_answer(text, [name])
    leftovers.stops_cell(text, StudentError("SyntaxError", ["SyntaxError"], "invalid character", ""))
