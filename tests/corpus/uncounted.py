"""Submissions that use up memory and output where it is easily overlooked."""

from __future__ import annotations

from tests.corpus.case import MEMORY, OUTPUT, TIMEOUT, Case, block, hand_in
from tests.engine.fixtures.hidden_memory import HIDE, ORDINARY
from tests.engine.fixtures.mini_lab import SQUARE

TITLE = "Memory and output that are easily overlooked"

SHOWN = "from IPython.display import Markdown, clear_output, display\n"

CASES = [
    Case(
        "hidden shared memory",
        "writes shared mappings and gives their pages back, so that no process shows them",
        hand_in(block(HIDE, "for _ in range(160):\n    hide(16 << 20)", SQUARE)),
        square=MEMORY,
        risky=True,
    ),
    Case(
        "hidden shared memory, errors caught",
        "does the same, catches every error and waits",
        hand_in(
            block(HIDE, "while True:\n    try:\n        hide(16 << 20)\n    except OSError:\n        time.sleep(0.1)")
        ),
        square=MEMORY,
        risky=True,
    ),
    Case(
        "shared memory written by a child",
        "has a child process write a shared mapping and end",
        hand_in(
            block(
                HIDE,
                """
                mapping = mmap.mmap(-1, 500 << 20)
                if os.fork() == 0:
                    mapping.write(b'1' * (500 << 20))
                    os._exit(0)
                os.wait()
                big = bytearray(b'1') * (90 << 20)
                time.sleep(5)
                """,
            )
        ),
        square=MEMORY,
        risky=True,
    ),
    Case(
        "full sockets",
        "fills the buffers of sockets in many processes",
        hand_in(
            block(
                HIDE,
                """
                import socket
                def fill():
                    try:
                        while True:
                            pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
                            kept.append(pair)
                            for end in pair:
                                end.setblocking(False)
                                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
                                try:
                                    while True:
                                        end.send(b'x' * 100_000)
                                except BlockingIOError:
                                    pass
                    except OSError:
                        time.sleep(60)
                while True:
                    try:
                        if os.fork() == 0:
                            fill()
                    except OSError:
                        time.sleep(0.1)
                """,
            )
        ),
        square=f"{MEMORY} or {TIMEOUT}",
        outcome="what all its sockets can hold counts as memory, and no socket can be made larger",
        risky=True,
    ),
    Case(
        "little shared memory",
        "uses small shared mappings, event loops in threads and a pipe to a child process",
        hand_in(
            block(
                ORDINARY,
                SQUARE,
            )
        ),
    ),
    Case(
        "output in metadata",
        "shows a little with metadata of many megabytes, again and again",
        hand_in(SHOWN + "while True:\n    display(1, metadata={'a': 'x' * 90_000, 'b': ['y' * 90_000] * 50})"),
        square=OUTPUT,
        risky=True,
    ),
    Case(
        "output cleared",
        "prints and clears what it printed forever",
        hand_in(SHOWN + "while True:\n    print('x' * 100)\n    clear_output()"),
        square=OUTPUT,
    ),
    Case(
        "output updated",
        "updates one display forever",
        hand_in(SHOWN + "handle = display('x', display_id=True)\nwhile True:\n    handle.update('x' * 1000)"),
        square=OUTPUT,
    ),
    Case(
        "odd metadata",
        "shows values with metadata that no notebook can hold: NaN, huge numbers, deep lists",
        hand_in(
            block(
                SHOWN,
                """
                deep = []
                for _ in range(100):
                    deep = [deep]
                for value in (float('nan'), 2**70, deep, {1: 2}, object(), b'x'):
                    display(1, metadata={'a': value})
                """,
                SQUARE,
            )
        ),
    ),
    Case(
        "prints and logs in every step",
        "prints and logs in each of 5,000 steps of a right answer",
        hand_in(
            block(
                """
                import sys
                for step in range(5_000):
                    print(step)
                    print(step, file=sys.stderr)
                """,
                SQUARE,
            )
        ),
        shows=("Only the first",),
    ),
]
