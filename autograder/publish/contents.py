"""The files for students, read from a course folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PurePosixPath

from traitlets import List, Unicode
from traitlets.config import Configurable

from autograder.course.config import Course
from autograder.language.editions import translator
from autograder.model.errors import CourseError
from autograder.model.lab import assignment_of
from autograder.publish.launch import read_address, without_installing

_LOAD = re.compile(r"\s*#?\s*%load\s+(?P<arguments>.+)")
_RELATIVE_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!\w+:|#)([^)\s]+)\)")
_HIDDEN_FOLDERS = re.compile(r"(^|/)(\.|__pycache__)")


class Publish(Configurable):
    """What ``autograder publish`` packs besides the labs, configurable as ``c.Publish.<name>``."""

    inclass = Unicode("notebooks", help="Folder of the in-class copies.").tag(config=True)
    inclass_name = Unicode("{lab}.ipynb", help="File name of a lab's in-class copy in that folder.").tag(config=True)
    readme = Unicode("docs/students.md", help="Text of the students' README; a short default if there is none.").tag(
        config=True
    )
    beside = List(
        Unicode(),
        [],
        help="Files and folders beside a lab's notebooks that students get as they are in the source, also in class.",
    ).tag(config=True)
    files = List(
        Unicode(),
        ["requirements.txt", "requirements.lock", "check_environment.py", "LICENSE", "LICENSE-TEXT"],
        help="Further files and folders, if they exist.",
    ).tag(config=True)
    address = Unicode(
        "",
        help="Public repository that holds the published folder, as in https://github.com/OWNER/REPOSITORY: the "
        "students' page then has links that open the labs at Binder and Colab.",
    ).tag(config=True)
    pyodide = Unicode(
        "", help="Python of the site: address or folder of a Pyodide; empty: the network address that JupyterLite uses."
    ).tag(config=True)


@dataclass
class Contents:
    """Files for students.

    Attributes:
        files: path -> content.
        labs: path -> the lab that it is a copy of, for notebooks and for the files of a release.
        answers: paths of the answers that are included.
        named: labs whose answers are included.
        without: labs whose in-class copies lost their ``%load`` cells.
        language: that of the edition they are from; "" for the course's own.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    labs: dict[str, str] = field(default_factory=dict)
    answers: set[str] = field(default_factory=set)
    named: tuple[str, ...] = ()
    without: list[str] = field(default_factory=list)
    language: str = ""


def gather(course: Course, labs: Sequence[str], named: Sequence[str], language: str = "") -> Contents:
    """Read everything that goes to students.

    Args:
        course: the course.
        labs: labs to publish.
        named: those of them whose answers are included.
        language: that of the edition to publish; "" for the course's own.

    Raises:
        CourseError: a file is missing, or loads one that does not exist.
    """
    settings = Publish(config=course.config)
    say = translator(course.editions_folder, language)
    contents = Contents(named=tuple(named), language=language)
    for lab in labs:
        course.lab(lab)
        _add_release(course, lab, contents)
        _add_inclass(course, settings, lab, contents)
        _add_beside(course, settings, lab, contents)
    if named:
        for package in course.autograder.packages:
            init = course.root / package / "__init__.py"
            if init.is_file():
                _add(course.root, init, contents)
                contents.answers.add(f"{package}/__init__.py")
    for name in [*settings.files, *(["binder"] if settings.address else [])]:
        path = course.root / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and not _HIDDEN_FOLDERS.search(file.relative_to(course.root).as_posix()):
                _add(course.root, file, contents)
                inside = file.relative_to(course.root).as_posix()
                contents.files[inside] = course.in_edition(language, inside).read_bytes()
    for name, content in contents.files.items():
        if name.endswith(".md"):
            contents.files[name] = _without_dead_links(content.decode(), PurePosixPath(name).parent, contents).encode()
    contents.files["README.md"] = _readme(course, settings, labs, contents, say).encode()
    return contents


def load_targets(source: str) -> list[str] | None:
    """Files that a cell loads which has only ``%load`` lines; ``None`` for any other cell."""
    lines = [line for line in source.splitlines() if line.strip()]
    matches = [_LOAD.fullmatch(line) for line in lines]
    if not lines or None in matches:
        return None
    return [match["arguments"].split()[-1] for match in matches if match]


def _add_release(course: Course, lab: str, contents: Contents) -> None:
    base = course.edition_folder(contents.language)
    folder = base / str(course.coursedir.release_directory)
    if not (folder / assignment_of(lab)).is_dir():
        raise CourseError(f"{lab} is not in the edition {contents.language or 'of the course'}: run `make build`.")
    for file in sorted((folder / lab).rglob("*")):
        inside = file.relative_to(folder).as_posix()
        if file.is_file() and not _HIDDEN_FOLDERS.search(inside):
            contents.labs[_add(base, file, contents)] = lab


def _inclass(settings: Publish, lab: str) -> str:
    """Path of a lab's in-class copy."""
    return f"{settings.inclass}/{settings.inclass_name.format(lab=lab)}"


def _add_inclass(course: Course, settings: Publish, lab: str, contents: Contents) -> None:
    base = course.edition_folder(contents.language)
    path = base / _inclass(settings, lab)
    if not path.is_file():
        raise CourseError(f"There is no {path.relative_to(course.root).as_posix()}: run `make build`.")
    name = _add(base, path, contents)
    contents.labs[name] = lab
    notebook = json.loads(contents.files[name])
    kept = []
    for cell in notebook["cells"]:
        targets = load_targets("".join(cell["source"])) if cell["cell_type"] == "code" else None
        if targets is None:
            kept.append(cell)
        elif lab in contents.named:
            kept.append(cell)
            for target in targets:
                _add_answer(course, PurePosixPath(settings.inclass), target, name, contents)
    if len(kept) < len(notebook["cells"]):
        contents.without.append(lab)
        notebook["cells"] = kept
        contents.files[name] = (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _add_beside(course: Course, settings: Publish, lab: str, contents: Contents) -> None:
    """What lies beside the released notebook, beside the in-class copy as well."""
    base = course.edition_folder(contents.language)
    released = base / str(course.coursedir.release_directory) / lab
    for file in beside(released, settings.beside):
        copy = base / settings.inclass / file.relative_to(released)
        if not copy.is_file():
            raise CourseError(f"There is no {copy.relative_to(course.root).as_posix()}: run `make build`.")
        contents.labs[_add(base, copy, contents)] = lab


def beside(folder: Path, names: Sequence[str]) -> list[Path]:
    """The files in a folder that have one of these names, or are in a folder of such a name."""
    paths = [path for name in names for path in [folder / name, *sorted((folder / name).rglob("*"))]]
    return [
        path for path in paths if path.is_file() and not _HIDDEN_FOLDERS.search(path.relative_to(folder).as_posix())
    ]


def _add_answer(course: Course, inclass: PurePosixPath, target: str, notebook: str, contents: Contents) -> None:
    path = _plain(inclass / target)
    packages = course.autograder.packages
    if path.parts[0] not in packages:
        raise CourseError(
            f"{notebook} loads {target}, which is not in {' or '.join(packages)}: load an answer from there."
        )
    if not (course.root / path).is_file():
        raise CourseError(f"{notebook} loads {target}, which does not exist: run `make build`.")
    contents.answers.add(_add(course.root, course.root / path, contents))


def _plain(path: PurePosixPath) -> PurePosixPath:
    """The path without ``..``, except at its start if it leads out of the course."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def _add(root: Path, path: Path, contents: Contents) -> str:
    name = path.relative_to(root).as_posix()
    if path.is_symlink():
        raise CourseError(f"{name} is a link: replace it by the file itself, or remove it.")
    contents.files[name] = path.read_bytes()
    return name


def _without_dead_links(text: str, folder: PurePosixPath, contents: Contents) -> str:
    """A page, in which links to files that are not published become text."""

    def replace(link: re.Match[str]) -> str:
        target = _plain(folder / link[2].partition("#")[0])
        return link[0] if target.as_posix() in contents.files else link[1]

    return _RELATIVE_LINK.sub(replace, text)


def _readme(
    course: Course, settings: Publish, labs: Sequence[str], contents: Contents, say: Callable[[str], str]
) -> str:
    own = course.in_edition(contents.language, settings.readme)
    text = (
        own.read_text(encoding="utf-8")
        if own.is_file()
        else resources.files("autograder.publish").joinpath("templates/students.md").read_text(encoding="utf-8")
    )
    text = _RELATIVE_LINK.sub(r"\1", text)  # pages of the repository are not published
    released = [f"{course.coursedir.release_directory}/{lab}/{lab}.ipynb" for lab in labs]
    lines = without_installing(read_address(settings.address), released) if settings.address else []
    lines += ["## What is in this folder", ""]
    for lab in labs:
        answers = "with answers" if lab in contents.named else "answers follow later"
        lines.append(
            f"- `{course.coursedir.release_directory}/{lab}/{lab}.ipynb`: to work on and hand in; "
            f"`{_inclass(settings, lab)}`: for practice in class ({answers})"
        )
    lines += [
        "",
        "The copies for practice are not graded. In those with answers, uncomment a `# %load` line and run its cell\n"
        "to see the answer; the others have no such cells yet.",
    ]
    return text.rstrip("\n") + "\n\n" + "\n".join(_said(line, say) for line in lines) + "\n"


def _said(line: str, say: Callable[[str], str]) -> str:
    """A line of Markdown in the language of an edition."""
    mark = re.match(r"(?:#+|-) ", line)
    start = mark.end() if mark else 0
    return line[:start] + say(line[start:])
