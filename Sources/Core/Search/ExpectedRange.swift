/// The worst and the best result that a target's models are expected to reach, from those of datasets like it.
public struct ExpectedRange: Sendable, Equatable {
    /// In the target's units, higher is better.
    public let low: Double
    public let high: Double
    /// How the two vary from dataset to dataset.
    let lowVariance: Double
    let highVariance: Double
    let covariance: Double
    /// The datasets it was taken from.
    public let datasets: [Int]
    /// What the numbers are: the metric of these datasets, on the target's scale.
    public let metric: DatasetMetric

    /// The most datasets that are looked at, nearest first where distances are known.
    static let mostDatasets = 15
    private static let fewestDatasets = 3
    private static let fewestResults = 5

    /// `nil` where fewer than three other datasets have results of the same metric.
    ///
    /// A target without any result is taken to have the metric that all other datasets share, if they do; where no metric
    /// of theirs has a name at all, all are taken to be the target's.
    init?(_ zoo: HeldOutZoo, hasResults: Bool) {
        let known = zoo.known
        guard let units = TargetUnits(known, target: zoo.target) else { return nil }
        // Results whose metric nobody named are not taken to be what others have.
        let own = known.datasets[zoo.target].metric
        if hasResults, own.name == nil, !units.areUnnamed { return nil }
        var alike = known.datasets.indices.filter {
            known.results.column($0).count >= Self.fewestResults && units.factor(from: $0) != nil
                && (!hasResults || known.datasets[$0].metric.higherIsBetter == own.higherIsBetter)
        }
        guard alike.count >= Self.fewestDatasets else { return nil }
        if let distances = known.distances, distances.count > zoo.target {
            let near = alike.filter { distances[zoo.target, $0] != nil }
                .sorted { (distances[zoo.target, $0] ?? 0, $0) < (distances[zoo.target, $1] ?? 0, $1) }
            if near.count >= Self.fewestDatasets { alike = Array(near.prefix(Self.mostDatasets)) }
        }
        let ends = alike.map { dataset -> (low: Double, high: Double) in
            let values = known.results.values[known.results.column(dataset)]
            let factor = units.factor(from: dataset) ?? 1
            return ((values.min() ?? 0) * factor, (values.max() ?? 0) * factor)
        }
        let (low, lowDeviation) = Statistics.moments(ends.map(\.low))
        let (high, highDeviation) = Statistics.moments(ends.map(\.high))
        let count = Double(ends.count)
        // Over n - 1, and one more for the mean that is itself not known.
        let factor = (count + 1) / (count - 1)
        self.low = low
        self.high = high
        lowVariance = lowDeviation * lowDeviation * factor
        highVariance = highDeviation * highDeviation * factor
        covariance = ends.reduce(0) { $0 + ($1.low - low) * ($1.high - high) } / count * factor
        datasets = alike
        var metric = units.metric
        if hasResults { (metric.higherIsBetter, metric.directionSource) = (own.higherIsBetter, own.directionSource) }
        self.metric = metric
    }

    package init(low: Double, high: Double, deviation: Double, metric: DatasetMetric) {
        self.low = low
        self.high = high
        lowVariance = deviation * deviation
        highVariance = deviation * deviation
        covariance = 0
        datasets = []
        self.metric = metric
    }

    /// What a target's own few results say of its range, where no other dataset does: the known results lie somewhere in
    /// a range several times as wide as they are apart.
    init(around revealed: [RevealedResult], metric: DatasetMetric) {
        let values = revealed.map(\.value)
        let least = values.min() ?? 0
        let most = values.max() ?? 1
        let middle = (least + most) / 2
        var width = max(2 * (most - least), 0.2 * abs(middle))
        if width == 0 { width = metric.scale == .asWritten ? 1 : 0.5 * metric.scale.unit }
        self.init(low: middle - width / 2, high: middle + width / 2, deviation: width / 2, metric: metric)
    }
}
