extension Zoo {
    /// Whether the results of these datasets are in one unit, so that a mean over them says something: all are fractions, all
    /// percentages, or all of one metric that is kept as it was written.
    public func haveOneUnit(_ datasets: [Int]) -> Bool {
        let units = datasets.map { dataset -> String in
            let metric = self.datasets[dataset].metric
            return metric.scale == .asWritten ? "of \(metric.name?.lowercased() ?? "")" : metric.scale.rawValue
        }
        return Set(units).count <= 1
    }
}
