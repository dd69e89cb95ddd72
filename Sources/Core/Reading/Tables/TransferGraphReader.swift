import Support

/// Reads the directory published with "Model Selection with Model Zoo via Graph Learning" (Li et al., ICDE 2024), as it is:
/// `records.csv`, `model_config_dataset.csv`, `target_dataset_features.csv`, `transferability_score_records.csv` and
/// `corr_*.csv`. Only the first is required. What is wrong in the files is repaired or left out, and counted.
struct TransferGraphReader: ZooReader {
    let format = ZooFormat.transfergraph

    /// Datasets that the published files call by two names.
    static let aliases = [
        "oxford_iiit_pet": "pets", "svhn_cropped": "svhn", "oxford_flowers102": "flowers",
        "smallnorb": "smallnorb_label_elevation", "glut/qqp": "glue/qqp", "HHousen/quora": "quora",
        "chiapudding/kaggle-financial-sentiment": "kaggle-financial-sentiment",
        "mteb/amazon_reviews_multi/en": "amazon_reviews_multi/en", "wikimedia/wikipedia/20231101.en": "wikipedia",
    ]

    /// Names that models give for the collection their pre-training data came from, where the labels name the dataset.
    private static let collections: Set<String> = ["hfpics"]

    func recognises(_ place: ReadingPlace) -> Bool {
        place.has("records.csv")
            && ["model_config_dataset.csv", "transferability_score_records.csv"].contains { place.has($0) }
    }

    func read(_ place: ReadingPlace, options: ReadingOptions, into facts: inout Facts, work: Work) throws {
        guard place.has("records.csv") else {
            throw ZooError.noRecords(path: place.path, zoos: TableReader.zoos(in: place), tables: [])
        }
        facts.source.admitsUnknownNames = true
        for (name, kept) in Self.aliases.sorted(by: { $0.key < $1.key }) { facts.alias(.dataset, name, of: kept) }
        var reading = Reading(source: TableSource(place: place, work: work), facts: facts)
        try reading.table("records.csv") { try $0.readRecords($1, $2, options.fineTuning) }
        try reading.table("model_config_dataset.csv") { try $0.readModels($1, $2, Self.collections) }
        try reading.table("target_dataset_features.csv") { try $0.readDatasets($1, $2) }
        try reading.table("transferability_score_records.csv") { try $0.readScores($1, $2) }
        for file in place.names() where file.hasPrefix("corr_") && file.hasSuffix(".csv") {
            try reading.table(file) { try $0.readDistances($1, $2) }
        }
        facts = reading.facts
    }

    /// The reading of one directory.
    private struct Reading {
        let source: TableSource
        var facts: Facts
        private var file: Int32 = 0

        init(source: TableSource, facts: Facts) {
            self.source = source
            self.facts = facts
        }

        mutating func table(
            _ name: String, _ body: (inout Reading, CellTable, [String: Int]) throws -> Void
        ) throws {
            guard source.place.has(name) else { return }
            let source = source
            try source.withTable(name) { table in
                let header = try TableHeader(table, mayBeSeveral: false)
                file = facts.addFile(name)
                let width = header.names.count
                for row in 1..<max(1, table.rowCount) where table.fieldCount(row) > width {
                    guard (width..<table.fieldCount(row)).contains(where: { !table.isEmpty(row, $0) }) else { continue }
                    facts.note(
                        .leftOut, "fields beyond the header's last column (a name with a comma wants quotation marks)",
                        at: place(table, row))
                }
                let positions = Dictionary(
                    header.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
                try body(&self, table, positions)
            }
        }

        private func place(_ table: CellTable, _ row: Int) -> Facts.Place { .init(file: file, line: table.line(row)) }

        private func column(_ name: String, _ columns: [String: Int], _ table: CellTable) throws -> Int {
            if let position = columns[name] { return position }
            throw TableError.content(
                .missingColumns([name], known: table.texts(0), line: nil), file: table.file, line: table.line(0))
        }

        private func text(_ table: CellTable, _ row: Int, _ column: Int?) -> String? {
            column.flatMap { table.text(row, $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }

        private func number(_ table: CellTable, _ row: Int, _ column: Int?) -> Double? {
            column.flatMap { table.number(row, $0)?.value }
        }

        mutating func readRecords(_ table: CellTable, _ columns: [String: Int], _ fineTuning: FineTuning) throws {
            let model = try column("model", columns, table)
            let dataset = try column("finetuned_dataset", columns, table)
            let result = try column("eval_accuracy", columns, table)
            let method = columns["peft_method"]
            for row in 1..<max(1, table.rowCount) {
                guard let modelName = text(table, row, model), let datasetName = text(table, row, dataset),
                    Double(modelName) == nil, Double(datasetName) == nil, datasetName != "none",
                    table.fieldCount(row) > result
                else {
                    facts.note(
                        .leftOut, "rows of \(table.file) that are cut off or shifted by a column", at: place(table, row)
                    )
                    continue
                }
                // The published file spells one adapter run "lor"; any method given means that not all was trained.
                let isAdapter = text(table, row, method) != nil
                guard isAdapter == (fineTuning == .lora) else {
                    facts.note(
                        .leftOut, fineTuning == .full ? "LoRA runs" : "full fine-tuning runs", at: place(table, row),
                        takenBy: fineTuning == .full ? .lora : .full)
                    continue
                }
                let value = number(table, row, result)
                facts.measurements.append(
                    .init(
                        model: facts.names.intern(modelName), dataset: facts.names.intern(datasetName),
                        value: value ?? .nan,
                        written: facts.names.intern(table.text(row, result)), file: file,
                        line: Int32(clamping: table.line(row))))
            }
        }

        mutating func readModels(_ table: CellTable, _ columns: [String: Int], _ collections: Set<String>) throws {
            let nameColumn = try column("model", columns, table)
            var last: [String: Int] = [:]
            for row in 1..<max(1, table.rowCount) {
                guard let name = text(table, row, nameColumn) else { continue }
                if last.updateValue(row, forKey: name) != nil {
                    facts.note(
                        .merged, "models described more than once: the last counts", example: name, at: .init(file: -1))
                }
            }
            for row in 1..<max(1, table.rowCount) {
                guard let name = text(table, row, nameColumn) else { continue }
                let place = place(table, row)
                // The datasets that an earlier description names are brought up all the same.
                let origin = text(table, row, columns["dataset"])
                let isCollection = origin.map(collections.contains) ?? false
                let own = isCollection ? text(table, row, columns["labels"]) ?? origin : origin
                guard last[name] == row else {
                    if let own { facts.mention(dataset: own, at: place) }
                    facts.mention(model: name, at: place)
                    continue
                }
                if let own { facts.describe(model: name, "pretraining_dataset", .category(own), at: place) }
                facts.mention(model: name, at: place)
                if let architecture = text(table, row, columns["architectures"]) {
                    facts.describe(
                        model: name, "architecture", .category(architecture.trimming(["[", "]", "'", "\""])), at: place)
                }
                if let family = text(table, row, columns["model_type"]) {
                    facts.describe(model: name, "family", .category(family), at: place)
                }
                for (attribute, header) in [
                    ("parameters", "number_of_parameters"), ("memory", "memory_consumption"),
                    ("input_size", "input_shape"),
                    ("output_size", "output_shape"),
                    ("labels", columns["#labels"] == nil ? "number_of_labels" : "#labels"),
                    ("pretraining_accuracy", "accuracy"),
                ] {
                    if let value = number(table, row, columns[header]) {
                        facts.describe(model: name, attribute, .number(value), at: place)
                    }
                }
                if let labels = text(table, row, columns["labels"]), labels.count < 200 {
                    facts.describe(model: name, "label names", .category(labels), at: place)
                }
                if isCollection, let origin { facts.describe(model: name, "collection", .category(origin), at: place) }
            }
        }

        mutating func readDatasets(_ table: CellTable, _ columns: [String: Int]) throws {
            let name = try column("finetune_dataset", columns, table)
            let size = try column("size", columns, table)
            let classes = try column("number_of_classes", columns, table)
            for row in 1..<max(1, table.rowCount) {
                guard let dataset = text(table, row, name) else { continue }
                let place = place(table, row)
                facts.mention(dataset: dataset, at: place)
                if let value = number(table, row, size) {
                    facts.describe(dataset: dataset, "size", .number(value), at: place)
                }
                if let value = number(table, row, classes) {
                    facts.describe(dataset: dataset, "classes", .number(value), at: place)
                }
            }
        }

        mutating func readScores(_ table: CellTable, _ columns: [String: Int]) throws {
            let model = try column("model", columns, table)
            let dataset = try column("target_dataset", columns, table)
            let metric = try column("metric", columns, table)
            let value = try column("score", columns, table)
            let width = table.fieldCount(0)
            for row in 1..<max(1, table.rowCount) {
                guard table.fieldCount(row) == width, let modelName = text(table, row, model),
                    let datasetName = text(table, row, dataset), let metricName = text(table, row, metric)
                else {
                    facts.note(
                        .leftOut, "rows of \(table.file) that are cut off or shifted by a column", at: place(table, row)
                    )
                    continue
                }
                guard let written = text(table, row, value), let score = Double(written.trimmed), !score.isNaN else {
                    facts.note(.leftOut, "score rows without a value", at: place(table, row))
                    continue
                }
                facts.add(
                    score: Self.scoreName(metricName), model: modelName, dataset: datasetName, value: score,
                    at: place(table, row))
            }
        }

        /// A score's name, from the published `TransferabilityMethod.LOG_ME`.
        private static func scoreName(_ metric: String) -> String {
            let bare = metric.split(separator: ".").last.map(String.init) ?? metric
            return switch bare {
            case "LOG_ME": "LogME"
            case "REG_H_SCORE": "regularized H-score"
            case "H_SCORE": "H-score"
            default: bare
            }
        }

        mutating func readDistances(_ table: CellTable, _ columns: [String: Int]) throws {
            let names = table.texts(0)
            for row in 1..<max(1, table.rowCount) {
                guard let first = text(table, row, 0) else { continue }
                for column in 1..<max(1, names.count) {
                    if let distance = number(table, row, column) {
                        facts.add(distance: distance, between: first, and: names[column], at: place(table, row))
                    }
                }
            }
        }
    }
}
