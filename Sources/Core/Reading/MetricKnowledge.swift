import Support

/// What is known of metrics by their names: which direction is better, whether they are bounded, and which one of several
/// is a benchmark's own.
public enum MetricKnowledge {
    /// The name that all spellings of a metric share: `Top-1 Accuracy`, `acc@1` and `Accuracy` are `accuracy`, `ROUGE-L` and
    /// `rougeL` are `rougel`, `eval_f1` is `f1`. An unknown name comes back in small letters with `_` between its words.
    public static func canonical(_ name: String) -> String {
        var words = words(of: name)
        while words.count > 1, let first = words.first, Self.prefixes.contains(first) { words.removeFirst() }
        let joined = words.joined(separator: "_")
        return synonyms[joined] ?? joined
    }

    /// Whether the larger value of a metric is the better one; `nil` where its name does not tell.
    ///
    /// An arrow or `(lower is better)` tells; then a known metric; else the last word that says so: `val_loss`,
    /// `test error`, `meanSquaredError`. What begins with `neg`, `inverse` or `1 -` is turned round, as scikit-learn's
    /// `neg_log_loss`, and so is the reduction of an error.
    public static func higherIsBetter(_ name: String) -> Bool? {
        if let said = saidDirection(name) { return said }
        let name = name.trimmed
        // `1 - accuracy` is an error; `1-NN accuracy` is none.
        if let rest = complement(name) ?? turned(name) { return higherIsBetter(rest).map { !$0 } }
        if let bracket = name.firstIndex(where: { $0 == "(" || $0 == "[" }), bracket > name.startIndex,
            let told = higherIsBetter(String(name[..<bracket]))
        {
            return told
        }
        let canonical = canonical(name)
        if lower.contains(canonical) || lowerWhereNamed.contains(canonical) { return false }
        if higher.contains(canonical) || bounded.contains(canonical) { return true }
        var words = words(of: name)
        if isOfAttacks(words) { return nil }
        if isAtRank(name) { return true }
        // `Rank-1` of retrieval is the share of queries whose first hit is right; a rank is a place.
        if words.count == 2, words[0] == "rank", Int(words[1]) != nil { return true }
        // `TPR@FPR=0.001` is a TPR: what follows says where it was taken.
        if let head = beforeCondition(name), let told = higherIsBetter(head) { return told }
        // AUPR-Error is the area where errors are what is to be found.
        if let first = words.first, let last = words.last, areas.contains(first),
            ["error", "errors", "err"].contains(last)
        {
            return true
        }
        let joined = words.joined(separator: "_")
        if joined.contains("log_likelihood") { return !(joined.contains("neg_") || joined.contains("negative_")) }
        var isNegated = words.count > 1 && negations.contains(words[0])
        if isNegated { words.removeFirst() }
        if let free = words.firstIndex(of: "free"), free > 0, lowerWords.contains(words[free - 1]) {
            words.removeSubrange(free...)
            isNegated.toggle()
        }
        if let last = words.last, words.count > 1, reductions.contains(last) {
            words.removeLast()
            if words.contains(where: lowerWords.contains) { isNegated.toggle() }
        }
        // A word such as `score` tells only where no other does: `rmse_score` is an error.
        var isWeak = false
        for word in words.reversed() {
            if lowerWords.contains(word) { return isNegated }
            if weakWords.contains(word) { isWeak = true } else if higherWords.contains(word) { return !isNegated }
        }
        return isWeak ? !isNegated : nil
    }

    /// Whether words are of the success of attacks, which is good for who attacks and bad for what is attacked.
    private static func isOfAttacks(_ words: [String]) -> Bool {
        words.contains("success") && words.contains { ["attack", "attacks", "jailbreak", "backdoor"].contains($0) }
    }

    /// Whether a name is that of a share among the first few: `R@1`, `P@10`, `H@5`.
    private static func isAtRank(_ name: String) -> Bool {
        let parts = name.trimmed.lowercased().split(separator: "@")
        return parts.count == 2 && ["r", "p", "h", "s", "acc", "hit", "hr"].contains(parts[0].trimmed)
            && !parts[1].isEmpty && parts[1].trimmed.allSatisfy { $0.isASCII && $0.isNumber || $0 == "k" }
    }

    /// What an arrow or `(lower is better)` in a name says.
    static func saidDirection(_ name: String) -> Bool? {
        if name.contains("↓") { return false }
        if name.contains("↑") { return true }
        let words = words(of: name)
        if name.last == ")" || name.last == "]", let last = words.last, words.count > 1 {
            if last == "lower" { return false }
            if last == "higher" { return true }
        }
        let joined = "_" + words.joined(separator: "_") + "_"
        if Self.comparatives.lower.contains(where: joined.contains) { return false }
        if Self.comparatives.higher.contains(where: joined.contains) { return true }
        return nil
    }

    /// A metric's name without what says its direction: `accuracy` of `accuracy (higher is better)`; `nil` where nothing is left.
    static func withoutDirection(_ name: String) -> String? {
        guard saidDirection(name) != nil else { return name.trimmed }
        var rest = name.filter { !"↑↓".contains($0) }
        if let bracket = rest.firstIndex(where: { "([,;:–".contains($0) }),
            saidDirection(String(rest[..<bracket])) == nil
        {
            rest = String(rest[..<bracket])
        }
        rest = rest.trimmed
        return rest.isEmpty || saidDirection(rest) != nil ? nil : rest
    }

    private static let comparatives = (
        lower: [
            "_lower_is_better_", "_lower_better_", "_smaller_is_better_", "_less_is_better_", "_the_lower_the_better_",
        ],
        higher: [
            "_higher_is_better_", "_higher_better_", "_larger_is_better_", "_more_is_better_",
            "_the_higher_the_better_",
        ]
    )

    private static let areas: Set<String> = ["aupr", "auprc", "auroc", "ap"]

    /// The part of a name before ` at ` or `@`; `nil` where there is none.
    private static func beforeCondition(_ name: String) -> String? {
        let cut = [name.range(of: "@"), name.range(of: " at ", options: .caseInsensitive)]
            .compactMap { $0?.lowerBound }.min()
        guard let cut, cut > name.startIndex else { return nil }
        return String(name[..<cut])
    }

    /// The metric that `-metric` or `1/metric` is turned from.
    private static func turned(_ name: String) -> String? {
        var rest = name[...]
        if let sign = rest.first, "-–−".contains(sign) {
            rest = rest.dropFirst()
        } else if rest.hasPrefix("1") {
            rest = rest.dropFirst().drop { $0 == " " }
            guard rest.first == "/" else { return nil }
            rest = rest.dropFirst()
        } else {
            return nil
        }
        let metric = rest.trimmed
        return metric.first?.isLetter == true ? metric : nil
    }

    /// The metric that `1 - metric` or `100 - metric` is the complement of.
    private static func complement(_ name: String) -> String? {
        guard let whole = ["100", "1"].first(where: name.hasPrefix) else { return nil }
        var rest = name.dropFirst(whole.count)
        if rest.first == "%" { rest = rest.dropFirst() }
        rest = rest.drop { $0 == " " }
        guard let sign = rest.first, "-–−".contains(sign) else { return nil }
        let metric = rest.dropFirst().trimmed
        return isKnown(metric) ? metric : nil
    }

    private static let negations: Set<String> = ["neg", "negated", "negative", "inverse", "inverted", "non"]
    private static let reductions: Set<String> = ["reduction", "improvement", "gain", "decrease"]
    private static let weakWords: Set<String> = ["score", "match", "measure", "similarity", "correct"]

    /// Whether a column of numbers is called as a metric is, known or told by a word: `val_loss`, `F1-macro`, `MRR@10`.
    package static func isHeader(_ name: String) -> Bool {
        if isKnown(name) { return true }
        let words = words(of: name)
        guard words.count <= 6, !isSpread(name), !words.contains(where: settingWords.contains) else { return false }
        if saidDirection(name) != nil { return true }
        guard
            words.contains(where: { (lowerWords.contains($0) || higherWords.contains($0)) && !weakWords.contains($0) })
        else { return false }
        return higherIsBetter(name) != nil || isOfAttacks(words)
    }

    /// Words of settings, times and counts, which are no results whatever stands beside them.
    private static let settingWords: Set<String> = [
        "weight", "weights", "function", "fn", "type", "coef", "coefficient", "threshold", "step", "steps", "epoch",
        "epochs", "size", "latency", "runtime", "seconds", "ms", "time", "rank", "wins", "drop", "count",
        "num", "n", "samples", "best",
    ]

    /// Whether a column holds how far results spread, and no results: `acc_std`, `stderr`, `F1 (ci95)`.
    static func isSpread(_ name: String) -> Bool {
        words(of: name).contains { spreadWords.contains($0) } || name.contains("±")
    }

    /// A name without what it says of the spread behind each result: `AUROC` of `AUROC (95% CI)` and of `AUROC ± std`; `nil`
    /// where nothing is left.
    static func withoutSpread(_ name: String) -> String? {
        guard isSpread(name) else { return nil }
        var rest = name.trimmed
        if rest.hasSuffix(")") || rest.hasSuffix("]"), let open = rest.lastIndex(where: { "([".contains($0) }),
            isSpread(String(rest[open...]))
        {
            rest = String(rest[..<open])
        } else if let mark = rest.firstIndex(of: "±") {
            rest = String(rest[..<mark])
        } else {
            // `AUROC 95% CI`
            let parts = rest.split(separator: " ")
            let end = parts.firstIndex { isSpread(String($0)) } ?? parts.endIndex
            let numbers = parts[..<end].reversed().prefix { WrittenNumber($0) != nil }.count
            rest = parts[..<(end - numbers)].joined(separator: " ")
        }
        rest = rest.trimming([" ", ",", ";", "_", "-"])
        return rest.isEmpty || isSpread(rest) || averages.contains(rest.lowercased()) ? nil : rest
    }

    private static let averages: Set<String> = ["mean", "avg", "average"]

    private static let spreadWords: Set<String> = [
        "std", "stdev", "stddev", "sd", "stderr", "sem", "var", "variance", "ci", "ci95", "conf", "confidence", "iqr",
    ]

    /// Which split a header names beside its metric: `val_acc`, `acc (test)`; `nil` where none.
    static func split(inHeader name: String) -> String? {
        let words = words(of: name)
        guard words.count > 1 else { return nil }
        return [words.first, words.last].compactMap(\.self).first { splitWords.contains($0) }
    }

    /// The names that people give to splits.
    static let splitWords: Set<String> = [
        "train", "training", "val", "valid", "validation", "dev", "test", "testing", "eval", "evaluation", "holdout",
    ]

    /// Whether a header says that its numbers are percents: `WER (%)`.
    static func saysPercent(_ name: String) -> Bool {
        name.contains("%") || words(of: name).contains { $0 == "percent" || $0 == "pct" || $0 == "percentage" }
    }

    /// The metric of a group of columns whose name says one in brackets, or a direction: `Speech (WER ↓)`.
    static func metric(inGroup name: String) -> String? {
        if let open = name.lastIndex(where: { $0 == "(" || $0 == "[" }) {
            let inside = String(name[name.index(after: open)...].dropLast()).trimmed
            let bare = inside.filter { $0 != "↑" && $0 != "↓" && $0 != "%" }.trimmed
            if isKnown(bare) { return inside.contains("↓") || inside.contains("↑") ? inside : bare }
        }
        if let said = saidDirection(name) { return said ? "score ↑" : "error" }
        return nil
    }

    /// Whether a name sets its metric apart, so that it is no part of the dataset's name: `pets (WER)`, `MMLU - EM`.
    static func setsMetricApart(_ name: String) -> Bool {
        let text = name.trimmed
        return text.hasSuffix(")") || text.hasSuffix("]") || dashes.contains { text.contains($0) }
    }

    /// Words that say how a metric was averaged or taken.
    private static let qualifiers: Set<String> = [
        "macro", "micro", "weighted", "binary", "samples", "averaged", "strict", "lenient", "relaxed", "unweighted",
        "entity", "token", "shot", "shots", "zero", "few", "greedy", "cv", "fold", "folds", "runs", "seeds", "top", "k",
        "at", "cased", "uncased", "normalized", "normalised", "raw",
    ]

    private static let dashes = [" - ", " – ", " — ", " | ", ": "]

    /// The one metric that a caption names, such as `Table 2: Word error rates (%) on the test sets`; `nil` where it names
    /// none or several.
    static func named(inText text: String) -> String? {
        // Losses of a text are what models were trained with.
        let words = words(of: text).map { $0 == "losses" ? $0 : singular($0) }
        var found: [String] = []
        var position = 0
        while position < words.count {
            let length = (1...4).reversed().first { length in
                guard position + length <= words.count else { return false }
                let name = words[position..<(position + length)].joined(separator: "_")
                return length == 1 ? captionMetrics.contains(name) : isListed(synonyms[name] ?? name)
            }
            if let length { found.append(words[position..<(position + length)].joined(separator: " ")) }
            position += length ?? 1
        }
        return Set(found.map(canonical)).count == 1 ? found[0] : nil
    }

    /// Words that mean a metric in a sentence, too: not `map` and not `match`.
    private static let captionMetrics: Set<String> = [
        "accuracy", "error", "perplexity", "wer", "cer", "rmse", "mse", "mae", "f1", "auc", "auroc", "miou", "bleu",
        "ndcg", "mrr", "loss", "fid", "eer", "logloss",
    ]

    /// A metric's word of several in the singular: `rates`, `accuracies`, `losses`; another as it is.
    static func singular(_ word: String) -> String {
        for (ending, instead) in [("ies", "y"), ("es", ""), ("s", "")] where word.hasSuffix(ending) {
            let singular = String(word.dropLast(ending.count)) + instead
            if singular == "rate" || captionMetrics.contains(singular) || columnErrors.contains(singular) {
                return singular
            }
        }
        return word
    }

    /// Whether a word in the name of a file, or several with `_` between them, say that it holds this metric.
    static func namesFile(_ name: String) -> Bool {
        columnErrors.contains(name) || name == "accuracy" || name == "acc"
            || name.contains("_") && isListed(synonyms[name] ?? name)
    }

    /// Whether a file that begins with this metric holds it, whatever follows: no word for what models are trained with.
    static func beginsFile(_ name: String) -> Bool {
        ["error_rate", "word_error_rate", "wer", "cer", "perplexity", "ppl", "rmse", "log_loss"].contains(name)
    }

    /// A name made of a dataset's and a metric's, in either order: `pets acc`, `loss_pets`, `CIFAR-10 (top-1)`.
    package static func datasetAndMetric(_ name: String) -> (dataset: String, metric: String)? {
        let text = name.trimmed
        for (open, close) in [("(", ")"), ("[", "]")] where text.hasSuffix(close) {
            if let start = text.range(of: open, options: .backwards), start.lowerBound > text.startIndex {
                let inside = text[start.upperBound...].dropLast().trimmed
                let bare = inside.replacing("%", with: "").trimming([" ", ",", ";"])
                let outside = text[..<start.lowerBound].trimmed
                if !outside.isEmpty, !isKnown(outside), isKnown(bare) || saidDirection(inside) != nil {
                    return (outside, inside)
                }
            }
        }
        // HELM's `MMLU - EM`, `BoolQ - ECE (10-bin)`; `WER ↓ (test-clean)` has the metric first.
        for dash in dashes {
            guard let cut = text.range(of: dash, options: .backwards) else { continue }
            let (head, tail) = (text[..<cut.lowerBound].trimmed, text[cut.upperBound...].trimmed)
            if !head.isEmpty, isKnown(tail) || isKnown(tail.prefix { $0 != "(" }.trimmed) { return (head, tail) }
        }
        if text.hasSuffix(")"), let open = text.lastIndex(of: "("), open > text.startIndex {
            let (metric, inside) = (text[..<open].trimmed, text[text.index(after: open)...].dropLast().trimmed)
            let bare = metric.filter { !"↑↓%".contains($0) }.trimmed
            if isKnown(bare), !inside.isEmpty, !saysPercent(inside), !isKnown(inside), Double(inside) == nil,
                !splitWords.contains(inside.lowercased()), !isQualifier(inside)
            {
                return (inside, metric)
            }
        }
        let cuts = text.indices.filter { "_- ./:".contains(text[$0]) && $0 > text.startIndex }
        // The longest metric that leaves a name, at the end first.
        for cut in cuts {
            let (head, tail) = (text[..<cut].trimmed, text[text.index(after: cut)...].trimmed)
            if !head.isEmpty, isKnown(tail), !isKnown(head), !isQualifier(head), isWhole(head) {
                return (head.trimming(["_", "-", " "]), tail)
            }
        }
        for cut in cuts.reversed() {
            let (head, tail) = (text[..<cut].trimmed, text[text.index(after: cut)...].trimmed)
            if !tail.isEmpty, isKnown(head), !isKnown(tail), !isQualifier(tail), isWhole(tail) {
                // `Error on pets`
                let word = ["on ", "for ", "of ", "in "].first { tail.lowercased().hasPrefix($0) }
                return (String(tail.dropFirst(word?.count ?? 0)).trimming(["_", "-", " "]), head)
            }
        }
        return nil
    }

    /// Whether a name is not cut inside of brackets: `STS-B (Pearson` is half of one.
    private static func isWhole(_ name: String) -> Bool {
        !name.hasPrefix("(") && name.count { $0 == "(" } == name.count { $0 == ")" }
    }

    /// Whether the metric lies between 0 and 1 (or -1 and 1), so that values above 1 are percents (rule S).
    public static func isBounded(_ name: String) -> Bool {
        let canonical = canonical(name)
        if bounded.contains(canonical) || boundedErrors.contains(canonical) { return true }
        let words = words(of: name)
        if words.contains("rate"), lower.contains(canonical) || words.contains("error") || words.contains("miss") {
            return true
        }
        // `f1_macro`, `ndcg_at_10`, `hits@5`, but not `accuracy loss`.
        return isAtRank(name) || words.contains { boundedWords.contains($0) } && higherIsBetter(name) == true
    }

    /// The scale on which a metric is always given; `nil` where the numbers have to tell.
    public static func naturalScale(_ name: String) -> MetricScale? {
        let canonical = canonical(name)
        return percents.contains(canonical) || canonical.hasPrefix("rouge") || canonical.hasPrefix("bleu")
            ? .percent : nil
    }

    /// Whether the metric never stands for a dataset unless somebody asks for it: a loss says little across models, and
    /// precision and recall are halves.
    public static func isSecondary(_ name: String) -> Bool {
        let words = words(of: name)
        guard let last = words.last else { return false }
        return last == "loss" || words.contains("precision") && !words.contains("average") || words.contains("recall")
            || words.contains("runtime") || words.contains("seconds")
    }

    /// The metrics that may stand for a dataset, the best first, in their canonical names: the benchmark's own, then those
    /// of the task, then any.
    ///
    /// - Parameters:
    ///   - dataset: its name with its configuration, such as `glue/cola`.
    ///   - task: such as `text-classification`; `nil` where it is not known.
    public static func preferred(dataset: String, task: String?) -> [String] {
        let words = Set(words(of: dataset))
        var found: [String] = ["main_score"]
        for (word, metrics) in benchmarks where words.contains(word) { found += metrics }
        if let task {
            let text = self.words(of: task).joined(separator: "_")
            for (part, metrics) in tasks where text.contains(part) {
                found += metrics
                break
            }
        }
        var seen: Set<String> = []
        return (found + general).filter { seen.insert($0).inserted }
    }

    /// The error that a column of a wide table says it holds: `pets error`, `WER LibriSpeech`; `nil` for a name that says
    /// none. Only what nobody would call a dataset by.
    static func error(inColumn name: String) -> String? {
        let words = words(of: name)
        if words.count > 1 {
            let last = words.suffix(2).joined(separator: "_")
            if columnErrors.contains(last) { return last }
            if let word = words.last, columnErrors.contains(word) { return word }
            if let word = words.first, columnErrors.contains(word), word != "loss" { return word }
        }
        return saidDirection(name) == false ? "error" : nil
    }

    private static let columnErrors: Set<String> = [
        "error", "errors", "err", "error_rate", "loss", "log_loss", "logloss", "perplexity", "ppl", "wer", "cer", "mse",
        "rmse", "mae", "mape", "eer", "nll", "fid", "brier", "top1_error", "top1_err", "test_error", "test_err",
    ]

    static func isListed(_ canonical: String) -> Bool {
        lower.contains(canonical) || higher.contains(canonical) || bounded.contains(canonical)
    }

    /// ``words(of:)`` of a name in ASCII, without a look into tables of Unicode; `nil` for another.
    private static func asciiWords(of name: UnsafeBufferPointer<UInt8>) -> [String]? {
        var words: [String] = []
        var word: [UInt8] = []
        var last: UInt8 = 0
        for byte in name {
            if byte >= 0x80 { return nil }
            let isUpper = byte >= 65 && byte <= 90
            if isUpper || byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 {
                if isUpper, last >= 97, last <= 122, !word.isEmpty {
                    words.append(String(decoding: word, as: UTF8.self))
                    word.removeAll(keepingCapacity: true)
                }
                word.append(isUpper ? byte + 32 : byte)
            } else if !word.isEmpty {
                words.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
            last = byte
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// The words of a name in small letters: cut at what is no letter or digit, and where small letters become large ones.
    static func words(of name: String) -> [String] {
        var name = name
        if let words = name.withUTF8({ asciiWords(of: $0) }) { return words }
        var words: [String] = []
        var word = ""
        var last: Character = " "
        for character in name {
            if character.isLetter || character.isNumber {
                if character.isUppercase, last.isLowercase, !word.isEmpty {
                    words.append(word)
                    word = ""
                }
                word += character.lowercased()
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
            last = character
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Whether no value below 0 can be: of an error that is a distance, a rate or a time.
    static func isAtLeastZero(_ name: String) -> Bool {
        let name = canonical(name)
        return lower.contains(name) && !densities.contains(name)
    }
}

extension MetricKnowledge {
    /// Whether a name is that of a metric that is known here, whatever its spelling: `Top-1 Accuracy`, `WER`, `val_loss`.
    public static func isKnown(_ name: String) -> Bool {
        let canonical = canonical(name)
        if isListed(canonical) || canonical.hasPrefix("rouge") || isAtRank(name) { return true }
        let words = canonical.split(separator: "_").map(String.init)
        let plain = words.filter { !qualifiers.contains($0) }
        return plain.count < words.count && !plain.isEmpty && isListed(self.canonical(plain.joined(separator: "_")))
    }

    /// Whether words beside a metric's name say how it was taken, and name no dataset: `macro`, `5-shot`, `top-1`, `10 runs`.
    static func isQualifier(_ text: String) -> Bool {
        let words = words(of: text)
        return !words.isEmpty
            && words.allSatisfy { qualifiers.contains($0) || settingWords.contains($0) || Int($0) != nil }
    }
}
