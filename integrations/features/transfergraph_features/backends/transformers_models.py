"""Image and text models of transformers: features are the pooled last hidden state."""

from ..errors import UserError
from ..images import picture, pooled
from .torch_common import device, guarded, weights_hash


class Model:
    library = "transformers"

    def __init__(self, name, options):
        import transformers

        self.transformers = transformers
        self.version = transformers.__version__
        self.device = device(options)
        self.name = name
        configuration = transformers.AutoConfig.from_pretrained(name)
        heads = " ".join(configuration.architectures or [])
        self.model = None
        for kind in ("AutoModelForImageClassification", "AutoModelForSequenceClassification"):
            if kind.removeprefix("AutoModel") in heads:
                self.model = getattr(transformers, kind).from_pretrained(name)
        self.has_head = self.model is not None
        if self.model is None:
            self.model = transformers.AutoModel.from_pretrained(name)
        self.model = self.model.eval().to(self.device)
        self.weights_hash = weights_hash(self.model)
        self.pooling = options.pooling or "mean"
        self.images = self.tokens = None
        self.note = f"features are the last hidden state, pooled by {self.pooling}"

    def prepare(self, samples, kind, each):
        if kind == "text":
            if self.tokens is None:
                self.tokens = self.transformers.AutoTokenizer.from_pretrained(self.name)
            return self.tokens(list(samples), padding=True, truncation=True, return_tensors="pt")
        if self.images is None:
            self.images = self.transformers.AutoImageProcessor.from_pretrained(self.name)
        return self.images(each(picture, samples), return_tensors="pt")

    def __call__(self, prepared):
        def run():
            inputs = prepared.to(self.device)
            found = self.model(**inputs, output_hidden_states=True)
            states = found.hidden_states[-1] if found.hidden_states else found[0]
            mask = inputs.get("attention_mask")
            if states.dim() == 3 and self.pooling == "mean" and mask is not None:
                weights = mask.unsqueeze(-1).to(states.dtype)
                states = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
            head = found.logits.float().softmax(1).cpu().numpy() if self.has_head and found.logits.dim() == 2 else None
            return states.float().cpu().numpy(), head

        try:
            features, head = guarded(run)
        except (TypeError, ValueError) as error:
            raise UserError(f"'{self.name}' does not take these samples: {error}") from error
        return pooled(features, self.pooling), head


def load(name, options):
    return Model(name, options)
