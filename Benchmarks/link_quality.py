"""Holds the figures of held-out links (`tgbench link-quality`) against scikit-learn's, on the same vectors and pairs.

    python Benchmarks/link_quality.py --tgbench .build/release/tgbench [--nodes 5000] [--community-size 100]

Needs numpy and scikit-learn. The regression's penalty is that of the program: the mean loss plus ‖W‖² / (2 n) over two
classes' weights is scikit-learn's C = 2 over one difference of them.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--tgbench", required=True)
parser.add_argument("--nodes", type=int, default=5000)
parser.add_argument("--community-size", type=int)
parser.add_argument("--learner", default="graphsage", choices=["graphsage", "gat"])
arguments = parser.parse_args()

graph = ["--nodes", str(arguments.nodes)]
if arguments.community_size:
    graph += ["--community-size", str(arguments.community_size)]
with tempfile.TemporaryDirectory() as directory:
    folder = pathlib.Path(directory)
    file = folder / "vectors.f32"
    subprocess.check_output([arguments.tgbench, "network", arguments.learner, *graph, "--vectors", str(file)])
    ours = json.loads(
        subprocess.check_output([arguments.tgbench, "link-quality", *graph, str(file), "--pairs", directory])
    )
    vectors = numpy.fromfile(file, dtype="<f4").astype(float).reshape(arguments.nodes, -1)
    pairs = {
        name: numpy.fromfile(folder / f"{name}.i32", dtype="<i4").reshape(-1, 2)
        for name in ("positives", "negatives", "joined", "apart")
    }


def products(edges):
    return vectors[edges[:, 0]] * vectors[edges[:, 1]]


asked = numpy.concatenate([products(pairs["positives"]), products(pairs["negatives"])])
truth = numpy.repeat([1, 0], [len(pairs["positives"]), len(pairs["negatives"])])
fitted = numpy.concatenate([products(pairs["joined"]), products(pairs["apart"])])
classes = numpy.repeat([1, 0], [len(pairs["joined"]), len(pairs["apart"])])
scale = fitted.std(axis=0)
scale[scale == 0] = numpy.inf
regression = LogisticRegression(C=2, tol=1e-10, max_iter=10_000).fit(fitted / scale, classes)
theirs = {
    "areaUnderCurve": roc_auc_score(truth, asked.sum(axis=1)),
    "averagePrecision": average_precision_score(truth, asked.sum(axis=1)),
    "hadamardAreaUnderCurve": roc_auc_score(truth, regression.decision_function(asked / scale)),
    "hadamardAveragePrecision": average_precision_score(truth, regression.decision_function(asked / scale)),
}
print(f"{'figure':26} {'ours':>14} {'scikit-learn':>14} {'difference':>11}")
for name, value in theirs.items():
    print(f"{name:26} {ours[name]:14.10f} {value:14.10f} {abs(ours[name] - value):11.1e}")
