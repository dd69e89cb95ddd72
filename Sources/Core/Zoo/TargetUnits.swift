/// What a target's results are, or will be where it has none yet, and how those of other datasets are turned into its units.
struct TargetUnits {
    /// The target's metric. One without a name is taken to be the one that all other datasets share; one whose scale nobody
    /// told has the scale of most datasets of this metric.
    let metric: DatasetMetric
    /// Whether no dataset with results has a metric with a name: then all are taken to have the target's.
    let areUnnamed: Bool
    private let zoo: Zoo
    private let canonical: String?
    private let isDirectionTold: Bool

    /// `nil` where nothing tells which metric the target has, though others have names for theirs.
    ///
    /// - Complexity: O(datasets).
    init?(_ zoo: Zoo, target: Int) {
        let own = zoo.datasets[target].metric
        let withResults = zoo.datasets.indices.filter { !zoo.results.column($0).isEmpty }
        areUnnamed = withResults.allSatisfy { zoo.datasets[$0].metric.name == nil }
        let name = own.name ?? zoo.commonMetric
        guard name != nil || areUnnamed else { return nil }
        self.zoo = zoo
        canonical = name.map(MetricKnowledge.canonical)
        isDirectionTold = own.name != nil || own.directionSource != .assumed
        var metric = own
        let alike = withResults.filter { [canonical, areUnnamed, isDirectionTold] in
            Self.isOfMetric(
                zoo.datasets[$0].metric, canonical, areUnnamed: areUnnamed,
                higherIsBetter: isDirectionTold ? own.higherIsBetter : nil)
        }
        if own.name == nil, let first = alike.first {
            metric = zoo.datasets[first].metric
            metric.scale = own.scale
            if isDirectionTold {
                (metric.higherIsBetter, metric.directionSource) = (own.higherIsBetter, own.directionSource)
            }
        }
        if own.scale == .asWritten, own.name == nil || !areUnnamed {
            let scales = alike.map { zoo.datasets[$0].metric.scale }
            metric.scale =
                MetricScale.allCases.max { a, b in scales.count { $0 == a } < scales.count { $0 == b } } ?? .asWritten
        }
        self.metric = metric
    }

    /// The factor that turns a dataset's results into the target's units; `nil` where it has another metric. Fractions and
    /// percents of a bounded metric are one metric.
    func factor(from dataset: Int) -> Double? {
        let from = zoo.datasets[dataset].metric
        guard
            Self.isOfMetric(
                from, canonical, areUnnamed: areUnnamed, higherIsBetter: isDirectionTold ? metric.higherIsBetter : nil)
        else { return nil }
        return metric.scale.unit / unit(of: dataset)
    }

    private static func isOfMetric(
        _ metric: DatasetMetric, _ canonical: String?, areUnnamed: Bool, higherIsBetter: Bool?
    ) -> Bool {
        (areUnnamed || metric.name.map(MetricKnowledge.canonical) == canonical)
            && (higherIsBetter ?? metric.higherIsBetter) == metric.higherIsBetter
    }

    /// What 100 % is in a dataset's results, 1 or 100; where no scale is given and a bounded one is wanted, the values tell.
    private func unit(of dataset: Int) -> Double {
        let own = zoo.datasets[dataset].metric.scale
        guard own == .asWritten, metric.scale != .asWritten else { return own.unit }
        return zoo.results.values[zoo.results.column(dataset)].allSatisfy { abs($0) <= 1 } ? 1 : 100
    }
}

extension MetricScale {
    /// What 100 % is on this scale.
    var unit: Double { self == .percent ? 100 : 1 }
}
