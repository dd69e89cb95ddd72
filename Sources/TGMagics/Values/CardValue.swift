import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// A model as `%card` shows it.
public struct CardValue: SessionValue {
    private let record: ModelRecord
    private let zoo: Zoo
    private let neighbours: [ModelNeighbours.Neighbour]
    private let limit: Int
    private let trained: TrainedOn

    init(_ record: ModelRecord, _ zoo: Zoo, rows: Int) {
        self.record = record
        self.zoo = zoo
        limit = rows
        trained = TrainedOn(zoo)
        neighbours = record.index.map { ModelNeighbours(of: $0, in: zoo).nearest } ?? []
    }

    public var kind: String { "card" }
    public var text: String { record.name }
    public var summary: String {
        "\(record.name.singleLine()): \(results.count) results, \(record.parents.count) parents"
    }

    public var display: DisplayData {
        var parts: [Page.Part] = [.heading("Model \(record.name)")]
        if record.index == nil {
            let parents = record.parents.map(\.model).joined(separator: ", ")
            parts.append(
                .sentence(
                    parents.isEmpty
                        ? "It has no result here, and is not one of the zoo's models."
                        : "Its results count for \(parents); %zoo load … --by checkpoint makes it a row of its own."))
        }
        parts += [facts, lineage, resultTable, measurements, nearest].compactMap { $0 }.map(Page.Part.table)
        return Page(parts: parts).display(json)
    }

    private var facts: Table? {
        var rows = record.statements.map { [.text($0.attribute), .text($0.value), .text($0.place)] as [Table.Cell] }
        if rows.isEmpty, let index = record.index {
            // For a zoo not read from files, or whose files do not describe the model.
            rows = zoo.modelMetadata.columns.compactMap { column in
                zoo.modelMetadata.text(index, column).map { [.text(column.name), .text($0), .missing] }
            }
        }
        return table("What is said of it", [.init("what"), .init("value"), .init("from")], rows)
    }

    private var lineage: Table? {
        let rows =
            record.parents.map { link(from: record.name, $0, to: $0.model) }
            + record.children.map { link(from: $0.model, $0, to: record.name) }
        return table(
            "Lineage", [.init("model"), .init("relation"), .init("parent"), .init("said by"), .init("from")], rows)
    }

    private func link(from child: String, _ link: ModelRecord.Link, to parent: String) -> [Table.Cell] {
        [.text(child), .text(link.relation.rawValue), .text(parent), .text(link.source), .text(link.place)]
    }

    private var results: [(dataset: Int, position: Int)] {
        guard let index = record.index else { return [] }
        return zoo.datasets.indices.compactMap { dataset in
            zoo.results.position(model: index, dataset: dataset).map { (dataset, $0) }
        }
    }

    /// Whether any of its results is on a dataset that it was trained on.
    private var isTrainedOnAny: Bool { record.index.map { !trained.results(of: $0, in: zoo).isEmpty } ?? false }

    private var resultTable: Table? {
        guard let index = record.index else { return nil }
        let rows = results.map { dataset, position -> [Table.Cell] in
            let range = zoo.runRanges[position]
            return [
                .text(zoo.datasets[dataset].name), .init(zoo.datasets[dataset].metric.name),
                .init(zoo.result(index, on: dataset)),
                position < zoo.runs.count ? .integer(Int(zoo.runs[position])) : .missing, .init(range?.lowest),
                .init(range?.highest),
            ] + (isTrainedOnAny ? [trained.cell(model: index, dataset: dataset)] : [])
        }
        return table(
            "Results",
            [
                .init("dataset"), .init("metric"), .number("result"), .number("runs", .count), .number("lowest"),
                .number("highest"),
            ] + (isTrainedOnAny ? [TrainedOn.column] : []), rows)
    }

    private var measurements: Table? {
        // The entries behind its results first.
        let entries = record.measurements.enumerated().sorted {
            ($0.element.decision.reason.isUsed ? 0 : 1, $0.offset) < (
                $1.element.decision.reason.isUsed ? 0 : 1, $1.offset
            )
        }.map(\.element)
        let rows = entries.map { entry -> [Table.Cell] in
            [
                .text(entry.model ?? ""),
                .text([entry.dataset, entry.config].compactMap { $0 }.joined(separator: "/")),
                .init(entry.split), .init(entry.metric), .text(entry.written), .init(entry.value),
                .text(entry.decision.reason.isUsed ? "yes" : "no"), .text(entry.decision.reason.code),
                .text(entry.line.map { "\(entry.file) line \($0)" } ?? entry.file),
            ]
        }
        return table(
            "Measurements",
            [
                .init("model"), .init("dataset"), .init("split"), .init("metric"), .init("written"), .number("value"),
                .init("used"), .init("reason"), .init("from"),
            ], rows)
    }

    private var nearest: Table? {
        let rows = neighbours.map { neighbour -> [Table.Cell] in
            [
                .text(zoo.models[neighbour.model].name), .number(neighbour.distance),
                .text(
                    neighbour.sharedDatasets > 0
                        ? "mean difference of ranks on \(neighbour.sharedDatasets) datasets"
                        : "family, architecture, pre-training data and size"),
            ]
        }
        return table("Nearest models", [.init("model"), .number("distance"), .init("by")], rows)
    }

    private func table(_ title: String, _ columns: [Table.Column], _ rows: [[Table.Cell]]) -> Table? {
        if rows.isEmpty { return nil }
        return Table(title: title, columns: columns, rows: Array(rows.prefix(limit)), total: rows.count)
    }

    private var json: JSON {
        [
            "kind": "card", "model": .string(record.name),
            "facts": .array(
                record.statements.map {
                    ["attribute": .string($0.attribute), "value": .string($0.value), "from": .string($0.place)]
                }),
            "parents": .array(record.parents.map(Self.json)), "children": .array(record.children.map(Self.json)),
            "results": .array(
                results.map { dataset, _ in
                    [
                        "dataset": .string(zoo.datasets[dataset].name),
                        "value": .number(record.index.flatMap { zoo.result($0, on: dataset) } ?? .nan),
                        "trained_on": record.index.map { trained.json($0, on: dataset) } ?? .null,
                    ]
                }),
            "nearest": .array(
                neighbours.map {
                    ["model": .string(zoo.models[$0.model].name), "distance": .number($0.distance)]
                }),
        ]
    }

    private static func json(_ link: ModelRecord.Link) -> JSON {
        [
            "model": .string(link.model), "relation": .string(link.relation.rawValue), "source": .string(link.source),
            "from": .string(link.place),
        ]
    }
}
