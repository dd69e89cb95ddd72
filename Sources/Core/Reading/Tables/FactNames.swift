import Support

/// Names of columns, and of rows where models stand across, that say something of a model (or dataset) and are no results:
/// `Params (M)`, `Year`, `batch_size`.
enum FactNames {
    /// Whether numbers under a name are facts.
    ///
    /// - Parameter numbers: what stands there, for names that are a dataset's as well: `Year` holds years.
    static func isFact(_ name: String, ofDataset: Bool = false, numbers: () -> [Double]) -> Bool {
        let canonical = ofDataset ? AttributeKnowledge.dataset(name) : AttributeKnowledge.model(name)
        if AttributeKnowledge.isCount(canonical) { return true }
        let words = MetricKnowledge.words(of: name)
        let key = words.joined(separator: "_")
        if name.hasPrefix("#") || ["n", "num", "nr"].contains(words.first) && words.count > 1 { return true }
        if settings.contains(key) || runs.contains(key) || steps.contains(key) || isDuration(words) { return true }
        if words == ["n"] {
            let counts = numbers()
            return !counts.isEmpty && counts.allSatisfy { $0 == $0.rounded() && $0 >= 1 }
        }
        if datasets.contains(where: key.contains) { return false }
        if let unit = unit(name), units.contains(unit) { return true }
        let told = words.filter { measured.contains($0) }
        if told.isEmpty { return words.count > 1 && words.last.map(unitWords.contains) ?? false }
        // A regression task is called Year, and what it holds is no year.
        if words == ["year"] || words == ["date"] { return areDates(numbers()) }
        return true
    }

    /// Whether a row's first field names a fact about models that stand across: what is a fact of a column, and facts in words.
    static func isFactOfModels(_ name: String, texts: [String]) -> Bool {
        if name.isEmpty || name.utf8.count > 40 { return false }
        let key = AttributeKnowledge.key(name)
        if FamiliarNames.lean([name]) != 0 { return false }
        let numbers = texts.compactMap { WrittenNumber($0, comma: .decimal, allowsMagnitude: true)?.value }
        let plain = withoutUnit(name)
        if isWhole(name, plain), isFact(name, numbers: { numbers }) {
            return !numbers.isEmpty || texts.allSatisfy(ColumnTyping.isMissing)
        }
        let canonical = AttributeKnowledge.model(plain)
        let isSpelled = ["pretraining_dataset", "family", "architecture", "license", "input_size"].contains(canonical)
        guard isSpelled || inWords.contains(key) else { return false }
        return canonical == "input_size" || numbers.count * 2 <= texts.count
    }

    /// Whether the whole of a row's name is a fact's: `Memory (GB)`, and not `Memory Networks`; `# images`, and not `#3 submission`.
    ///
    /// - Parameter plain: the name without the brackets at its end.
    private static func isWhole(_ name: String, _ plain: String) -> Bool {
        let words = MetricKnowledge.words(of: plain)
        if words.isEmpty || plain.contains(":") { return false }
        let key = words.joined(separator: "_")
        if settings.contains(key) || runs.contains(key) || steps.contains(key) || isDuration(words) { return true }
        if AttributeKnowledge.isCount(AttributeKnowledge.model(plain)) { return true }
        let isCounted = name.hasPrefix("#") || ["n", "num", "nr"].contains(words[0]) && words.count > 1
        if isCounted { return words.count <= 4 && !words.contains { $0.contains(where: \.isNumber) } }
        // `ours (B)` is a model's size; `speed (img/s)` is a fact.
        if let unit = unit(name), units.contains(unit), unit.count > 1 { return true }
        return words.allSatisfy { measured.contains($0) || fillers.contains($0) || unitWords.contains($0) }
    }

    /// Words that stand beside those of ``measured`` in the names of facts.
    private static let fillers: Set<String> = [
        "number", "of", "total", "trainable", "model", "peak", "training", "train", "test", "inference", "max", "min",
        "average", "avg", "mean", "input", "output", "size", "image", "images", "img", "sample", "samples", "per", "in",
        "time", "usage", "required", "release", "publication", "published", "count", "wall", "clock", "cpu", "batch",
        "hidden", "embedding", "context", "length", "pretraining", "pre", "pretrain", "fine", "tuning", "finetuning",
        "pretrained", "days", "disk", "ram", "storage", "rate", "active", "activated", "energy", "consumption",
        "footprint", "step", "epoch", "m", "b", "k", "g", "s", "h", "million", "millions", "billion", "billions",
    ]

    /// A name without the brackets at its end.
    static func withoutUnit(_ name: String) -> String {
        unit(name) == nil ? name : String(name.prefix { $0 != "(" && $0 != "[" })
    }

    /// Whether a fact is one about models, which datasets have none of: parameters, FLOPs, an architecture.
    static func isOnlyOfModels(_ name: String) -> Bool {
        let plain = withoutUnit(name)
        let canonical = AttributeKnowledge.model(plain)
        if ["parameters", "architecture", "family", "pretraining_dataset"].contains(canonical) { return true }
        return MetricKnowledge.words(of: plain).contains {
            ["params", "parameters", "flops", "gflops", "macs", "gmacs", "layers", "latency", "throughput", "vram"]
                .contains($0)
        }
    }

    /// Whether numbers are days or years written as integers: 20240501, 2023.
    static func areDates(_ numbers: [Double]) -> Bool {
        guard !numbers.isEmpty else { return false }
        return numbers.allSatisfy { number in
            guard number == number.rounded(), number > 0, number < 1e9 else { return false }
            let whole = Int(number)
            if (1950...2100).contains(whole) { return true }
            let (year, month, day) =
                whole >= 1_000_000 ? (whole / 10000, whole / 100 % 100, whole % 100) : (whole / 100, whole % 100, 1)
            return (1950...2100).contains(year) && (1...12).contains(month) && (1...31).contains(day)
        }
    }

    /// Whether a text is a day, a month or a moment: 2023-07, 2024-05-01T00:00, 12.03.2024, Mar 2024.
    static func isDate(_ text: String) -> Bool {
        let text = text.trimmed
        guard text.utf8.count >= 6, text.utf8.count <= 32 else { return false }
        let parts = text.split { !$0.isNumber && !$0.isLetter }
        guard let first = parts.first, parts.count >= 2 else { return false }
        func isYear(_ part: Substring) -> Bool {
            part.count == 4 && Int(part).map { (1950...2100).contains($0) } ?? false
        }
        func isDay(_ part: Substring) -> Bool { part.count <= 2 && Int(part).map { (1...31).contains($0) } ?? false }
        func isMonth(_ part: Substring) -> Bool {
            isDay(part) || months.contains(part.lowercased().prefix(3).lowercased())
        }
        if isYear(first) {
            return parts.count < 3 ? isMonth(parts[1]) : isMonth(parts[1]) && parts[2].first?.isNumber ?? false
        }
        if parts.count == 2 { return isMonth(first) && isYear(parts[1]) && (first.first?.isLetter ?? false) }
        return isMonth(first) && (isDay(parts[1]) || isMonth(parts[1])) && isYear(parts[2].prefix(4)[...])
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// The unit in brackets at a name's end, in small letters.
    static func unit(_ name: String) -> String? {
        guard let open = name.lastIndex(where: { $0 == "(" || $0 == "[" }), let last = name.last,
            last == ")" || last == "]"
        else { return nil }
        return name[name.index(after: open)...].dropLast().trimmed.lowercased()
    }

    static let units: Set<String> = [
        "ms", "s", "sec", "min", "h", "hours", "hrs", "days", "gb", "mb", "kb", "gib", "mib", "m", "b", "k", "g", "usd",
        "$", "px",
        "gpu h", "gpu hours", "it/s", "samples/s", "tokens/s", "images/s", "img/s", "fps", "w", "kwh", "gflops",
        "tflops", "mio", "mio.", "wh", "kg", "g co2", "kg co2", "eur", "€", "million", "billion", "millions",
        "billions",
        "pixels", "bits", "bytes", "mo", "go",
    ]

    /// Units behind a name: `energy_kwh`, `co2_kg`, `size_mb`.
    private static let unitWords: Set<String> = [
        "kwh", "kg", "gb", "mb", "gib", "mib", "usd", "eur", "ms", "fps", "watts",
    ]

    /// Headers of what tells runs of one thing apart.
    static let runs: Set<String> = [
        "seed", "seeds", "seed_id", "random_seed", "rng_seed", "random_state", "run", "run_id", "run_no", "run_number",
        "run_index", "run_idx", "trial", "trial_id", "trial_no", "trial_number", "rep", "reps", "repeat", "repeats",
        "repetition", "repetitions", "replicate", "replication", "fold", "folds", "fold_id", "fold_idx", "cv_fold",
        "outer_fold", "inner_fold", "kfold", "k_fold", "iter", "attempt",
    ]

    /// Headers of how far a run had come: its last row is the result.
    static let steps: Set<String> = ["epoch", "step", "global_step", "iteration"]

    /// Whether a name is that of a numbered run and nothing else: `seed_0`, `fold 1`, `Run 3`.
    static func isNumberedRun(_ name: String) -> Bool {
        let name = name.trimmed
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard (1...6).contains(digits) else { return false }
        return runs.contains(AttributeKnowledge.key(String(name.dropLast(digits))))
    }

    /// Whether words are those of a time that something took: `fit_time`, `pred_time_val_marginal`.
    static func isDuration(_ words: [String]) -> Bool {
        if words.count == 2, ["train", "training", "gpu", "tuning", "fit"].contains(words[0]),
            ["h", "hr", "hrs", "hours", "min", "mins", "minutes", "sec", "secs", "seconds", "ms", "days"].contains(
                words[1])
        {
            return true
        }
        return words.count > 1 && words.contains { $0 == "time" || $0 == "times" }
            && words.allSatisfy { timing.contains($0) }
    }

    private static let timing: Set<String> = [
        "time", "times", "fit", "fitting", "pred", "predict", "prediction", "train", "training", "inference", "eval",
        "evaluation", "test", "val", "score", "scoring", "marginal", "total", "wall", "cpu", "gpu", "elapsed", "run",
        "search", "tuning", "s", "sec", "secs", "seconds", "ms", "min", "minutes", "h", "hours", "epoch", "epochs",
        "step", "batch", "iter", "per", "average", "avg",
    ]

    /// Settings of a model's training, or of a leaderboard's evaluation, that datasets are called by, too.
    ///
    /// - Parameter keys: the table's headers: what else stands there tells.
    static func isSetting(_ key: String, among keys: [String]) -> Bool {
        if hyperparameters.contains(key) { return keys.contains { training.contains($0) } }
        return key == "zero_shot" && keys.contains { ["max_tokens", "embedding_dimensions"].contains($0) }
    }

    private static let hyperparameters: Set<String> = [
        "alpha", "beta", "gamma", "lambda", "tau", "eta", "rho", "beta1", "beta2", "beta_1", "beta_2", "epsilon", "eps",
        "crop", "warmup", "wd", "decay", "l1", "l2", "mixup", "cutmix", "temp",
    ]

    private static let training: Set<String> = [
        "lr", "learning_rate", "batch", "batch_size", "bs", "weight_decay", "dropout", "momentum", "optimizer",
        "optimiser", "epochs", "fine_tune_epochs", "pretrain_epochs", "training_epochs", "num_epochs", "n_epochs",
        "warmup_steps", "warmup_epochs",
    ]

    /// Headers of settings and counts, which are no datasets.
    static let settings: Set<String> = [
        "lr", "learning_rate", "batch_size", "batch", "bs", "weight_decay", "dropout", "stack_level", "fit_order",
        "can_infer", "rtfx",
        "momentum",
        "votes", "upvotes", "likes", "citations", "citation_count", "forks", "hub", "hub_likes", "downloads", "stars",
        "vocab", "vocab_size", "time", "training_time",
        "train_time", "inference_time", "runtime", "training_time_h", "train_samples", "test_samples", "samples",
        "rows",
        "features", "classes", "instances", "imbalance", "n_train", "n_test", "size", "model_size", "release",
        "released", "generation", "merged", "moe",
        "version", "context", "context_length", "max_tokens", "warmup_steps", "temperature", "shots", "n_shot",
        "num_fewshot", "heads", "hidden", "hidden_size", "hidden_dim", "attention_heads", "max_len", "max_length",
        "max_seq_len", "max_seq_length", "seq_len", "sequence_length", "context_window", "fps", "entries",
        "submissions", "submission_count", "submissions_count", "n_submissions", "submitted", "submitted_at",
        "submission", "last_submission", "created", "created_at", "updated",
        "updated_at", "patch_size", "emissions", "co2", "co2e", "carbon", "carbon_footprint", "größe", "taille",
        "tamaño",
        "dimensione", "parameter", "paramètres", "parametres", "parámetros", "parametros", "parametri", "datum",
        "fecha",
        "jahr", "année", "año", "anno", "zeit", "dauer", "durée", "duración", "width", "rank_lora", "lora_rank",
        "lora_r",
    ]

    /// Words of columns that say how large, slow or old something is.
    private static let measured: Set<String> = [
        "params", "parameters", "flops", "gflops", "macs", "gmacs", "latency", "throughput", "year", "date", "depth",
        "layers",
        "memory", "epochs", "steps", "seconds", "hours", "gpu", "cost", "price", "tokens", "dimension", "dim",
        "dimensions", "co2", "co2e", "kwh", "emissions", "vram", "downloads",
    ]

    /// Datasets with such a word in their names.
    private static let datasets = ["date_understanding", "nyu_depth", "nyud", "depth_estimation", "kitti_depth"]

    /// Facts in words about models that stand across.
    private static let inWords: Set<String> = [
        "type", "model_type", "kind", "family", "pretraining", "pre_training", "pretrain", "pretrained", "pre_trained",
        "pre_train", "pretrain_data", "upstream", "optimizer", "optimiser", "scheduler", "license", "licence",
        "organization", "organisation", "org", "provider", "developer", "author", "authors", "publisher", "company",
        "source", "venue", "paper", "reference", "code", "country", "language", "languages", "tokenizer", "framework",
        "backbone", "architecture", "arch", "release_date", "date", "year", "published", "precision", "dtype",
        "quantization", "activation", "normalization", "supervision", "objective", "pooling", "open", "open_source",
        "open_weights", "modality", "input", "resolution", "notes", "comment", "link", "url",
    ]
}
