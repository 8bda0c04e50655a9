"""Submissions that use up time, memory, processes, files, output or disk."""

from __future__ import annotations

from tests.corpus.case import CRASH, FAILED, MEMORY, OUTPUT, TIMEOUT, Case, block, hand_in

TITLE = "Exhausting time, memory, processes, files, output, disk"

RIGHT = "\ndef square(x):\n    return np.asarray(x) ** 2"


def hang(number: int) -> dict[str, object]:
    """A cell that never ends."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "id": f"hang{number}",
        "source": "while True: pass",
    }


CASES = [
    Case(
        "loop without end",
        "runs `while True: pass` in an answer",
        hand_in("while True:\n    pass"),
        square=TIMEOUT,
        says={"test_square": ("did not finish within 2 s",)},
    ),
    Case(
        "loop in a function",
        "loops forever when its function is called",
        hand_in("def square(x):\n    while True:\n        x = x"),
        square=TIMEOUT,
    ),
    Case(
        "loop that cannot be interrupted",
        "catches every interrupt and continues its loop",
        hand_in(
            """
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
            """
        ),
        square=TIMEOUT,
    ),
    Case(
        "busy C code",
        "matches a regular expression that takes forever and that no signal interrupts",
        hand_in("import re\nre.match('(a+)+$', 'a' * 60 + 'b')"),
        square=TIMEOUT,
    ),
    Case(
        "signals blocked",
        "blocks and ignores all signals and sleeps for an hour",
        hand_in(
            """
            import signal, time
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            time.sleep(3600)
            """
        ),
        square=TIMEOUT,
    ),
    Case(
        "clock turned back",
        "replaces the functions of `time` and sleeps",
        hand_in(
            """
            import time
            real = time.sleep
            time.monotonic = time.perf_counter = time.time = lambda: 0.0
            real(3600)
            """
        ),
        square=TIMEOUT,
    ),
    Case(
        "deadlock",
        "waits for a lock that it holds",
        hand_in("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()"),
        square=TIMEOUT,
    ),
    Case(
        "a little late each time",
        "sleeps in every call, so that a whole test takes too long",
        hand_in("import time\ndef square(x):\n    time.sleep(0.8)\n    return np.asarray(x) ** 2"),
        square=TIMEOUT,
    ),
    Case(
        "endless recursion",
        "recurses without end",
        hand_in("def square(x):\n    return square(x) ** 2"),
        square=FAILED,
        says={"test_square": ("Recursion",)},
    ),
    Case(
        "recursion without a limit",
        "raises the recursion limit and calls itself through C code, which overflows the stack",
        hand_in("""
        import sys
        sys.setrecursionlimit(10**9)
        def square(x):
            return max([x], key=square)
        """),
        square=CRASH,
        risky=True,
    ),
    Case(
        "memory at once",
        "allocates an array of 8 terabytes",
        hand_in("big = np.ones(10**12)" + RIGHT),
        square=MEMORY,
        says={"test_square": ("memory",)},
    ),
    Case(
        "memory little by little",
        "appends to a list forever",
        hand_in("big = []\nwhile True:\n    big.append(bytearray(1 << 20))"),
        square=MEMORY,
        risky=True,
    ),
    Case(
        "memory in a function",
        "fills the memory when its function is called",
        hand_in("def square(x):\n    return sum(list(range(10**9)))"),
        square=MEMORY,
        risky=True,
    ),
    Case(
        "memory caught",
        "catches every MemoryError and allocates again",
        hand_in(
            """
            big = []
            while True:
                try:
                    big.append(np.ones(1 << 20))
                except MemoryError:
                    pass
            """
        ),
        square=TIMEOUT,
        risky=True,
    ),
    Case(
        "memory of many processes",
        "starts eight processes that allocate 200 MB each",
        hand_in("""
            import os, time
            for _ in range(8):
                if os.fork() == 0:
                    big = bytearray(200 << 20)
                    time.sleep(60)
                    os._exit(0)
            time.sleep(60)
            """),
        square=MEMORY,
        risky=True,
    ),
    Case(
        "memory in the judge",
        "returns 7 MB in each call",
        hand_in("def square(x):\n    return np.zeros(900_000)"),
        square=FAILED,
    ),
    Case(
        "too much to hand over",
        "returns an array that is too large to send",
        hand_in("def square(x):\n    return np.zeros(10_000_000)"),
        square=FAILED,
    ),
    Case(
        "too many things to hand over",
        "returns a list of two million lists",
        hand_in("def square(x):\n    return [[]] * 2_000_000"),
        square=FAILED,
    ),
    Case(
        "large answer beside a right one",
        "binds 100 MB to a name that no test needs, and answers correctly",
        hand_in("unneeded = np.zeros(12_000_000)" + RIGHT),
    ),
    Case(
        "fork bomb",
        "forks without end",
        hand_in("import os\nwhile True:\n    os.fork()"),
        square="crash or timeout or failed",
        risky=True,
    ),
    Case(
        "fork bomb caught",
        "forks without end into new sessions and catches every error",
        hand_in("""
            import os
            while True:
                try:
                    if os.fork() == 0:
                        os.setsid()
                except OSError:
                    pass
            """),
        square=TIMEOUT,
        risky=True,
    ),
    Case(
        "shell fork bomb",
        "starts a fork bomb in the shell",
        hand_in("!bomb() { bomb | bomb & }; bomb" + RIGHT),
        outcome="the shell cannot fork further, and the answer counts",
        risky=True,
    ),
    Case(
        "threads",
        "starts threads until that fails",
        hand_in(
            """
            import threading, time
            for _ in range(10_000):
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            """
        ),
        square=FAILED,
        risky=True,
    ),
    Case(
        "open files",
        "opens files until that fails",
        hand_in("kept = [open('x', 'w') for _ in range(10_000)]"),
        square=FAILED,
    ),
    Case(
        "open files kept",
        "opens files until that fails, catches the error and answers correctly",
        hand_in(
            block(
                """
                kept = []
                try:
                    while True:
                        kept.append(open('x', 'w'))
                except OSError:
                    pass
                """,
                RIGHT,
            )
        ),
    ),
    Case(
        "huge file",
        "writes a file of many gigabytes",
        hand_in("""
        with open('big', 'wb') as file:
            while True:
                file.write(bytes(1 << 20))
        """),
        square=FAILED,
        risky=True,
    ),
    Case(
        "huge files in shared memory",
        "fills /tmp and /dev/shm",
        hand_in(
            """
            for number in range(10_000):
                for top in ('/dev/shm', '/tmp'):
                    with open(f'{top}/{number}', 'wb') as file:
                        file.write(bytes(4 << 20))
            """
        ),
        square=FAILED,
        risky=True,
    ),
    Case(
        "many files",
        "creates files until the folder is full",
        hand_in(
            block(
                """
                try:
                    for number in range(200_000):
                        open(f'f{number}', 'w').close()
                except OSError as error:
                    print(error)
                """,
                RIGHT,
            )
        ),
        square="timeout or passed",
        outcome="the folder is full at some point, or the time limit stops it; the folder is emptied",
        risky=True,
    ),
    Case(
        "deep folders",
        "creates nested folders, deeper than the longest possible path",
        hand_in(
            block(
                """
                import os
                try:
                    for _ in range(3_000):
                        os.mkdir('d')
                        os.chdir('d')
                except OSError:
                    pass
                """,
                RIGHT,
            )
        ),
        square="timeout or passed",
        outcome="in either case the next submission finds an empty folder",
    ),
    Case(
        "print without end",
        "prints in an infinite loop",
        hand_in("while True:\n    print('x' * 100)"),
        square=OUTPUT,
        risky=True,
    ),
    Case(
        "print in a function",
        "prints in an infinite loop when its function is called",
        hand_in("def square(x):\n    while True:\n        print('x' * 100)"),
        square=OUTPUT,
    ),
    Case("long line", "prints one line of 50 MB", hand_in("print('x' * 50_000_000)"), square=OUTPUT, risky=True),
    Case(
        "output past Python",
        "writes to the file descriptors 1 and 2 until that fails",
        hand_in("""
        import os
        while True:
            os.write(1, b'x' * 10_000)
            os.write(2, b'y' * 10_000)
        """),
        square=OUTPUT,
        risky=True,
    ),
    Case("output of a command", "runs `yes` in the shell", hand_in(block("!yes", RIGHT)), square=OUTPUT, risky=True),
    Case(
        "thousand figures",
        "displays a thousand figures",
        hand_in(
            """
            import matplotlib.pyplot as plt
            for _ in range(1000):
                plt.figure()
                plt.plot(range(50))
                plt.show()
            """
        ),
        square=f"{TIMEOUT} or {OUTPUT}",
        outcome="stopped by the time limit or the output limit",
    ),
    Case(
        "huge figure",
        "draws a figure of a million inches",
        hand_in(
            block(
                """
                import matplotlib.pyplot as plt
                plt.figure(figsize=(10**6, 10**6))
                plt.plot([1, 2])
                plt.show()
                """,
                RIGHT,
            )
        ),
        outcome="the figure is not shown, the answer counts",
    ),
    Case(
        "display bomb",
        "displays HTML of 50 MB",
        hand_in("from IPython.display import HTML, display\ndisplay(HTML('<p>' * 17_000_000))"),
        square=OUTPUT,
    ),
    Case(
        "everything at every cell",
        "hangs in the answer to one exercise and in a cell of its own",
        hand_in("while True: pass", first="while True: pass", last="while True: pass"),
        square=TIMEOUT,
    ),
    Case(
        "all the time there is",
        "hangs in twenty cells of its own before the first answer",
        hand_in(change=lambda notebook: [notebook["cells"].insert(0, hang(n)) for n in range(20)]),
        square=TIMEOUT,
        scale=TIMEOUT,
        outcome="the time for the whole notebook is used up, and the sentence says so",
    ),
]
