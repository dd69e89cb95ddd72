"""The wheel's program beside the source build's, on the same work in turns: seconds that it had of a core, the best of five."""

import pathlib
import resource
import struct
import subprocess
import sys
import tempfile
import time

WORK = {
    "trees: predict tg:xgb:n2v": ["predict", "--zoo", "words", "--target", "iberian", "--method", "tg:xgb:n2v"],
    "linear: predict tg:lr:n2v on mteb": ["predict", "--zoo", "mteb", "--target", "Banking77Classification", "--method", "tg:lr:n2v"],
    "matrices: score logme, 4,000 × 800": ["score", "logme", "h-score", "--features", "{place}/x.npy", "--labels", "{place}/y.npy",
                                           "--threads", "1"],
    "start: --version": ["--version"],
}


def save(path, kind, shape, data):
    """A file as numpy.save writes it."""
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data)


def core_and_time(command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds


def main():
    wheel, source = sys.argv[1:]
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        subprocess.run([sys.executable, "-m", "venv", place / "e"], check=True)
        subprocess.run([place / "e" / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "--no-deps", "--no-index", wheel], check=True)
        rows, columns, state, values = 4000, 800, 1, []
        for _ in range(rows * columns):
            state = (state * 1103515245 + 12345) % 2**31
            values.append(state / 2**31)
        save(place / "x.npy", "<f4", (rows, columns), struct.pack(f"<{rows * columns}f", *values))
        save(place / "y.npy", "<i8", f"({rows},)", struct.pack(f"<{rows}q", *(row % 7 for row in range(rows))))
        programs = {"source": source, "wheel": place / "e" / "share" / "transfergraph" / "bin" / "tgkernel"}
        print(f"{'':38}{'source s':>10}{'wheel s':>10}{'ratio':>8}{'source ms':>11}{'wheel ms':>10}")
        for name, words in WORK.items():
            runs = {which: [] for which in programs}
            for _ in range(5):
                for which, program in programs.items():
                    runs[which].append(core_and_time([program, *(word.replace("{place}", str(place)) for word in words)]))
            core = {which: min(run[0] for run in runs[which]) for which in programs}
            wall = {which: min(run[1] for run in runs[which]) * 1e3 for which in programs}
            print(f"{name:38}{core['source']:10.2f}{core['wheel']:10.2f}{core['wheel'] / core['source']:8.2f}"
                  f"{wall['source']:11.0f}{wall['wheel']:10.0f}")


main()
