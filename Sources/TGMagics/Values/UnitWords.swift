import Presentation
import TransferGraphCore

/// Results of a dataset in words: turned back into its own direction, with the digits that its scale has.
struct UnitWords {
    let metric: DatasetMetric
    let format: NumberFormat

    init(_ metric: DatasetMetric) {
        self.metric = metric
        format =
            switch metric.scale {
            case .fraction: .decimals(4)
            case .percent: .decimals(2)
            case .asWritten: .figures
            }
    }

    /// A value as the zoo keeps it (higher is better).
    func text(_ value: Double) -> String { format.text(metric.turned(value)) + sign }

    /// A difference, which has no direction.
    func difference(_ value: Double) -> String { format.text(value) + sign }

    func between(_ range: ClosedRange<Double>) -> String {
        let ends = [metric.turned(range.lowerBound), metric.turned(range.upperBound)].sorted()
        return "\(format.text(ends[0])) and \(format.text(ends[1]))\(sign)"
    }

    func interval(_ range: ClosedRange<Double>) -> String {
        let ends = [metric.turned(range.lowerBound), metric.turned(range.upperBound)].sorted()
        return "\(format.text(ends[0])) – \(format.text(ends[1]))"
    }

    private var sign: String { metric.scale == .percent ? " %" : "" }
}
