import ArgumentParser
import CellLanguage
import Presentation
import Support
import TransferGraphCore

/// `%chart results`
public struct ChartResultsMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Draws each dataset's results as dots, with the box of their quartiles.")
    private static let limit = 40

    @OptionGroup public var datasets: ChartedDatasets
    @OptionGroup public var look: InteractiveOption

    public init() {}

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let (chosen, hidden) = try datasets.chosen(from: zoo, limit: Self.limit) {
            !zoo.results.column($0).isEmpty
        }
        guard chosen.contains(where: { !zoo.results.column($0).isEmpty }) else {
            throw UserError("NoResults", "There are no results to draw.", hint: "%datasets lists those that have some.")
        }
        // Results in several units cannot share an axis: then each dataset's own range is scaled to 0…1.
        let units = Set(chosen.map { [zoo.datasets[$0].metric.name, zoo.datasets[$0].metric.scale.rawValue] })
        let directions = Set(chosen.map { zoo.datasets[$0].metric.higherIsBetter })
        let isScaled = units.count > 1 || directions.count > 1
        let figure = NumberFormat.figures.text
        let strips = chosen.map { dataset -> StripChart.Strip in
            let column = zoo.results.column(dataset)
            let values = column.map { zoo.results.values[$0] }
            let low = values.min() ?? 0
            let high = values.max() ?? 1
            let points = column.map { position -> (value: Double, name: String) in
                let value = zoo.results.values[position]
                return (
                    isScaled ? (high > low ? (value - low) / (high - low) : 0.5) : zoo.turned(value, on: dataset),
                    zoo.models[Int(zoo.results.models[position])].name
                )
            }
            let ends = [low, high].map { figure(zoo.turned($0, on: dataset)) }
            return StripChart.Strip(
                name: zoo.datasets[dataset].name, points: points,
                label: isScaled ? "\(ends[0]) – \(ends[1])" : "\(values.count)")
        }
        let more = hidden > 0 ? "; \(hidden) datasets with fewer results are not drawn (--dataset)" : ""
        let chart = StripChart(
            title: "Results on the datasets of \(zoo.name.singleLine(limit: 50))",
            subtitle: (isScaled ? "right: the worst and the best result" : "right: how many results") + more,
            xLabel: isScaled
                ? "result, from the worst on its dataset to the best" : zoo.datasets[chosen[0]].metric.axis,
            strips: strips)
        let rows = zip(chosen, strips).flatMap { dataset, strip in
            zoo.results.column(dataset).map { position -> [Table.Cell] in
                [
                    .text(strip.name), .text(zoo.models[Int(zoo.results.models[position])].name),
                    .number(zoo.turned(zoo.results.values[position], on: dataset)),
                ]
            }
        }
        let table = Table(columns: [.init("dataset"), .init("model"), .number("result")], rows: rows)
        return MagicResult(
            ChartValue(chart: chart, isInteractive: look.interactive, kind: "results-chart", table: table))
    }
}
