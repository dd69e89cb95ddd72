"""Times walks and skip-gram of this project, PecanPy and gensim on the same made graphs, and prints one table.

A graph grows by preferential attachment with clustering, ten edges a node; a tenth of its edges is held out and predicted from the dot
products of the vectors (AUC, AP) and by logistic regression on the products of their components (fitted), for every
program by the same code (`tgbench link-quality`). Walks follow p = 0.5 and q = 2.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

DIMENSION, WINDOW, NEGATIVES, LENGTH, P, Q = 128, 10, 5, 80, 0.5, 2.0


def ours(arguments, nodes, walks, lock_free):
    command = [
        arguments.tgbench, "embedding", "--nodes", str(nodes), "--walks", str(walks), "--walk-length", str(LENGTH),
        "--dimension", str(DIMENSION), "--window", str(WINDOW), "--negatives", str(NEGATIVES), "--p", str(P),
        "--q", str(Q), "--threads", str(arguments.threads),
    ]
    return json.loads(subprocess.check_output(command + (["--lock-free"] if lock_free else [])))


def others(arguments, nodes, walks, directory):
    import numpy
    import numba
    from gensim.models import Word2Vec
    from gensim.models.callbacks import CallbackAny2Vec
    from pecanpy import pecanpy

    numba.set_num_threads(min(arguments.threads, numba.config.NUMBA_NUM_THREADS))
    file = directory / "edges.i32"
    subprocess.check_call([arguments.tgbench, "embedding-graph", "--nodes", str(nodes), str(file)])
    ends = numpy.fromfile(file, dtype="<i4").reshape(-1, 2)
    both = numpy.concatenate([ends, ends[:, ::-1]])
    both = both[numpy.lexsort((both[:, 1], both[:, 0]))]
    starts = numpy.concatenate([[0], numpy.cumsum(numpy.bincount(both[:, 0], minlength=nodes))])
    graph = directory / "graph.csr.npz"
    numpy.savez(
        graph, IDs=numpy.arange(nodes).astype(str), data=numpy.ones(len(both), dtype=numpy.float32),
        indptr=starts.astype(numpy.uint32), indices=both[:, 1].astype(numpy.uint32))
    del ends, both

    def walker():
        walker = pecanpy.SparseOTF(p=P, q=Q, workers=arguments.threads, random_state=1)
        walker.read_npz(str(graph), weighted=False)
        return walker

    warm = walker()
    warm.simulate_walks(1, 2)  # compiles
    start = time.perf_counter()
    corpus = walker().simulate_walks(walks, LENGTH)
    walk_seconds = time.perf_counter() - start
    steps = sum(len(walk) for walk in corpus)

    class Clock(CallbackAny2Vec):
        def on_epoch_begin(self, model):
            self.start = time.perf_counter()

        def on_epoch_end(self, model):
            self.seconds = time.perf_counter() - self.start

    clock = Clock()
    model = Word2Vec(
        corpus, vector_size=DIMENSION, window=WINDOW, negative=NEGATIVES, sg=1, hs=0, min_count=0, sample=0, epochs=1,
        workers=arguments.threads, seed=1, callbacks=[clock])
    vectors = numpy.zeros((nodes, DIMENSION), dtype="<f4")
    for node in range(nodes):
        if str(node) in model.wv:
            vectors[node] = model.wv[str(node)]
    vectors.tofile(directory / "vectors.f32")
    quality = json.loads(subprocess.check_output(
        [arguments.tgbench, "link-quality", "--nodes", str(nodes), str(directory / "vectors.f32")]))
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:")) // 1024
    return {
        "stepsPerSecond": steps / walk_seconds, "tokensPerSecond": steps / clock.seconds,
        "walkSeconds": walk_seconds, "seconds": clock.seconds, "peakMebibytes": peak, **quality,
    }


def row(nodes, name, result):
    return (f"{nodes:>9,}  {name:<22}{result['stepsPerSecond'] / 1e6:>10.2f}{result['tokensPerSecond'] / 1e3:>12.0f}"
            f"{result['areaUnderCurve']:>9.4f}{result['hadamardAreaUnderCurve']:>9.4f}"
            f"{result['averagePrecision']:>9.4f}{result['peakMebibytes']:>8,}")


def ratios(nodes, named):
    """What is to be reached, and whether it is: our rows against the other programs' of the same graph."""
    others = named.get("PecanPy + gensim")
    if not others:
        return
    for name in ("TransferGraph", "lock-free"):
        mine = named[name]
        print(f"{nodes:>9,}  {name}: walks {mine['stepsPerSecond'] / others['stepsPerSecond']:.1f}x PecanPy's, "
              f"skip-gram {mine['tokensPerSecond'] / others['tokensPerSecond']:.1f}x gensim's, "
              f"AUC {mine['areaUnderCurve'] - others['areaUnderCurve']:+.4f} by dot product, "
              f"{mine['hadamardAreaUnderCurve'] - others['hadamardAreaUnderCurve']:+.4f} by regression", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tgbench", required=True)
    parser.add_argument("--sizes", default="5000,50000,1000000")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--walks", type=int, help="walks a node; else 10, and 1 from a million nodes on")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--one-of-others", nargs=2, type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one_of_others:  # in a process of its own, so that its memory is its own
        with tempfile.TemporaryDirectory() as directory:
            print(json.dumps(others(arguments, *arguments.one_of_others, pathlib.Path(directory))))
        return
    results = []
    print(f"dimension {DIMENSION}, window {WINDOW}, {NEGATIVES} negatives, walks of {LENGTH}, p {P}, q {Q}, "
          f"{arguments.threads} threads; load {os.getloadavg()[0]:.1f} at the start")
    print(f"{'nodes':>9}  {'program':<22}{'Msteps/s':>10}{'ktokens/s':>12}{'AUC':>9}{'fitted':>9}{'AP':>9}{'MiB':>8}", flush=True)
    for nodes in map(int, arguments.sizes.split(",")):
        walks = arguments.walks or (1 if nodes >= 1_000_000 else 10)
        rows = [("TransferGraph", lambda: ours(arguments, nodes, walks, False)),
                ("  lock-free", lambda: ours(arguments, nodes, walks, True))]
        if not arguments.alone:
            import sys
            command = [sys.executable, __file__, "--tgbench", arguments.tgbench, "--threads", str(arguments.threads),
                       "--one-of-others", str(nodes), str(walks)]
            rows.append(("PecanPy + gensim",
                         lambda: json.loads(subprocess.check_output(command, stderr=subprocess.DEVNULL))))
        for name, measure in rows:
            result = measure()
            results.append({"nodes": nodes, "program": name.strip(), **result})
            print(row(nodes, name, result), flush=True)
        ratios(nodes, {result["program"]: result for result in results if result["nodes"] == nodes})
    if arguments.out:
        arguments.out.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
