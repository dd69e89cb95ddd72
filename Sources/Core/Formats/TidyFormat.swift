import Foundation

/// This project's own layout, a table a file, each with a header: `records.csv` (`model,dataset,score`) and, where
/// present, `models.csv`, `datasets.csv`, `scores.csv`, `similarity.csv`, `lineage.csv`, and `embeddings.npy` with
/// `embeddings.txt`. Columns it gives no meaning to are kept as metadata.
enum TidyFormat {
    static func load(_ directory: URL, name: String) throws(ZooError) -> Zoo {
        var builder = ZooBuilder(name: name, source: directory.relativePath, format: "tidy")
        do throws(TableError) { try readTables(in: directory, into: &builder) } catch { throw .table(error) }
        try readEmbeddings(in: directory, into: &builder)
        return try builder.zoo()
    }

    private static func readTables(in directory: URL, into builder: inout ZooBuilder) throws(TableError) {
        func table(_ file: String) throws(TableError) -> CSVTable? {
            try builder.readTable(directory.appendingPathComponent(file))
        }
        if let models = try table("models.csv") { try readModels(models, into: &builder) }
        if let datasets = try table("datasets.csv") { try readDatasets(datasets, into: &builder) }
        if let records = try table("records.csv") { try readRecords(records, into: &builder) }
        if let scores = try table("scores.csv") { try readScores(scores, into: &builder) }
        if let similarity = try table("similarity.csv") { try readSimilarity(similarity, into: &builder) }
        if let lineage = try table("lineage.csv") { try readLineage(lineage, into: &builder) }
    }

    private static func readRecords(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let model = try table.requiredColumn("model")
        let dataset = try table.requiredColumn("dataset")
        let score = try table.requiredColumn("score")
        let further = table.header.indices.filter { ![model, dataset, score].contains($0) }
        builder.keepRecordColumns(further.map { table.header[$0] })
        var without: [String] = []
        var nameless: [String] = []
        for row in table.rows {
            guard let modelName = table.text(row, model), let datasetName = table.text(row, dataset) else {
                nameless.append("\(table.file) line \(row.line)")
                continue
            }
            guard let result = try table.number(row, score), result.isFinite else {
                without.append("\(table.file) line \(row.line)")
                continue
            }
            builder.addRun(
                model: modelName, dataset: datasetName, result: result,
                metadata: further.map { $0 < row.fields.count ? row.fields[$0] : "" })
        }
        builder.report.add(
            .leftOut, "rows of \(table.file) without a model or a dataset", count: nameless.count, examples: nameless)
        builder.report.add(.leftOut, "runs without a finite score", count: without.count, examples: without)
    }

    private static func readModels(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let nameColumn = try table.requiredColumn("model")
        for row in table.rows {
            guard let name = table.text(row, nameColumn) else { continue }
            var model = Model(name: name)
            for (column, title) in table.header.enumerated() where column != nameColumn {
                guard let text = table.text(row, column) else { continue }
                switch title {
                case "architecture": model.architecture = text
                case "family": model.family = text
                case "parameters": model.parameters = try table.number(row, column)
                case "input_size": model.inputSize = try table.number(row, column)
                case "output_size": model.outputSize = try table.number(row, column)
                case "memory": model.memory = try table.number(row, column)
                case "labels": model.labels = try table.number(row, column)
                case "accuracy": model.pretrainingAccuracy = try table.number(row, column)
                case "dataset": model.pretrainingDataset = builder.dataset(text)
                default: model.other[title] = text
                }
            }
            builder.updateModel(builder.model(name)) { $0 = model }
        }
    }

    private static func readDatasets(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let nameColumn = try table.requiredColumn("dataset")
        for row in table.rows {
            guard let name = table.text(row, nameColumn) else { continue }
            var size: Double?
            var classes: Double?
            var other: [String: String] = [:]
            for (column, title) in table.header.enumerated() where column != nameColumn {
                guard let text = table.text(row, column) else { continue }
                switch title {
                case "size": size = try table.number(row, column)
                case "classes": classes = try table.number(row, column)
                default: other[title] = text
                }
            }
            builder.updateDataset(builder.dataset(name)) {
                $0.size = size
                $0.classes = classes
                $0.other = other
            }
        }
    }

    private static func readScores(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let model = try table.requiredColumn("model")
        let dataset = try table.requiredColumn("dataset")
        let method = try table.requiredColumn("method")
        let value = try table.requiredColumn("value")
        var missing: [String] = []
        var methods: [String: String] = [:]
        for row in table.rows {
            guard let modelName = table.text(row, model), let datasetName = table.text(row, dataset),
                let scoreName = table.text(row, method), let number = try table.number(row, value)
            else {
                missing.append("\(table.file) line \(row.line)")
                continue
            }
            let spelling = methods[scoreName] ?? ScoreNaming.method(for: scoreName)
            methods[scoreName] = spelling
            builder.addScore(scoreName, method: spelling, model: modelName, dataset: datasetName, value: number)
        }
        builder.report.add(.leftOut, "score rows with a field missing", count: missing.count, examples: missing)
    }

    private static func readSimilarity(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let first = try table.requiredColumn("dataset_a")
        let second = try table.requiredColumn("dataset_b")
        let distance = try table.requiredColumn("distance")
        var missing: [String] = []
        var again: [String] = []
        var known: [Set<String>: Double] = [:]
        for row in table.rows {
            guard let a = table.text(row, first), let b = table.text(row, second),
                let value = try table.number(row, distance), value.isFinite, value >= 0
            else {
                missing.append("\(table.file) line \(row.line)")
                continue
            }
            if let before = known.updateValue(value, forKey: [a, b]), before != value {
                again.append("\(a) and \(b): \(before), then \(value) in line \(row.line)")
            }
            builder.addDistance(a, b, value)
        }
        builder.report.add(
            .leftOut, "similarity rows without two datasets and a finite distance of 0 or more", count: missing.count,
            examples: missing)
        builder.report.add(
            .merged, "distances given more than once, and not the same: the last is taken", count: again.count,
            examples: again)
    }

    private static func readLineage(_ table: CSVTable, into builder: inout ZooBuilder) throws(TableError) {
        let model = try table.requiredColumn("model")
        let parent = try table.requiredColumn("parent")
        var unknown: [String] = []
        for row in table.rows {
            guard let child = table.text(row, model), let from = table.text(row, parent), builder.hasModel(child),
                builder.hasModel(from)
            else {
                unknown.append("\(table.file) line \(row.line)")
                continue
            }
            builder.addLineage(child: child, parent: from)
        }
        builder.report.add(
            .leftOut, "lineage rows that name a model the zoo does not have", count: unknown.count, examples: unknown)
    }
}
