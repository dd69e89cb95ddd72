extension Zoo {
    /// The factor that turns a dataset's results into a target's units; `nil` where their metrics differ.
    ///
    /// A target whose metric nobody named is taken to have the one that all other datasets share; and where no dataset's
    /// metric has a name, all are taken to be the target's. Fractions and percents of a bounded metric are one metric.
    func unitFactor(from dataset: Int, to target: Int) -> Double? {
        let (from, to) = (datasets[dataset].metric, datasets[target].metric)
        let areUnnamed = {
            datasets.indices.allSatisfy { results.column($0).isEmpty || datasets[$0].metric.name == nil }
        }
        if let name = to.name {
            guard from.higherIsBetter == to.higherIsBetter else { return nil }
            let isSame =
                from.name.map { MetricKnowledge.canonical($0) == MetricKnowledge.canonical(name) } ?? areUnnamed()
            guard isSame else { return nil }
        } else {
            guard commonMetric != nil || areUnnamed() else { return nil }
            return 1
        }
        return to.scale.unit / unit(of: dataset, on: to.scale)
    }

    /// What 100 % is in a dataset's results, 1 or 100; where no scale is given and a bounded one is wanted, the values tell.
    func unit(of dataset: Int, on scale: MetricScale) -> Double {
        let own = datasets[dataset].metric.scale
        guard own == .asWritten, scale != .asWritten else { return own.unit }
        return results.values[results.column(dataset)].allSatisfy { abs($0) <= 1 } ? 1 : 100
    }
}

extension MetricScale {
    /// What 100 % is on this scale.
    var unit: Double { self == .percent ? 100 : 1 }
}
