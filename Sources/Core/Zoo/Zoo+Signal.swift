extension PairTable {
    /// The results on a dataset that lie within 1 % of their range above the lowest, where nine in ten or more do: nearly
    /// every run stayed at chance, and the dataset carries no signal. With fewer than ten results only equal ones count.
    ///
    /// - Returns: how many; `nil` for a dataset that carries a signal, or has fewer than two results.
    func countAtChance(_ dataset: Int) -> Int? {
        let values = values[column(dataset)]
        guard values.count >= 2, let low = values.min(), let high = values.max() else { return nil }
        let atChance = values.count { $0 <= low + 0.01 * (high - low) }
        return low == high || values.count >= 10 && atChance * 10 >= values.count * 9 ? atChance : nil
    }
}

extension Zoo {
    /// The zoo in which datasets carry a signal by the results that it has now.
    func judgingSignal() -> Zoo {
        var datasets = datasets
        for dataset in datasets.indices { datasets[dataset].carriesSignal = results.countAtChance(dataset) == nil }
        return copy(datasets: datasets)
    }
}
