import ArgumentParser
import CellLanguage
import Presentation
import Support
import TransferGraphCore

/// `%chart distances`
public struct ChartDistancesMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "distances",
        abstract:
            "Draws how far the datasets lie apart: what is alike stands together, with the tree of average linkage.")
    private static let limit = 48

    @OptionGroup public var datasets: ChartedDatasets
    @OptionGroup public var look: InteractiveOption

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        guard let matrix = zoo.distances, matrix.range != nil else {
            throw UserError(
                "NoDistances", "The zoo \(zoo.name) has no distances between its datasets.",
                hint: "similarity.csv or embeddings.npy beside records.csv gives them.")
        }
        let (chosen, hidden) = try datasets.chosen(from: zoo, limit: Self.limit) { dataset in
            (0..<matrix.count).contains { $0 != dataset && matrix[dataset, $0] != nil }
        }
        guard chosen.count > 1 else {
            throw UserError("NoDistances", "One dataset has no distance.", hint: "Name two or more.")
        }
        let distances = chosen.map { a in chosen.map { b in a == b ? 0 : matrix[a, b] ?? .nan } }
        let unknown = chosen.indices.reduce(0) { sum, a in sum + (0..<a).count { distances[a][$0].isNaN } }
        var subtitle =
            "the larger a square, the nearer the two: a full one for the nearest pair; right: at which distance groups join"
        if unknown > 0 { subtitle += "; \(unknown) distances are not known" }
        if hidden > 0 { subtitle += "; \(hidden) datasets with fewer results are not drawn (--dataset)" }
        let names = chosen.map { zoo.datasets[$0].name }
        let chart = DistanceChart(
            title: "Which datasets of \(zoo.name.singleLine(limit: 50)) are alike", subtitle: subtitle, names: names,
            distances: distances)
        let rows = chosen.indices.flatMap { a in
            (0..<a).compactMap { b -> [Table.Cell]? in
                distances[a][b].isNaN
                    ? nil : [.text(names[b]), .text(names[a]), .number(distances[a][b])]
            }
        }
        let table = Table(columns: [.init("dataset_a"), .init("dataset_b"), .number("distance")], rows: rows)
        return MagicResult(
            ChartValue(chart: chart, isInteractive: look.interactive, kind: "distances-chart", table: table))
    }
}
