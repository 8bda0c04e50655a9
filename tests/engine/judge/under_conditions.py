"""Tests that say under which conditions a call runs: warnings, NumPy's errors, figures that stay open."""

from __future__ import annotations

WARNS = (
    "import warnings\ndef root(x):\n    if x < 0:\n        warnings.warn('negative', RuntimeWarning)\n"
    "    return abs(x) ** 0.5"
)
SILENT = "def root(x):\n    return abs(x) ** 0.5"
RECORDED = (
    "import warnings\nwith warnings.catch_warnings(record=True) as caught:\n    warnings.simplefilter('always')\n"
    "    root(-1)\nassert len(caught) == 1 and issubclass(caught[0].category, RuntimeWarning)\n"
    "assert 'negative' in str(caught[0].message)\nassert root(4) == 2"
)
EXPECTED = "import pytest\nwith pytest.warns(RuntimeWarning, match='neg'):\n    root(-1)"
AS_ERRORS = (
    "import warnings\nwith warnings.catch_warnings():\n    warnings.simplefilter('error')\n    assert share(0, 1) == 0"
)
CAREFUL = "import numpy as np\ndef share(a, b):\n    return np.float64(a) / b if a else 0.0"
CARELESS = "import numpy as np\ndef share(a, b):\n    return float(np.nan_to_num(np.log(np.float64(a)), neginf=0))"
RAISING = "with np.errstate(all='raise'):\n    assert share(0, 1) == 0"
DRAWS = "import matplotlib.pyplot as plt\ndef draw(x):\n    plt.figure()\n    plt.plot(x, x)\n    plt.title('T')"
DRAWN = (
    "import matplotlib.pyplot as plt\nplt.close('all')\ndraw([1, 2])\n"
    "assert plt.gca().get_title() == 'T' and len(plt.gcf().axes) == 1\n"
    "assert len(plt.get_fignums()) == 1\ndraw([3, 4])\nassert len(plt.get_fignums()) == 2\nplt.close('all')"
)
HONEST_CONDITIONS = {
    "warnings recorded": (WARNS, RECORDED),
    "warnings expected": (WARNS, EXPECTED),
    "warnings as errors": (CAREFUL, AS_ERRORS),
    "errors of numbers": (CAREFUL, RAISING),
    "figures left open": (DRAWS, DRAWN),
}
FALSE_CONDITIONS = {
    "no warning": (WARNS, RECORDED, SILENT),
    "no warning where one is expected": (WARNS, EXPECTED, SILENT),
    "another warning": (WARNS, RECORDED, WARNS.replace("RuntimeWarning", "UserWarning")),
    "a warning that is an error": (CAREFUL, AS_ERRORS, CARELESS),
    "an error of numbers": (CAREFUL, RAISING, CARELESS),
    "warnings without end": (
        WARNS,
        RECORDED,
        "import warnings\ndef root(x):\n    while True:\n        warnings.warn('negative', RuntimeWarning)",
    ),
    "a warning of a class that lies": (
        WARNS,
        RECORDED,
        "import warnings\nclass RuntimeWarning(UserWarning):\n    pass\nRuntimeWarning.__mro__ = None\n"
        "def root(x):\n    warnings.warn('positive', RuntimeWarning)\n    return 2",
    ),
    "nothing drawn": (DRAWS, DRAWN, "def draw(x):\n    pass"),
    "figures without end": (
        DRAWS,
        DRAWN,
        "import matplotlib.pyplot as plt\nplt.rcParams['figure.max_open_warning'] = 0\n"
        "def draw(x):\n    for _ in range(30):\n        plt.figure()",
    ),
    "no figure in a figure's place": (
        DRAWS,
        DRAWN,
        "import matplotlib.pyplot as plt\nplt.get_fignums = lambda: [1]\nplt.figure = lambda *args: 'T'\n"
        "def draw(x):\n    pass",
    ),
}
