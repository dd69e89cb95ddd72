import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// A zoo as a command returns it: what it holds, and what loading repaired or left out.
public struct ZooValue: SessionValue {
    public let zoo: Zoo
    /// What the replaced zoo of this name had of the user's own data and this one lacks, in a sentence.
    private let lost: String?

    /// - Parameter earlier: the zoo that this one replaces.
    public init(_ zoo: Zoo, insteadOf earlier: Zoo? = nil) {
        self.zoo = zoo
        lost = earlier.flatMap { Self.lost(of: $0, in: zoo) }
    }

    private static func lost(of earlier: Zoo, in zoo: Zoo) -> String? {
        let names = Set(zoo.datasets.map(\.name))
        let datasets = earlier.datasets.indices.filter {
            earlier.isOwnDataset($0) && !names.contains(earlier.datasets[$0].name)
        }
        let kept = Set(zoo.ownResults.map { [zoo.models[$0.model].name, zoo.datasets[$0.dataset].name] })
        let results = earlier.ownResults.filter {
            !kept.contains([earlier.models[$0.model].name, earlier.datasets[$0.dataset].name])
        }
        let parts = [(datasets.count, "dataset"), (results.count, "result")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        guard !parts.isEmpty else { return nil }
        return
            "\(parts.joined(separator: " and ")) that you had added to this zoo \(datasets.count + results.count == 1 ? "is" : "are") gone with this loading: the cells that added them do it again, and %zoo save DIR keeps what is added."
    }

    public var kind: String { "zoo" }
    public var text: String { zoo.name }
    public var summary: String {
        "\(zoo.name.singleLine()): \(zoo.models.count) models, \(zoo.datasets.count) datasets, \(zoo.results.count) results"
    }

    public var display: DisplayData {
        var parts: [Page.Part] = [.heading("Zoo \(zoo.name)")]
        parts += ([lost].compactMap(\.self) + zoo.about).map { .sentence($0) }
        parts.append(.table(contents))
        if let metrics { parts += [.sentence("What its results are:"), .table(metrics)] }
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
        add("fine-tuning results", zoo.results.count, repeated > 0 ? "\(repeated) of them of several runs" : "")
        if let reading = zoo.reading, reading.count > zoo.results.count {
            add("numbers read", reading.count, "%%sql with select * from measurements tells what became of each")
        }
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
        if let texts = zoo.textEmbeddings {
            add("vectors of names and descriptions", texts.count, "of dimension \(texts.dimension)")
        }
        return Table(columns: [.init("what"), .number("count", .count), .init("")], rows: rows)
    }

    /// Metric, direction and scale of the datasets' results, equal ones grouped.
    private var metrics: Table? {
        struct Group: Hashable {
            let metric: String?
            let higherIsBetter: Bool
            let source: DatasetMetric.Source
            let scale: MetricScale
        }
        var members: [Group: [Int]] = [:]
        var order: [Group] = []
        for (index, dataset) in zoo.datasets.enumerated() where !zoo.results.column(index).isEmpty {
            let group = Group(
                metric: dataset.metric.name, higherIsBetter: dataset.metric.higherIsBetter,
                source: dataset.metric.directionSource, scale: dataset.metric.scale)
            if members[group] == nil { order.append(group) }
            members[group, default: []].append(index)
        }
        if order.isEmpty { return nil }
        order.sort { (members[$0]?.count ?? 0) > (members[$1]?.count ?? 0) }
        let rows = order.map { group -> [Table.Cell] in
            let datasets = members[group] ?? []
            let metric = DatasetMetric(
                name: group.metric, higherIsBetter: group.higherIsBetter, directionSource: group.source,
                scale: group.scale)
            return [
                .integer(datasets.count), .init(group.metric.map { $0.singleLine(limit: 40) }),
                .text("\(group.higherIsBetter ? "higher" : "lower") is better"), .text(metric.sourcePhrase),
                .text(group.scale.rawValue.replacing("-", with: " ")),
                .text(datasets.prefix(3).map { zoo.datasets[$0].name.singleLine(limit: 40) }.joined(separator: ", ")),
            ]
        }
        let notes =
            order.contains { $0.source == .assumed }
            ? [
                "Where lower is better and nothing says so: %zoo load … --lower-is-better, or a column metric or higher_is_better."
            ]
            : []
        return Table(
            columns: [
                .number("datasets", .count), .init("metric"), .init("direction"), .init("known"), .init("scale"),
                .init("such as"),
            ], rows: Array(rows.prefix(12)), total: rows.count, notes: notes)
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

    /// What was done to what and why, with the option to choose otherwise.
    private static func text(_ item: LoadReport.Item) -> String {
        let choice: String? =
            switch item.choice {
            case .metric: "--metric takes another"
            case .scale: "--scale fraction, percent or as-written decides"
            case .mergeNames: "--merge-names joins them, --merge-names A=B only these"
            case nil: item.takenBy.map { "--fine-tuning \($0.rawValue) takes these instead" }
            }
        return item.what + (choice.map { " (\($0))" } ?? "")
    }

    /// The most targets that a display names; `%datasets` and `%%sql` have all.
    private static let mostTargets = 1_000

    private var json: JSON {
        let targets = zoo.targets.prefix(Self.mostTargets)
        return [
            "kind": "zoo", "name": .string(zoo.name), "source": .string(zoo.source), "format": .string(zoo.format),
            "about": .array(zoo.about.map { .string($0) }),
            "models": .integer(zoo.models.count), "datasets": .integer(zoo.datasets.count),
            "results": .integer(zoo.results.count),
            "target_count": .integer(zoo.targets.count),
            "targets": .array(targets.map { .string(zoo.datasets[$0].name) }),
            "metrics": .array(
                targets.filter { !zoo.results.column($0).isEmpty }.map { index in
                    let metric = zoo.datasets[index].metric
                    return [
                        "dataset": .string(zoo.datasets[index].name),
                        "metric": metric.name.map { .string($0) } ?? .null,
                        "higher_is_better": .bool(metric.higherIsBetter),
                        "known": .string(metric.directionSource.rawValue),
                        "scale": .string(metric.scale.rawValue),
                    ]
                }),
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
