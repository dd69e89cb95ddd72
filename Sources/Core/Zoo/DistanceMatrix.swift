/// How far apart datasets are: a symmetric matrix over a zoo's datasets, `nan` where a distance is not known.
public struct DistanceMatrix: Sendable, Equatable {
    public let count: Int
    /// `count × count`, row by row.
    public let values: [Double]

    /// - Precondition: `values` has `count²` elements.
    public init(count: Int, values: [Double]) {
        precondition(values.count == count * count, "a square matrix")
        self.count = count
        self.values = values
    }

    /// The distance of two datasets; `nil` where it is not known.
    public subscript(_ a: Int, _ b: Int) -> Double? {
        let value = values[a * count + b]
        return value.isNaN ? nil : value
    }

    /// The smallest and largest known distance of two different datasets; `nil` where none is known.
    public var range: ClosedRange<Double>? {
        var low = Double.infinity
        var high = -Double.infinity
        for a in 0..<count {
            for b in 0..<a {
                if let distance = self[a, b] {
                    low = min(low, distance)
                    high = max(high, distance)
                }
            }
        }
        return low <= high ? low...high : nil
    }
}
