"""Image models of keras.applications: features are what the last layer takes."""

import hashlib

import numpy as np

from ..errors import UserError
from ..images import distributions, picture, pooled


class Model:
    library = "keras"

    def __init__(self, name, options):
        import keras

        self.version = keras.__version__
        maker = getattr(keras.applications, name, None)
        if not callable(maker):
            raise UserError(f"keras.applications has no model '{name}'.")
        if options.device == "cuda":
            raise UserError("Keras chooses its device itself: leave --device out.")
        if options.threads:
            raise UserError("Keras chooses its threads itself: leave --threads out.")
        model = maker(weights="imagenet")
        module = __import__(maker.__module__, fromlist=["preprocess_input"])
        self.scaled = getattr(module, "preprocess_input", lambda array: array)
        self.size = model.input_shape[1:3]
        self.model = keras.Model(model.inputs, [model.layers[-1].input, model.output])
        found = hashlib.sha256()
        for weight in model.get_weights():
            found.update(np.ascontiguousarray(weight).tobytes())
        self.weights_hash = found.hexdigest()
        self.pooling = options.pooling
        self.note = "features are what the last layer takes"

    def prepare(self, samples, kind, each):
        if kind == "text":
            raise UserError("These models take images, and the samples are texts.")
        height, width = self.size
        return np.stack(each(lambda sample: np.asarray(picture(sample).resize((width, height)), np.float32), samples))

    def __call__(self, images):
        features, head = self.model.predict_on_batch(self.scaled(images))
        features = np.asarray(features)
        if features.ndim == 4:
            features = np.moveaxis(features, 3, 1)
        return pooled(features, self.pooling or "mean"), distributions(np.asarray(head))


def load(name, options):
    return Model(name, options)
