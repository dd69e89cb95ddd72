"""Sentence encoders: the vector of each text, pooled as the model does."""

from ..errors import UserError
from .torch_common import device, guarded, weights_hash


class Model:
    library = "sentence-transformers"

    def __init__(self, name, options):
        import sentence_transformers

        self.version = sentence_transformers.__version__
        self.model = sentence_transformers.SentenceTransformer(name, device=str(device(options)))
        self.weights_hash = weights_hash(self.model)
        if options.pooling:
            raise UserError("A sentence encoder pools as it was trained to: leave --pooling out.")
        self.note = "features are the model's own vectors of sentences"

    def prepare(self, samples, kind, each):
        if kind != "text":
            raise UserError("A sentence encoder takes texts, and the samples are none.")
        return list(samples)

    def __call__(self, texts):
        return guarded(lambda: self.model.encode(
            texts, batch_size=len(texts), convert_to_numpy=True, show_progress_bar=False)), None


def load(name, options):
    return Model(name, options)
