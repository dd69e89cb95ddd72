"""Times how long hubs and large tables take to be read into a zoo, on inputs made from a small collection of real ones.

    python Benchmarks/reading.py --tgkernel .build/release/tgkernel --from DATA [--inputs FOLDER] [--share 1] [--rounds 3]

DATA holds huggingface/cards and mteb/results (see script/support/make-hubs.py). The inputs, a gigabyte, are made where they
are missing. Each figure is of a process of its own, its start included; memory is the largest it had.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]

# What is read, and how many seconds and MiB it may take with two cores.
LIMITS = {"cards": (4, None), "cache": (10, None), "mteb": (20, None), "modellens": (8, None)}
WHAT = {
    "cards": "3,000 cards", "cache": "a hub cache of 10,000 models", "mteb": "an MTEB folder of 60,000 files and 300 MB",
    "modellens": "a ModelLens corpus of 1.8 million rows and 430 MB",
}


def measured(command):
    """Seconds and MiB of a command, which must succeed; the system's own count of the child's memory."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit((errors or output).decode(errors="replace"))
    return seconds, usage.ru_maxrss / 1024, output.decode(errors="replace")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tgkernel", default=str(ROOT / ".build/release/tgkernel"))
    parser.add_argument("--from", dest="data", required=True)
    parser.add_argument("--inputs", type=pathlib.Path)
    parser.add_argument("--share", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("what", nargs="*", choices=list(LIMITS) + [[]], default=[])
    options = parser.parse_args()
    inputs = options.inputs or pathlib.Path(tempfile.mkdtemp(prefix="reading-"))
    missed = 0
    print(f"{'input':56} {'seconds':>8} {'at most':>8} {'MiB':>7}")
    for name in options.what or LIMITS:
        if not (inputs / name).exists():
            made = subprocess.run([
                sys.executable, str(ROOT / "script/support/make-hubs.py"), "--from", options.data, "--to", str(inputs),
                "--share", str(options.share), name,
            ])
            if made.returncode != 0:
                sys.exit(made.returncode)
        script = inputs / f"{name}.tg"
        script.write_text(f"%zoo load {inputs / name}\n")
        command = [options.tgkernel, "run", str(script)]
        rounds = [measured(command) for _ in range(options.rounds)]
        seconds, memory = min(round[0] for round in rounds), max(round[1] for round in rounds)
        limit = LIMITS[name][0]
        missed += seconds > limit and options.share == 1
        print(f"{WHAT[name]:56} {seconds:8.2f} {limit:8} {memory:7.0f}")
    sys.exit(f"{missed} of them took longer than they may." if missed else 0)


if __name__ == "__main__":
    main()
