"""Similar work: copies are found however they are disguised, and who worked alone is not listed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from autograder.similar.pairs import Pair
from autograder.similar.reading import read_code
from autograder.similar.winnowing import LENGTH, WINDOW, fingerprints
from tests.engine.fixtures.mini_lab import SCALE, SQUARE, answered, code_cell
from tests.engine.similar.classes import RIGHT, cell_of, independent, notebook, pairs, renamed, sentence

Notebook = dict[str, Any]
ORIGINAL = {
    "square": "def square(x):\n    return np.asarray(x) ** 2",
    "scale": (
        "def scale(v, k):\n"
        "    # the trick with the running remainder, see p. 12\n"
        "    items = [entry for entry in v if entry is not None]\n"
        "    part = [entry - entry % 1 for entry in items]\n"
        "    rest = [entry % 1 for entry in items]\n"
        "    total = [k * (p + r) for p, r in zip(part, rest)]\n"
        "    return total[: len(items)]"
    ),
    "observe": "The curve bends upwards more and more, like a bowl that is open at the top, and never below zero.",
}


def original() -> Notebook:
    """An answer of somebody's own, with a cell of somebody's own."""
    content = answered(ORIGINAL)
    own = "steps = np.linspace(-2, 2, 9)\nfor step in steps:\n    print(round(float(square(step)), 3), 'at', step)"
    content["cells"].append(code_cell("mine", own, "extra"))
    return content


def with_other_names(content: Notebook) -> None:
    for cell in content["cells"]:
        if cell["metadata"]["autograder"]["role"] in ("answer", "extra"):
            for name in ("items", "entry", "part", "rest", "total", "steps", "step", "p", "r"):
                cell["source"] = renamed(cell["source"]).replace(f" {name} ", f" q_{name} ")


def reordered(content: Notebook) -> None:
    content["cells"].reverse()
    cell = cell_of(content, "scale")
    lines = cell["source"].split("\n")
    lines[3], lines[4] = lines[4], lines[3]
    cell["source"] = "\n".join(lines)


def without_comments(content: Notebook) -> None:
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = "\n".join(line for line in cell["source"].split("\n") if not line.strip().startswith("#"))


def with_own_words(content: Notebook) -> None:
    cell_of(content, "observe")["source"] = "It is a parabola: twice as far from zero, four times as high."


def laid_out_anew(content: Notebook) -> None:
    cell = cell_of(content, "scale")
    cell["source"] = cell["source"].replace("    ", "  ").replace("\n", "\n\n").replace(" + ", "+") + "\n# done by me"


def of(found: list[Pair]) -> list[set[str]]:
    return [{pair.first.student, pair.second.student} for pair in found]


@pytest.mark.parametrize("count", [8, 30, 120])
def test_who_worked_alone_is_not_listed(count: int) -> None:
    """Short right answers that all look alike, and longer ones that share a passage here and there."""
    assert of(pairs(independent(count, seed=7))) == []


@pytest.mark.parametrize(
    "disguise",
    [lambda content: None, with_other_names, reordered, without_comments, with_own_words, laid_out_anew],
    ids=["as it is", "renamed", "reordered", "without comments", "other words", "laid out anew"],
)
@pytest.mark.parametrize("count", [12, 80])
def test_a_copy_is_first(disguise: Callable[[Notebook], None], count: int) -> None:
    class_ = independent(count, seed=3) | {"ada": original(), "bob": original()}
    disguise(class_["bob"])
    found = pairs(class_)
    assert of(found)[:1] == [{"ada", "bob"}]
    assert len(found) == 1
    assert found[0].reasons()


def test_all_disguises_together_and_several_copies() -> None:
    """Four copies of different people are the first four."""
    rng = random.Random(11)
    class_ = independent(60, seed=5) | {"ada": original(), "bob": original()}
    for disguise in (with_other_names, reordered, without_comments, with_own_words):
        disguise(class_["bob"])
    planted = [{"ada", "bob"}]
    for number in range(3):
        theirs = notebook(rng)
        cell = cell_of(theirs, "scale")
        lines = [
            f"    {word}_{number} = [(w, {n}) for w in v][{n}:]" for n, word in enumerate(["north", "east", "south"])
        ]
        cell["source"] = f"def scale(v, k):\n    # {sentence(rng)} {sentence(rng)}\n" + "\n".join(
            [*lines, f"    return [k * w for w, _ in north_{number}]"]
        )
        mine = copy.deepcopy(theirs)
        cell_of(mine, "scale")["source"] = cell["source"].replace("north", "up").replace("east", "on")
        class_ |= {f"from{number}": theirs, f"to{number}": mine}
        planted.append({f"from{number}", f"to{number}"})
    found = of(pairs(class_))
    assert [pair for pair in planted if pair not in found[:10]] == []


def test_the_same_unusual_mistake_counts_and_a_common_one_does_not() -> None:
    class_ = independent(40, seed=9)

    def fail(student: str, mistake: str | None, message: str = "") -> None:
        for cell in class_[student]["cells"]:
            if cell["metadata"]["autograder"] == {"role": "test", "exercise": "square"}:
                record = {"verdict": "failed", "mistake": mistake, "message": message}
                cell["metadata"]["autograder"] |= {"record": record}

    students = sorted(class_)
    for student in students[:20]:
        fail(student, "doubled")
    assert of(pairs(class_)) == []
    for student in students[20:22]:
        class_[student] = original()
        with_own_words(class_[student])
        fail(student, None, "square(3) should be 9, yours gives 7.25")
    (pair,) = pairs(class_)
    assert {pair.first.student, pair.second.student} == set(students[20:22])
    assert any("the same unusual mistake, “square(3) should be 9, yours gives 7.25”" in text for text in pair.reasons())


def test_what_everybody_was_given_counts_nothing() -> None:
    """The release, and the reference answers that `%load` shows in class."""
    loaded = {"square": "# %load -s square ../solutions/square.py\n" + SQUARE, "scale": SCALE}
    class_ = {f"t{number}": answered(loaded) for number in range(2)} | independent(20, seed=2)
    assert of(pairs(class_)) == []


def test_nothing_to_compare() -> None:
    assert pairs({}) == []
    assert pairs({"ada": original()}) == []


def test_winnowing_finds_what_is_long_enough_wherever_it_stands() -> None:
    passage = [f"t{number}" for number in range(LENGTH + WINDOW - 1)]
    here = {found.value for found in fingerprints(["a", "b", *passage, "c"])}
    there = {found.value for found in fingerprints([*"defghijk", *passage])}
    assert here & there
    short = passage[: LENGTH - 1]
    assert not {f.value for f in fingerprints([*"abcdefghi", *short, *"jklmnopqr"])} & {
        f.value for f in fingerprints([*"stuvwxyzA", *short, *"BCDEFGHIJ"])
    }


@pytest.mark.parametrize("text", ["%%bash\nls", "def f(:\n  x = (", "x = '", "\t if", "é = 1; λ = é", "", "!ls\nx=1"])
def test_any_text_can_be_read(text: str) -> None:
    code = read_code(text)
    assert len(code.tokens) == len(code.lines)


def test_a_copy_of_short_answers_is_found_by_all_of_it_together() -> None:
    """Neither the answers, which others have as well, nor sentences and a comment tell enough by themselves."""
    rng = random.Random(2)
    made = ["[k * w for w in v]", "list(np.array(v) * k)", "[w * k for w in list(v)]", "list(map(lambda w: k * w, v))"]
    class_ = {
        f"s{number:02}": answered(
            {
                "square": f"def square(x):\n    # {sentence(rng)}\n    {RIGHT[number % 9 // 2]}",
                "scale": f"def scale(v, k):\n    return {made[number % 7 // 2]}",
                "observe": f"I see: {sentence(rng)}, then {sentence(rng)}. And {sentence(rng)}.",
            }
        )
        for number in range(40)
    }
    assert of(pairs(class_ | {"bob": copy.deepcopy(class_["s08"])})) == [{"s08", "bob"}]
