"""Times node2vec and GraphSAGE of this project beside PecanPy + gensim and PyTorch Geometric, on one made graph and one split.

The graph has communities of 100 nodes, into which four of five edges go; a tenth of its edges is held out. Every program's
vectors are measured by the same code (`tgbench link-quality`): held-out edges are told from as many pairs apart by the dot
product of two vectors, and by logistic regression on the products of their components. Seconds are those of walks and
learning; reading the graph, compiling and writing vectors are not counted. Each program runs in a process of its own, and the
seconds that it had a processor for, all threads together, are told beside, since other programs may run.

PyTorch Geometric goes over the whole graph at once, as its example for link prediction does: what it samples neighbours by
(pyg-lib) is on no public index. Its features are learned, as ours are.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

DIMENSION, WINDOW, NEGATIVES, LENGTH, SEED = 128, 5, 5, 80, 1


def peak():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


def edges(arguments, folder):
    import numpy

    file = folder / "edges.i32"
    subprocess.check_call([arguments.tgbench, "embedding-graph", *graph(arguments), str(file)])
    return numpy.fromfile(file, dtype="<i4").reshape(-1, 2)


def graph(arguments):
    return ["--nodes", str(arguments.nodes), "--edges-per-node", "10", "--community-size", "100", "--seed", str(SEED)]


def measured(arguments, folder, vectors, seconds, processor):
    """What `tgbench` says of vectors, an array of a row a node."""
    memory = peak()
    vectors.astype("<f4").tofile(folder / "vectors.f32")
    quality = json.loads(subprocess.check_output(
        [arguments.tgbench, "link-quality", *graph(arguments), str(folder / "vectors.f32")]))
    return {"seconds": seconds, "processorSeconds": processor, "peakMebibytes": memory, **quality}


def pecanpy(arguments, folder):
    import numba
    import numpy
    from gensim.models import Word2Vec
    from gensim.models.callbacks import CallbackAny2Vec
    from pecanpy import pecanpy

    numba.set_num_threads(min(arguments.threads, numba.config.NUMBA_NUM_THREADS))
    ends = edges(arguments, folder)
    both = numpy.concatenate([ends, ends[:, ::-1]])
    both = both[numpy.lexsort((both[:, 1], both[:, 0]))]
    starts = numpy.concatenate([[0], numpy.cumsum(numpy.bincount(both[:, 0], minlength=arguments.nodes))])
    file = folder / "graph.csr.npz"
    numpy.savez(
        file, IDs=numpy.arange(arguments.nodes).astype(str), data=numpy.ones(len(both), dtype=numpy.float32),
        indptr=starts.astype(numpy.uint32), indices=both[:, 1].astype(numpy.uint32))

    def walker():
        walker = pecanpy.FirstOrderUnweighted(p=1, q=1, workers=arguments.threads, random_state=SEED)
        walker.read_npz(str(file), weighted=False)
        return walker

    walker().simulate_walks(1, 2)  # compiles
    ready = walker()
    start, processor = time.perf_counter(), time.process_time()
    corpus = ready.simulate_walks(arguments.walks, LENGTH)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor

    class Clock(CallbackAny2Vec):
        def on_epoch_begin(self, model):
            self.start, self.processor = time.perf_counter(), time.process_time()

        def on_epoch_end(self, model):
            self.seconds = time.perf_counter() - self.start
            self.processor = time.process_time() - self.processor

    clock = Clock()
    model = Word2Vec(
        corpus, vector_size=DIMENSION, window=WINDOW, negative=NEGATIVES, sg=1, hs=0, min_count=0, sample=0, epochs=1,
        workers=arguments.threads, seed=SEED, callbacks=[clock])
    vectors = numpy.zeros((arguments.nodes, DIMENSION))
    for node in range(arguments.nodes):
        if str(node) in model.wv:
            vectors[node] = model.wv[str(node)]
    return measured(arguments, folder, vectors, seconds + clock.seconds, processor + clock.processor)


def geometric(arguments, folder):
    import torch
    from torch_geometric.nn import GraphSAGE
    from torch_geometric.utils import negative_sampling

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)
    ends = torch.from_numpy(edges(arguments, folder).astype("int64")).t()
    both = torch.cat([ends, ends.flip(0)], dim=1)
    features = torch.nn.Embedding(arguments.nodes, DIMENSION)
    torch.nn.init.normal_(features.weight, std=DIMENSION**-0.5)
    network = GraphSAGE(DIMENSION, DIMENSION, num_layers=2, out_channels=DIMENSION)
    steps = torch.optim.Adam([*features.parameters(), *network.parameters()], lr=0.01)
    start, processor = time.perf_counter(), time.process_time()
    for _ in range(arguments.epochs):
        steps.zero_grad()
        vectors = network(features.weight, both)
        apart = negative_sampling(both, arguments.nodes, ends.size(1))
        pairs = torch.cat([ends, apart], dim=1)
        scores = (vectors[pairs[0]] * vectors[pairs[1]]).sum(-1)
        truth = torch.cat([torch.ones(ends.size(1)), torch.zeros(apart.size(1))])
        torch.nn.functional.binary_cross_entropy_with_logits(scores, truth).backward()
        steps.step()
    with torch.no_grad():
        vectors = network(features.weight, both).numpy()
    return measured(arguments, folder, vectors, time.perf_counter() - start, time.process_time() - processor)


def ours(arguments, *command):
    return json.loads(subprocess.check_output(
        [arguments.tgbench, *command, *graph(arguments), "--dimension", str(DIMENSION), "--threads",
         str(arguments.threads)]))


OTHERS = {"pecanpy": pecanpy, "geometric": geometric}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tgbench", required=True)
    parser.add_argument("--nodes", type=int, default=50_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--walks", type=int, default=1, help="walks of 80 a node")
    parser.add_argument("--epochs", type=int, default=100, help="of PyTorch Geometric, each over the whole graph")
    parser.add_argument("--one", choices=OTHERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(OTHERS[arguments.one](arguments, pathlib.Path(folder))))
        return

    def theirs(name):
        command = [sys.executable, __file__, *sys.argv[1:], "--one", name]
        return json.loads(subprocess.check_output(command, stderr=subprocess.DEVNULL))

    rows = [
        ("node2vec, TransferGraph", lambda: ours(
            arguments, "embedding", "--walks", str(arguments.walks), "--walk-length", str(LENGTH), "--window",
            str(WINDOW), "--negatives", str(NEGATIVES))),
        ("node2vec, PecanPy + gensim", lambda: theirs("pecanpy")),
        ("GraphSAGE, TransferGraph", lambda: ours(arguments, "network", "graphsage")),
        ("GraphSAGE, PyTorch Geometric", lambda: theirs("geometric")),
    ]
    print(f"{arguments.nodes:,} nodes; node2vec: {arguments.walks} walk(s) of {LENGTH} a node, window {WINDOW}; PyTorch "
          f"Geometric: {arguments.epochs} epochs; {arguments.threads} threads; load {os.getloadavg()[0]:.1f} at the start")
    print(f"{'':<30}{'seconds':>9}{'processor':>11}{'AUC':>8}{'fitted':>8}{'MiB':>8}")
    for name, measure in rows:
        found = measure()
        print(f"{name:<30}{found['seconds']:>9.1f}{found['processorSeconds']:>11.1f}{found['areaUnderCurve']:>8.3f}{found['hadamardAreaUnderCurve']:>8.3f}"
              f"{found['peakMebibytes']:>8,}", flush=True)


if __name__ == "__main__":
    main()
