"""Every environment comes from the one lock file, and the environment check says what is wrong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import check_environment
from tests.docs.pages import ROOT


def lines(path: str) -> list[str]:
    """Lines that are no comment."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_docker_installs_from_the_lock_file() -> None:
    docker = "\n".join(lines("Dockerfile"))
    assert re.search(r"pip install .*-r requirements\.txt -c requirements\.lock", docker)
    assert "\nUSER student\n" in docker


def test_the_image_has_no_hidden_tests_and_no_grades() -> None:
    ignored, *allowed = (line for line in lines(".dockerignore") if not line.startswith("**"))
    assert ignored == "*"
    folders = {line.removeprefix("!") for line in allowed if (ROOT / line.removeprefix("!")).is_dir()}
    assert folders == {"notebooks", "release", "solutions"}
    assert all((ROOT / line.removeprefix("!")).exists() for line in allowed)


def test_devcontainer_is_the_docker_image() -> None:
    settings = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    folder = ROOT / ".devcontainer"
    assert (folder / settings["build"]["dockerfile"]).resolve() == ROOT / "Dockerfile"
    assert (folder / settings["build"]["context"]).resolve() == ROOT


def test_binder_uses_the_lock_file() -> None:
    assert lines("binder/requirements.txt") == ["-c ../requirements.lock", "-r ../requirements.txt"]
    (runtime,) = lines("binder/runtime.txt")
    (image,) = re.findall(r"^FROM python:(\d+\.\d+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert runtime == f"python-{image}"


def test_the_lock_file_has_every_package_of_requirements() -> None:
    locked = {re.split(r"[=\s]", line)[0].lower() for line in lines("requirements.lock")}
    wanted = {re.split(r"[<>=]", line)[0].strip().lower() for line in lines("requirements.txt")}
    assert wanted <= locked


def test_ci_tests_the_oldest_python_and_a_new_one() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "run: .ci/run" in workflow
    tested = [tuple(map(int, version.split("."))) for version in re.findall(r'"(3\.\d+)"', workflow)]
    assert min(tested) == check_environment.OLDEST
    assert max(tested) > min(tested)


def test_typed_packages_say_so_where_they_are_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "py.typed" in project["tool"]["setuptools"]["package-data"]["*"]
    assert all((ROOT / package / "py.typed").exists() for package in ("autograder", "coursebuild"))


def test_hooks_run_what_the_environment_has() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    programs = [Path(program) for program in re.findall(r"entry: (\S+)", hooks)]
    assert {program.parent for program in programs} == {Path(".venv/bin")}
    assert all(Path(sys.executable).with_name(program.name).exists() for program in programs)


def test_this_environment_is_ready() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "check_environment.py")], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("  ok   ") == 6
    assert "Everything is ready" in done.stdout


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("numpy>=1\nno_such_package>=2\npytest>=999\n", encoding="utf-8")
    monkeypatch.setattr(check_environment, "FOLDER", str(tmp_path))
    problem = check_environment.packages_problem()
    assert "no_such_package is missing" in problem
    assert "is older than 999" in problem
    assert "-m pip install -r requirements.txt" in problem
    assert "numpy" not in problem


@pytest.mark.parametrize("name", ["random", "math", "json", "sys", "numpy", "IPython"])
def test_a_students_file_that_hides_a_module_is_named(name: str, tmp_path: Path) -> None:
    """By the check itself, which would import some of them."""
    shutil.copy(ROOT / "check_environment.py", tmp_path)
    (tmp_path / f"{name}.py").write_text("raise SystemError('imported')\n", encoding="utf-8")
    (tmp_path / "helpers.py").write_text("raise SystemError('imported')\n", encoding="utf-8")
    line = [sys.executable, str(tmp_path / "check_environment.py")]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, "")
    whose = "the package" if name in ("numpy", "IPython") else "Python's own"
    assert f"Your file {name}.py hides {whose} {name}: rename it.\n" in done.stdout
    assert "helpers" not in done.stdout


def test_files_beside_a_notebook_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("release/01_lab/pandas.py", "notebooks/queue/__init__.py", "data/numbers/one.csv", "mine/two.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(check_environment, "FOLDER", str(tmp_path))
    assert check_environment.names_problem().splitlines() == [
        "Your folder notebooks/queue hides Python's own queue: rename it.",
        "Your file release/01_lab/pandas.py hides the package pandas: rename it.",
    ]


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_environment, "OLDEST", (99, 0))
    assert "needs 99.0 or newer" in check_environment.python_problem()


def test_the_first_broken_thing_ends_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check_environment, "packages_problem", lambda: "numpy is missing")
    assert check_environment.main() == 1
    said = capsys.readouterr().out
    assert "numpy is missing" in said
    assert "kernel" not in said


def test_a_kernel_of_another_python_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = tmp_path / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = ["/another/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    problem = check_environment.kernel_problem()
    assert "another Python" in problem
    assert "ipykernel install" in problem


def test_an_environment_that_is_a_link_is_refused_and_its_target_kept(tmp_path: Path) -> None:
    course, target = tmp_path / "course", tmp_path / "elsewhere"
    (course / "tools").mkdir(parents=True)
    target.mkdir()
    (target / "kept.txt").write_text("kept", encoding="utf-8")
    (course / ".venv").symlink_to(target)
    script = shutil.copy(ROOT / "tools" / "environment.sh", course / "tools")
    done = subprocess.run([script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert ".venv is a symbolic link: remove it with `rm .venv`" in done.stderr
    assert [path.name for path in target.iterdir()] == ["kept.txt"]
