/// Which file of a folder is which of a zoo's tables.
struct ZooFiles {
    enum Role: String, CaseIterable {
        case records, models, datasets, scores, similarity, lineage, measurements, columns
    }

    private(set) var files: [Role: String] = [:]
    /// Tables that are none of these.
    private(set) var others: [String] = []
    /// Texts of Markdown, which may hold tables.
    private(set) var texts: [String] = []
    private(set) var hasEmbeddings = false
    private(set) var hasTexts = false
    /// The text about the zoo.
    private(set) var about: String?

    /// Endings of files that hold tables; `.gz` and `.zst` may follow.
    static let endings: Set<String> = [
        "csv", "tsv", "tab", "psv", "jsonl", "ndjson", "json", "parquet", "xlsx", "feather",
    ]

    init(_ names: [String]) {
        for name in names where !name.hasPrefix(".") {
            if name.lowercased() == "embeddings.npy" { hasEmbeddings = true }
            if name.lowercased() == "text.npy" { hasTexts = true }
            if name.lowercased() == "about.txt" { about = name }
            if name.lowercased().hasSuffix(".md") { texts.append(name) }
            guard let stem = Self.stem(name) else { continue }
            if let role = Self.roles[stem], files[role] == nil {
                files[role] = name
            } else if !Self.notes.contains(stem), !Self.programs.contains(name.lowercased()) {
                others.append(name)
            }
        }
        // `results.csv` and `records.csv` beside each other: the second is the layout's own name.
        if let records = names.first(where: { Self.stem($0) == "records" }), files[.records] != records {
            if let other = files[.records] { others.append(other) }
            others.removeAll { $0 == records }
            files[.records] = records
        }
    }

    /// A place that is one file of a zoo's layout.
    init(only role: Role, _ name: String) { files[role] = name }

    /// What a file is in a zoo's layout by its name; `nil` for one that is none of its tables.
    static func role(of name: String) -> Role? { stem(name).flatMap { roles[$0] } }

    /// Takes a table for the records.
    mutating func takeRecords(_ name: String) {
        files[.records] = name
        others.removeAll { $0 == name }
    }

    /// The name without its endings in small letters; `nil` for a file that is no table.
    static func stem(_ name: String) -> String? {
        var parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let last = parts.last, ["gz", "gzip", "zst", "zstd"].contains(last) { parts.removeLast() }
        guard parts.count > 1, let ending = parts.last, endings.contains(ending) else { return nil }
        return parts.dropLast().joined(separator: ".")
    }

    /// Tables that the forge writes beside a zoo, about it: how much repeated runs differ, and where its data are from.
    private static let notes: Set<String> = ["noise", "sources"]

    /// Files of programs that lie beside tables and are none.
    private static let programs: Set<String> = [
        "package.json", "package-lock.json", "tsconfig.json", "composer.json", "manifest.json", "settings.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json", "generation_config.json",
        "preprocessor_config.json", "training_args.json", "trainer_state.json",
        "all_results.json", "train_results.json", "eval_results.json", "test_results.json", "predict_results.json",
        "config.json", "adapter_config.json", "added_tokens.json", "optimizer.json",
    ]

    private static let roles: [String: Role] = [
        "records": .records, "results": .records, "models": .models, "datasets": .datasets, "scores": .scores,
        "similarity": .similarity, "distances": .similarity, "lineage": .lineage, "measurements": .measurements,
        "columns": .columns,
    ]
}
