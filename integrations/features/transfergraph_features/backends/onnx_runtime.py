"""Models in ONNX files, by ONNX Runtime.

Beside `model.onnx` a `model.json` may say what cannot be told from the file: `features` and `probabilities` (names of
outputs or of values inside), `mean`, `std` (of each channel, for pictures from 0 to 1), `height`, `width`, `pooling`.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

from ..errors import OutOfMemory, UserError
from ..images import batch, distributions, pooled
from . import wire

FEATURES = ("features", "embedding", "embeddings", "pooler_output", "last_hidden_state", "sentence_embedding")
HEADS = ("probabilities", "logits", "probs", "output_probabilities")
TYPES = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(float16)": np.float16,
         "tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(uint8)": np.uint8, "tensor(int8)": np.int8}


class Model:
    library = "onnxruntime"

    def __init__(self, path, options):
        import onnxruntime

        onnxruntime.set_default_logger_severity(3)
        self.version = onnxruntime.__version__
        file = Path(path).expanduser()
        if not file.is_file():
            raise UserError(f"There is no file '{path}'.")
        content = file.read_bytes()
        self.weights_hash = hashlib.sha256(content).hexdigest()
        told = file.with_suffix(".json")
        self.told = json.loads(told.read_text()) if told.exists() else {}
        self.pooling = options.pooling or self.told.get("pooling", "mean")
        graph = wire.Graph(content)
        self.features, self.head = self._places(graph)
        outputs = [name for name in (self.features, self.head) if name]
        session_options = onnxruntime.SessionOptions()
        session_options.intra_op_num_threads = options.threads or 0
        providers = ["CPUExecutionProvider"]
        if options.device == "cuda":
            if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
                raise UserError("This ONNX Runtime has no CUDA: pip install onnxruntime-gpu, or --device cpu.")
            providers.insert(0, "CUDAExecutionProvider")
        self.session = onnxruntime.InferenceSession(
            wire.with_outputs(content, graph, outputs), session_options, providers=providers)
        self.inputs = self.session.get_inputs()
        self.note = f"features are '{self.features}'"
        if self.head:
            self.note += f", the head '{self.head}'"

    def _places(self, graph):
        features = self.told.get("features") or next((name for name in graph.outputs if name in FEATURES), None)
        head = self.told.get("probabilities") or next((name for name in graph.outputs if name in HEADS), None)
        if features is None:
            # What the last dense layer before the outputs takes.
            last = graph.outputs[0]
            features = graph.before_last_dense(last)
            if features is not None and head is None:
                head = last
        return features or graph.outputs[0], head

    def _size(self, shape, place, told):
        value = self.told.get(told)
        if value:
            return int(value)
        return shape[place] if len(shape) > place and isinstance(shape[place], int) else 224

    def prepare(self, samples, kind, each):
        first = self.inputs[0]
        dtype = TYPES.get(first.type)
        if kind == "text":
            raise UserError("An ONNX file takes numbers, and the samples are texts: give arrays of token numbers.")
        if dtype is None:
            raise UserError(f"The input '{first.name}' takes {first.type}, which is not made here.")
        array = np.asarray(samples) if kind == "array" else None
        fits = array is not None and len(first.shape) == array.ndim and all(
            not isinstance(size, int) or size == own for size, own in zip(first.shape[1:], array.shape[1:]))
        if fits:
            values = array.astype(dtype)
        elif len(first.shape) == 4:
            channels = first.shape[1] if isinstance(first.shape[1], int) else 3
            mean = np.asarray(self.told.get("mean", [0.485, 0.456, 0.406] if channels == 3 else [0.5]), np.float32)
            deviation = np.asarray(self.told.get("std", [0.229, 0.224, 0.225] if channels == 3 else [0.5]), np.float32)
            values = batch(samples, self._size(first.shape, 2, "height"), self._size(first.shape, 3, "width"), mean,
                           deviation, channels, each).astype(dtype)
        else:
            raise UserError(f"The input '{first.name}' has shape {first.shape}; the samples do not fit it"
                            + (f": theirs is {list(array.shape[1:])}." if array is not None else "."))
        fed = {first.name: values}
        for other in self.inputs[1:]:
            if other.name in ("attention_mask", "input_mask"):
                fed[other.name] = np.ones(values.shape[:2], TYPES.get(other.type, np.int64))
            elif other.name == "token_type_ids":
                fed[other.name] = np.zeros(values.shape[:2], TYPES.get(other.type, np.int64))
            else:
                raise UserError(f"The input '{other.name}' is not known: only models of one input are run.")
        return fed

    def __call__(self, fed):
        try:
            found = self.session.run([self.features] + ([self.head] if self.head else []), fed)
        except Exception as error:  # ONNX Runtime has no kind of its own for it.
            if "alloc" in str(error).lower() or "out of memory" in str(error).lower():
                raise OutOfMemory(str(error)) from error
            raise UserError(f"ONNX Runtime cannot run it: {str(error).splitlines()[0]}") from error
        head = None
        if self.head:
            head = found[1]
            head = distributions(head.reshape(len(head), -1)) if head.ndim == 2 else None
        return pooled(found[0], self.pooling), head


def load(path, options):
    return Model(path, options)
