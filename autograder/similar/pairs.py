"""Pairs of students, ranked by what is rare in common.

A feature says the more, the fewer of the class share it: nothing if most do or if everybody was given it, little if the
course knows it as a form that different students find, most if only two do. An exercise counts if what it has in common
is a large part of what is rare in it: two independent answers share a passage here and there, a copy shares nearly all.
Where each answer is short or known, many answers alike tell what one does not, see `autograder.similar.agreement`; what
else two have in common, comments, names, words or own cells, adds to that.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from autograder.similar.agreement import agreements, enough, forms_of
from autograder.similar.features import FILE, WEIGHTS, Feature, StudentWork
from autograder.similar.traces import SENTENCES, kind_of

LEAST = 10.0
"""Evidence from which a pair is listed; a passage that only these two have counts 1."""
LEAST_SHARE = 0.5
CHANCE_SHARE, FULL_SHARE = 0.35, 0.75
"""Share of what is rare in an exercise that chance explains, and from which on all that is in common counts."""
LEAST_SAID = 0.2
"""Weight from which something in common is worth a sentence."""
LONG = 12.0
"""Evidence in one exercise that counts even if it is a small part of it."""
KNOWN_MOST = 3.0
"""Evidence that what the course knows gives in one exercise: a known answer's hundred passages are one choice."""
TRACES_MOST = 20.0
"""Evidence that traces give, however many: a file's are all from one copy of it."""
WHOLE = 0.95
BESIDES = frozenset({"comment", "name", "words", "cell"})
"""What answers that are alike need not have in common: it adds to what these say, where neither is enough alone."""
MOST_SHARING = 60
"""Features that more students share point to nobody."""
LARGE_CLASS = 40
"""Students from which on what only two have says all it can."""
KNOWN_AT_LEAST, KNOWN_SHARE = 4, 0.1
CANDIDATES = 2000


@dataclass(frozen=True)
class Shared:
    """One thing in common.

    Attributes:
        feature: what.
        students: how many of the class have it.
        weight: how much it says.
    """

    feature: Feature
    students: int
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two students who share what is rare.

    Attributes:
        first, second: their work.
        evidence: sum of the weights that count.
        shares: exercise -> share of what is rare in it that is in common, 0 to 1, for the exercises that count.
        shared: what is in common in these exercises, largest weight first.
        agreement: logarithm of how much likelier a copy has as many answers alike than two who work alone; 0 if that
            is not enough to tell.
        alike: exercises whose answers are alike; [] if they are not enough to tell.
        laid_out: those whose lines are alike down to their blanks, too.
    """

    first: StudentWork
    second: StudentWork
    evidence: float
    shares: dict[str, float]
    shared: tuple[Shared, ...]
    agreement: float = 0.0
    alike: tuple[str, ...] = ()
    laid_out: tuple[str, ...] = ()

    def reasons(self) -> list[str]:
        """What is rare in common, one sentence each, most telling first."""
        by_kind: dict[tuple[str, str], list[Shared]] = defaultdict(list)
        for each in (each for each in self.shared if each.weight >= LEAST_SAID):
            if each.feature.kind == "trace":
                continue
            kind = "code" if each.feature.kind in ("passage", "statement") else each.feature.kind
            by_kind[kind, each.feature.where].append(each)
        order = sorted(by_kind.items(), key=lambda item: -sum(each.weight for each in item[1]))
        reasons = [self._reason(kind, where, items) for (kind, where), items in order]
        if self.laid_out:
            reasons.insert(0, f"{_answers(self.laid_out, 'alike down to blanks and line ends')}")
        if self.alike:
            reasons.insert(0, f"{_answers(self.alike, 'alike but for names, comments and order')}")
        if traces := self._traces():
            reasons.insert(0, traces)
        return reasons

    def _traces(self) -> str:
        """What the files have in common that nobody types; "" if nothing."""
        traces = [each for each in self.shared if each.feature.kind == "trace"]
        counts = Counter(kind_of(str(each.feature.value)) for each in traces)
        if not counts:
            return ""
        said = ", ".join(
            SENTENCES[kind].format(f"{count} {'cell' if count == 1 else 'cells'}") for kind, count in counts.items()
        )
        fewest = min(each.students for each in traces)
        return f"{FILE}: {said}. These cells are from one file ({_rarity(fewest)})."

    def _reason(self, kind: str, where: str, items: Sequence[Shared]) -> str:
        most = max(items, key=lambda each: each.weight)
        texts = [f"“{self.first.shown[each.feature]}”" for each in items if each.feature in self.first.shown][:3]
        listed = ", ".join(texts)
        share = self.shares.get(where, 0.0)
        sentences = {
            "code": f"{min(100 * share, 100):.0f} % of what is rare in the code is in common, whatever its names",
            "mistake": f"the same unusual mistake, {listed}",
            "comment": f"comments in common, {listed}",
            "name": f"unusual names in common, {listed}",
            "cell": "a whole cell is the same but for names and layout",
            "words": f"passages of text in common, {listed}",
        }
        return f"{where}: {sentences[kind]} ({_rarity(most.students)})."

    @property
    def whole(self) -> bool:
        """Whether the notebooks are the same wherever they are unlike the rest of the class."""
        return (
            bool(self.shares)
            and min(self.shares.values()) >= WHOLE
            and self.shares.keys() >= {where for work in (self.first, self.second) for where, _ in work.cells}
        )


def _rarity(students: int) -> str:
    return "only these two" if students == 2 else f"{students} students"


def _answers(exercises: Sequence[str], how: str) -> str:
    """A sentence on answers that are alike."""
    count = "1 answer is" if len(exercises) == 1 else f"{len(exercises)} answers are"
    return f"{count} {how}: {', '.join(exercises)}."


def similar_pairs(works: Sequence[StudentWork], given: Set[Feature], known: Set[Feature], most: int = 20) -> list[Pair]:
    """The pairs that share most of what is rare, largest evidence first; [] if none stands out.

    Args:
        works: the class.
        given: what everybody was given; it counts nothing.
        known: what the course knows as an answer that different students find by themselves.
        most: how many pairs are returned at most.
    """
    counts = Counter(feature for work in works for feature in work.features if feature not in given)
    weights = weights_of(counts, known, len(works))
    holders: dict[Feature, list[int]] = defaultdict(list)
    for position, work in enumerate(works):
        for feature in work.features:
            if 2 <= counts.get(feature, 0) <= MOST_SHARING and weights[feature] > 0:
                holders[feature].append(position)
    evidence: Counter[tuple[int, int]] = Counter()
    besides = np.zeros((len(works), len(works)))
    for feature, positions in holders.items():
        for two in combinations(positions, 2):
            evidence[two] += weights[feature]  # type: ignore[assignment]
            if feature.kind in BESIDES:
                besides[two] += weights[feature]
    agreement, needed = agreements(works, given), enough(len(works))
    together = np.triu((agreement > 0) & (agreement / needed + besides / LEAST >= 1), 1)
    candidates = [two for two, total in evidence.most_common(CANDIDATES) if total >= LEAST]
    candidates += [(int(one), int(other)) for one, other in np.argwhere(together)]
    pairs = []
    for one, other in dict.fromkeys(candidates):
        pair = pair_of(works[one], works[other], counts, weights, known)
        if together[one, other]:
            pair = _with_agreement(pair, float(agreement[one, other]), given, counts)
        if pair.evidence >= LEAST or pair.alike or pair.laid_out:
            pairs.append(pair)

    def order(pair: Pair) -> tuple[float, str, str]:
        return -pair.evidence / LEAST - pair.agreement / needed, pair.first.student, pair.second.student

    return sorted(pairs, key=order)[:most]


def weights_of(counts: Counter[Feature], known: Set[Feature], students: int) -> dict[Feature, float]:
    """What each feature of the class says: in a small class little, since two of ten share many things by chance."""
    size = max(students, 3)
    surprise = math.log(size / 2)
    scale = min(math.sqrt(surprise / math.log(LARGE_CLASS / 2)), 1.0)
    extra = max(KNOWN_AT_LEAST, round(KNOWN_SHARE * size))

    def rarity(feature: Feature, count: int) -> float:
        sharing = max(count, 2) + (extra if feature in known else 0)
        return scale * max(math.log(size / sharing) / surprise, 0.0) ** 3

    weights = {feature: WEIGHTS[feature.kind] * rarity(feature, count) for feature, count in counts.items()}
    # Random numbers say the same in a class of any size.
    return {feature: weight / (scale if feature.where == FILE else 1) for feature, weight in weights.items()}


def pair_of(
    first: StudentWork,
    second: StudentWork,
    counts: Counter[Feature],
    weights: dict[Feature, float],
    known: Set[Feature],
) -> Pair:
    """What two students have in common, and how much it says."""
    common: dict[str, list[Shared]] = defaultdict(list)
    for feature in first.features:
        if feature in second.features and weights.get(feature, 0.0) > 0:
            common[feature.where].append(Shared(feature, counts[feature], weights[feature]))
    total = 0.0
    shares: dict[str, float] = {}
    shared: list[Shared] = []
    for where, items in common.items():
        sum_common = sum(item.weight for item in items)
        if where == FILE:
            total += min(sum_common, TRACES_MOST)
            shared += items
            continue
        least = min(_rare(work, where, weights) for work in (first, second))
        share = sum_common / least if least else 0.0
        if share >= LEAST_SHARE or sum_common >= LONG:
            of_known = sum(item.weight for item in items if item.feature in known)
            telling = sum_common - max(of_known - KNOWN_MOST, 0.0)
            total += telling * min(max((share - CHANCE_SHARE) / (FULL_SHARE - CHANCE_SHARE), 0.0), 1.0)
            shares[where] = share
            shared += items
    ordered = sorted(shared, key=lambda each: (-each.weight, each.feature.kind, str(each.feature.value)))
    return Pair(first, second, total, dict(sorted(shares.items())), tuple(ordered))


def _with_agreement(pair: Pair, agreement: float, given: Set[Feature], counts: Counter[Feature]) -> Pair:
    """The pair with the answers that are alike."""
    first, second = (forms_of(work, given) for work in (pair.first, pair.second))
    forms = {where: found for where, found in first.items() if second.get(where) == found}
    shared = [Shared(form, counts[form], 0.0) for found in forms.values() for form in sorted(found)]
    one, other = (forms_of(work, given, "layout") for work in (pair.first, pair.second))
    laid_out = sorted(where for where, layout in one.items() if other.get(where) == layout)
    shares = dict(sorted({**pair.shares, **dict.fromkeys([*forms, *laid_out], 1.0)}.items()))
    alike = tuple(sorted(forms))
    return replace(
        pair, agreement=agreement, alike=alike, laid_out=tuple(laid_out), shares=shares, shared=(*pair.shared, *shared)
    )


def _rare(work: StudentWork, where: str, weights: dict[Feature, float]) -> float:
    """How much there is in one exercise that could be in common."""
    return sum(weights.get(feature, 0.0) for feature in work.features if feature.where == where)
