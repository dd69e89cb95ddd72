import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// A zoo as a command gives it: what it holds, and what loading repaired or left out.
public struct ZooValue: SessionValue {
    public let zoo: Zoo

    public init(_ zoo: Zoo) {
        self.zoo = zoo
    }

    public var kind: String { "zoo" }
    public var text: String { zoo.name }
    public var summary: String {
        "\(zoo.name.singleLine()): \(zoo.models.count) models, \(zoo.datasets.count) datasets, \(zoo.results.count) results"
    }

    public var display: DisplayData {
        var parts: [Page.Part] = [.heading("Zoo \(zoo.name)"), .table(contents)]
        if let report { parts += [.sentence("Loading repaired or left out:"), .table(report)] }
        return Page(parts: parts).display(json)
    }

    var contents: Table {
        var rows: [[Table.Cell]] = []
        func add(_ what: String, _ count: Int, _ note: String) {
            rows.append([.text(what), .integer(count), .text(note)])
        }
        let described = zoo.models.count(where: \.hasMetadata)
        add("models", zoo.models.count, "\(described) with metadata")
        let targets = zoo.targets.count
        let mute = zoo.datasets.filter { !$0.carriesSignal }.map(\.name)
        var note = "\(targets) to fine-tune on"
        if !mute.isEmpty { note += "; no signal in \(mute.joined(separator: ", "))" }
        add("datasets", zoo.datasets.count, note)
        let repeated = zoo.runs.count { $0 > 1 }
        add("fine-tuning results", zoo.results.count, repeated > 0 ? "\(repeated) of them means of several runs" : "")
        for score in zoo.scores {
            let datasets = zoo.datasets.indices.count { !score.values.column($0).isEmpty }
            add("\(score.name) values", score.values.count, "on \(datasets) datasets; method \(score.method)")
        }
        if let distances = zoo.distances {
            let known = (0..<distances.count).reduce(0) { sum, a in
                sum + (0..<a).count { distances[a, $0] != nil }
            }
            add("dataset distances", known, "")
        }
        if !zoo.lineage.isEmpty { add("lineage links", zoo.lineage.count, "models trained on from others") }
        if let embeddings = zoo.datasetEmbeddings {
            add("dataset embeddings", embeddings.vectors.count { $0 != nil }, "of dimension \(embeddings.dimension)")
        }
        return Table(columns: [.init("what"), .number("count", .count), .init("")], rows: rows)
    }

    private var report: Table? {
        if zoo.report.items.isEmpty { return nil }
        let rows = zoo.report.items.map { item -> [Table.Cell] in
            [
                .integer(item.count), .text(item.action.rawValue), .text(Self.text(item)),
                .text(item.examples.map { $0.singleLine(limit: 60) }.joined(separator: ", ")),
            ]
        }
        return Table(
            columns: [.number("count", .count), .init("action"), .init("what"), .init("such as")], rows: rows)
    }

    /// What was done to what and why, with the option that chooses otherwise.
    private static func text(_ item: LoadReport.Item) -> String {
        item.what + (item.takenBy.map { " (--fine-tuning \($0.rawValue) takes these instead)" } ?? "")
    }

    private var json: JSON {
        [
            "kind": "zoo", "name": .string(zoo.name), "source": .string(zoo.source), "format": .string(zoo.format),
            "models": .integer(zoo.models.count), "datasets": .integer(zoo.datasets.count),
            "results": .integer(zoo.results.count),
            "targets": .array(zoo.targets.map { .string(zoo.datasets[$0].name) }),
            "scores": .array(zoo.scores.map { ["method": .string($0.method), "values": .integer($0.values.count)] }),
            "report": .array(
                zoo.report.items.map { item in
                    [
                        "action": .string(item.action.rawValue), "what": .string(Self.text(item)),
                        "count": .integer(item.count), "examples": .array(item.examples.map(JSON.string)),
                    ]
                }),
        ]
    }
}
