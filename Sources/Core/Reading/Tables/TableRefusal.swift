import Support

/// Why a table that lacks columns is none of results: what it is, or which column is meant.
struct TableRefusal {
    let table: CellTable
    let header: TableHeader
    /// The first rows.
    let sample: [Int]

    /// The error with what the table tells beyond it.
    func telling(_ error: TableError) -> TableError {
        guard case .content(.missingColumns(let missing, let known, let line), let file, let place) = error else {
            return error
        }
        if isLaTeX { return .content(.notADelimitedTable(.latex), file: file, line: nil) }
        if let (what, instead) = harness ?? pairs ?? evaluations ?? (missing.contains("score") ? facts : nil) {
            return .content(.notResults(what, instead: instead), file: file, line: place)
        }
        let named = line.map { naming($0, missing) }
        return .content(.missingColumns(missing, known: known, line: named), file: file, line: place)
    }

    /// Objects in objects whose names do not tell which level the models are.
    static func undecided(_ table: CellTable) -> TableError {
        let levels = table.texts(0).filter { $0.hasPrefix("level_") }
        return .content(
            .missingColumns(
                ["model", "dataset"], known: table.undecidedLevels,
                line: "model=\(levels.first ?? "level_1"),dataset=\(levels.dropFirst().first ?? "level_2")"),
            file: table.file, line: nil)
    }

    /// Rows such as `model & pets & cars \\`.
    private var isLaTeX: Bool {
        header.names.count == 1 && header.names[0].contains("&") && header.names[0].hasSuffix("\\\\")
    }

    /// The table that the Language Model Evaluation Harness prints: of one model, which it does not name.
    private var harness: (String, String)? {
        let keys = Set(header.keys)
        guard ["tasks", "metric", "value"].allSatisfy(keys.contains),
            keys.contains("n_shot") || keys.contains("filter"), TableRole.model.column(in: header.keys) == nil
        else { return nil }
        return (
            "an evaluation as it is printed, and no column names its model",
            "Load the file of results that the evaluation wrote as JSON, or add a column 'model' and write the task in each row."
        )
    }

    /// Fields of two numbers each, as `36.66/0.9542`.
    private var pairs: (String, String)? {
        for column in header.names.indices {
            let texts = texts(column)
            guard let example = texts.first(where: { PairFields.parts(of: $0) != nil }),
                texts.count(where: { PairFields.parts(of: $0) != nil }) * 2 > texts.count
            else { continue }
            return PairFields.sentence(example, column: header.names[column])
        }
        return nil
    }

    /// Columns such as `eval_pets_accuracy`, which a trainer writes, beside others that begin so and name no dataset.
    private var evaluations: (String, String)? {
        let plain = header.names.compactMap { name -> (name: String, dataset: String)? in
            guard let (_, rest) = EvaluationColumns.begin(name) else { return nil }
            return MetricKnowledge.datasetAndMetric(rest).map { (rest, $0.dataset) }
        }
        guard Set(plain.map(\.dataset)).count >= 2 else { return nil }
        return (
            "columns that are named by a split, a dataset and a metric",
            "Take the split out of their names: \(plain.prefix(3).map { "'\($0.name)'" }.joined(separator: ", "))."
        )
    }

    /// A row for each model (or dataset), and what is known of it.
    private var facts: (String, String)? {
        // Texts have tables of whatever.
        guard ZooFiles.stem(table.file) != nil else { return nil }
        for (role, what, file) in [(TableRole.model, "models", "models.csv"), (.dataset, "datasets", "datasets.csv")] {
            guard let column = role.column(in: header.keys) else { continue }
            let names = texts(column)
            let known = header.names.indices.count { other in
                let name = header.names[other]
                let canonical =
                    role == .model ? AttributeKnowledge.model(name) : AttributeKnowledge.dataset(name)
                return other != column
                    && (AttributeKnowledge.key(canonical) != AttributeKnowledge.key(name)
                        || Self.facts.contains(AttributeKnowledge.key(name)))
            }
            guard known >= 2 || known == header.names.count - 1 && known > 0, Set(names).count == names.count else {
                continue
            }
            return (
                "what is known of \(what), and no results",
                "Call the file \(file), and load it together with a table of results."
            )
        }
        return nil
    }

    private static let facts: Set<String> = [
        "parameters", "license", "licence", "family", "architecture", "release_date", "url", "publisher", "language",
        "open_source", "memory", "price", "description", "task", "classes", "size", "domain",
    ]

    /// The line to type with the one column of numbers that can be the results instead of `NAME`.
    private func naming(_ line: String, _ missing: [String]) -> String {
        guard missing == ["score"], line.contains("score=NAME") else { return line }
        let taken = [TableRole.model, .dataset].compactMap { $0.column(in: header.keys) }
        let columns = header.names.indices.filter { column in
            let texts = texts(column)
            return !taken.contains(column) && !header.names[column].isEmpty && !texts.isEmpty
                && texts.count { WrittenNumber($0, comma: .decimal) != nil } * 2 > texts.count
        }
        guard columns.count == 1, let name = columns.first.map({ header.names[$0] }), !name.contains("\"") else {
            return line
        }
        return line.replacing("score=NAME", with: "score=\(RecordsLayoutFinder.quoted(name))")
    }

    /// What stands in a column where something does.
    private func texts(_ column: Int) -> [String] {
        sample.compactMap { table.text($0, column)?.trimmed }.filter { !ColumnTyping.isMissingResult($0) }
    }
}
