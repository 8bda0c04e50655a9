"""What the labs import, sorted by where a kernel in the browser gets it from.

Such a kernel is Pyodide. It ships packages that are compiled for it, and loads one when a cell imports it. It does not
look into modules beside the notebook, and it cannot install what is not in the site without asking the network.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.files.zips import write_zip
from autograder.notebook.cells import text_of
from autograder.notebook.names import imported_packages
from autograder.publish.contents import Contents

_KERNEL = ("comm",)  # needed by each kernel, and not in Pyodide
_STOOD_IN_FOR = ("ipykernel", "widgetsnbextension")  # the kernel brings something smaller
_BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "extra": ""}
_LEFT_OUT = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}  # of this machine's installation


@dataclass(frozen=True)
class Needs:
    """Packages, by their names on PyPI.

    Attributes:
        compiled: packages that only Pyodide can give.
        at_start: those of them that modules import: they must be loaded before the first cell runs.
        pure: packages of Python code only, which the site carries.
    """

    compiled: frozenset[str]
    at_start: tuple[str, ...]
    pure: tuple[str, ...]


def needs(contents: Contents) -> Needs:
    """What the notebooks, and the modules beside them, import of the packages that are installed here."""
    own = {part for path in contents.files for part in PurePosixPath(path).with_suffix("").parts}
    owners = packages_distributions()

    def packages(imports: Iterable[str]) -> set[str]:
        return {canonicalize_name(owner) for name in imports if name not in own for owner in owners.get(name, ())}

    in_modules = packages(name for path, text in _texts(contents, ".py") for name in imported_packages(text))
    in_cells = packages(
        name
        for path, text in _texts(contents, ".ipynb")
        for cell in json.loads(text)["cells"]
        if cell["cell_type"] == "code"
        for name in imported_packages(text_of(cell))
    )
    brought = _closure(["ipython"]) | {*_STOOD_IN_FOR}
    wanted = _closure([*_KERNEL, *(in_modules | in_cells) - brought])
    pure = {name for name in wanted if _is_pure(distribution(name))} - brought
    compiled = frozenset((in_modules | in_cells) - pure - brought)
    return Needs(compiled, tuple(sorted(compiled & in_modules)), tuple(sorted(pure)))


def write_wheels(names: Iterable[str], folder: Path) -> list[str]:
    """Pack installed packages into wheels again, as they were before they were installed.

    Args:
        names: packages of Python code only.
        folder: where the wheels are written.

    Returns:
        The wheels' file names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name in names:
        package = distribution(name)
        files = [
            (file.as_posix(), Path(str(package.locate_file(file))))
            for file in package.files or ()
            if ".." not in file.parts and "__pycache__" not in file.parts and file.name not in _LEFT_OUT
        ]
        info = next(path.partition("/")[0] for path, _ in files if path.endswith(".dist-info/METADATA"))
        record = "".join(f"{path},,\n" for path, _ in files) + f"{info}/RECORD,,\n"
        made.append(f"{info.removesuffix('.dist-info')}-py3-none-any.whl")
        write_zip(folder / made[-1], [*files, (f"{info}/RECORD", record.encode())])
    return made


def _texts(contents: Contents, ending: str) -> Iterator[tuple[str, str]]:
    for path, content in contents.files.items():
        if path.endswith(ending) and (path in contents.labs or path in contents.answers):
            yield path, content.decode()


def _closure(names: Iterable[str]) -> set[str]:
    """The packages, and what they require in turn; what a compiled package requires comes with it."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        try:
            package = distribution(name)
        except PackageNotFoundError:  # required elsewhere only
            continue
        if name not in found:
            found.add(name)
            required = map(Requirement, package.requires or ()) if _is_pure(package) else ()
            waiting += [each.name for each in required if each.marker is None or each.marker.evaluate(_BROWSER)]
    return found


def _is_pure(package: Distribution) -> bool:
    return "Root-Is-Purelib: true" in (package.read_text("WHEEL") or "")
