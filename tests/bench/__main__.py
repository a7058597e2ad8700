"""``make bench``: polyreel against its floor and its peers, as ratios measured in the same run.

Machines are noisy, so no absolute time is judged: in every round each contender of a row runs in a
process of its own, one after the other, and what is printed is the median of the rounds' ratios.
With ``--processor``, processor time is counted instead of the clock's, for a machine that does other
things too; rows about waiting mean nothing then.
"""

from __future__ import annotations

import argparse
import json
import operator
import os
import py_compile
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import files
import reading

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
POLYREEL = str(Path(sys.executable).parent / "polyreel")


measured = "seconds"  # or "cpu"


class Skipped(Exception):
    pass


@dataclass(frozen=True)
class Row:
    """One line of the table: what is measured in each round, and what it should be."""

    name: str
    measure: Callable[[str], float]
    target: float
    stretch: float
    at_least: bool = False
    unit: str = "×"

    def verdict(self, value: float) -> str:
        better = operator.ge if self.at_least else operator.le
        if better(value, self.stretch):
            return "stretch"
        return "met" if better(value, self.target) else "missed"


def contend(name: str, port: str) -> dict[str, float]:
    """Run a contender; gives its seconds, count and peak memory in kB."""
    command = [sys.executable, str(HERE / "contenders.py"), name, port]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        raise Skipped(done.stderr.splitlines()[-1])
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def ratio(one: str, other: str) -> Callable[[str], float]:
    """Measure how long one contender takes, in times of another that does the same work."""

    def measure(port: str) -> float:
        first, second = contend(one, port), contend(other, port)
        if first["count"] != second["count"] and "slowest" not in other:
            raise RuntimeError(f"{one} did {first['count']}, {other} {second['count']}")
        return first[measured] / second[measured]

    return measure


def growth(one: str, other: str) -> Callable[[str], float]:
    """Measure how much more memory one contender needs than another, beyond remembered ids, in MB."""

    def measure(port: str) -> float:
        listed = contend(one, port)["peak_kb"] - contend(other, port)["peak_kb"]
        ids = contend("ids-1m", port)["peak_kb"] - contend("ids-10k", port)["peak_kb"]
        return (listed - ids) / 1024

    return measure


def wall(command: list[str], **environ: str) -> float:
    begin = now()
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, **environ}, cwd=ROOT
    )
    return now() - begin


def now() -> float:
    """Give the seconds so far: the clock's, or the processor's for all commands that were run."""
    if measured == "seconds":
        return time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def importing(module: str) -> float:
    clock = "perf_counter" if measured == "seconds" else "process_time"
    code = f"import time; a = time.{clock}(); import {module}; print(time.{clock}() - a)"
    return float(subprocess.run(python(code), check=True, capture_output=True, text=True).stdout)


def import_ratio(_: str) -> float:
    return importing("polyreel") / importing("openai")


def command_ratio(*arguments: str) -> Callable[[str], float]:
    """Measure a command that asks nobody, in times of importing openai."""
    return lambda _: wall([POLYREEL, *arguments]) / wall(python("import openai"))


def jsonl_ratio(port: str) -> float:
    """Every field of 10,000 videos as lines of JSON, start-up included, against a script with httpx."""
    listed = [POLYREEL, "videos", "list", "--provider", "openai", "--format", "jsonl"]
    url = f"http://127.0.0.1:{port}/cursor-10000-0/v1"
    ours = wall(listed, OPENAI_BASE_URL=url, NO_PROXY="127.0.0.1")
    return ours / wall([sys.executable, str(HERE / "contenders.py"), "bare-jsonl", port])


def mcp_start(_: str) -> float:
    """From starting the command to its answer to a client's first request."""
    params = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "bench", "version": "1"},
    }
    greeting = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
    begin = time.perf_counter()
    command = [POLYREEL, "mcp", "--sandbox"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdin.write(json.dumps(greeting).encode() + b"\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        taken = time.perf_counter() - begin
        process.stdin.close()
        problem = process.stderr.read().decode()
    if not answer:
        raise Skipped(problem.strip())
    return taken


def providers_ratio(_: str) -> float:
    """Twenty installed plugins against one; they are made for this."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(20):
            make_plugin(Path(folder), f"extra{number}")
        many = ",".join(f"extra{number}" for number in range(20))
        listed = [POLYREEL, "providers"]
        twenty = wall(listed, PYTHONPATH=folder, POLYREEL_PLUGINS=many)
        return twenty / wall(listed, PYTHONPATH=folder, POLYREEL_PLUGINS="extra0")


def make_plugin(folder: Path, name: str) -> None:
    source = (ROOT / "plugins/polyreel_plugins/openai.py").read_text()
    module = folder / f"{name}.py"
    module.write_text(source.replace('name="openai"', f'name="{name}"'))
    py_compile.compile(str(module))  # as pip does
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[polyreel.providers]\n{name} = {name}\n")


def wheel_size(_: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        build = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "-w",
            folder,
            str(ROOT),
        ]
        subprocess.run(build, check=True, capture_output=True)
        (wheel,) = Path(folder).glob("*.whl")
        return wheel.stat().st_size / 1000


def generate_unchanged(_: str) -> float:
    return wall([POLYREEL, "generate"]) - wall(python("pass"))


def generate_one(_: str) -> float:
    """One changed provider of all, against one run of the generator alone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("specs", "generated"):
            shutil.copytree(ROOT / part, copy / part)
        overlay = copy / "specs/tavus/overlay.yaml"
        overlay.write_text(overlay.read_text().replace("Get one video.", "Get a video."))
        ours = wall([POLYREEL, "generate", "--root", folder])
        spec = str(copy / "generated/polyreel_clients/tavus/openapi.json")
        alone = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
        alone += ["--path", spec, "--output-path", str(copy / "out")]
        tools = (
            f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # its hooks look for ruff there
        )
        return ours / wall(alone, PATH=tools)


ROWS = [
    Row("10,000 videos: polyreel / bare httpx loop", ratio("polyreel", "bare"), 1.45, 1.3),
    Row("10,000 videos: async polyreel / bare loop", ratio("polyreel-async", "bare"), 1.8, 1.6),
    Row(
        "10,000 videos as JSON: polyreel / bare loop", ratio("polyreel-json", "bare-json"), 2.2, 1.7
    ),
    Row(
        "10,000 videos as JSON: openai / polyreel",
        ratio("openai-json", "polyreel-json"),
        2.5,
        3.5,
        at_least=True,
    ),
    Row("10,000 videos: data frame / to_dict", ratio("polyreel-frame", "polyreel-dicts"), 2, 1.7),
    Row("polyreel videos list --format jsonl / bare script", jsonl_ratio, 2, 1.5),
    Row("10,000 videos: openai / polyreel", ratio("openai", "polyreel"), 3.5, 5, at_least=True),
    Row("10,000 videos: generated client / polyreel", ratio("generated", "polyreel"), 0, 1, True),
    Row("10,000 videos: litellm / polyreel", ratio("litellm", "polyreel"), 1, 3.5, at_least=True),
    Row(
        "100 numbered pages, 50 ms: one by one / polyreel",
        ratio("bare-pages-50ms", "polyreel-pages-50ms"),
        8,
        9.5,
        at_least=True,
    ),
    Row(
        "five lists, 100 pages, 50 ms: one by one / polyreel",
        ratio("bare-lists-50ms", "polyreel-lists-50ms"),
        1.8,
        4,
        at_least=True,
    ),
    Row(
        "40 pages, 50 ms, 40 ms of work each: polyreel / pages alone",
        ratio("polyreel-working-40ms", "bare-cursor-50ms"),
        1.06,
        1.03,
    ),
    Row(
        "six accounts, 40-80 ms: polyreel / the slowest alone",
        ratio("polyreel-six", "polyreel-slowest"),
        1.25,
        1.1,
    ),
    Row("get: polyreel / bare get", ratio("polyreel-get", "bare-get"), 1.5, 1.25),
    Row("import polyreel / import openai", import_ratio, 0.05, 0.03),
    Row("polyreel --version / import openai", command_ratio("--version"), 0.2, 0.15),
    Row("polyreel --help / import openai", command_ratio("--help"), 0.35, 0.3),
    Row(
        "polyreel videos list --help / import openai",
        command_ratio("videos", "list", "--help"),
        0.5,
        0.4,
    ),
    Row("polyreel providers: twenty plugins / one", providers_ratio, 1.1, 1.0),
    Row(
        "memory beyond ids: 1,000,000 videos counted - 10,000",
        growth("polyreel-1m", "polyreel-10k"),
        8,
        4,
        unit=" MB",
    ),
    Row("polyreel mcp: until a client is greeted", mcp_start, 1.5, 1.0, unit=" s"),
    Row(
        "memory beyond ids: 1,000,000 videos as JSON - 10,000",
        growth("polyreel-1m-json", "polyreel-10k-json"),
        8,
        4,
        unit=" MB",
    ),
    Row("wheel", wheel_size, 700, 600, unit=" kB"),
    Row(
        "generate, nothing changed, beyond Python's start", generate_unchanged, 0.5, 0.3, unit=" s"
    ),
    Row("generate, one changed / one generator run", generate_one, 1.3, 1.1),
    *(
        Row(f"reading 10 MB / 100 kB, per byte: {kind.__name__}", reading.growth(kind), 1.5, 1.2)
        for kind in (reading.described, reading.chained)
    ),
    Row("files of 200 MB: speed of polyreel / curl", files.throughput, 0.6, 0.75, at_least=True),
    Row(
        "1,000 files of 100 kB, 50 ms: speed of archive / curl --parallel",
        files.many,
        0.8,
        0.9,
        at_least=True,
    ),
    Row("archive of 10,000 files, second run", files.second_run, 1, 0.7, unit=" s"),
    Row("peak memory: a file of 2 GB - one of 2 MB", files.memory, 8, 4, unit=" MB"),
]
# A minute each, or the same in every round.
ONCE = {row.name for row in ROWS if row.unit in {" MB", " kB"}} | {
    "archive of 10,000 files, second run"
}


@contextmanager
def server() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, str(HERE / "server.py")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--processor", action="store_true", help="count processor time")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    given = parser.parse_args()
    global measured  # noqa: PLW0603 - one run measures one thing
    measured = "cpu" if given.processor else "seconds"

    figures = []
    print(f"{'':62} {'median':>9} {'target':>9} {'stretch':>8}  verdict")
    with server() as port:
        for row in (row for row in ROWS if given.only in row.name):
            try:
                rounds = 1 if row.name in ONCE else given.rounds
                values = sorted(row.measure(port) for _ in range(rounds))
            except Skipped as reason:
                print(f"{row.name:62} skipped: {reason}")
                continue
            median = statistics.median(values)
            sign = ">=" if row.at_least else "<="
            shown = f"{median:.2f}{row.unit}"
            verdict = row.verdict(median)
            print(
                f"{row.name:62} {shown:>9} {f'{sign} {row.target:g}':>9} {row.stretch:>8g}  {verdict}",
                flush=True,
            )
            figures.append(
                {"row": row.name, "median": median, "values": values, "verdict": verdict}
            )
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
