import Presentation
import TransferGraphCore

/// Results of a dataset in words: in its own direction, with the digits of its scale.
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

    /// A value in the zoo's direction (higher is better).
    func text(_ value: Double) -> String { format.text(metric.turned(value)) + sign }

    /// A difference, which has no direction.
    func difference(_ value: Double) -> String {
        format.text(value) + (metric.scale == .percent ? " percentage points" : "")
    }

    /// The ends of an interval in the zoo's direction, turned and sorted.
    func turned(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        let (a, b) = (metric.turned(range.lowerBound), metric.turned(range.upperBound))
        return min(a, b)...max(a, b)
    }

    func between(_ range: ClosedRange<Double>) -> String {
        let ends = turned(range)
        return "\(format.text(ends.lowerBound)) and \(format.text(ends.upperBound))\(sign)"
    }

    func interval(_ range: ClosedRange<Double>) -> String { span(turned(range)) }

    /// An interval whose ends are turned already.
    func span(_ ends: ClosedRange<Double>) -> String {
        "\(format.text(ends.lowerBound)) – \(format.text(ends.upperBound))"
    }

    private var sign: String { metric.scale == .percent ? " %" : "" }
}
