"""Which cells may have changed Python itself, or a library, for all that comes after them.

Nothing is judged by this: it only says where it is worth the time to run a failed test again without such a cell.
"""

from __future__ import annotations

import re

_REACH = re.compile(
    r"""
    \b(?:__builtins__|__code__|asyncio|atexit|autograder|builtins|ctypes|fork|gc|get_ipython|globals|importlib|inspect
      |msgpack|multiprocessing|os|Popen|rcParams|resource|setattr|signal|subprocess|sys|system|Thread|threading
      |__import__|_thread|warnings)\b
    | (?<!:[ ])\b(?:matplotlib|np|numpy|pandas|pd|plt|pyplot|random)(?:\.\w+)*\s*=(?!=)  # np.exp = ..., plt = None
    | \bdel\s | ^\s*[!%]
    """,
    re.VERBOSE | re.MULTILINE,
)


def reaches_out(text: str) -> bool:
    """Whether a cell's text has a word in it with which more than its own names can be changed."""
    return _REACH.search(text) is not None
