import TransferGraphCore

/// The expected results of some models on a dataset, without the samples behind them.
struct ExpectedResults {
    let units: Outlook.Units
    /// The metric of the numbers; `nil` if they have no units.
    let metric: DatasetMetric?
    /// One per model; `nil` for one outside the outlook.
    let results: [(mean: Double, interval: ClosedRange<Double>)?]

    init(_ outlook: Outlook, of models: [Int]) {
        units = outlook.units
        metric = outlook.metric
        results = models.map { model in
            outlook.models.firstIndex(of: model).map { (outlook.mean[$0], outlook.interval($0)) }
        }
    }
}
