"""Image models of timm."""

import numpy as np

from ..errors import UserError
from ..images import picture, pooled
from .torch_common import device, guarded, weights_hash


class Model:
    library = "timm"

    def __init__(self, name, options):
        import timm
        import torch

        self.torch = torch
        self.version = timm.__version__
        self.device = device(options)
        self.model = timm.create_model(name, pretrained=True).eval().to(self.device)
        configuration = timm.data.resolve_data_config({}, model=self.model)
        self.transform = timm.data.create_transform(**configuration, is_training=False)
        self.weights_hash = weights_hash(self.model)
        self.pooling = options.pooling
        self.note = "features before the classifier"

    def prepare(self, samples, kind, each):
        if kind == "text":
            raise UserError("timm's models take images, and the samples are texts.")
        return self.torch.stack(each(lambda sample: self.transform(picture(sample)), samples))

    def __call__(self, inputs):
        def run():
            maps = self.model.forward_features(inputs.to(self.device))
            features = self.model.forward_head(maps, pre_logits=True) if not self.pooling else maps
            head = self.model.forward_head(maps)
            return features.float().cpu().numpy(), head.float().softmax(1).cpu().numpy() if head.shape[1] > 1 else None

        features, head = guarded(run)
        return pooled(np.asarray(features), self.pooling or "mean"), head


def load(name, options):
    return Model(name, options)
