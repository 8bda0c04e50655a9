"""Packages of a lab: found first, gone afterwards."""

from __future__ import annotations

import importlib
import inspect
import sys
from pathlib import Path

import pytest

from autograder.judge import guests
from autograder.judge.packages import KeptFolder, installed, working_folder
from autograder.protocol import bytecode


def value() -> int:
    return int(importlib.import_module("made_up_package.part").value)


def test_one_labs_packages_never_answer_for_anothers() -> None:
    one = {"made_up_package/__init__.py": "", "made_up_package/part.py": "value = 1"}
    path = list(sys.path)
    with installed(one):
        assert value() == 1
        with installed({**one, "made_up_package/part.py": "value = 2"}):
            assert value() == 2
        assert value() == 1
    assert sys.path == path
    assert not [name for name in sys.modules if name.startswith("made_up_package")]
    with pytest.raises(ModuleNotFoundError):
        value()


def test_earlier_modules_come_back() -> None:
    import json

    with installed({"json.py": "mine = True"}):
        assert importlib.import_module("json").mine
    assert sys.modules["json"] is json


def test_a_labs_module_is_compiled_once_and_imported_anew() -> None:
    files = {"made_up_module.py": b"state = []\n\ndef doubled(x):\n    return 2 * x\n"}
    before = set(bytecode._known)
    for _ in range(2):
        with working_folder(files) as folder:
            module = importlib.import_module("made_up_module")
            assert module.state == []
            module.state.append(1)
            assert inspect.getsource(module.doubled).startswith("def doubled(x):")
            assert module.doubled.__code__.co_filename == str(folder / "made_up_module.py")
    assert set(bytecode._known) - before == set(files.values())
    with working_folder({"made_up_module.py": b"state = 2"}):
        assert importlib.import_module("made_up_module").state == 2
    assert not [path for path in sys.path_importer_cache if str(folder) in path]


def test_a_kept_folder_is_made_anew_once_a_file_in_it_has_changed() -> None:
    folder = KeptFolder({"data.txt": b"1", "made_up_module.py": b"state = []"}, ["made_up_module", "no_such_module"])
    folder.use()
    first, module = Path.cwd(), sys.modules["made_up_module"]
    folder.use()
    assert Path.cwd() == first
    assert sys.modules["made_up_module"] is module
    Path("data.txt").write_text("2")
    folder.use()
    assert Path.cwd() != first
    assert not first.exists()
    assert Path("data.txt").read_text() == "1"
    Path("left.txt").touch()
    folder.use()
    assert not Path("left.txt").exists()
    last = Path.cwd()
    folder.leave()
    assert not last.exists()
    assert "made_up_module" not in sys.modules


def test_paths_stay_inside() -> None:
    with pytest.raises(ValueError, match="inside"), installed({"../escaped.py": ""}):
        pass
    assert not Path("../escaped.py").exists()


def test_functions_and_objects_of_a_labs_module_are_guests_like_those_of_a_test() -> None:
    text = b"class Node:\n    grad = 0\n\ndef made():\n    return Node()\n"
    with working_folder({"made_up_graph.py": text}):
        made = importlib.import_module("made_up_graph").made
        node = made()
        assert guests.may_be_guest(made)
        assert guests.may_be_guest(node)
        guests.ACTIONS["set"](node, "grad", 2)
        assert node.grad == 2
        with pytest.raises(AttributeError):
            guests.ACTIONS["set"](node, "_hidden", 2)
    with pytest.raises(AttributeError):
        guests.ACTIONS["set"](node, "grad", 3)
