"""The libraries that can run models. Each is imported only when it is asked for."""

import importlib
import importlib.util
import sys

from ..errors import UserError

# What a model may be written as, the module here, and the package that it needs.
KNOWN = {
    "onnx": ("onnx_runtime", "onnxruntime"),
    "timm": ("timm_models", "timm"),
    "torchvision": ("torchvision_models", "torchvision"),
    "hf": ("transformers_models", "transformers"),
    "st": ("sentence_transformers_models", "sentence_transformers"),
    "keras": ("keras_models", "keras"),
}


def installed():
    """The prefixes whose packages are installed."""
    return [prefix for prefix, (_, package) in KNOWN.items() if importlib.util.find_spec(package)]


def split(text):
    """A model as it is written, NAME=PREFIX:MODEL with NAME= and PREFIX: left out where they need not be said, as
    (name in the zoo, prefix, model)."""
    name, equals, spec = text.partition("=")
    if not equals:
        name, spec = "", text
    prefix, colon, model = spec.partition(":")
    if colon and prefix in KNOWN:
        return name or model, prefix, model
    if spec.endswith(".onnx"):
        return name or spec, "onnx", spec
    return name or spec, _owner(spec), spec


def _owner(model):
    found = installed()
    if "timm" in found:
        import timm

        if timm.is_model(model.split(".")[0].removeprefix("timm/")):
            return "timm"
    if "torchvision" in found:
        import torchvision

        if model in torchvision.models.list_models():
            return "torchvision"
    for prefix in ("hf", "st"):
        if "/" in model and prefix in found:
            return prefix
    if "keras" in found:
        import keras

        if hasattr(keras.applications, model):
            return "keras"
    raise UserError(
        f"Which library runs '{model}' is not known; installed are {', '.join(found) or 'none'}. "
        f"Write it as PREFIX:{model} with one of {', '.join(KNOWN)}."
    )


def load(prefix, model, options):
    """The model, ready to run.

    `model.prepare(samples, kind, each)` makes of samples what the network takes; it may run in a thread of its own, while the
    network runs on the batch before. `each(work, samples)` does what is done to one sample alone, for some beside each other.
    `model(prepared)` gives features, samples × D, and the head's probabilities or None.
    """
    module, package = KNOWN[prefix]
    if not importlib.util.find_spec(package):
        raise UserError(f"'{prefix}:{model}' needs the package {package}, which is not installed in {sys.executable}.")
    return importlib.import_module(f".{module}", __name__).load(model, options)
