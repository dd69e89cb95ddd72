"""Image models of torchvision: features are what the last linear layer takes, or the last convolution where there is none."""

from ..errors import UserError
from ..images import picture, pooled
from .torch_common import device, guarded, weights_hash


class Model:
    library = "torchvision"

    def __init__(self, name, options):
        import torch
        import torchvision

        self.torch = torch
        self.version = torchvision.__version__
        self.device = device(options)
        try:
            weights = torchvision.models.get_model_weights(name).DEFAULT
        except ValueError as error:
            raise UserError(f"torchvision has no model '{name}'.") from error
        self.model = torchvision.models.get_model(name, weights=weights).eval().to(self.device)
        self.transform = weights.transforms()
        self.weights_hash = weights_hash(self.model)
        # A fully convolutional network (SqueezeNet) tells classes apart by a convolution.
        kinds = {"linear layer": torch.nn.Linear, "convolution": torch.nn.Conv2d}
        layers = {word: [m for m in self.model.modules() if isinstance(m, kind)] for word, kind in kinds.items()}
        last = next((word for word in kinds if layers[word]), None)
        if last is None:
            raise UserError(f"'{name}' has neither a linear layer nor a convolution at its end, so that its features cannot be told.")
        self.kept = None
        layers[last][-1].register_forward_pre_hook(self._keep)
        self.pooling = options.pooling
        self.note = f"features are what the last {last} takes"

    def _keep(self, module, inputs):
        self.kept = inputs[0]

    def prepare(self, samples, kind, each):
        if kind == "text":
            raise UserError("torchvision's models take images, and the samples are texts.")
        return self.torch.stack(each(lambda sample: self.transform(picture(sample)), samples))

    def __call__(self, inputs):
        def run():
            head = self.model(inputs.to(self.device))
            return self.kept.float().cpu().numpy(), head.float().softmax(1).cpu().numpy()

        features, head = guarded(run)
        return pooled(features, self.pooling or "mean"), head


def load(name, options):
    return Model(name, options)
