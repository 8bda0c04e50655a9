"""Everything that students read, message by message, and the catalogue that each message belongs to.

The catalogue of a lab holds its own text and that of its figures; `common` what several labs share, the given module
and the sheet of symbols. What the checks and the grading say is in a few more, so that several people can translate:

- `checks`: the facts that a check states, and what it says if one does not hold;
- `mistakes`: the sentence of each written mistake;
- `generated`: the sentences of generated mistakes;
- `engine`: what grading says, and the words of the feedback page;
- `report`: the class report;
- `students`: the students' page, and the script that checks their computer;
- `site`: the start page of a site in which the labs run in the browser.

The terms of the glossary are in one of their own, because a term is a word and may be another one in a sentence.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources

from coursebuild import glossary
from coursebuild.course import AuthoredCourse
from coursebuild.figures import IMAGE
from coursebuild.locale import code, markdown, page
from coursebuild.locale.sentences import templates
from coursebuild.locale.words import Say, listed
from coursebuild.parse import AuthoredCell, AuthoredLab, Role
from coursebuild.source import own_code

COMMON, GLOSSARY = "common", "glossary"
SPOKEN = ("checks", "mistakes", "generated", "engine", "report", "students", "site")
"""Catalogues of sentences that are translated when they are said."""
_OPERATORS = listed(
    "arguments arithmetic brackets calls curves figures members memory randomness results sampling statements values "
    "variables words"
)
_GENERATED = ["code", *(f"operators.{name}" for name in sorted(_OPERATORS))]
_JUDGE = listed(
    "argument_relations diagnosis exceptions leftovers messages relations session subject testcell value_facts"
)
_ENGINE = [
    *(f"judge.{name}" for name in sorted(_JUDGE)),
    *(f"repair.{name}" for name in ("__init__", "choosing", "reading", "rebuild")),
    *(f"grading.{name}" for name in ("finished", "submission", "batch", "worker_client")),
    *("sandbox.client", "runner.audit", "runner.outputs", "runner.shell", "runner.magics", "runner.drawing"),
    *("nbgrader_plugin.feedback", "notebook.demonstrations"),
]
_REPORT = ("report.page", "report.plots", "report.pseudonyms", "gradebook.statistics.attention", "similar.agreement")
_PUBLISH = ("publish.contents", "publish.launch")
_PAGE = ("- `", "**", "## ", "The copies", "with answers", "answers follow")
"""How the texts begin that are added to the students' page."""
_WORDS = {
    "checks": sorted(["not yet", "not run", *listed("expected got right open twice second third fourth fifth sixth")]),
    "generated": sorted(listed("rounding inside outside before after equal tanh cosh sinh tan sin cos")),
    "engine": (
        "passed",
        "failed",
        "timeout",
        "memory",
        "output",
        "crash",
        "not answered",
        "not gradable",
        "graded",
        "twice",
        "first",
        "last",
    ),
    "report": ("solved", "wrong", "students", "median", "attention", "exercises", "mistakes"),
}
"""Single words of sentences, which nothing marks as such."""
_SAID = re.compile(r"\{\{-?\s*((?:'(?:[^'\\]|\\.)*'|\().*?\|\s*say\b.*?)\}\}")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_PATTERN = re.compile(r"color-mix|var\(--|\\[wdsb.]|\(\?:|\.\*|\.\+|\w\|\w")
_ARGUMENT = re.compile(r"`([NPQ])`")  # the operators put names in their place
_SEVERAL = (  # and make a plural of these
    ("{N} seems", "{told} seem, each,"),
    ("a curve seems to lie on its side", "the curves seem to lie on their sides"),
    ("a curve seems", "the curves seem"),
)
_UNSAID = re.compile(
    r"^(?:argument (?:as factor|divides|added|subtracted|ignored)|length of an argument|one place (?:wrong|right)|"
    r"by sign|(?:last|first) (?:result missing|one missing|one only)|other shape|more than one|cut to whole numbers|"
    r"one minus|square root|share (?:added|subtracted)|(?:sum|mean|first|last|largest) everywhere|"
    r"(?:row|column) sums|(?:rows|columns) reversed|running sum|"
    r"ufunc 'bitwise_xor'.*|Integers to negative integer powers|"
    r"relation: .*|generated: .*|data flow .*|alone .*|not callable|invalid character|"
    r"invalid non-printable character|truth value of an array|Cannot cast ufunc|out of .*|too many indices|"
    r"invalid index to scalar|%s.*|repair failed .*|A runner reports .*|a message .*|an answer to .*|"
    r"a question that .*|more than one answer|a second notice|Cell In\[|Stopped\. .*|<frozen.*|"
    r"outside upper center|No grading worker .*|The cluster gave up.*)$"
)


@dataclass
class Message:
    """A message, and where it is.

    Attributes:
        kind: what it is, for translators.
        places: files or cells in which it stands.
    """

    kind: str
    places: list[str] = field(default_factory=list)


Messages = dict[str, dict[str, Message]]
"""Catalogue -> message -> what is known of it, in order."""


def messages(course: AuthoredCourse, labs: Iterable[AuthoredLab]) -> Messages:
    """All messages of a course."""
    found: Messages = {}
    given = _Collector("labs")
    code.rewrite(course.given, given.at("labs/given.py"), comments=False) if course.given else None
    for name, text in course.pages.items():
        page.rewrite_page(text, given.at(f"labs/{name}"))
    if course.text_stub:
        given.at("nbgrader_config.py")(course.text_stub, "the empty answer of a written question")
    markdown.rewrite(course.note, given.at("coursebuild/inclass.py"))
    by_lab = {lab.name: _of_lab(lab, course) for lab in labs}
    common = given.found
    for name, own in by_lab.items():
        for message, what in list(own.items()):
            others = [other for other in by_lab if other != name and message in by_lab[other]]
            if message in common or others:
                _merge(common, message, what)
                del own[message]
                for other in others:
                    _merge(common, message, by_lab[other].pop(message))
    found |= by_lab | {COMMON: common}
    found["checks"] = spoken_by_checks(course)
    found["checks"] |= {
        message: what
        for message, what in _sentences(
            {f"check/{n}.py": t for n, t in course.checks.items() if n == "facts"}
            | {f"hiddenchecks/{name}.py": text for name, text in course.hidden.items() if name != "probes"}
        ).items()
        if message not in found["checks"]
    }
    found["mistakes"] = _of_mistakes(course)
    found["generated"] = _generated()
    found["engine"] = _sentences(_modules("", _ENGINE)) | _of_template("nbgrader_plugin", "feedback/index.html.j2")
    found["report"] = _sentences(_modules("", _REPORT)) | _of_template("report", "report.html")
    for name, words in _WORDS.items():
        found[name] |= {word: Message("word") for word in words if word not in found[name]}
    said: set[str] = set()
    for name in SPOKEN[:-2]:
        found[name] = {message: what for message, what in found[name].items() if message not in said}
        said |= found[name].keys()
    found["students"] = _of_students(course)
    found["site"] = _of_site()
    found[GLOSSARY] = {
        message: Message(kind, [glossary.AUTHORED]) for message, kind in glossary.messages(course.glossary).items()
    }
    return {name: texts for name, texts in found.items() if texts}


class _Collector:
    def __init__(self, name: str) -> None:
        self.name = name
        self.found: dict[str, Message] = {}

    def at(self, place: str) -> Say:
        """Collects messages of one place."""

        def say(message: str, kind: str) -> str:
            what = self.found.setdefault(message, Message(kind))
            if place not in what.places:
                what.places.append(place)
            return message

        return say


def _merge(into: dict[str, Message], message: str, what: Message) -> None:
    known = into.setdefault(message, Message(what.kind))
    known.places += [place for place in what.places if place not in known.places]


def _of_lab(lab: AuthoredLab, course: AuthoredCourse) -> dict[str, Message]:
    collector = _Collector(lab.name)
    for cell in lab.cells:
        say = collector.at(f"{lab.path}:{cell.grade_id or cell.name or 'text'}")
        rewrite_cell(cell, course, say)
        for image in IMAGE.finditer(cell.source) if cell.is_markdown else ():
            name = image["target"].rpartition("/")[2]
            if name.endswith(".svg") and name in course.figures:
                page.rewrite_figure(course.figures[name].decode(), collector.at(f"labs/figures/{name}"))
    return collector.found


def rewrite_cell(cell: AuthoredCell, course: AuthoredCourse, say: Say) -> str:
    """The text of a cell with each of its messages as `say` gives it; answers and tests stay as they are.

    Functions of the course that a cell imports are written out, because their docstrings are messages, too.
    """
    if cell.role in (Role.WRITTEN, Role.ANSWER, Role.TEST):
        return cell.source
    return markdown.rewrite(cell.source, say) if cell.is_markdown else code.rewrite(own_code(cell, course), say)


def spoken_by_checks(course: AuthoredCourse) -> dict[str, Message]:
    """What the checks say that students call."""
    return _sentences({f"check/{name}.py": text for name, text in course.checks.items() if name != "words"})


def _sentences(texts: dict[str, str]) -> dict[str, Message]:
    return {
        message.rstrip("\n"): Message("sentence", places)
        for message, places in templates(texts).items()
        if not (_PATTERN.search(message) or _UNSAID.match(message) or "\n" in message.rstrip("\n"))
    }


def _generated() -> dict[str, Message]:
    found: dict[str, Message] = {}
    for message, what in _sentences(_modules("error_model", _GENERATED)).items():
        named = _ARGUMENT.sub(r"{\1}", message)
        # a tail that stands right behind a word may be missing
        texts = list(dict.fromkeys(re.sub(r"(?<=\w)\{of\}", owner, named) for owner in ("", " of {of}")))
        texts += [named.replace(one, several) for one, several in _SEVERAL if one in named][:1]
        for text in texts:
            found.setdefault(text, what)
    return found


def _modules(package: str, names: Iterable[str]) -> dict[str, str]:
    found = {}
    for name in names:
        parts = [part for part in ("autograder", package, *name.split(".")) if part and part != "__init__"]
        module = importlib.import_module(".".join(parts))
        found[f"autograder/{'/'.join(parts[1:])}"] = inspect.getsource(module)
    return found


def _of_mistakes(course: AuthoredCourse) -> dict[str, Message]:
    collector = _Collector("mistakes")
    for exercise, texts in course.mistakes.items():
        for name, text in texts.items():
            if sentence := " ".join((ast.get_docstring(ast.parse(text)) or "").split()):
                collector.at(f"mistakes/{exercise}/{name}.py")(sentence, "sentence about a mistake")
    return collector.found


def _of_template(package: str, name: str) -> dict[str, Message]:
    """What a page's template says: `{{ 'Points' | say }}`, and `('1 pair' if ... else '{count} pairs') | say`."""
    collector = _Collector(package)
    text = resources.files(f"autograder.{package}").joinpath("templates").joinpath(name).read_text(encoding="utf-8")
    for expression in _SAID.findall(text):
        for message in _QUOTED.findall(expression.partition("say(")[0]):
            collector.at(f"autograder/{package}/templates/{name}")(message.replace("\\'", "'"), "text of a page")
    return collector.found


def _of_site() -> dict[str, Message]:
    found = _of_template("publish", "site.html")
    collector = _Collector("site")
    text = resources.files("autograder.publish").joinpath("templates/site.html").read_text(encoding="utf-8")
    page.rewrite_page(text, collector.at("autograder/publish/templates/site.html"))
    collector.at("autograder/commands/publish.py")("Labs of {course}", "text of a page")
    return found | collector.found


def _of_students(course: AuthoredCourse) -> dict[str, Message]:
    collector = _Collector("students")
    for name, text in course.handouts.items():
        if name.endswith(".md"):
            markdown.rewrite(text, collector.at(name))
        elif name.endswith(".py"):
            code.rewrite(text, collector.at(name), comments=False)
    for message, what in _sentences(_modules("", _PUBLISH)).items():
        if message.startswith(_PAGE):
            markdown.rewrite(message, collector.at(what.places[0]))
    return collector.found
