"""What doing a sweep in parts costs, and what it gives.

overhead     a part's time beside the work of its tasks: the first part of a folder, which keeps the zoo there, and a later one
evaluation   the evaluation of the MTEB folder of ../shared/zoos/hubs in one run, in 1 part and in 8: times, evenness, bytes
estimate     what %evaluate says beforehand, beside what a target takes
projection   from measured parts: features of 2,000 models of one dataset, and all of MTEB, on 64 nodes of one core each
slurm        200 parts of a second on two nodes of one core each, beside 200 jobs of Slurm's own that sleep a second

Without a name all but the last, which needs root, slurm-wlm and munge. Others on the machine lengthen times and not what a
process had of a core: where both are printed, the second is what an idle machine would take.
"""

import argparse
import contextlib
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
HUBS = ROOT.parent / "shared" / "zoos" / "hubs" / "data" / "mteb"
NODES = 64


class Run:
    """A command's time, what it had of cores, and what it wrote."""

    def __init__(self, *words, **environment):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        finished = subprocess.run(
            [str(word) for word in words], env={**os.environ, **environment}, capture_output=True, text=True)
        self.seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.core = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.output = finished.stdout
        if finished.returncode:
            sys.exit(f"{' '.join(map(str, words))}: {finished.stdout}{finished.stderr}")


def heads(folder):
    """The first lines of a folder's parts."""
    return [json.loads(path.read_bytes().split(b"\n", 1)[0]) for path in sorted(folder.glob("*.tgpart"))]


def shown(zoo):
    """A zoo's name, or where it lies beside the checkout."""
    return zoo if isinstance(zoo, str) else os.path.relpath(zoo, ROOT)


def overhead(program, options):
    print("\na part beside the work of its tasks, best of five")
    print(f"{'zoo':34}{'first s':>9}{'core s':>8}{'later s':>9}{'core s':>8}")
    for zoo in ["words", "timm", "mteb", *([HUBS] if HUBS.exists() else [])]:
        times = {1: [], 2: []}
        for _ in range(5):
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder) / "sweep"
                for part in times:
                    # A later part finds the zoo in the folder, as the jobs of a cluster do.
                    words = ["--zoo", zoo] if part == 1 else []
                    # The work of its only task is some milliseconds.
                    run = Run(program, "evaluate", *words, "--method", "random", "--targets", 8, "--threads", "1",
                              "--part", f"{part}/8", "--out", folder)
                    work = next(head["seconds"] for head in heads(folder) if head["part"] == part)
                    times[part].append((run.seconds - work, run.core))
        figures = "".join(f"{min(run[0] for run in runs):9.2f}{min(run[1] for run in runs):8.2f}" for runs in times.values())
        print(f"{shown(zoo):34}{figures}")


def evaluation(program, options):
    if not HUBS.exists():
        return print("\nthe MTEB folder of ../shared/zoos/hubs is not here")
    words = ["evaluate", "--method", "tg:lr:n2v", "--method", "auto", "--method", "history", "--threads", "1"]
    print(f"\n{' '.join(words)} on {shown(HUBS)}, one part after the other")
    bytes_of = {}
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        run = Run(program, *words, "--zoo", HUBS, "--output-format", "json", "--export", place / "one.csv")
        bytes_of["one run"] = (run.output, (place / "one.csv").read_bytes())
        print(f"{'':12}{'s':>8}{'core s':>8}{'slowest part s':>16}{'of the mean':>13}{'merging s':>11}")
        print(f"{'one run':12}{run.seconds:8.1f}{run.core:8.1f}")
        for count in (1, 8):
            folder = place / str(count)
            runs = [Run(program, *words, "--zoo", HUBS, "--part", f"{part}/{count}", "--out", folder)
                    for part in range(1, count + 1)]
            merged = Run(program, "merge", folder, "--output-format", "json", "--export", place / "merged.csv")
            bytes_of[f"{count} parts"] = (merged.output, (place / "merged.csv").read_bytes())
            cores = [run.core for run in runs]
            print(f"{f'{count} parts':12}{sum(run.seconds for run in runs):8.1f}{sum(cores):8.1f}{max(cores):16.1f}"
                  f"{max(cores) / (sum(cores) / count):13.2f}{merged.seconds:11.2f}")
    same = len(set(bytes_of.values())) == 1
    print(f"the same bytes of table and predictions: {'yes' if same else 'NO'}")


def estimate(program, options):
    print("\nall targets on one core, said beforehand, and by one of them that was done (seconds of a core)")
    print(f"{'zoo':8}{'method':14}{'targets':>8}{'said':>10}{'done':>10}")
    for zoo in ("words", "timm", "mteb"):
        for method in ("auto", "graph:rf:spectral", "tg:lr:n2v", "tg:xgb:n2v", "tg:lr:gat"):
            with tempfile.TemporaryDirectory() as place:
                place = pathlib.Path(place)
                cores = {}
                for one in ("history", method):
                    # Of so many parts each has one target.
                    cores[one] = Run(program, "evaluate", "--zoo", zoo, "--method", one, "--threads", "1", "--part",
                                     "1/10000", "--out", place / one).core
                tasks = heads(place / method)[0]["sweep"]["tasks"]
            core = cores[method] - cores["history"]
            process = subprocess.Popen(
                [program, "evaluate", "--zoo", zoo, "--method", method, "--threads", "1", "--output-format", "json"],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            line = process.stderr.readline()
            process.kill()
            said = line.rsplit(": ", 1)[-1].strip().rstrip(".")
            print(f"{zoo:8}{method:14}{tasks:8}{said:>16}{duration(core * tasks):>10}")


def on_nodes(task, tasks, parts):
    """How long so many equal tasks take in so many parts, each on a core of its own."""
    return -(-tasks // parts) * task + 0.3


def duration(seconds):
    return f"{seconds / 3600:.1f} h" if seconds > 5400 else f"{seconds / 60:.0f} min" if seconds > 90 else f"{seconds:.0f} s"


def projection(program, options):
    print(f"\nprojected on {NODES} nodes of one core each, from measured parts (seconds of a core)")
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        measured = []
        for part in (1, 700):
            words = ["evaluate", "--zoo", "mteb", "--method", "tg:xgb:n2v", "--threads", "1"]
            run = Run(program, *words, "--part", f"{part}/1381", "--out", place / "mteb")
            measured.append(run.core)
        tasks = heads(place / "mteb")[0]["sweep"]["tasks"]
        task = sum(measured) / len(measured)
        print(f"all of MTEB with tg:xgb:n2v: {tasks} targets of {task:.0f} s ({', '.join(f'{one:.0f}' for one in measured)}): "
              f"{duration(tasks * task)} on one core, {duration(on_nodes(task, tasks, NODES))} on {NODES}")
        features(program, options, place)


def features(program, options, place):
    """Two networks that a package brings, over pictures of digits: what a model costs, and a sample of it."""
    known = "import rapidocr_onnxruntime, sklearn, PIL; print(rapidocr_onnxruntime.__path__[0])"
    found = subprocess.run([options.python, "-c", known], capture_output=True, text=True)
    if found.returncode:
        return print(f"features: {options.python} has no rapidocr_onnxruntime, scikit-learn and pillow; --python names one that has")
    networks = pathlib.Path(found.stdout.strip()) / "models"
    subprocess.run([options.python, "-c", DIGITS, place / "digits.npz"], check=True)
    reader = place / "reader.onnx"
    reader.symlink_to(networks / "ch_PP-OCRv4_rec_infer.onnx")
    reader.with_suffix(".json").write_text('{"height": 48, "width": 96, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}')
    samples = 10_000
    for name, network in (("a small network", networks / "ch_ppocr_mobile_v2.0_cls_infer.onnx"), ("a larger one", reader)):
        cores = {}
        for limit in (100, 1000):
            run = Run(program, "features", "extract", "--models", f"m={network}", "--data", place / "digits.npz", "--limit",
                      limit, "--threads", "1", "--batch", "64", "--python", options.python, "--part", "1/1", "--out",
                      place / f"{name}-{limit}", OMP_NUM_THREADS="1")
            cores[limit] = run.core
        each = (cores[1000] - cores[100]) / 900
        start = cores[100] - 100 * each
        model = start + samples * each
        print(f"features of 2,000 models like {name} ({network.stat().st_size / 1e6:.1f} MB) on {samples:,} samples: "
              f"{start:.1f} s and {each * 1e3:.1f} ms a sample, {model:.0f} s a model: "
              f"{duration(2000 * model)} on one core, {duration(on_nodes(model, 2000, NODES))} on {NODES}")


DIGITS = """
import sys
import numpy as np
from sklearn.datasets import load_digits
found = load_digits()
np.savez(sys.argv[1], x=(found.images * 15.9).astype(np.uint8), y=found.target)
"""


def slurm(program, options):
    sys.path.insert(0, str(ROOT / "Tests" / "Conformance"))
    import slurm_cluster

    if reason := slurm_cluster.missing():
        return print(f"\nno Slurm: {reason}")
    count = options.jobs
    with contextlib.ExitStack() as stack:
        place = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        place.chmod(0o755)
        cluster = stack.enter_context(slurm_cluster.running(place / "cluster"))
        environment = {key: cluster.environment[key] for key in ("SLURM_CONF", "PATH", "TRANSFERGRAPH_JOBS")}
        print(f"\n{count} parts of a second on two nodes of one core each: {count / 2:.0f} s would be ideal")

        def empty():
            return not cluster.run("squeue", "-h", check=False)

        start = time.perf_counter()
        cluster.run("sbatch", f"--array=1-{count}", "--output=/dev/null", "--wrap=sleep 1")
        cluster.wait(empty, "Slurm's own jobs", 60 * count)
        own = time.perf_counter() - start
        print(f"Slurm alone, jobs that sleep a second: {own:.1f} s, so {(own - count / 2) / count * 2:.3f} s a job is Slurm's own")
        setup = place / "second.sh"
        setup.write_text("sleep 1\n")
        # A task is a target with a seed: so many that each part has one.
        seeds = [word for seed in range(1, count // 20 + 1) for word in ("--seed", seed)]
        run = Run(program, "evaluate", "--zoo", "words", "--method", "random", "--targets", 20, *seeds, "--on", "slurm",
                  "--jobs", count, "--setup", setup, "--out", place / "sweep", **environment)
        assert len(heads(place / "sweep")) == count
        print(f"the sweep, parts that sleep a second first: {run.seconds:.1f} s, {run.seconds / (count / 2):.2f} of ideal; "
              f"without what is Slurm's own {(run.seconds - own + count / 2) / (count / 2):.2f} of ideal")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="overhead, evaluation, estimate, projection, slurm")
    parser.add_argument("--program", default=ROOT / ".build" / "release" / "tgkernel", help="the tgkernel to measure")
    parser.add_argument("--python", default=sys.executable, help="the Python that features are made in")
    parser.add_argument("--jobs", type=int, default=200, help="how many parts Slurm gets")
    options = parser.parse_args()
    known = {one.__name__: one for one in (overhead, evaluation, estimate, projection, slurm)}
    if unknown := [name for name in options.what if name not in known]:
        parser.error(f"there is no {unknown[0]}; there are {', '.join(known)}")
    for name in options.what or list(known)[:-1]:
        known[name](pathlib.Path(options.program), options)


if __name__ == "__main__":
    main()
