/// How far apart datasets are: a symmetric matrix over a zoo's datasets, `nan` where a distance is not known.
///
/// The distances that came with a zoo lie in a square; datasets that were added later have a row each, so that adding one
/// to a zoo of many thousands without distances takes no square of them.
public struct DistanceMatrix: Sendable, Equatable {
    public let count: Int
    /// `squareCount × squareCount`, row by row, of the first datasets; none where no two of them have a distance.
    private let square: [Double]
    private let squareCount: Int
    /// For each later dataset its distances to those before it.
    private let rows: [[Double]]

    /// - Precondition: `values` has `count²` elements.
    public init(count: Int, values: [Double]) {
        precondition(values.count == count * count, "a square matrix")
        self.count = count
        square = values
        squareCount = count
        rows = []
    }

    private init(square: [Double], squareCount: Int, rows: [[Double]]) {
        self.square = square
        self.squareCount = squareCount
        self.rows = rows
        count = squareCount + rows.count
    }

    /// A matrix of `count` datasets in which no distance is known. O(1).
    public init(unknown count: Int) {
        self.init(square: [], squareCount: count, rows: [])
    }

    /// All of it, as far as it is kept: the square row by row, then the rows of what was added.
    public var values: [Double] { rows.reduce(square, +) }

    /// Whether there is a square of distances, known or not.
    var hasSquare: Bool { !square.isEmpty }

    /// The distance of two datasets; `nil` where it is not known. O(1).
    public subscript(_ a: Int, _ b: Int) -> Double? {
        let (later, earlier) = a > b ? (a, b) : (b, a)
        if later >= squareCount {
            if later == earlier { return 0 }
            let value = rows[later - squareCount][earlier]
            return value.isNaN ? nil : value
        }
        if square.isEmpty { return nil }
        let value = square[a * squareCount + b]
        return value.isNaN ? nil : value
    }

    /// The matrix with one dataset more, at the end.
    ///
    /// - Parameter distances: to each dataset before it, `nan` where not known.
    /// - Precondition: as many distances as datasets.
    func appending(_ distances: [Double]) -> DistanceMatrix {
        precondition(distances.count == count, "a distance for each dataset")
        return DistanceMatrix(square: square, squareCount: squareCount, rows: rows + [distances])
    }

    /// The matrix with other distances for a dataset that was appended.
    ///
    /// - Parameter distances: to each dataset, `nan` where not known; that to itself does not count.
    /// - Precondition: the dataset was appended, and there are as many distances as datasets.
    func replacing(_ dataset: Int, by distances: [Double]) -> DistanceMatrix {
        precondition(distances.count == count, "a distance for each dataset")
        var rows = rows
        var square = square
        if dataset >= squareCount {
            rows[dataset - squareCount] = Array(distances.prefix(dataset))
        } else {
            if square.isEmpty { square = [Double](repeating: .nan, count: squareCount * squareCount) }
            for other in 0..<squareCount where other != dataset {
                square[dataset * squareCount + other] = distances[other]
                square[other * squareCount + dataset] = distances[other]
            }
        }
        for later in max(dataset + 1, squareCount)..<max(count, dataset + 1) {
            rows[later - squareCount][dataset] = distances[later]
        }
        return DistanceMatrix(square: square, squareCount: squareCount, rows: rows)
    }

    /// The matrix without a dataset.
    func removing(_ dataset: Int) -> DistanceMatrix {
        guard dataset < squareCount else {
            var rows = rows
            rows.remove(at: dataset - squareCount)
            for later in (dataset - squareCount)..<rows.count { rows[later].remove(at: dataset) }
            return DistanceMatrix(square: square, squareCount: squareCount, rows: rows)
        }
        let kept = (0..<squareCount).filter { $0 != dataset }
        let smaller = square.isEmpty ? [] : kept.flatMap { a in kept.map { b in square[a * squareCount + b] } }
        return DistanceMatrix(
            square: smaller, squareCount: kept.count,
            rows: rows.map { row in
                var row = row
                row.remove(at: dataset)
                return row
            })
    }

    /// The smallest and largest known distance of two different datasets; `nil` where none is known.
    ///
    /// - Complexity: the square of the number of datasets that came with distances.
    public var range: ClosedRange<Double>? {
        var low = Double.infinity
        var high = -Double.infinity
        func look(_ value: Double) {
            if value.isNaN { return }
            low = min(low, value)
            high = max(high, value)
        }
        if !square.isEmpty {
            for a in 0..<squareCount { for b in 0..<a { look(square[a * squareCount + b]) } }
        }
        for row in rows { for value in row { look(value) } }
        return low <= high ? low...high : nil
    }
}
