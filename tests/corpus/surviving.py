"""Submissions that want to outlive their grading, or to harm the runner that grades them."""

from __future__ import annotations

from tests.corpus.case import CRASH, FAILED, TIMEOUT, WRONG_SQUARE, Case, hand_in

TITLE = "Surviving and sabotaging the grading"

CASES = [
    Case(
        "background process",
        "starts a process in its own session and leaves it running",
        hand_in(
            first="""
            import subprocess
            subprocess.Popen(['sleep', '10'], start_new_session=True)
            !nohup sleep 10 > /dev/null 2>&1 &
            """
        ),
        outcome="ends with its runner",
        plain="survives the grading",
    ),
    Case(
        "daemon",
        "forks twice into the background and writes files forever",
        hand_in(
            first="""
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.closerange(0, 100)
                    for _ in range(10_000):
                        open('/tmp/alive', 'a').close()
                        time.sleep(0.001)
                os._exit(0)
            """
        ),
        outcome="ends with its runner",
        plain="survives the grading",
    ),
    Case(
        "thread that goes on",
        "leaves a thread running that redefines the other answers",
        hand_in(
            first="""
            import threading, time
            space = globals()
            def work():
                for _ in range(200):
                    time.sleep(0.005)
                    space['note'] = 'square' in space
            threading.Thread(target=work, daemon=True).start()
            """
        ),
    ),
    Case(
        "end of Python",
        "calls `os._exit(0)` in a cell",
        hand_in("import os\nos._exit(0)"),
        square=CRASH,
        plain="the whole submission is dropped, no points anywhere",
    ),
    Case(
        "end of Python in a function",
        "calls `os._exit(0)` when its function is called",
        hand_in("import os\ndef square(x):\n    os._exit(0)"),
        square=CRASH,
        plain="the whole submission is dropped",
    ),
    Case(
        "segmentation fault",
        "reads address 0 in C",
        hand_in("import ctypes\nctypes.string_at(0)"),
        square=CRASH,
        plain="the whole submission is dropped, no points anywhere",
    ),
    Case(
        "abort",
        "calls abort() in C when its function is called",
        hand_in("import ctypes\ndef square(x):\n    ctypes.CDLL(None).abort()"),
        square=CRASH,
    ),
    Case(
        "kill itself",
        "sends itself SIGKILL",
        hand_in("""
        import os
        os.kill(os.getpid(), 9)
        """),
        square=CRASH,
        risky=True,
    ),
    Case(
        "kill all",
        "sends SIGKILL to process 1, to its process group and to all processes",
        hand_in(
            """
            import os
            for target in (1, 0, -1):
                try:
                    os.kill(target, 9)
                except OSError:
                    pass
            """
        ),
        square=CRASH,
        sighted=(),
        risky=True,
    ),
    Case(
        "exit hooks",
        "registers atexit functions that hang and print points",
        hand_in(
            first="""
        import atexit, time
        atexit.register(time.sleep, 1000)
        atexit.register(print, 'passed 5.0')
        """
        ),
    ),
    Case(
        "signal handlers",
        "handles all signals that can be handled and sets a timer that fires forever",
        hand_in(
            first="""
            import signal
            def again(*args):
                pass
            for number in range(1, 65):
                try:
                    signal.signal(number, again)
                except (OSError, ValueError):
                    pass
            signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
            """
        ),
    ),
    Case(
        "timer that kills",
        "sets an alarm without a handler, which ends the process later",
        hand_in(
            first="""
            import signal
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            """,
            play="import time\ntime.sleep(0.5)",
        ),
        square="passed or failed or crash",
        scale="passed or failed or crash",
        outcome="a fresh runner replays the cells that worked; the timer may cost this student's own answers",
    ),
    Case(
        "tracing",
        "installs a trace and a profile function that replace results",
        hand_in(
            WRONG_SQUARE,
            first="""
            import sys, threading
            sys.settrace(lambda *a: None)
            sys.setprofile(lambda *a: None)
            threading.settrace(lambda *a: None)
            """,
        ),
        square=FAILED,
    ),
    Case(
        "garbage collector",
        "switches the garbage collector off, adds hooks to it, and creates objects that resurrect themselves",
        hand_in(
            first="""
            import gc
            gc.disable()
            gc.callbacks.append(lambda *a: None)
            class Again:
                def __del__(self):
                    kept.append(self)
                    raise ValueError('again')
            kept = []
            for _ in range(100):
                Again()
            """
        ),
    ),
    Case(
        "limits",
        "raises its own resource limits, then sets all of them to zero except the time limit",
        hand_in("""
            import resource
            for kind in range(1, 16):
                for pair in ((-1, -1), (0, 0)):
                    try:
                        resource.setrlimit(kind, pair)
                    except (OSError, ValueError):
                        pass
            """),
        square="failed or crash",
    ),
    Case(
        "own folder deleted",
        "deletes its folder and every other file that it can",
        hand_in(
            first="""
        import os, shutil
        shutil.rmtree(os.getcwd(), ignore_errors=True)
        !rm -rf / 2> /dev/null
        """
        ),
        risky=True,
    ),
    Case(
        "own folder locked",
        "removes all permissions from its folders",
        hand_in(
            first="""
            import os
            os.makedirs('a/b/c')
            open('a/b/c/f', 'w').close()
            for path in ('a/b/c/f', 'a/b/c', 'a/b', 'a', '.', '/tmp'):
                os.chmod(path, 0)
            """
        ),
        risky=True,
    ),
    Case(
        "odd files left",
        "leaves links to itself, links to `/`, broken links, pipes, sockets and files with odd names",
        hand_in(
            first="""
            import os, socket
            for target, name in (('loop', 'loop'), ('/', 'top'), ('/nowhere', 'dangling'), ('.', 'here')):
                os.symlink(target, name)
            os.mkfifo('pipe')
            socket.socket(socket.AF_UNIX).bind('socket')
            for name in (b'\\xff\\xfe', b'a\\nb', b'-rf', b' ', b'x' * 255):
                open(name, 'w').close()
            """
        ),
        outcome="all of them are removed",
    ),
    Case(
        "working folder changed",
        "changes into another folder",
        hand_in(
            first="""
    import os
    os.chdir('/')
    """
        ),
    ),
    Case(
        "standard streams closed",
        "closes stdout and stderr, as objects and as descriptors",
        hand_in(
            first="""
            import os, sys
            sys.stdout.close()
            sys.stderr.close()
            for fd in (0, 1, 2):
                os.close(fd)
            sys.stdout = sys.stderr = sys.__stdout__ = None
            """
        ),
    ),
    Case(
        "modules thrown out",
        "empties `sys.modules`, `sys.path` and the finders",
        hand_in(
            first="""
            import sys
            sys.path.clear()
            sys.meta_path.clear()
            for name in list(sys.modules):
                if name not in ('builtins', 'sys'):
                    del sys.modules[name]
            """
        ),
        outcome="a fresh runner leaves out that cell",
    ),
    Case(
        "builtins emptied",
        "deletes everything from `builtins` in an answer",
        hand_in("import builtins\nfor name in dir(builtins):\n    delattr(builtins, name)"),
        square=CRASH,
    ),
    Case("`__builtins__` overwritten", "sets `__builtins__` to an empty dict", hand_in(first="__builtins__ = {}")),
    Case(
        "everything reset",
        "runs `%reset -f` after the set-up",
        hand_in(play="%reset -f"),
        square="passed",
        outcome="`square` is judged before; `scale` does not need the set-up",
    ),
    Case(
        "IPython taken apart",
        "deletes and replaces IPython's own variables and methods",
        hand_in(
            first="""
            shell = get_ipython()
            shell.run_cell = None
            shell.user_ns_hidden = None
            del get_ipython, In, Out
            """
        ),
    ),
    Case(
        "python replaced",
        "replaces its process by another program with exec",
        hand_in("import os, sys\nos.execv(sys.executable, [sys.executable, '-c', 'print(1)'])"),
        square=CRASH,
        risky=True,
    ),
    Case(
        "channel replaced",
        "replaces the runner's socket by its own and sends replies itself",
        hand_in("""
        import os, socket
        a, b = socket.socketpair()
        os.dup2(a.fileno(), 3)
        b.send(b'x' * 100)
        """),
        square=CRASH,
    ),
    Case(
        "answers in a thread",
        "keeps a thread that writes to the runner's channel between the replies",
        hand_in("""
            import os, threading, time
            def noise():
                while True:
                    time.sleep(0.001)
                    try:
                        os.write(3, b"\\x00")
                    except OSError:
                        pass
            threading.Thread(target=noise, daemon=True).start()
            """),
        square="crash or failed",
    ),
    Case(
        "fork that goes on",
        "forks in a cell, and both processes go on",
        hand_in("import os\nos.fork()\ndef square(x):\n    return x * x"),
        square="crash or passed",
        outcome="its values are right ones; the second process ends with the runner",
        risky=True,
    ),
    Case(
        "audit hook",
        "installs an audit hook that refuses everything",
        hand_in(
            """
            import sys
            def hook(event, args):
                raise RuntimeError(event)
            sys.addaudithook(hook)
            def square(x):
                return x * x
            """
        ),
        square=FAILED,
        sighted=("audit hook",),
    ),
    Case(
        "import system",
        "adds an import finder that returns its own modules for all names",
        hand_in(
            first="""
            import sys, types
            class Finder:
                def find_spec(self, name, path=None, target=None):
                    raise ImportError(name)
            sys.meta_path.insert(0, Finder())
            """
        ),
    ),
    Case(
        "stop the process",
        "stops its own process with SIGSTOP",
        hand_in("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
        square=TIMEOUT,
        risky=True,
    ),
    Case(
        "neighbour's priority",
        "changes priority, scheduling and processor of the process that the next submission's runner is forked from",
        hand_in(
            first="""
            import os
            refused = 0
            for change in (
                lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
                lambda: os.setpriority(os.PRIO_USER, 0, 19),
                lambda: os.sched_setaffinity(1, {0}),
                lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)),
            ):
                try:
                    change()
                except PermissionError:
                    refused += 1
            print('refused:', refused)
            """
        ),
        shows=("refused: 4",),
        risky=True,
    ),
]
