import CellLanguage
import Presentation
import TransferGraphCore

// What each value is as one table, for `--output-format csv`, and as a file, for `%export`.

extension EvaluationValue {
    /// A row for each method and target, and one for each method's mean, with the 95 % intervals of the mean's correlation:
    /// on other datasets, and on these with other models.
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

    /// As CSV the predictions, as `--export` writes them.
    public func content(ofFileEndingIn ending: String) -> String? {
        ["csv", ""].contains(ending) ? evaluation.csv() : usualContent(ofFileEndingIn: ending)
    }
}

extension PredictionValue {
    public var tabular: Table? { table }

    /// As CSV the predictions, as `--export` writes them.
    public func content(ofFileEndingIn ending: String) -> String? {
        ["csv", ""].contains(ending)
            ? PredictionExport.csv([prediction], zoo: zoo) : usualContent(ofFileEndingIn: ending)
    }
}

extension ComparisonValue {
    /// A row for each method and target.
    public var tabular: Table? { details }
}

extension HistoryCurveValue {
    /// A row for each method and share of the history.
    var tabular: Table? { table }
}

extension RecommendationValue {
    /// A row for each model, its interval as two numbers.
    public var tabular: Table? {
        var columns: [Table.Column] = [.number("rank", .count), .init("model"), .number("predicted")]
        // Rank, model and prediction stand first, then the interval as text where there is one.
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
    /// What it holds, counted.
    public var tabular: Table? { contents }
}

extension GraphValue {
    /// Its nodes and edges, counted.
    public var tabular: Table? { contents }
}

extension EmbeddingValue {
    /// A row for each node: its name, what it is, and its vector.
    public var tabular: Table? {
        let graph = learned.graph
        let embedding = learned.embedding
        let rows = (0..<embedding.nodeCount).map { node -> [Table.Cell] in
            [.text(graph.name(node)), .text(graph.isModel(node) ? "model" : "dataset")]
                // By way of text: a number of single precision has as few digits then.
                + embedding[node].map { .init(Double("\($0)")) }
        }
        return Table(
            columns: [.init("node"), .init("type")] + (0..<embedding.dimension).map { .number("\($0 + 1)") }, rows: rows
        )
    }
}
