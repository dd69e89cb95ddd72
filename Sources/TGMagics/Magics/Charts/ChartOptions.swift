import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// The options of every chart.
public struct InteractiveOption: ParsableArguments {
    @Flag(help: "With tooltips, drawn by JupyterLab from Vega-Lite; elsewhere the picture is shown.")
    public var interactive = false

    public init() {}
}

/// Which datasets a chart shows.
public struct ChartedDatasets: ParsableArguments {
    @Option(help: ArgumentHelp("Only this dataset; may be given several times.", valueName: "dataset"))
    public var dataset: [String] = []

    public init() {}

    /// The datasets that were named, or up to `limit` of those that `isCandidate` accepts: those with the most results.
    /// Also, how many more there would be.
    func chosen(
        from zoo: Zoo, limit: Int, where isCandidate: (Int) -> Bool
    ) throws -> (datasets: [Int], hidden: Int) {
        if !dataset.isEmpty {
            var seen: Set<Int> = []
            return (try dataset.map { try zoo.dataset(named: $0) }.filter { seen.insert($0).inserted }, 0)
        }
        let all = zoo.datasets.indices.filter(isCandidate)
        let most = all.sorted { (zoo.results.column($0).count, $1) > (zoo.results.column($1).count, $0) }
        return (most.prefix(limit).sorted(), max(0, all.count - limit))
    }
}

/// A chart as a command's value.
struct ChartValue: SessionValue {
    let chart: any Chart
    let isInteractive: Bool
    let kind: String
    /// The same for programs.
    let table: Table

    var text: String { chart.drawing.text }
    var summary: String { text.singleLine(limit: 80) }
    var tabular: Table? { table }
    var display: DisplayData {
        var display = chart.display(isInteractive: isInteractive)
        display.data[DisplayData.transferGraphJSON] = table.json
        return display
    }
}
