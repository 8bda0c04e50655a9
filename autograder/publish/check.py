"""Find what would show students an answer or a hidden test.

The course's own source notebooks decide what may be shown:

- A line of a lab's answer or hidden test is a leak anywhere in that lab's copies.
- It is a leak in another lab's copies too, unless that lab's source shows it to students: set-up cells may contain
  what earlier labs asked for.
- Answers of the labs that the instructor named may be shown in their files; no other file of the answers may go out.
- Outputs, and copies of files that only instructors have, are leaks whatever is in them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

from autograder.course.config import Course
from autograder.files.zips import bad_name
from autograder.notebook.leaks import Delimiters, Secrets, find, read_secrets, texts
from autograder.publish.contents import Contents, Publish, beside

_UNREADABLE = "This notebook cannot be read and checked: run `make build`."


@dataclass(frozen=True, order=True)
class Leak:
    """One line that students must not get.

    Attributes:
        path: file, relative to the course's root.
        line: line in that file, from 1.
        message: one sentence.
        text: the line itself; may be empty.
    """

    path: str
    line: int
    message: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" + (f"\n    {self.text.strip()}" if self.text.strip() else "")


def check(course: Course, contents: Contents) -> list[Leak]:
    """Every leak, sorted by file and line.

    Args:
        course: the course; the sources of all its labs are read, including labs that are not published.
        contents: the files for students.
    """
    marks = _delimiters(course)
    secrets = {lab: read_secrets(lab, course.lab(lab).source, marks) for lab in course.lab_names()}
    private = _private(course, contents)
    imports = re.compile(rf"\s*(from|import) ({'|'.join(map(re.escape, course.autograder.packages))})\b")
    leaks: list[Leak] = []
    for path, content in contents.files.items():
        if bad := bad_name(path):
            leaks.append(Leak(path, 1, f"The name {bad}: rename the file."))
        if original := private.get(_digest(content)):
            leaks.append(Leak(path, 1, f"This is a copy of {original}, which students must not have."))
        elif (text := _text(content)) is not None:
            leaks += _check_text(path, text, contents, secrets, marks, imports)
        elif path.endswith(".ipynb"):
            leaks.append(Leak(path, 1, _UNREADABLE))
    return sorted(set(leaks))


def _check_text(
    path: str,
    text: str,
    contents: Contents,
    secrets: Mapping[str, Secrets],
    marks: Delimiters,
    imports: re.Pattern[str],
) -> Iterator[Leak]:
    forbidden = _forbidden(path, contents, secrets)
    if path.endswith(".ipynb"):
        try:
            notebook = json.loads(text)
            lines = [(_number(text, line), line, code) for line, code in texts(notebook)]
            yield from _outputs(path, text, notebook)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield Leak(path, 1, _UNREADABLE)
            return
    else:
        code = path.endswith(".py")
        lines = [(number, line, code) for number, line in enumerate(text.splitlines(), 1)]
    for number, line, code in lines:
        if marks.found(line):
            yield Leak(path, number, "This shows a delimiter that only the source may contain.", line)
        elif path in contents.labs and code and imports.match(line):
            yield Leak(path, number, "This imports the answers.", line)
        elif label := find(line, forbidden, code):
            yield Leak(path, number, f"This shows {label}.", line)


def _forbidden(path: str, contents: Contents, secrets: Mapping[str, Secrets]) -> dict[str, str]:
    """Every line, without its spaces, that this file must not show -> label of the secret that it belongs to."""
    own = contents.labs.get(path)
    forbidden: dict[str, str] = {}
    shown: set[str] = set()
    if own is not None:
        shown |= secrets[own].public
    elif path in contents.answers:
        shown |= {line for lab in contents.named for line in secrets[lab].answers}
    for lab, secret in secrets.items():
        # A named lab's answers are in files of their own; students still work on its notebooks.
        lines = secret.hidden | (secret.answers if lab not in contents.named or own == lab else {})
        kept = lines if lab == own else {line: label for line, label in lines.items() if line not in shown}
        forbidden = kept | forbidden
    return forbidden


def _outputs(path: str, text: str, notebook: Mapping[str, list[Mapping[str, object]]]) -> Iterator[Leak]:
    for cell in notebook["cells"]:
        if cell.get("outputs"):
            source = "".join(map(str, cell["source"] if isinstance(cell["source"], list) else [cell["source"]]))
            first = source.split("\n", 1)[0]
            yield Leak(path, _number(text, first), "This cell has outputs, which may show answers: clear them.", first)


def _private(course: Course, contents: Contents) -> dict[str, str]:
    """Digest -> path, for every file that only instructors have."""
    settings = course.autograder
    folders = [str(course.coursedir.source_directory), settings.mistakes, *settings.packages]
    private = {}
    source = course.root / str(course.coursedir.source_directory)
    names = Publish(config=course.config).beside
    shared = {path for lab in course.lab_names() for path in beside(source / lab, names)}
    for folder in folders:
        for file in sorted({*(course.root / folder).rglob("*")} - shared):
            name = file.relative_to(course.root).as_posix()
            if file.is_file() and name not in contents.answers and (content := file.read_bytes()).strip():
                private[_digest(content)] = name
    for name in contents.answers:
        private.pop(_digest(contents.files[name]), None)
    return private


def _delimiters(course: Course) -> Delimiters:
    solutions, tests = ClearSolutions(config=course.config), ClearHiddenTests(config=course.config)
    return Delimiters(
        str(solutions.begin_solution_delimeter),
        str(solutions.end_solution_delimeter),
        str(tests.begin_test_delimeter),
        str(tests.end_test_delimeter),
    )


def _text(content: bytes) -> str | None:
    """The file's text; ``None`` if it is binary, e.g. a picture."""
    try:
        return None if b"\0" in content else content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _number(text: str, line: str) -> int:
    """Line number, from 1, at which a notebook file contains this line of a cell; 1 if it is not found."""
    for ascii_only in (False, True):
        at = text.find(json.dumps(line, ensure_ascii=ascii_only)[1:-1])
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 1
