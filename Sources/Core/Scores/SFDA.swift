import Foundation
import Support

/// Self-challenging Fisher discriminant analysis (Shao et al., "Not All Models Are Equal: Predicting Model
/// Transferability in a Self-challenging Fisher Space", ECCV 2022): the mean probability of a sample's own class under a
/// regularised Fisher discriminant, fitted to features that have been mixed with the other classes' means the more, the
/// less sure a first discriminant is of them. In 0...1.
enum SFDA {
    static func value(_ session: ScoreSession) throws -> Double {
        let rows = RowSource(session.data.features)
        let first = try Discriminant(rows, session, shrinkage: nil)
        // The authors soften the probabilities by a second softmax before they mix.
        let confidence = try first.ownClassProbabilities(rows, session, isSoftened: true)
        let others = try meansOfOtherClasses(session)
        let classes = session.data.classes
        let mixed = rows.mapping { row, columns, values in
            let share = confidence[row]
            let line = classes[row] * others.columns
            for (position, column) in columns.enumerated() {
                values[position] = share * values[position] + (1 - share) * others.values[line + column]
            }
        }
        let second = try Discriminant(mixed, session, shrinkage: first.shrinkage)
        let probabilities = try second.ownClassProbabilities(mixed, session, isSoftened: false)
        return probabilities.reduce(0, +) / Double(probabilities.count)
    }

    /// For each class the mean of the other classes' means.
    private static func meansOfOtherClasses(_ session: ScoreSession) throws -> Matrix {
        let means = try session.moments().classMeans
        var others = means
        for column in 0..<means.columns {
            var sum = 0.0
            for index in 0..<means.rows { sum += means[index, column] }
            for index in 0..<means.rows {
                others[index, column] = (sum - means[index, column]) / Double(means.rows - 1)
            }
        }
        return others
    }
}

/// A Fisher discriminant whose within-class scatter S is shrunk towards a multiple of the identity.
///
/// The generalised eigenvectors V of the between-class scatter with respect to S satisfy VVᵀ = S⁻¹, so the classifier
/// that the paper builds from all of them is linear in S⁻¹ and needs a Cholesky factor only.
private struct Discriminant {
    /// classes × columns.
    let coefficients: Matrix
    let intercepts: [Double]
    let shrinkage: Double

    init(_ rows: RowSource, _ session: ScoreSession, shrinkage given: Double?) throws {
        let classes = session.data.classes
        let counts = session.classCounts
        var means = try rows.sums(
            of: classes, classCount: counts.count, threads: session.threads, work: session.work)
        for index in counts.indices {
            for column in 0..<means.columns { means[index, column] /= Double(counts[index]) }
        }
        let classMeans = means
        let centred = rows.mapping { row, columns, values in
            let line = classes[row] * classMeans.columns
            for (position, column) in columns.enumerated() { values[position] -= classMeans.values[line + column] }
        }
        var scatter = try centred.columnGram(threads: session.threads, work: session.work)
        for index in scatter.values.indices { scatter.values[index] /= Double(rows.rows) }

        let shrinkage = given ?? max(exp(-5 * Self.largestEigenvalue(scatter)), 1e-10)
        var trace = 0.0
        for column in 0..<scatter.rows { trace += scatter[column, column] }
        guard trace > 0 else {
            throw ScoreError.Cause.noVariationWithinClasses
        }
        for index in scatter.values.indices { scatter.values[index] *= 1 - shrinkage }
        let floor = shrinkage * trace / Double(scatter.rows)
        for column in 0..<scatter.rows { scatter[column, column] += floor }
        coefficients = try Self.inverse(scatter, timesRows: classMeans, floor: floor, session.work)
        let coefficients = coefficients
        intercepts = counts.indices.map { index in
            var product = 0.0
            for (a, b) in zip(classMeans.row(index), coefficients.row(index)) { product += a * b }
            return log(Double(counts[index]) / Double(rows.rows)) - product / 2
        }
        self.shrinkage = shrinkage
    }

    /// `scatter`⁻¹ · x for each row x. Where rounding took a nearly singular scatter below zero, its eigenvalues are
    /// lifted to the least that the shrinkage leaves them.
    private static func inverse(
        _ scatter: Matrix, timesRows rows: Matrix, floor: Double, _ work: Work
    ) throws -> Matrix {
        if let factor = try abandonable(work, { CholeskyFactor(scatter) }) {
            return try factor.solved(rows: rows, work: work)
        }
        let eigen = try abandonable(work) { try LinearAlgebra.symmetricEigen(scatter) }
        var coordinates = LinearAlgebra.product(rows, eigen.vectors, transposeB: true)
        for row in 0..<rows.rows {
            for k in eigen.values.indices { coordinates[row, k] /= max(eigen.values[k], floor) }
        }
        return LinearAlgebra.product(coordinates, eigen.vectors)
    }

    /// Six steps of the power iteration from the row sums, as the authors' code estimates it.
    private static func largestEigenvalue(_ matrix: Matrix) -> Double {
        func applied(_ vector: [Double]) -> [Double] {
            (0..<matrix.rows).map { row in
                var sum = 0.0
                for (a, b) in zip(matrix.row(row), vector) { sum += a * b }
                return sum
            }
        }
        func unit(_ vector: [Double]) -> [Double] {
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length > 0 ? vector.map { $0 / length } : vector
        }
        var x = (0..<matrix.rows).map { matrix.row($0).reduce(0, +) }
        var y = x
        for _ in 0..<3 {
            y = unit(applied(x))
            x = unit(applied(y))
        }
        return zip(x, applied(y)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The probability of each row's own class, by the softmax of the discriminants; softened by a softmax of the
    /// probabilities themselves if so asked.
    func ownClassProbabilities(_ rows: RowSource, _ session: ScoreSession, isSoftened: Bool) throws -> [Double] {
        let classes = session.data.classes
        let coefficients = coefficients
        let intercepts = intercepts
        let blocks = stride(from: 0, to: rows.rows, by: 256).map { $0..<min($0 + 256, rows.rows) }
        return try Parallel.map(blocks, threads: session.threads, work: session.work) { block in
            let values = [Double](unsafeUninitializedCapacity: block.count * rows.columns) { buffer, count in
                if let base = buffer.baseAddress { rows.fill(block, 0..<rows.columns, base) }
                count = block.count * rows.columns
            }
            var scores = [Double](repeating: 0, count: block.count * intercepts.count)
            LinearAlgebra.gemm(
                m: block.count, n: intercepts.count, k: rows.columns, values, coefficients.values, transposeB: true,
                into: &scores)
            return block.enumerated().map { position, row in
                var line = Array(scores[(position * intercepts.count)..<((position + 1) * intercepts.count)])
                for index in line.indices { line[index] += intercepts[index] }
                Softmax.apply(to: &line)
                if isSoftened { Softmax.apply(to: &line) }
                return line[classes[row]]
            }
        }.flatMap { $0 }
    }
}
