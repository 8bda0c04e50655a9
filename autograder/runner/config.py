"""What the trusted side tells the warm parent once, when the sandbox starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

WARM_LIBRARIES: Mapping[str, str] = {
    "sklearn": "import sklearn.datasets, sklearn.model_selection, sklearn.linear_model, sklearn.metrics",
}
"""Libraries that a warm parent loads only for labs that name them, as they take a third of its time and memory: name ->
what is imported. A runner that needs another one imports it itself."""


@dataclass(frozen=True)
class Bounds:
    """The bounds of `autograder.model.limits.Limits` that hold inside the sandbox, by the same names.

    Attributes:
        total_seconds: wall seconds for the whole notebook; processor time is bounded by it as well.
        memory_bytes: memory of one process.
        processes: processes and threads at one time.
        open_files: open files of one process.
        file_bytes: size of one file written.
        output_bytes: printed text, rich output and metadata of one cell.
        figure_bytes: images of one cell.
        value_bytes: size of one value that crosses to the judge.
        value_depth: nesting of one value that crosses.
    """

    total_seconds: float
    memory_bytes: int
    processes: int
    open_files: int
    file_bytes: int
    output_bytes: int
    figure_bytes: int
    value_bytes: int
    value_depth: int

    @classmethod
    def of(cls, limits: Any) -> Bounds:
        """Take these bounds from an object that has attributes of their names."""
        return cls(**{field.name: getattr(limits, field.name) for field in fields(cls)})


@dataclass(frozen=True)
class RunnerConfig:
    """The configuration of a warm parent and of the runners that it forks.

    Attributes:
        bounds: what one submission may use.
        uid: user and group that runners change to; None where they keep the warm parent's.
        namespaces: whether namespaces surround the warm parent, which then is process 1.
        landlock: whether runners restrict themselves by Landlock.
        filter: whether runners restrict themselves by a system call filter.
        signals: whether signals may be sent, because a namespace or Landlock keeps them inside.
        other_processes: processes and threads outside that count on the same kernel limit as the runner's.
        scratch: folders that may be written.
        home: the student's folder, in the first of them.
        temporary: the folder for temporary files.
        read: files and folders that may be read: system, Python and the engine's runner side.
        devices: device files that may be used.
        notable: folders of the machine where something of the grader's may lie; opening a path there is noted although
            it looks like a folder of the student's own computer.
        libraries: those of `WARM_LIBRARIES` that the warm parent loads.
        fonts: a list of fonts that Matplotlib made outside, which takes it a while; "" for none.
    """

    bounds: Bounds
    uid: int | None
    namespaces: bool
    landlock: bool
    filter: bool
    signals: bool
    other_processes: int
    scratch: tuple[str, ...]
    home: str
    temporary: str
    read: tuple[str, ...]
    devices: tuple[str, ...]
    notable: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    fonts: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for the message."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> RunnerConfig:
        """Build the configuration from the message's plain data.

        Raises:
            TypeError: a field is missing, or one is not known.
        """
        values: dict[str, Any] = {name: tuple(value) if type(value) is list else value for name, value in data.items()}
        values["bounds"] = Bounds(**values["bounds"])
        return cls(**values)
