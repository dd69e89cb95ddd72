/// Words that names of well-known models and datasets begin with: enough to tell which way round a table is that says nothing
/// else of it.
enum FamiliarNames {
    /// How much more names look like models than like datasets: the count of those that do less the count of the others.
    static func lean(_ names: some Sequence<String>) -> Int {
        names.reduce(0) { lean, name in
            let words = name.lowercased().split { !$0.isLetter }
            func begins(_ families: [String]) -> Bool {
                words.contains { word in families.contains { word.hasPrefix($0) } }
            }
            let (isModel, isDataset) = (begins(models), begins(datasets))
            return isModel == isDataset ? lean : lean + (isModel ? 1 : -1)
        }
    }

    private static let models = [
        "vit", "deit", "beit", "swin", "resnet", "resnext", "seresn", "resmlp", "vgg", "densenet", "inception",
        "xception",
        "mobilenet", "mobilevit", "efficientn", "convnext", "regnet", "nfnet", "maxvit", "xcit", "cait", "siglip",
        "dino",
        "alexnet", "squeezenet", "googlenet", "shufflenet", "lenet", "coatnet", "hrnet", "bert", "roberta", "distil",
        "albert",
        "electra", "deberta", "xlm", "camembert", "mbert", "gpt", "llama", "qwen", "mistral", "mixtral", "gemma",
        "falcon",
        "bloom", "flan", "bart", "pegasus", "longformer", "bigbird", "minilm", "mpnet", "sbert", "whisper", "wav",
        "hubert",
        "conformer", "xgboost", "lightgbm", "catboost", "tabnet", "tabpfn", "mlp", "claude", "gemini",
    ]

    private static let datasets = [
        "cifar", "imagenet", "mnist", "fashionmnist", "svhn", "pets", "flowers", "cars", "food", "dtd", "caltech",
        "eurosat",
        "aircraft", "birds", "camelyon", "retinopathy", "clevr", "dsprites", "kitti", "smallnorb", "resisc", "coco",
        "cityscapes", "glue", "sst", "mnli", "qnli", "qqp", "mrpc", "cola", "wnli", "stsb", "squad", "boolq",
        "hellaswag",
        "mmlu", "gsm", "piqa", "winogrande", "truthfulqa", "humaneval", "imdb", "agnews", "yelp", "emotion", "conll",
        "librispeech", "commonvoice", "wikitext", "xsum", "housing",
    ]
}
