"""Checks whether this computer is ready for the course. Run it in the course's folder: python check_environment.py

It checks the folder and its files, Python, the packages of requirements.txt, JupyterLab and its Python kernel. It
changes nothing and says what to do if something is missing. The exit status is 0 if everything is ready, else 1.

It uses only the standard library and no syntax newer than Python 3.6, so that it also runs on a Python that is too old.
"""

import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
if __name__ == "__main__":  # a student's own random.py in this folder would be imported in place of Python's
    sys.path[:] = [path for path in sys.path if path and os.path.abspath(path) != FOLDER]

import glob
import importlib.machinery
import re
import subprocess
import tempfile

OLDEST = (3, 11)
INSTALL = f'Виконайте: "{sys.executable}" -m pip install -r requirements.txt'
KERNEL = "python3"
SECONDS = 60
CELL = "import numpy, pandas, matplotlib.pyplot, sklearn"


def main():
    """Run the checks in order and stop at the first problem, because later checks would only report it again."""
    checks = (
        (folder_problem, "папка: у ній можна зберігати блокноти"),
        (names_problem, "файли: жоден не закриває собою модуль Python чи пакет"),
        (python_problem, f"Python {sys.version.split()[0]} у {sys.prefix}"),
        (packages_problem, "пакети: усі пакети з requirements.txt встановлено"),
        (jupyterlab_problem, "JupyterLab: запускається"),
        (kernel_problem, "ядро: запускається та імпортує пакети, потрібні для лабораторних робіт"),
    )
    for check, title in checks:
        problem = check()
        if problem:
            print(f"  НІ   {title}\n\n{problem}\n\nПотім запустіть цю перевірку ще раз.")
            return 1
        print(f"  так  {title}", flush=True)
    print(f'\nУсе готово. Запуск: "{sys.executable}" -m jupyter lab')
    return 0


def folder_problem():
    """Return what to do if files cannot be saved in the course's folder, else None."""
    for folder in (FOLDER, os.path.join(FOLDER, "notebooks"), os.path.join(FOLDER, "release")):
        try:
            if os.path.isdir(folder):
                tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            return (
                f"Файли не можна зберігати в {folder} ({error.strerror}).\nСкопіюйте курс до власної папки, наприклад «Документи». Якщо він у zip-архіві, спочатку розпакуйте його."
            )
    return None


def names_problem():
    """Return what to do if a file beside a notebook would be imported in place of a module of that name, else None."""
    elsewhere = [path for path in sys.path if path and os.path.realpath(path) != os.path.realpath(FOLDER)]
    faults = []
    for folder in (FOLDER, os.path.join(FOLDER, "notebooks"), *sorted(glob.glob(glob.escape(FOLDER) + "/release/*/"))):
        for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            path, (name, ending) = os.path.join(folder, file), os.path.splitext(file)
            if ending != ".py" and not os.path.isfile(os.path.join(path, "__init__.py")):
                continue
            hidden = _owner(name, elsewhere)
            if hidden:
                shown = os.path.relpath(path, FOLDER)
                faults.append("У вас {} {} закриває собою {}: перейменуйте.".format("файл" if ending else "папка", shown, hidden))
    return "\n".join(faults) or None


def _owner(name, places):
    """Whose module it is that a name stands for, "" if there is none in these places."""
    if name in sys.builtin_module_names or name in getattr(sys, "stdlib_module_names", ()):
        return f"власний модуль Python {name}"
    spec = importlib.machinery.PathFinder.find_spec(name, places)
    if spec is None or spec.origin is None:  # without an origin it is a plain folder, which hides nothing
        return ""
    standard, origin = os.path.dirname(os.path.realpath(os.__file__)), os.path.realpath(spec.origin)
    if origin.startswith(os.path.realpath(FOLDER) + os.sep) and "site-packages" not in origin:
        return ""  # the course's own module, of which each lab has a copy
    inside = origin.startswith(standard + os.sep) and "site-packages" not in origin
    return f"власний модуль Python {name}" if inside else f"пакет {name}"


def python_problem():
    """Return what to do if this Python is too old, else None."""
    if sys.version_info < OLDEST:
        return (
            f"Цей Python застарий: для курсу потрібен {OLDEST[0]}.{OLDEST[1]} або новіший.\nУстановіть його з https://www.python.org/downloads/ і створіть з ним середовище, як описано в README.md."
        )
    return None


def packages_problem():
    """Return what to do if packages are missing or older than requirements.txt requires, else None."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        with open(os.path.join(FOLDER, "requirements.txt"), encoding="utf-8") as file:
            wanted = re.findall(r"^([A-Za-z0-9][\w.-]*)\s*>=\s*([\d.]+)", file.read(), re.MULTILINE)
    except OSError:
        return "Поруч із цим скриптом немає requirements.txt: тримайте обидва файли в папці курсу."
    faults = []
    for name, oldest in wanted:
        try:
            installed = version(name)
        except PackageNotFoundError:
            faults.append(f"{name} не встановлено")
            continue
        if _numbers(installed) < _numbers(oldest):
            faults.append(f"{name} {installed}: версія старіша за {oldest}")
    return "\n".join([*faults, "", _environment_advice() or INSTALL]) if faults else None


def jupyterlab_problem():
    """Return what to do if JupyterLab does not start, else None."""
    try:
        command = [sys.executable, "-m", "jupyterlab", "--version"]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"JupyterLab не запускається ({error}). {INSTALL}"
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["причину не вказано"])[-1]
        return f"JupyterLab не запускається: {last}\n{INSTALL}"
    return None


def kernel_problem():
    """Return what to do if the kernel is missing, does not start or uses another Python, else None."""
    manager = importlib.import_module("jupyter_client.manager")
    specs = importlib.import_module("jupyter_client.kernelspec")
    reinstall = f'Виконайте: "{sys.executable}" -m ipykernel install --sys-prefix --name {KERNEL}'
    try:
        command = specs.KernelSpecManager().get_kernel_spec(KERNEL).argv[0]
    except specs.NoSuchKernel:
        return f"Немає ядра з назвою {KERNEL}.\n{reinstall}"
    if os.path.isabs(command) and not _is_here(command):
        return f"Ядро з назвою {KERNEL} використовує інший Python, у якому інші пакети: {command}\n{reinstall}"
    kernel = None
    try:
        kernel, client = manager.start_new_kernel(SECONDS, KERNEL, stderr=subprocess.DEVNULL)
        reply = client.execute_interactive(CELL, timeout=SECONDS)["content"]
        client.stop_channels()
    except Exception as error:  # whatever the error is, a student needs a sentence and not a traceback
        return f"Ядро не запускається ({type(error).__name__}: {error}).\n{INSTALL}"
    finally:
        if kernel is not None:
            kernel.shutdown_kernel(now=True)
    if reply["status"] != "ok":
        return f"Ядро запускається, але імпорт не вдається: {reply['ename']}: {reply['evalue']}\n{INSTALL}"
    return None


def _numbers(version):
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def _is_here(command):
    """Whether a program is in the same folder as this Python, and so in the same environment."""
    return os.path.normcase(os.path.dirname(command)) == os.path.normcase(os.path.dirname(sys.executable))


def _environment_advice():
    """How to create an environment if this is the system's Python, else ""."""
    if sys.prefix != sys.base_prefix or os.environ.get("CONDA_PREFIX"):
        return ""
    make, python = ("py", ".venv\\Scripts\\python") if os.name == "nt" else ("python3", ".venv/bin/python")
    return (
        f"Це системний Python комп’ютера. Створіть середовище для курсу і встановіть пакети в ньому:\n    {make} -m venv .venv\n    {python} -m pip install -r requirements.txt\n    {python} check_environment.py"
    )


if __name__ == "__main__":
    sys.exit(main())
