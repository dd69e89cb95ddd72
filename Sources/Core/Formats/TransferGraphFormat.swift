import Foundation

/// The directory published with "Model Selection with Model Zoo via Graph Learning" (Li et al., ICDE 2024), as it is:
/// `records.csv`, `model_config_dataset.csv`, `target_dataset_features.csv`, `transferability_score_records.csv` and
/// `corr_*.csv`. Only the first is required. What is wrong in the files is repaired or left out, and counted.
enum TransferGraphFormat {
    /// Datasets that the published files call by two names.
    static let aliases = [
        "oxford_iiit_pet": "pets", "svhn_cropped": "svhn", "oxford_flowers102": "flowers",
        "smallnorb": "smallnorb_label_elevation", "glut/qqp": "glue/qqp", "HHousen/quora": "quora",
        "chiapudding/kaggle-financial-sentiment": "kaggle-financial-sentiment",
        "mteb/amazon_reviews_multi/en": "amazon_reviews_multi/en", "wikimedia/wikipedia/20231101.en": "wikipedia",
    ]

    /// Names that models give for the collection their pre-training data came from, where the labels name the dataset.
    private static let collections: Set<String> = ["hfpics"]

    static func load(_ directory: URL, name: String, fineTuning: FineTuning) throws(ZooError) -> Zoo {
        var builder = ZooBuilder(name: name, source: directory.relativePath, format: "transfergraph", aliases: aliases)
        do throws(TableError) {
            try readTables(in: directory, fineTuning, into: &builder)
        } catch {
            throw .table(error)
        }
        return try builder.zoo()
    }

    private static func readTables(
        in directory: URL, _ fineTuning: FineTuning, into builder: inout ZooBuilder
    ) throws(TableError) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.path))?.sorted() ?? []
        func table(_ file: String) throws(TableError) -> CSVTable? {
            try builder.readTable(directory.appendingPathComponent(file))
        }
        if let records = try table("records.csv") { try readRecords(records, fineTuning, into: &builder) }
        if let models = try table("model_config_dataset.csv") { try readModels(models, into: &builder) }
        if let datasets = try table("target_dataset_features.csv") { try readDatasets(datasets, into: &builder) }
        if let scores = try table("transferability_score_records.csv") { try readScores(scores, into: &builder) }
        for file in files where file.hasPrefix("corr_") && file.hasSuffix(".csv") {
            if let distances = try table(file) { try readDistances(distances, into: &builder) }
        }
    }

    private static func readRecords(
        _ table: CSVTable, _ fineTuning: FineTuning, into builder: inout ZooBuilder
    ) throws(TableError) {
        let model = try table.requiredColumn("model")
        let dataset = try table.requiredColumn("finetuned_dataset")
        let result = try table.requiredColumn("eval_accuracy")
        let method = table.column("peft_method")
        var shifted: [String] = []
        var withoutResult: [String] = []
        var otherwiseTuned: [String] = []
        for row in table.rows {
            let place = "\(table.file) line \(row.line)"
            guard let modelName = table.text(row, model), let datasetName = table.text(row, dataset),
                Double(modelName) == nil, Double(datasetName) == nil, datasetName != "none", row.fields.count > result
            else {
                shifted.append(place)
                continue
            }
            // The published file spells one adapter run "lor"; any method given means that not all was trained.
            let isAdapter = table.text(row, method) != nil
            guard isAdapter == (fineTuning == .lora) else {
                otherwiseTuned.append(place)
                continue
            }
            guard let value = try table.number(row, result), value.isFinite else {
                withoutResult.append(place)
                continue
            }
            builder.addRun(model: modelName, dataset: datasetName, result: value)
        }
        builder.report.add(
            .leftOut, "rows of \(table.file) that are cut off or shifted by a column", count: shifted.count,
            examples: shifted)
        builder.report.add(
            .leftOut, fineTuning == .full ? "LoRA runs" : "full fine-tuning runs", count: otherwiseTuned.count,
            takenBy: fineTuning == .full ? .lora : .full)
        builder.report.add(.leftOut, "runs without a result", count: withoutResult.count, examples: withoutResult)
    }

    private static func readModels(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let nameColumn = try table.requiredColumn("model")
        var repeated: [String] = []
        var implausible: [String] = []
        var seen: Set<String> = []
        for row in table.rows {
            guard let name = table.text(row, nameColumn) else { continue }
            if !seen.insert(name).inserted { repeated.append(name) }
            var model = Model(name: name)
            model.architecture = table.text(row, table.column("architectures")).map(listed)
            model.family = table.text(row, table.column("model_type"))
            model.parameters = try number("number_of_parameters", of: row, in: table)
            model.memory = try number("memory_consumption", of: row, in: table)
            model.inputSize = try number("input_shape", of: row, in: table)
            model.outputSize = try number("output_shape", of: row, in: table)
            let labelColumn = table.column("#labels") == nil ? "number_of_labels" : "#labels"
            model.labels = try number(labelColumn, of: row, in: table)
            if let accuracy = try number("accuracy", of: row, in: table) {
                if (0...1).contains(accuracy) {
                    model.pretrainingAccuracy = accuracy
                } else if (1...100).contains(accuracy) {
                    model.pretrainingAccuracy = accuracy / 100
                    implausible.append("\(name): \(accuracy)")
                } else {
                    implausible.append("\(name): \(accuracy)")
                }
            }
            if let labels = table.text(row, table.column("labels")), labels.count < 200 {
                model.other["labels"] = labels
            }
            if let origin = table.text(row, table.column("dataset")) {
                let isCollection = collections.contains(origin)
                if isCollection { model.other["collection"] = origin }
                let own = isCollection ? table.text(row, table.column("labels")) ?? origin : origin
                model.pretrainingDataset = builder.dataset(own)
            }
            builder.updateModel(builder.model(name)) { $0 = model }
        }
        builder.report.add(
            .merged, "models described more than once: the last counts", count: repeated.count, examples: repeated)
        builder.report.add(
            .repaired, "pre-training accuracies given in percent or out of range", count: implausible.count,
            examples: implausible)
    }

    /// A number of the column called `name`; `nil` where there is no such column.
    private static func number(_ name: String, of row: CSVTable.Row, in table: CSVTable) throws(TableError) -> Double? {
        guard let column = table.column(name) else { return nil }
        return try table.number(row, column)
    }

    /// The text without the brackets and quotation marks of a Python list of one element.
    private static func listed(_ text: String) -> String {
        text.trimmingCharacters(in: CharacterSet(charactersIn: "[]'\""))
    }

    private static func readDatasets(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let name = try table.requiredColumn("finetune_dataset")
        let size = try table.requiredColumn("size")
        let classes = try table.requiredColumn("number_of_classes")
        for row in table.rows {
            guard let datasetName = table.text(row, name) else { continue }
            let rowSize = try table.number(row, size)
            let rowClasses = try table.number(row, classes)
            builder.updateDataset(builder.dataset(datasetName)) {
                $0.size = rowSize
                $0.classes = rowClasses
            }
        }
    }

    private static func readScores(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let model = try table.requiredColumn("model")
        let dataset = try table.requiredColumn("target_dataset")
        let metric = try table.requiredColumn("metric")
        let value = try table.requiredColumn("score")
        var shifted: [String] = []
        var missing: [String] = []
        for row in table.rows {
            guard row.fields.count == table.header.count, let modelName = table.text(row, model),
                let datasetName = table.text(row, dataset), let metricName = table.text(row, metric)
            else {
                shifted.append("\(table.file) line \(row.line)")
                continue
            }
            guard let score = try table.number(row, value) else {
                missing.append("\(table.file) line \(row.line)")
                continue
            }
            let (name, method) = scoreName(metricName)
            builder.addScore(name, method: method, model: modelName, dataset: datasetName, value: score)
        }
        builder.report.add(
            .leftOut, "rows of \(table.file) that are cut off or shifted by a column", count: shifted.count,
            examples: shifted)
        builder.report.add(.leftOut, "score rows without a value", count: missing.count, examples: missing)
    }

    /// A score's name and its method name, from the published `TransferabilityMethod.LOG_ME`.
    private static func scoreName(_ metric: String) -> (name: String, method: String) {
        let bare = metric.split(separator: ".").last.map(String.init) ?? metric
        switch bare {
        case "LOG_ME": return ("LogME", "logme")
        case "REG_H_SCORE": return ("regularized H-score", "reg-h-score")
        case "H_SCORE": return ("H-score", "h-score")
        default: return (bare, ScoreNaming.method(for: bare))
        }
    }

    private static func readDistances(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        for row in table.rows {
            guard let first = row.fields.first, !first.isEmpty else { continue }
            for column in 1..<table.header.count {
                if let distance = try table.number(row, column), distance.isFinite {
                    builder.addDistance(first, table.header[column], distance)
                }
            }
        }
    }
}
