import TransferGraphCore

/// What some models' results on a dataset are expected to be, without the draws behind it.
struct ExpectedResults {
    let units: Outlook.Units
    /// What the numbers are; `nil` where they have no units.
    let metric: DatasetMetric?
    /// As long as the models; `nil` for one that the outlook is not of.
    let results: [(mean: Double, interval: ClosedRange<Double>)?]

    init(_ outlook: Outlook, of models: [Int]) {
        units = outlook.units
        metric = outlook.metric
        results = models.map { model in
            outlook.models.firstIndex(of: model).map { (outlook.mean[$0], outlook.interval($0)) }
        }
    }
}
