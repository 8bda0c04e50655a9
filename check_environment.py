"""Is this computer ready for the course? Run it in the course's folder: python check_environment.py

It looks at Python, the packages of requirements.txt, JupyterLab, its Python kernel and the folder, changes nothing, and
says for what is missing what to do. It ends with status 0 when all is well, else 1.

Only Python's own library is used, and no syntax newer than Python 3.6, so that an old Python can say that it is old.
"""

import importlib
import os
import re
import subprocess
import sys
import tempfile

OLDEST = (3, 11)
FOLDER = os.path.dirname(os.path.abspath(__file__))
INSTALL = f'Run: "{sys.executable}" -m pip install -r requirements.txt'
KERNEL = "python3"
SECONDS = 60
CELL = "import numpy, pandas, matplotlib.pyplot, sklearn"


def main():
    """Check one thing after the other; the first that is broken ends it, since the others would only repeat it."""
    checks = (
        (folder_problem, "folder: notebooks can be saved here"),
        (python_problem, f"Python {sys.version.split()[0]} in {sys.prefix}"),
        (packages_problem, "packages: all that requirements.txt names"),
        (jupyterlab_problem, "JupyterLab: it starts"),
        (kernel_problem, "kernel: it starts, and imports what the labs use"),
    )
    for check, title in checks:
        problem = check()
        if problem:
            print(f"  NO   {title}\n\n{problem}\n\nThen run this check again.")
            return 1
        print(f"  ok   {title}", flush=True)
    print(f'\nAll is well. Start with: "{sys.executable}" -m jupyter lab')
    return 0


def folder_problem():
    """A folder in which nothing can be saved."""
    for folder in (FOLDER, os.path.join(FOLDER, "notebooks"), os.path.join(FOLDER, "release")):
        try:
            if os.path.isdir(folder):
                tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            return (
                f"Nothing can be saved in {folder} ({error.strerror}).\n"
                "Copy the course to a folder of your own, such as Documents. Out of a zip file: unpack it first."
            )
    return None


def python_problem():
    """A Python that is too old."""
    if sys.version_info < OLDEST:
        return (
            f"This Python is too old: the course needs {OLDEST[0]}.{OLDEST[1]} or newer.\n"
            "Install one from https://www.python.org/downloads/ and make an environment with it, as README.md says."
        )
    return None


def packages_problem():
    """Packages that are missing, or older than requirements.txt wants."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        with open(os.path.join(FOLDER, "requirements.txt"), encoding="utf-8") as file:
            wanted = re.findall(r"^([A-Za-z0-9][\w.-]*)\s*>=\s*([\d.]+)", file.read(), re.MULTILINE)
    except OSError:
        return "There is no requirements.txt beside this script: keep the two in the course's folder."
    wrong = []
    for name, oldest in wanted:
        try:
            found = version(name)
        except PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if _numbers(found) < _numbers(oldest):
            wrong.append(f"{name} {found} is older than {oldest}")
    return "\n".join([*wrong, "", _environment_advice() or INSTALL]) if wrong else None


def jupyterlab_problem():
    """A JupyterLab that does not start."""
    try:
        command = [sys.executable, "-m", "jupyterlab", "--version"]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"It does not start ({error}). {INSTALL}"
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["it gives no reason"])[-1]
        return f"It does not start: {last}\n{INSTALL}"
    return None


def kernel_problem():
    """A kernel that is missing, does not start, or belongs to another Python than this one."""
    manager = importlib.import_module("jupyter_client.manager")
    specs = importlib.import_module("jupyter_client.kernelspec")
    mend = f'Run: "{sys.executable}" -m ipykernel install --sys-prefix --name {KERNEL}'
    try:
        command = specs.KernelSpecManager().get_kernel_spec(KERNEL).argv[0]
    except specs.NoSuchKernel:
        return f"There is no kernel called {KERNEL}.\n{mend}"
    if os.path.isabs(command) and not _is_here(command):
        return f"The kernel called {KERNEL} belongs to another Python, which has other packages: {command}\n{mend}"
    kernel = None
    try:
        kernel, client = manager.start_new_kernel(SECONDS, KERNEL, stderr=subprocess.DEVNULL)
        reply = client.execute_interactive(CELL, timeout=SECONDS)["content"]
        client.stop_channels()
    except Exception as error:  # whatever it is, a student needs the sentence and not the traceback
        return f"It does not start ({type(error).__name__}: {error}).\n{INSTALL}"
    finally:
        if kernel is not None:
            kernel.shutdown_kernel(now=True)
    if reply["status"] != "ok":
        return f"It starts, but an import fails: {reply['ename']}: {reply['evalue']}\n{INSTALL}"
    return None


def _numbers(version):
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def _is_here(command):
    """Whether a program lies beside this Python's, in the same environment."""
    return os.path.normcase(os.path.dirname(command)) == os.path.normcase(os.path.dirname(sys.executable))


def _environment_advice():
    """How to make an environment, if this is the computer's own Python."""
    if sys.prefix != sys.base_prefix or os.environ.get("CONDA_PREFIX"):
        return ""
    make, python = ("py", ".venv\\Scripts\\python") if os.name == "nt" else ("python3", ".venv/bin/python")
    return (
        "This is the computer's own Python. Make an environment for the course, and install into that:\n"
        f"    {make} -m venv .venv\n"
        f"    {python} -m pip install -r requirements.txt\n"
        f"    {python} check_environment.py"
    )


if __name__ == "__main__":
    sys.exit(main())
