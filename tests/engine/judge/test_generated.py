"""Mistakes that nobody catalogued: generated, told apart by probes, told only on good evidence."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.judge import kept_files, kept_tables, known_answers, rarer
from autograder.judge.clean_state import clean_state
from autograder.judge.kept_tables import table_of
from autograder.judge.known_answers import KnownAnswers, make_table
from autograder.judge.oracle import Mistake, Oracle
from autograder.judge.probes import alone, probes
from autograder.judge.stepping import StepCounter, compiled
from autograder.judge.trial import Asked
from autograder.model.lab import Lab
from autograder.model.record import Record, Verdict
from autograder.notebook.parsed_lab import parse_lab
from autograder.protocol import codec
from tests.engine.judge.labs import lab_of, record_of

SLOPE = lab_of(
    "import numpy as np\nassert np.isclose(task(0.3, 2.5), -1.9), 'no'\nassert task(1.5, 0.5) == 2.5, 'second'",
    answer="def task(x, w):\n    return 2 * x - w",
    mistakes={"zero": '"""Zero."""\ndef task(x, w): return 0 * x'},
)
TRAIN = """\
def task(X, N, lr, seed):
    rng = np.random.default_rng(seed)
    w = np.array([1.0, -1.0])
    for _ in range(N):
        x = rng.choice(X)
        w = w - lr * 2 * (w[0] * x + w[1] - x**2) * np.array([x, 1.0])
    return w
"""
TRAIN_TEST = """\
import numpy as np
w = task(np.array([0.5, -1.5, 2.0]), 0, 0.1, 3)
assert np.allclose(w, [1, -1]), "start"
assert np.allclose(task(np.array([0.7]), 1, 0.1, 3), [1.1106, -0.842]), "one step"
assert np.shape(task(np.array([0.5, -1.5, 2.0, 0.25]), 5, 0.1, 3)) == (2,), "shape"
"""
TRAININGS = lab_of(
    TRAIN_TEST,
    answer=TRAIN,
    mistakes={
        "uphill": '"""Uphill."""\n' + TRAIN.replace("w - lr", "w + lr"),
        "one_short": '"""One short."""\n' + TRAIN.replace("range(N)", "range(N - 1)"),
        "unseeded": '"""Unseeded."""\n' + TRAIN.replace("default_rng(seed)", "default_rng()"),
    },
    compare=False,
)


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(kept_files.FOLDER_VARIABLE, str(tmp_path))
    return iter(())


def oracle(lab: Lab) -> Oracle:
    return Oracle(parse_lab(lab))


def test_a_mistake_that_nobody_catalogued_gets_a_sentence() -> None:
    record = record_of(SLOPE, "def task(x, w):\n    doubled = x + x\n    return doubled + w")
    assert record.verdict is Verdict.FAILED
    assert record.mistake is not None
    assert "plus" in record.message
    assert "minus" in record.message
    assert record_of(SLOPE, "def task(x, w): return 0.0").mistake == "zero"


@pytest.mark.parametrize(
    "answer",
    [
        "def task(x, w): return 2 * x + w if x < 1 else 7.25",  # a mistake's answer to one question only
        "def task(x, w): return 3.1 * x - 0.7 * w",
        "def task(x, w): raise ValueError('no')",
    ],
)
def test_what_agrees_with_nothing_is_told_as_expected_and_got(answer: str) -> None:
    record = record_of(SLOPE, answer)
    assert record.mistake is None


ROWS = lab_of(
    "import numpy as np\nassert np.shape(task(np.ones(2), np.ones(3))) == (2, 3), 'shape'\n"
    "assert np.allclose(task(np.array([0.5, 2]), np.array([1.5, 3])), [[-1, -2.5], [0.5, -1]]), 'values'\n"
    "assert np.allclose(task(np.array([1, 2]), np.array([0.5])), [[0.5], [1.5]]), 'whole'",
    answer="def task(x, w):\n    x = np.asarray(x, float)\n    return x[:, np.newaxis] - w",
)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("np.subtract.outer(x, w).T", "rows and columns"),
        ("np.subtract.outer(x, w).T.ravel()", "one long row"),
        ("np.subtract.outer(x, w).T.reshape(len(x), len(w))", "a reshape is no transpose"),
        ("np.subtract.outer(x, w).astype(np.asarray(x).dtype)", "decimals are cut off"),
        ("np.subtract.outer(x, [1.0, 2.0])", "`w` has no influence"),
    ],
)
def test_results_of_another_shape_or_kind_are_told_apart(answer: str, said: str) -> None:
    assert said in record_of(ROWS, f"def task(x, w):\n    return {answer}").message.lower()


def test_what_no_table_has_room_for_is_tried_where_nothing_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_answers, "SINGLES", 4_000)
    monkeypatch.setattr(known_answers, "PAIRS", 0)
    few = table_of(oracle(SLOPE).workbooks["task"]).mutants
    record = record_of(SLOPE, "def task(x, w):\n    return 2 * x - w * w")
    assert record.mistake is not None
    assert record.mistake.startswith("generated: ")
    assert record.mistake.removeprefix("generated: ") not in {mutant.name for mutant in few}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("2 * x - w + 0.25 * x", "what it should be plus 0.25 times `x`"),
        ("min(2 * x - w, 1.5)", "No number is above 1.5, though some should be"),
    ],
)
def test_a_relation_is_told_where_no_mistake_fits(answer: str, said: str) -> None:
    assert said in record_of(SLOPE, f"def task(x, w):\n    return {answer}").message


def test_what_is_raised_elsewhere_hides_no_mistake() -> None:
    record = record_of(SLOPE, "def task(x, w):\n    if isinstance(w, int): raise ValueError\n    return 2 * x + w")
    assert record.mistake is not None
    assert "plus" in record.message


PICKS = lab_of(
    "import numpy as np\nnets = [np.array([1.0, 2.0]), np.array([3.0, 0.5])]\n"
    "assert np.array_equal(task(nets, 2.0), nets[0]), 'least'\nassert np.array_equal(task(nets[::-1], 2.0), nets[0])",
    answer="def task(nets, x):\n    return nets[int(np.argmin([np.sum(net[:1]) * x for net in nets]))]",
)


def test_what_is_picked_from_the_arguments_once_or_twice_is_no_evidence() -> None:
    record = record_of(PICKS, "def task(nets, x):\n    return nets[0] if sum(nets[0]) < 3.2 and x > 1.9 else nets[1]")
    assert record.mistake is None or not record.mistake.startswith("generated: ")


def test_right_answers_have_no_mistake() -> None:
    lab = dataclasses.replace(SLOPE, alternatives={"task": {"sum": "def task(x, w): return x + x - w"}})
    assert record_of(lab, "def task(x, w): return -(w - x - x)").message == ""


def swapped(text: str) -> str:
    return text.replace("np.random.default_rng(", "np.random.RandomState(")


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (swapped(TRAIN.replace("w - lr", "w + lr")), "uphill"),
        (swapped(TRAIN.replace("range(N)", "range(N - 1)")), "one_short"),
        (TRAIN.replace("default_rng(seed)", "default_rng([seed, 5])").replace("w - lr", "w + lr"), "uphill"),
        (
            "import random\n"
            + TRAIN.replace("np.random.default_rng(seed)", "random.Random(seed)")
            .replace("choice(X)", "choice(list(X))")
            .replace("w - lr", "w + lr"),
            "uphill",
        ),
    ],
)
def test_mistakes_of_trainings_are_recognised_whatever_they_draw_with(answer: str, mistake: str) -> None:
    record = record_of(TRAININGS, answer)
    assert record.mistake == mistake


KEPT = "START = np.array([1.0, -1.0])\n" + TRAIN.replace("np.array([1.0, -1.0])", "START").replace("w = w -", "w -=")
TWICE = lab_of(
    TRAIN_TEST + "X = np.arange(4.0)\nassert np.allclose(task(X, 5, 0.1, 3), task(X, 5, 0.1, 3)), 'twice'\n",
    answer=TRAIN,
    mistakes={"kept": f'"""Kept."""\n{KEPT}', "unseeded": TRAININGS.mistakes["task"]["unseeded"]},
    compare=False,
)


@pytest.mark.parametrize("draw", [str, swapped])
def test_a_training_that_goes_on_where_it_stopped_is_not_taken_for_chance(draw: Callable[[str], str]) -> None:
    """Two calls differ in both cases; a replay of all calls, with the same generator, tells which it is."""
    assert record_of(TWICE, draw(KEPT)).mistake == "kept"


def test_right_trainings_pass_whatever_they_draw_with() -> None:
    assert record_of(TRAININGS, swapped(TRAIN)).message == ""


def test_what_depends_on_draws_is_found_without_knowing_the_lab() -> None:
    table = make_table(oracle(TRAININGS).workbooks["task"])
    drawn = {(len(args[0]), args[1]) for args, _ in (codec.decode(q[1] or b"") for q in table.drawn)}
    assert drawn == {(4, 5)}
    probes = [codec.decode(question[1] or b"")[0] for question in table.probes]
    assert any(len(X) > 1 and N == 0 for X, N, _, _ in probes)
    assert any(len(X) == 1 and N > 1 for X, N, _, _ in probes)


def known(table: KnownAnswers) -> object:
    return table.probes, table.drawn, table.keys, table.rows.tolist(), [mutant.text for mutant in table.mutants]


def test_tables_are_the_same_each_time_and_come_back_from_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = known(make_table(oracle(SLOPE).workbooks["task"]))
    assert known(table_of(oracle(SLOPE).workbooks["task"])) == made
    (path,) = tmp_path.rglob("*.msgpack")
    assert path.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(kept_tables, "make_table", None)  # nobody makes it again
    assert known(table_of(oracle(SLOPE).workbooks["task"])) == made


@pytest.mark.parametrize("content", [b"", b"nonsense", b"x" * 100_000])
def test_broken_files_are_made_anew(tmp_path: Path, content: bytes) -> None:
    made = known(table_of(oracle(SLOPE).workbooks["task"]))
    (path,) = tmp_path.rglob("*.msgpack")
    good = path.read_bytes()
    path.write_bytes(content)
    assert known(table_of(oracle(SLOPE).workbooks["task"])) == made
    assert path.read_bytes() == good


def test_files_that_others_may_write_are_not_read(tmp_path: Path) -> None:
    workbook = oracle(SLOPE).workbooks["task"]
    table_of(workbook)
    (path,) = tmp_path.rglob("*.msgpack")
    path.write_bytes(kept_tables._packed(KnownAnswers()))
    assert len(table_of(oracle(SLOPE).workbooks["task"]).mutants) == 0
    path.chmod(0o666)
    assert len(table_of(oracle(SLOPE).workbooks["task"]).mutants) > 0


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept_files.FOLDER_VARIABLE, "")
    assert len(table_of(oracle(SLOPE).workbooks["task"]).mutants) > 0
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv(kept_files.FOLDER_VARIABLE, str(blocked))
    assert len(table_of(oracle(SLOPE).workbooks["task"]).mutants) > 0


def test_mutants_that_never_end_or_hang_cost_themselves_only(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "endless": "def task(x, w):\n    while True:\n        try: x += 1\n        except BaseException: pass",
        "hangs": "import time\ndef task(x, w):\n    sum(range(10**12))",
        "huge": "import numpy as np\ndef task(x, w): return np.ones(10**11)",
        "plus": "def task(x, w): return 2 * x + w",
    }
    mutants = [Mistake(name, text, (name,)) for name, text in texts.items()]
    monkeypatch.setattr(known_answers, "_singles", lambda workbook, most: iter(mutants))
    monkeypatch.setattr(known_answers, "_pairs", lambda workbook: iter(()))
    found = {mutant.name for mutant in table_of(oracle(SLOPE).workbooks["task"]).mutants}
    assert {"plus"} <= found <= {"plus", "huge"}


def test_a_known_value_explains_nothing_where_the_test_says_something_else() -> None:
    """`b` is wrong as in the mistake, but its sentence holds only as long as `a` is right."""
    lab = lab_of(
        "assert abs(a + b) < 0.1, f'the sum is {a + b}'",
        answer="a, b = 1.0, -1.0",
        mistakes={"too_high": '"""The right slope, but too high."""\na, b = 1.0, 0.0'},
    )
    assert record_of(lab, "a, b = 1.0, 0.0").mistake == "too_high"
    assert record_of(lab, "a, b = 7.5, 0.0").mistake is None


def test_a_guessable_number_is_no_evidence_but_a_fact() -> None:
    """That 0.5 is five times 0.1 may be chance; that it is one half is not."""
    lab = lab_of("assert rate < 0.3, 'too large'", answer="rate = 0.1", compare=False)
    for answer, fact in (("rate = 1", "`rate` is 1"), ("rate = 0.5", "`rate` is one half"), ("rate = 0.4", "")):
        record: Record = record_of(lab, answer)
        told = f"too large. {fact}: check whether that is what is asked for." if fact else "too large."
        assert (record.message, record.mistake is None) == (told, not fact)


def test_probes_in_which_one_argument_is_moved_alone() -> None:
    given: tuple[Any, ...] = (np.array([0.5, 2.5]), 3.5, 2)
    found = [codec.decode(arguments or b"")[0] for _, arguments in alone([("f", codec.encode((given, {})))])]
    changed = [[not np.array_equal(one, other) for one, other in zip(given, made, strict=True)] for made in found]
    assert changed == [[True, False, False], [False, True, False], [False, False, True]]


def test_probes_are_deterministic_and_keep_kinds() -> None:
    call = ("f", codec.encode(((np.array([0.0, 1.0, 1.0]), 3, 0.5), {})))
    made = probes([call])
    assert made == probes([call])
    assert made != probes([call], 1)
    for _, arguments in made:
        (labels, count, rate), _ = codec.decode(arguments or b"")
        assert isinstance(count, int)
        assert isinstance(rate, float)
        assert labels.dtype in (float, int)


def test_an_endless_result_is_given_up_and_arguments_of_any_kind_stay_as_they_are() -> None:
    """A wrong answer may return its result a million times, or change what no array's copy keeps apart."""
    workbook = oracle(SLOPE).workbooks["task"]
    question = ("task", codec.encode((({1, 2}, [np.ones(2)]), {})))
    asked = Asked(question)

    def answer(text: str) -> Any:
        subject = workbook.fresh(Mistake("", text))
        assert subject is not None
        with clean_state():
            return asked.of(subject)

    started = time.process_time()
    assert answer("def task(x, w): return w * 300_000").get(("raised", "")).type_name == "TooLarge"
    assert time.process_time() - started < 2
    for _ in range(2):
        assert answer("def task(x, w):\n    x.add(3)\n    return len(x)")["", ""] == 3


def test_steps_of_comprehensions_count_wherever_they_stand() -> None:
    """Only where no expression holds one may the counter look at statements alone."""
    counter = StepCounter()
    for text, steps in [
        ("for i in range(3):\n    pass", 3),
        ("a = [i for i in range(3)]", 3),
        ("for i in range(2):\n    b = sum(\n    j\n    for j in range(3))", 8),
        ("f = lambda: {i for i in range(3)}\nf()", 3),
        ("# for\nif True:\n    while True:\n        break", 1),
        ("try:\n    1 / 0\nexcept ZeroDivisionError:\n    for i in 'ab':\n        'for'", 2),
    ]:
        space: dict[str, Any] = {}
        counter.install(space)
        counter.taken = 0
        exec(compiled(text), space)
        assert counter.taken == steps, text


def test_a_search_among_pictures_ends_as_soon_as_one_among_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = "import matplotlib.pyplot as plt\nx = [0.0, 1.0, 2.0]\nfig, ax = plt.subplots()\nax.plot(x, x)\n"
    lab = lab_of("assert fig.axes[0].lines[0].get_xdata()[-1] == 2", answer=picture, mistakes={})
    workbook = oracle(lab).workbooks["task"]
    assert workbook.reference is not None
    right = {question: workbook.reference.to(question) for question in workbook.questions}
    monkeypatch.setattr(rarer, "STEPS", 3 * known_answers.FIGURE_COST)
    tried: list[int] = []

    def begin(label: int) -> bool:
        tried.append(label)
        return True

    rarer._found(workbook, KnownAnswers(), right, list(right), begin)
    assert 0 < len(tried) <= 4
