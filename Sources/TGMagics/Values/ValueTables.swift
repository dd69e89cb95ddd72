import CellLanguage
import Presentation
import TransferGraphCore

// Each kind of value as one table, for `--output-format csv`, and as a file, for `%export`.

extension EvaluationValue {
    /// One row per method and target, and one per method's mean, with the 95 % intervals of the mean's correlation:
    /// over other datasets, and over other models on these datasets.
    public var tabular: Table? {
        var cells: [[Table.Cell]] = [[], [], [], []]
        for method in statistics.methods {
            let figure = method[.pearson]
            let bounds = [figure?.interval, figure?.modelInterval].flatMap { [$0?.lower, $0?.upper] }
            for (column, bound) in bounds.enumerated() {
                cells[column] += statistics.targets.map { _ in .missing } + [.init(bound)]
            }
        }
        let names = ["other datasets", "these datasets"].flatMap { question in
            ["low", "high"].map { "Pearson \($0) (95 % on \(question))" }
        }
        return details.inserting(zip(names, cells).map { (.number($0), $1) }, before: details.columns.count)
    }

    /// As CSV the predictions, like `--export`; as Markdown the tables that are shown.
    public func content(ofFileEndingIn ending: String) -> String? {
        switch ending {
        case "csv", "": evaluation.csv()
        case "md": evaluation.targets.count > 1 ? means.markdown + "\n" + details.markdown : means.markdown
        default: usualContent(ofFileEndingIn: ending)
        }
    }
}

extension PredictionValue {
    public var tabular: Table? { table }

    /// As CSV the predictions, like `--export`.
    public func content(ofFileEndingIn ending: String) -> String? {
        ["csv", ""].contains(ending)
            ? PredictionExport.csv([prediction], zoo: zoo) : usualContent(ofFileEndingIn: ending)
    }
}

extension ComparisonValue {
    /// One row per method and target.
    public var tabular: Table? { details }

    /// As Markdown both tables that are shown.
    public func content(ofFileEndingIn ending: String) -> String? {
        ending == "md" ? means.markdown + "\n" + details.markdown : usualContent(ofFileEndingIn: ending)
    }
}

extension HistoryCurveValue {
    /// One row per method and history ratio.
    var tabular: Table? { table }
}

extension RecommendationValue {
    /// One row per model, its interval as two numbers.
    public var tabular: Table? {
        var columns: [Table.Column] = [.number("rank", .count), .init("model"), .number("predicted")]
        // Rank, model and prediction come first, then the interval as text if there is one.
        var behind = 3
        if prediction.intervals != nil {
            columns += [.number("low (80 %)"), .number("high (80 %)")]
            behind = 4
        }
        columns += table.columns[behind...]
        let rows = zip(ranking, table.rows).map { model, row -> [Table.Cell] in
            let bounds = prediction.intervals.map { intervals -> [Table.Cell] in
                [.init(intervals[model]?.lowerBound), .init(intervals[model]?.upperBound)]
            }
            return row[..<3] + (bounds ?? []) + row[behind...]
        }
        return Table(title: table.title, columns: columns, rows: rows, total: table.total, notes: table.notes)
    }
}

extension ZooValue {
    /// Counts of its contents.
    public var tabular: Table? { contents }
}

extension GraphValue {
    /// Counts of its nodes and edges.
    public var tabular: Table? { contents }
}

extension EmbeddingValue {
    /// One row per node: its name, its kind, and its vector.
    public var tabular: Table? {
        let graph = learned.graph
        let embedding = learned.embedding
        let rows = (0..<embedding.nodeCount).map { node -> [Table.Cell] in
            [.text(graph.name(node)), .text(graph.isModel(node) ? "model" : "dataset")]
                // Via text: a single-precision number keeps its few digits that way.
                + embedding[node].map { .init(Double("\($0)")) }
        }
        return Table(
            columns: [.init("node"), .init("type")] + (0..<embedding.dimension).map { .number("\($0 + 1)") }, rows: rows
        )
    }
}
