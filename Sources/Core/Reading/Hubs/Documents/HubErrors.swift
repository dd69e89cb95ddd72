/// Errors that a hub's table lists, told as the accuracies that they are 100 % less of.
enum HubErrors {
    /// Adds the accuracy; what stood there is kept beside it.
    ///
    /// - Parameter error: in percent.
    static func add(
        model: String, dataset: String?, split: String? = nil, metric: String, error: Double, written: String,
        entry: Int32 = -1, provenance: Provenance, at place: Facts.Place, to facts: inout Facts
    ) {
        facts.note(
            .repaired, "errors, told as accuracies: 100 % less the error", example: "\(model): \(written)", at: place)
        // In hundredths, so that 100 - 30.98 is 69.02 to the last digit.
        let accuracy = ((100 - error) * 1e6).rounded() / 1e6
        facts.measurements.append(
            .init(
                model: facts.names.intern(model), dataset: facts.names.intern(dataset),
                split: facts.names.intern(split), metric: facts.names.intern(metric), value: accuracy,
                written: facts.names.intern("\(written) (error)"), scale: .percent, higherIsBetter: true,
                entry: entry, provenance: facts.intern(provenance), file: place.file, line: place.line))
    }

    /// Whether those of a column's numbers that are up to 1 are fractions: all are, or the smallest above 1 is at least five
    /// times the largest of them, which would not be far above all others. Otherwise they are small percents.
    static func fractions(_ values: [Double]) -> Bool {
        guard let low = values.filter({ $0 <= 1 }).max() else { return false }
        let large = values.filter { $0 > 1 }
        guard let least = large.min(), let most = large.max() else { return true }
        return least >= 5 * low && 100 * low <= 1.15 * most
    }
}
