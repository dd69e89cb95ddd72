"""Features of pre-trained models for a labelled dataset.

Runs in the user's own Python over whichever of ONNX Runtime, timm, torchvision, transformers, sentence-transformers and
Keras is installed there. `python -m transfergraph_features --help` tells how it is used; `%features extract` in the
TransferGraph notebook runs it.
"""

__version__ = "0.2.0"
