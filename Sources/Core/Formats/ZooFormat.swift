/// The layouts of files that a zoo can be read from.
public enum ZooFormat: String, Sendable, CaseIterable {
    /// Whichever the files look like.
    case auto
    /// This project's own layout: `records.csv` with `model,dataset,score`, and further tables beside it.
    case tidy
    /// A directory as published with "Model Selection with Model Zoo via Graph Learning" (ICDE 2024).
    case transfergraph
    /// A table of any shape, long or wide.
    case table
    /// Model cards and a cache of the Hugging Face hub.
    case huggingface
    /// The documents of TensorFlow Hub.
    case tfhub
    /// The pages of PyTorch Hub.
    case pytorchHub = "pytorch-hub"
    /// torchvision's weights, as JSON.
    case torchvision
    /// The results tables of PyTorch Image Models.
    case timm
    /// The table of Keras Applications.
    case keras
    /// A results folder of the Massive Text Embedding Benchmark.
    case mteb
    /// Evaluation tables of Papers with Code.
    case paperswithcode
    /// The corpora of ModelLens (Cai et al. 2026).
    case modellens
}
