"""Made-up classes for the mini lab: answers that students wrote by themselves, and copies of some of them."""

from __future__ import annotations

import random
import re
from typing import Any

from autograder.model.lab import Lab
from autograder.notebook.parsed_lab import parse_lab
from autograder.similar.features import StudentWork, features_of_lab, read_work
from autograder.similar.pairs import Pair, similar_pairs
from tests.engine.fixtures.mini_lab import answered, code_cell, mini_lab

WORDS = (
    "value item number entry part step total base power root sum list array factor length size copy term",
    "check turn multiply add collect return go make take keep build count compare start stop use store test",
    "each every all the first last new old next same right left whole small large before after again here",
)
NOUNS, VERBS, REST = (line.split() for line in WORDS)
RIGHT = ["return x ** 2", "return np.asarray(x) ** 2", "return x * x", "return np.square(x)", "return np.power(x, 2)"]


def sentence(rng: random.Random) -> str:
    """A few words that nobody else has in this order."""
    return f"{rng.choice(VERBS)} {rng.choice(REST)} {rng.choice(NOUNS)} {rng.choice(REST)} {rng.choice(NOUNS)}"


def short_answer(rng: random.Random) -> str:
    """One of the few ways to write a short right answer."""
    comment = f"    # {sentence(rng)}\n" if rng.random() < 0.3 else ""
    return f"def square(x):\n{comment}    {rng.choice(RIGHT)}"


def long_answer(rng: random.Random) -> str:
    """A right answer of several statements: choices that each of several students makes, in an order of its own."""
    data, result, each = (rng.choice(NOUNS) + str(rng.choice(["", "s", 1, "_all"])) for _ in range(3))
    start = rng.choice([f"{data} = list(v)", f"{data} = np.asarray(v, dtype=float)", f"{data} = [w for w in v]",
                        f"{data} = v.copy() if hasattr(v, 'copy') else v", f"{data} = tuple(v)"])  # fmt: skip
    checks = rng.sample(
        [
            f"if len({data}) == 0:\n        return []",
            "if k is None:\n        raise ValueError('k')",
            f"assert len({data}) >= 0",
            f"size = len({data})",
            f"print(len({data}), k)",
            f"k = {rng.choice(['float(k)', 'k + 0', 'k * 1', '1 * k'])}",
        ],
        rng.randrange(4),
    )
    for _ in range(rng.randrange(3)):
        detour = f"{rng.choice(NOUNS)}_{rng.choice(NOUNS)}"
        checks.append(
            rng.choice(
                [
                    f"{detour} = {rng.choice(['sum', 'max', 'min', 'len', 'sorted'])}({data}) {rng.choice('+-*')} "
                    f"{rng.randrange(9)}",
                    f"{detour} = {data}[{rng.randrange(4)}:] if len({data}) > {rng.randrange(9)} else {data}",
                    f"{detour} = k {rng.choice('+-*/')} {rng.randrange(1, 99)}",
                    f"print('{sentence(rng)}', k, {rng.randrange(9)})",
                ]
            )
        )
    rng.shuffle(checks)
    core = rng.choice(
        [
            f"{result} = []\n    for {each} in {data}:\n        {result}.append(k * {each})",
            f"{result} = []\n    for {each} in range(len({data})):\n        {result}.append({data}[{each}] * k)",
            f"{result} = [0] * len({data})\n    for {each}, w in enumerate({data}):\n        {result}[{each}] = w * k",
            f"{result} = [{each} * k for {each} in {data}]",
            f"{result} = list(map(lambda {each}: {each} * k, {data}))",
            f"{result} = (np.array({data}) * k).tolist()",
            f"{result} = []\n    {each} = 0\n    while {each} < len({data}):\n"
            f"        {result} += [{data}[{each}] * k]\n        {each} += 1",
        ]
    )
    end = rng.choice([f"return {result}", f"return list({result})", f"out = {result}\n    return out"])
    lines = [start, *checks, core, end]
    if rng.random() < 0.4:
        lines.insert(rng.randrange(len(lines)), f"# {sentence(rng)}")
    return "def scale(v, k):\n" + "\n".join(f"    {line}" for line in lines)


def notebook(rng: random.Random) -> dict[str, Any]:
    """A notebook of a student who worked alone: right answers, an own cell now and then, a written answer."""
    written = f"I see: {sentence(rng)}, and {sentence(rng)}. {rng.choice(['It grows.', 'It is a parabola.', ''])}"
    filled = answered({"square": short_answer(rng), "scale": long_answer(rng), "observe": written})
    if rng.random() < 0.5:
        name = rng.choice(NOUNS)
        own = rng.choice([f"{name} = square({rng.randrange(9)})\nprint({name})", f"scale([1, 2], {rng.randrange(9)})",
                          f"for {name} in range({rng.randrange(3, 9)}):\n    print({name}, square({name}))",
                          "square(np.arange(5))"])  # fmt: skip
        filled["cells"].append(code_cell("own", own, "extra"))
    return filled


def renamed(text: str) -> str:
    """The same code with other names for everything that the student named."""
    for name in sorted(set(re.findall(r"\b[a-z]\w*\b", text)) & _own_names(), key=len, reverse=True):
        text = re.sub(rf"\b{name}\b", f"my_{name[::-1]}", text)
    return text


def _own_names() -> set[str]:
    return {noun + ending for noun in NOUNS for ending in ("", "s", "1", "_all")} | {"w", "size", "out"}


def works(notebooks: dict[str, dict[str, Any]], lab: Lab | None = None) -> list[StudentWork]:
    """What is compared."""
    parsed = parse_lab(lab or mini_lab())
    return [read_work(student, content, parsed) for student, content in notebooks.items()]


def pairs(notebooks: dict[str, dict[str, Any]], most: int = 20) -> list[Pair]:
    """The pairs of a class."""
    given, known = features_of_lab(parse_lab(mini_lab()))
    return similar_pairs(works(notebooks), given, known, most)


def independent(count: int, seed: int) -> dict[str, dict[str, Any]]:
    """A class in which everybody worked alone."""
    rng = random.Random(seed)
    return {f"s{number:03}": notebook(rng) for number in range(count)}


def cell_of(content: dict[str, Any], exercise: str) -> dict[str, Any]:
    """The answer cell of an exercise."""
    return next(
        cell
        for cell in content["cells"]
        if cell["metadata"]["autograder"].get("exercise") == exercise
        and cell["metadata"]["autograder"]["role"] in ("answer", "written")
    )
