import Foundation
import Support

/// What a transferability score looks at: the features that a model computes for a labelled dataset.
///
/// Checked when made: every number is finite and at most 1e70 in size, there is a label for every row and there are two classes at least.
public struct LabelledFeatures: Sendable {
    /// N × D, a row per sample.
    public let features: FeatureMatrix
    /// The class of each row, 0..<`classCount`.
    public let classes: [Int]
    /// The label that each class stands for, ascending.
    public let labels: [Int64]
    /// N × the classes of the source task: what the model's own head makes of each sample, each row a distribution.
    public let sourceProbabilities: FeatureMatrix?

    public var rowCount: Int { features.rows }
    public var columnCount: Int { features.columns }
    public var classCount: Int { labels.count }

    /// - Parameters:
    ///   - features: N × D.
    ///   - labels: N numbers of any value; equal ones are one class.
    ///   - sourceProbabilities: N × source classes, only for LEEP and NCE.
    ///   - work: asked whether to go on, told how far it is.
    /// - Throws: ``FeatureError``: a NaN or an infinity, with the first row that has one, counts that differ, or fewer than
    ///   two classes; `Cancelled`.
    public init(
        features: FeatureMatrix, labels: [Int64], sourceProbabilities: FeatureMatrix? = nil, work: Work = .unwatched
    ) throws {
        guard features.rows > 0 && features.columns > 0 else {
            throw FeatureError.noFeatures(rows: features.rows, columns: features.columns)
        }
        guard labels.count == features.rows else {
            throw FeatureError.labelCount(labels.count, rows: features.rows)
        }
        let distinct = Set(labels).sorted()
        guard distinct.count >= 2 else { throw FeatureError.oneClass(label: distinct[0], count: labels.count) }
        try Self.checkFinite(features, of: .features, work: work)
        if let sourceProbabilities {
            guard sourceProbabilities.rows == features.rows else {
                throw FeatureError.probabilityRows(sourceProbabilities.rows, rows: features.rows)
            }
            try Self.checkDistributions(sourceProbabilities, work: work)
        }
        let classOf = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
        self.features = features
        self.labels = distinct
        self.sourceProbabilities = sourceProbabilities
        classes = labels.map { classOf[$0] ?? 0 }
    }

    /// Opens `.npy` or `.npz` files: features of any type of numbers, labels of classes (``NumPyLabels``).
    ///
    /// - Throws: ``NumPyError`` for a file that cannot be read, or as the other initialiser does.
    public init(
        featuresFile: String, labelsFile: String, sourceProbabilitiesFile: String? = nil, work: Work = .unwatched
    ) throws {
        try self.init(
            features: FeatureMatrix(npy: featuresFile), labels: NumPyLabels.read(npy: labelsFile),
            sourceProbabilities: sourceProbabilitiesFile.map { try FeatureMatrix(npy: $0, role: .probabilities) },
            work: work)
    }

    private init(_ whole: LabelledFeatures, rows: [Int]) {
        features = FeatureMatrix(whole.features.matrix(rows: rows))
        classes = rows.map { whole.classes[$0] }
        labels = whole.labels
        sourceProbabilities = whole.sourceProbabilities.map { FeatureMatrix($0.matrix(rows: rows)) }
    }

    /// The rows of each class, ascending.
    var rowsByClass: [[Int]] {
        var rows = [[Int]](repeating: [], count: classCount)
        for (row, index) in classes.enumerated() { rows[index].append(row) }
        return rows
    }

    /// About `limit` rows, each class in its share and by one row at least; everything where there are no more.
    ///
    /// The draw depends on nothing but the labels and `limit`, so that models scored on the same dataset are compared on
    /// the same samples.
    func sample(_ limit: Int) -> LabelledFeatures {
        guard rowCount > limit else { return self }
        var generator = SeededGenerator(seed: 0x5A3F_1E00)
        var chosen: [Int] = []
        for rows in rowsByClass {
            let count = max(1, rows.count * limit / rowCount)
            chosen += rows.shuffled(using: &generator).prefix(count)
        }
        return LabelledFeatures(self, rows: chosen.sorted())
    }

    /// Features beyond this have fourth powers whose sums a double does not hold.
    private static let largestValue = 1e70

    static func checkFinite(_ matrix: FeatureMatrix, of part: FeatureError.Part, work: Work) throws {
        try forEachRow(of: matrix, work: work) { row, values in
            var seen = false
            for value in values { seen = seen || !(abs(value) <= largestValue) }
            guard seen, let column = values.firstIndex(where: { !(abs($0) <= largestValue) }) else { return }
            let value = values[column]
            throw value.isFinite
                ? FeatureError.tooLarge(value, in: part, row: row, column: column)
                : FeatureError.notFinite(value, in: part, row: row, column: column)
        }
    }

    private static func checkDistributions(_ matrix: FeatureMatrix, work: Work) throws {
        try checkFinite(matrix, of: .sourceProbabilities, work: work)
        try forEachRow(of: matrix, work: work) { row, values in
            let sum = values.reduce(0, +)
            guard abs(sum - 1) > 0.01 || values.contains(where: { $0 < 0 }) else { return }
            throw FeatureError.notADistribution(row: row, sum: sum)
        }
    }

    private static func forEachRow(
        of matrix: FeatureMatrix, work: Work, _ body: (Int, UnsafeMutableBufferPointer<Double>) throws -> Void
    ) throws {
        let height = max(1, min(matrix.rows, (1 << 18) / matrix.columns))
        let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: height * matrix.columns)
        defer { buffer.deallocate() }
        guard let base = buffer.baseAddress else { return }
        for start in stride(from: 0, to: matrix.rows, by: height) {
            try work.check()
            let rows = start..<min(start + height, matrix.rows)
            matrix.copy(rows: rows, columns: 0..<matrix.columns, to: base)
            for row in rows {
                try body(
                    row,
                    UnsafeMutableBufferPointer(
                        start: base + (row - start) * matrix.columns, count: matrix.columns))
            }
        }
    }
}
