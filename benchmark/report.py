"""From figures to a page: a table, plots, and what 100,000 submissions in a day need. Ratios first: machines differ."""

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
TARGETS = {"01_single_neuron": 20, "03_backpropagation": 10}
CPU_TARGET, WRITER_TARGET = 1.25, 20


def write(figures: dict[str, Any], folder: Path) -> Path:
    """Write the page, its plots and the figures themselves into ``folder``; return the page's path."""
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


def writer_milliseconds(small: dict[str, Any], since: int = 0) -> float:
    """Wall milliseconds that saving one result took, on average, from one point of the long run to its end."""
    last, first = small["points"][-1], small["points"][since]
    start = (0, 0.0) if not since else (first["saved"], first["writer_seconds"])
    return float(1000 * (last["writer_seconds"] - start[1]) / (last["saved"] - start[0]))


def _page(figures: dict[str, Any]) -> str:
    machine, small = figures["machine"], figures["small"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    parts = [
        "# Benchmark",
        "Written by `make bench`; the figures behind it are in [figures.json](benchmark/figures.json). Plain nbgrader "
        "(half of its submissions before, half after), this engine and the bare cells ran in one go on the same "
        "machine. Absolute times are this machine's; what carries over are the ratios.",
        f"Measured on {machine['day']}: {machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f'{machine["system"]}, Python {machine["python"]}, {versions}; isolation level "{machine["isolation"]}"; '
        f"load average {machine['load']} when it began, from other work on the machine.",
        "## Beside plain nbgrader",
        _table(figures["labs"]),
        "Start-up is included everywhere but in the bare cells. Submissions are made from the catalogue of right, "
        "unusual and wrong answers, as the example class is, but for its infinite loops. "
        "The bare cells are the limit: every cell of the notebook and every test, hidden parts included, in one warm "
        "IPython process, without sandbox, limits, records or explanations. CPU below that limit comes from two things "
        "that grading leaves out: demonstrations that nothing graded depends on, and the second and third drawing of "
        "every figure that the inline backend does for nobody.",
        "![Bars: submissions per minute and CPU seconds per submission for each lab, plain nbgrader, this engine and "
        "the bare cells.](benchmark/labs.svg)",
        _agreement(figures),
        f"## {small['submissions']:,} small submissions",
        _long(small),
        "![Three curves over the number of results saved: seconds, which rise in a straight line; memory, which stays "
        "flat; milliseconds of the writer per result.](benchmark/small.svg)",
        f"## On paper: {MANY:,} submissions in a day",
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
            one = used[key]
            rows.append(
                f"| {lab} | {words} | {one['submissions']} | {rate(one):.1f} | {cpu(one):.2f} "
                f"| {one['peak_bytes'] / MIB:.0f} MiB |"
            )
        rows.append(f"| {lab} | bare cells | {used['bare']['submissions']} | | {cpu(used['bare']):.2f} | |")
    rows += ["", "| lab | times plain nbgrader's submissions per minute | CPU, times the bare cells |", "|---|---|---|"]
    for lab, used in labs.items():
        speed, share = rate(used["ours"]) / rate(used["plain"]), cpu(used["ours"]) / cpu(used["bare"])
        asked = f" (asked: at least {TARGETS[lab]})" if lab in TARGETS else ""
        rows.append(f"| {lab} | {speed:.1f}{asked} | {share:.2f} (asked: at most {CPU_TARGET}) |")
    return "\n".join(rows)


def _agreement(figures: dict[str, Any]) -> str:
    whole = figures["example_class"]
    lines = [
        f"Scores: `autograder grade` and `nbgrader autograde` with the course's configuration gave the example class "
        f"{whole['compared']} scores, {_alike(len(whole['different']))}."
    ]
    beside = {lab: used["scores"] for lab, used in figures["labs"].items()}
    different = [(lab, each) for lab, scores in beside.items() for each in scores["different"]]
    lines[0] += (
        f" Of the {sum(scores['compared'] for scores in beside.values())} scores of plain nbgrader above, "
        f"{len(different)} differ from this engine's"
    )
    if not different:
        return lines[0] + "."
    lines[0] += ", for the reason that its own executed notebook shows:"
    lines += [""] + [
        f"- {lab}, {each['student']}, `{each['test']}`: plain nbgrader {each['plain']:g}, this engine {each['ours']:g} "
        f"({each['because'] or 'no reason shown'})"
        for lab, each in different
    ]
    return "\n".join(lines)


def _alike(different: int) -> str:
    return f"{different} of them not alike" if different else "all of them alike"


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
        f"{small['wall_seconds'] / 60:.1f} minutes: {rate(small):.0f} a minute, {1000 * cpu(small):.0f} ms of CPU "
        f"each. The first tenth took {1000 * early:.0f} ms a submission, the last tenth {1000 * late:.0f} ms. "
        f"Memory of all processes was {memory[tenth - 1] / MIB:.0f} MiB after the first tenth and "
        f"{max(point['bytes'] for point in half) / MIB:.0f} MiB at most in the second half. The writer took "
        f"{writer_milliseconds(small):.1f} ms a submission (asked: at most {WRITER_TARGET}), "
        f"{1000 * points[-1]['writer_cpu_seconds'] / points[-1]['saved']:.1f} ms of it CPU. The same command again, "
        f"with nothing to do, took {small['again_seconds']:.0f} s."
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
            f"All of them of the heaviest lab here, {heaviest}, at {each:.2f} s of CPU:",
            "",
            f"- **Cores**: {MANY:,} x {each:.2f} s / {DAY:,} s = {cores:.1f} cores that do nothing else; with a third "
            f"in reserve {busy}. Plain nbgrader's {plain:.1f} s would take {MANY * plain / DAY:.0f}.",
            f"- **Deadline evening**: half of them in the last two hours need {MANY / 2 * each / 7200:.0f} cores to "
            f"keep up; {busy} cores are done {MANY / 2 * each / busy / 3600:.1f} hours after the first of them came.",
            f"- **Memory**: {worker / MIB:.0f} MiB a worker, so {busy * worker / GIB:.1f} GiB for {busy} workers, "
            "besides what a student's code may use (`Limits.memory_bytes`).",
            f"- **Writer**: {MANY:,} x {1000 * writer:.1f} ms = {MANY * writer / 60:.0f} minutes of the day, "
            f"{100 * MANY * writer / DAY:.1f} % of one writer, so one is enough; its limit is "
            f"{DAY / writer / 1e6:.1f} million a day.",
            f"- **Disk**: {disk / 1024:.0f} KiB a submission for graded notebook and gradebook, "
            f"{MANY * disk / GIB:.1f} GiB.",
            f"- **Network**, on a cluster: a submission and its result are about as large, so "
            f"{MANY * disk * 8 / DAY / 1e6:.1f} Mbit/s on average. Each worker gets the lab once.",
            "- **Machines**: one with that many cores and SQLite, or several small ones with `--scheduler`; PostgreSQL "
            "when more than one person runs graders or the formgrader at the same time.",
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
    for one in axes:
        one.set_xlabel("results saved")
        one.set_xlim(0)
        one.set_ylim(0)
    _save(fig, path)


def _save(fig: Any, path: Path) -> None:
    fig.tight_layout()
    fig.savefig(path, metadata={"Date": None})
    plt.close(fig)
