"""The students of the example class, with the share of exercises that each gets right or wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One student.

    Attributes:
        name: student id.
        first_name: first name, as the formgrader shows it.
        last_name: last name, as the formgrader shows it.
        right: share of exercises with a right answer.
        wrong: share of exercises with a mistake from the catalogue; the remaining exercises are left empty.
        unusual: whether right answers may have an unusual form.
        writes: share of written questions that are answered.
        hours_late: hours after the due date; negative means on time.
        missing: labs that were not handed in.
        loops: exercises with an infinite loop as their answer.
    """

    name: str
    first_name: str
    last_name: str
    right: float
    wrong: float = 0.0
    unusual: bool = True
    writes: float = 1.0
    hours_late: float = -20.0
    missing: tuple[str, ...] = ()
    loops: tuple[str, ...] = ()


PEOPLE = (
    Person("amara", "Amara", "Okafor", 1.0, unusual=False),
    Person("benedikt", "Benedikt", "Huber", 1.0),
    Person("chiara", "Chiara", "Conti", 1.0),
    Person("dmytro", "Dmytro", "Shevchenko", 0.9, 0.1),
    Person("eun_ji", "Eun-ji", "Park", 0.9, 0.1),
    Person("farid", "Farid", "Haddad", 0.9, 0.1, hours_late=30.0),
    Person("greta", "Greta", "Lindqvist", 0.85, 0.15),
    Person("hiroshi", "Hiroshi", "Tanaka", 0.85, 0.15),
    Person("ines", "Inês", "Duarte", 0.8, 0.2),
    Person("jakub", "Jakub", "Nowak", 0.8, 0.2, writes=0.5),
    Person("kavya", "Kavya", "Iyer", 0.8, 0.2),
    Person("lars", "Lars", "de Vries", 0.75, 0.25),
    Person("mei", "Mei", "Chen", 0.75, 0.2),
    Person("nadia", "Nadia", "Benali", 0.7, 0.3),
    Person("oscar", "Oscar", "Fernández", 0.7, 0.2, missing=("04_classification",)),
    Person("paula", "Paula", "Schäfer", 0.7, 0.3, loops=("affine", "update")),
    Person("quentin", "Quentin", "O'Neill", 0.6, 0.3),
    Person("rosa", "Rosa", "García López", 0.6, 0.4, writes=0.5),
    Person("samir", "Samir", "Aziz", 0.5, 0.4),
    Person("tamar", "Tamar", "Levi", 0.5, 0.3, writes=0.0),
    Person("ugo", "Ugo", "D'Angelo", 0.4, 0.4, missing=("03_backpropagation", "04_classification")),
    Person("vera", "Vera", "Novák", 0.4, 0.2, writes=0.5),
    Person("wanjiru", "Wanjiru", "Kamau", 0.3, 0.3, writes=0.0),
    Person("xavier", "Xavier", "Moreau", 0.0, 0.9),
    Person("yusuf", "Yusuf", "Yılmaz", 0.0, writes=0.0),
    Person("zofia", "Zofia", "Wiśniewska", 0.9, 0.1),
)

# Right answers that write to stderr, for which plain nbgrader gives no points. They are left out of the class, so that
# its scores can be compared.
NOISY = (
    "backprop/loop_with_warning",
    "forward/layers_as_objects",
    "gradients/bias_as_third_weight",
    "predict_proba/filled_in_a_loop",
    "sigmoid/chatty",
    "sigmoid/single_precision",
)

LOOP = "n = 0\nwhile n >= 0:\n    n = n + 1"

WRITTEN = (
    "The sigmoid goes from 0 to 1 and the tanh from -1 to 1. Both are flat at the ends and steep in the middle.",
    "A larger weight makes the step steeper, and the bias moves it to the left or to the right.",
    "Both curves look alike.",
    "The two curves have the same shape; tanh is the sigmoid stretched to the range from -1 to 1.",
    "With two neurons the network can go up and down again, which one neuron cannot.",
)
