"""Renders the measured figures as a page: tables, plots, and an estimate for 100,000 submissions in a day."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams["svg.hashsalt"] = "benchmark"
from matplotlib import pyplot as plt  # noqa: E402

MIB, GIB = 1 << 20, 1 << 30
MANY = 100_000
DAY = 86_400
TARGETS = {"01_single_neuron": 30, "03_backpropagation": 18}  # with a class of 240
CPU_TARGET, WRITER_TARGET = 1.25, 20


def write(figures: dict[str, Any], folder: Path) -> Path:
    """Write the page, its plots and the measured figures into ``folder``; return the page's path."""
    place = folder / "benchmark"
    place.mkdir(parents=True, exist_ok=True)
    (place / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    _bars(figures, place / "labs.svg")
    _curves(figures["small"], place / "small.svg")
    page = folder / "benchmark.md"
    page.write_text(_page(figures), encoding="utf-8")
    return page


def rate(used: dict[str, Any]) -> float:
    """Submissions per minute, start-up included."""
    return 60 * float(used["submissions"]) / float(used["wall_seconds"])


def cpu(used: dict[str, Any]) -> float:
    """CPU seconds per submission, start-up included."""
    return float(used["cpu_seconds"]) / float(used["submissions"])


def writer_milliseconds(small: dict[str, Any]) -> float:
    """Mean wall time of saving one result of the long run, in milliseconds."""
    last = small["points"][-1]
    return float(1000 * last["writer_seconds"] / last["saved"])


def _page(figures: dict[str, Any]) -> str:
    machine, small = figures["machine"], figures["small"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    parts = [
        "# Benchmark",
        "This page is written by `make bench`; the measured figures are in [figures.json](benchmark/figures.json). "
        "Plain nbgrader, this engine and the bare cells ran one after the other on the same machine, with half of "
        "plain nbgrader's submissions before this engine's and half after. Absolute times depend on the machine; the "
        "ratios should be similar elsewhere.",
        f"Measured on {machine['day']}: {machine['cpu']}, {_count(machine['cores'], 'core')}, "
        f"{machine['memory_gib']} GiB, "
        f'{machine["system"]}, Python {machine["python"]}, {versions}; isolation level "{machine["isolation"]}"; '
        f"load average at the start {machine['load']}, caused by other programs on the machine.",
        "## Comparison with plain nbgrader",
        _table(figures["labs"]),
        "All times include start-up, except those of the bare cells. Like the example class, the submissions are made "
        "from the catalogue of right, unusual and wrong answers, but they contain no infinite loops. "
        "The bare cells are a baseline: every cell of the notebook and every test, hidden parts included, in one warm "
        "IPython process, without sandbox, limits, records or explanations. This engine can use less CPU time than "
        "the baseline because it skips two things: demonstrations that nothing graded depends on, and the inline "
        "backend's repeated drawing of every figure.",
        "![Bars: submissions per minute and CPU seconds per submission for each lab, plain nbgrader, this engine and "
        "the bare cells.](benchmark/labs.svg)",
        _agreement(figures),
        f"## {small['submissions']:,} small submissions",
        _long(small),
        "![Three curves over the number of results saved: seconds, which rise in a straight line; memory, which stays "
        "flat; milliseconds of the writer per result.](benchmark/small.svg)",
        f"## Estimate: {MANY:,} submissions in a day",
        _paper(figures),
    ]
    return "\n\n".join(parts) + "\n"


def _table(labs: dict[str, Any]) -> str:
    rows = [
        "| lab | | submissions | per minute | CPU s each | peak memory |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for lab, used in labs.items():
        for key, words in (("plain", "plain nbgrader"), ("ours", "this engine")):
            measured = used[key]
            rows.append(
                f"| {lab} | {words} | {measured['submissions']} | {rate(measured):.1f} | {cpu(measured):.2f} "
                f"| {measured['peak_bytes'] / MIB:.0f} MiB |"
            )
        rows.append(f"| {lab} | bare cells | {used['bare']['submissions']} | | {cpu(used['bare']):.2f} | |")
    rows += ["", "| lab | submissions per minute, relative to plain nbgrader | CPU, relative to the bare cells |"]
    rows += ["|---|---|---|"]
    for lab, used in labs.items():
        speed, share = rate(used["ours"]) / rate(used["plain"]), cpu(used["ours"]) / cpu(used["bare"])
        target = f" (target: at least {TARGETS[lab]})" if lab in TARGETS else ""
        rows.append(f"| {lab} | {speed:.1f}{target} | {share:.2f} (target: at most {CPU_TARGET}) |")
    return "\n".join(rows)


def _agreement(figures: dict[str, Any]) -> str:
    whole = figures["example_class"]
    lines = [
        f"Scores: `autograder grade` and `nbgrader autograde` with the course's configuration gave the example class "
        f"{whole['compared']} scores, {_agreement_of(len(whole['different']))}."
    ]
    beside = {lab: used["scores"] for lab, used in figures["labs"].items()}
    different = [(lab, score) for lab, scores in beside.items() for score in scores["different"]]
    lines[0] += (
        f" Of the {sum(scores['compared'] for scores in beside.values())} scores of plain nbgrader above, "
        f"{len(different) or 'none'} {'differs' if len(different) < 2 else 'differ'} from this engine's"
    )
    if not different:
        return lines[0] + "."
    lines[0] += ". Plain nbgrader's executed notebooks show these reasons:"
    lines += [""] + [
        f"- {lab}, {score['student']}, `{score['test']}`: plain nbgrader {score['plain']:g}, "
        f"this engine {score['ours']:g} ({score['because'] or 'no reason shown'})"
        for lab, score in different
    ]
    return "\n".join(lines)


def _agreement_of(different: int) -> str:
    return f"of which {different} differ" if different else "all of them equal"


def _count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _long(small: dict[str, Any]) -> str:
    points = small["points"]
    tenth = max(1, len(points) // 10)
    early = points[tenth - 1]["seconds"] / points[tenth - 1]["saved"]
    late_points = points[-tenth - 1], points[-1]
    late = (late_points[1]["seconds"] - late_points[0]["seconds"]) / (late_points[1]["saved"] - late_points[0]["saved"])
    half = points[len(points) // 2 :]
    memory = [point["bytes"] for point in points]
    return (
        f"One run of {small['submissions']:,} submissions of a made-up lab with five small cells took "
        f"{small['wall_seconds'] / 60:.1f} minutes: {rate(small):.0f} per minute, with {1000 * cpu(small):.0f} ms of "
        f"CPU time each. The first tenth took {1000 * early:.0f} ms per submission, the last tenth "
        f"{1000 * late:.0f} ms. All processes together used {memory[tenth - 1] / MIB:.0f} MiB of memory after the "
        f"first tenth and at most {max(point['bytes'] for point in half) / MIB:.0f} MiB in the second half. The writer "
        f"took {writer_milliseconds(small):.1f} ms per submission (target: at most {WRITER_TARGET}), of which "
        f"{1000 * points[-1]['writer_cpu_seconds'] / points[-1]['saved']:.1f} ms were CPU time. Running the same "
        f"command again, with nothing left to do, took {small['again_seconds']:.0f} s."
    )


def _paper(figures: dict[str, Any]) -> str:
    labs, small = figures["labs"], figures["small"]
    each = max(cpu(used["ours"]) for used in labs.values())
    heaviest = max(labs, key=lambda lab: cpu(labs[lab]["ours"]))
    cores = MANY * each / DAY
    writer = writer_milliseconds(small) / 1000
    worker = max(used["ours"]["peak_bytes"] for used in labs.values()) / figures["machine"]["cores"]
    disk = max(used["bytes"] + used["gradebook_bytes"] for used in labs.values())
    plain = max(cpu(used["plain"]) for used in labs.values())
    busy = math.ceil(cores / 0.7)
    return "\n".join(
        [
            f"The estimate assumes that all of them are of the lab with the most CPU time, {heaviest}: {each:.2f} s "
            "per submission.",
            "",
            f"- **Cores**: {MANY:,} x {each:.2f} s / {DAY:,} s = {cores:.1f} fully used cores, or "
            f"{_count(busy, 'core')} with a reserve of 30 %. Plain nbgrader, at {plain:.1f} s, would need "
            f"{_count(round(MANY * plain / DAY), 'core')}.",
            f"- **Deadline evening**: if half of them arrive in the last two hours, it takes "
            f"{_count(round(MANY / 2 * each / 7200), 'core')} to keep up; with {_count(busy, 'core')}, grading is "
            f"done {MANY / 2 * each / busy / 3600:.1f} hours after the first of them arrived.",
            f"- **Memory**: {worker / MIB:.0f} MiB per worker, so {busy * worker / GIB:.1f} GiB for "
            f"{_count(busy, 'worker')}, in addition to what students' code may use (`Limits.memory_bytes`).",
            f"- **Writer**: {MANY:,} x {1000 * writer:.1f} ms = {MANY * writer / 60:.0f} minutes of the day, "
            f"{100 * MANY * writer / DAY:.1f} % of one writer's time. One writer is enough: it can save "
            f"{DAY / writer / 1e6:.1f} million results per day.",
            f"- **Disk**: {disk / 1024:.0f} KiB per submission for the graded notebook and the gradebook, "
            f"{MANY * disk / GIB:.1f} GiB in total.",
            f"- **Network**, on a cluster: a submission and its result together are about as large, which is "
            f"{MANY * disk * 8 / DAY / 1e6:.1f} Mbit/s on average. Each worker receives the lab once.",
            "- **Machines**: one machine with that many cores and SQLite, or several smaller ones with `--scheduler`. "
            "Use PostgreSQL if several people run graders or the formgrader at the same time.",
        ]
    )


def _bars(figures: dict[str, Any], path: Path) -> None:
    labs = figures["labs"]
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    places = range(len(labs))
    kinds = (("plain", "plain nbgrader", "///", "0.75"), ("ours", "this engine", "", "0.35"))
    for offset, (key, words, hatch, shade) in zip((-0.2, 0.2), kinds, strict=True):
        bars = left.bar(
            [place + offset for place in places],
            [rate(used[key]) for used in labs.values()],
            0.38,
            label=words,
            hatch=hatch,
            color=shade,
            edgecolor="black",
        )
        left.bar_label(bars, fmt="%.0f")
    for offset, (key, words, hatch, shade) in zip(
        (-0.27, 0.0, 0.27), (*kinds, ("bare", "bare cells", "...", "1.0")), strict=True
    ):
        bars = right.bar(
            [place + offset for place in places],
            [cpu(used[key]) for used in labs.values()],
            0.25,
            label=words,
            hatch=hatch,
            color=shade,
            edgecolor="black",
        )
        right.bar_label(bars, fmt="%.2f")
    for axes, title in ((left, "submissions per minute"), (right, "CPU seconds per submission")):
        axes.set_xticks(list(places), list(labs))
        axes.set_title(title)
        axes.margins(y=0.15)
        axes.legend()
    _save(fig, path)


def _curves(small: dict[str, Any], path: Path) -> None:
    points = small["points"]
    saved = [point["saved"] for point in points]
    fig, axes = plt.subplots(1, 3, figsize=(11, 3.2))
    axes[0].plot(saved, [point["seconds"] for point in points], "k-")
    axes[0].set_title("seconds since the first result")
    axes[1].plot(saved, [point["bytes"] / MIB for point in points], "k-")
    axes[1].set_title("memory of all processes, MiB")
    steps = zip([{"saved": 0, "writer_seconds": 0.0}, *points[:-1]], points, strict=True)
    each = [1000 * (b["writer_seconds"] - a["writer_seconds"]) / (b["saved"] - a["saved"]) for a, b in steps]
    axes[2].plot(saved, each, "k-")
    axes[2].axhline(WRITER_TARGET, color="k", ls=":", label=f"{WRITER_TARGET} ms")
    axes[2].set_title("writer, ms per result")
    axes[2].legend()
    for panel in axes:
        panel.set_xlabel("results saved")
        panel.set_xlim(0)
        panel.set_ylim(0)
    _save(fig, path)


def _save(fig: Any, path: Path) -> None:
    fig.tight_layout()
    fig.savefig(path, metadata={"Date": None})
    plt.close(fig)
