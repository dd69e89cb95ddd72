"""Models that need no library: the package of features with projections in place of ONNX Runtime's networks."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A library of models in place of ONNX Runtime: a projection drawn by the bytes of the model's file.
LIBRARY = '''
import hashlib
import numpy as np
from ..errors import UserError

class Model:
    library, version, note = "onnxruntime", "1", "a projection"

    def __init__(self, path, options):
        bytes = open(path, "rb").read()
        if bytes == b"broken":
            raise UserError("It is broken.")
        self.weights_hash = hashlib.sha256(bytes).hexdigest()
        self.generator = np.random.default_rng(list(bytes))
        self.matrix = self.generator.normal(size=(64, 3 + len(bytes) % 5))

    def prepare(self, samples, kind, each):
        return samples

    def __call__(self, samples):
        features = np.asarray(samples, float).reshape(len(samples), -1) @ self.matrix
        head = np.exp(features[:, :3] - features[:, :3].max(1, keepdims=True))
        return features, head / head.sum(1, keepdims=True)

def load(path, options):
    return Model(path, options)
'''

SAMPLES = '''
import sys
import numpy as np
labels = np.arange(60) % 3
np.savez(sys.argv[1], x=np.random.default_rng(1).normal(size=(60, 8, 8)) + labels[:, None, None], y=labels)
'''


@pytest.fixture(scope="module")
def python():
    """A Python that has NumPy."""
    for candidate in (sys.executable, os.environ.get("TGKERNEL_PYTHON"), shutil.which("python3")):
        if candidate and subprocess.run([candidate, "-c", "import numpy"], capture_output=True).returncode == 0:
            return candidate
    pytest.skip("no Python here has NumPy")


@pytest.fixture(scope="module")
def library(python, tmp_path_factory):
    """The Python package with that library, and the environment that finds it."""
    place = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "integrations" / "features" / "transfergraph_features", place / "transfergraph_features")
    (place / "transfergraph_features" / "backends" / "onnx_runtime.py").write_text(LIBRARY)
    (place / "onnxruntime").mkdir()
    (place / "onnxruntime" / "__init__.py").write_text("")
    return {**os.environ, "TGKERNEL_FEATURES": str(place), "TGKERNEL_PYTHON": python}


@pytest.fixture(scope="module")
def networks(python, tmp_path_factory):
    """Seven models and 60 samples of three classes."""
    place = tmp_path_factory.mktemp("networks")
    for number in range(7):
        (place / f"network-{number}.onnx").write_bytes(f"weights {number}".encode() * (1 + 300 * number))
    subprocess.run([python, "-c", SAMPLES, place / "samples.npz"], check=True)
    return place
