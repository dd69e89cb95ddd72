/// How far runs that differ in nothing but the seed lie apart.
public struct NoiseSummary: Sendable {
    /// The number of cells that were run more than once.
    public let cells: Int
    /// The root of the mean of the cells' variances (with n − 1), in accuracy.
    public let deviation: Double
    /// The largest difference between two runs of one cell.
    public let largest: Double

    public init(_ runs: [MadeZoo.Run]) {
        var byCell: [String: [Double]] = [:]
        for run in runs { byCell["\(run.model),\(run.target)", default: []].append(run.accuracy) }
        var variances = 0.0
        var largest = 0.0
        // In the cells' order by name: a sum's last bits depend on its order.
        for (_, values) in byCell.sorted(by: { $0.key < $1.key }) where values.count > 1 {
            let mean = values.reduce(0, +) / Double(values.count)
            variances += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
            if let low = values.min(), let high = values.max() { largest = max(largest, high - low) }
        }
        cells = byCell.values.count { $0.count > 1 }
        deviation = cells == 0 ? 0 : (variances / Double(cells)).squareRoot()
        self.largest = largest
    }

    public var text: String {
        let deviation = Int((deviation * 100_000).rounded())
        let largest = Int((largest * 100_000).rounded())
        return "Over three seeds, \(cells) cells: standard deviation \(Double(deviation) / 1000) points of accuracy, "
            + "largest difference \(Double(largest) / 1000)."
    }
}
