import Foundation
import Support

/// Multinomial logistic regression with a penalty on the weights, fitted by L-BFGS to convergence.
///
/// The loss is the mean cross-entropy plus ‖W‖² / (2 · `prior`); it is convex, so the fit does not depend on where it
/// starts, and it starts at 0.
package struct SoftmaxRegression: Sendable {
    /// columns × classes.
    package private(set) var weights: Matrix
    package private(set) var biases: [Double]
    /// The loss at the fit, penalty included.
    package private(set) var loss = 0.0

    /// - Parameters:
    ///   - features: rows × columns.
    ///   - prior: the larger, the weaker the penalty.
    package init(
        _ features: Matrix, classes: [Int], classCount: Int, prior: Double, threads: Int, work: Work
    ) throws {
        let columns = features.columns
        weights = Matrix(rows: columns, columns: classCount)
        biases = [Double](repeating: 0, count: classCount)
        let optimum = try LBFGS.minimise(
            from: [Double](repeating: 0, count: (columns + 1) * classCount), work: work
        ) { parameters in
            try Self.lossAndGradient(
                parameters, features, classes, classCount: classCount, prior: prior, threads: threads, work: work)
        }
        weights.values = Array(optimum.point[0..<(columns * classCount)])
        biases = Array(optimum.point[(columns * classCount)...])
        loss = optimum.value
    }

    /// The probabilities of the classes: rows × classes.
    func probabilities(_ features: Matrix) -> Matrix {
        var result = LinearAlgebra.product(features, weights)
        for row in 0..<result.rows {
            var line = Array(result.row(row))
            for index in line.indices { line[index] += biases[index] }
            Softmax.apply(to: &line)
            result.values.replaceSubrange((row * line.count)..<((row + 1) * line.count), with: line)
        }
        return result
    }

    /// The most probable class of each row.
    func predictions(_ features: Matrix) -> [Int] {
        let scores = LinearAlgebra.product(features, weights)
        return (0..<scores.rows).map { row in
            var best = 0
            for index in biases.indices where scores[row, index] + biases[index] > scores[row, best] + biases[best] {
                best = index
            }
            return best
        }
    }

    /// Blocks of rows are summed each by itself and then in their order: the same bytes on any number of threads.
    private static func lossAndGradient(
        _ parameters: [Double], _ features: Matrix, _ classes: [Int], classCount: Int, prior: Double, threads: Int,
        work: Work
    ) throws -> (Double, [Double]) {
        let columns = features.columns
        let share = 1 / Double(features.rows)
        let weights = Array(parameters[0..<(columns * classCount)])
        let biases = Array(parameters[(columns * classCount)...])
        let height = max(64, (features.rows + 31) / 32)
        let blocks = stride(from: 0, to: features.rows, by: height).map { $0..<min($0 + height, features.rows) }
        let parts = try Parallel.map(blocks, threads: threads, work: work) { block in
            let values = Array(features.values[(block.lowerBound * columns)..<(block.upperBound * columns)])
            var scores = [Double](repeating: 0, count: block.count * classCount)
            LinearAlgebra.gemm(m: block.count, n: classCount, k: columns, values, weights, into: &scores)
            var loss = 0.0
            var biasGradient = [Double](repeating: 0, count: classCount)
            for (position, row) in block.enumerated() {
                let line = position * classCount
                for index in 0..<classCount { scores[line + index] += biases[index] }
                let own = scores[line + classes[row]]
                loss += share * (Softmax.apply(to: &scores[line..<(line + classCount)]) - own)
                scores[line + classes[row]] -= 1
                for index in 0..<classCount {
                    scores[line + index] *= share
                    biasGradient[index] += scores[line + index]
                }
            }
            var gradient = [Double](repeating: 0, count: columns * classCount)
            LinearAlgebra.gemm(
                m: columns, n: classCount, k: block.count, values, transposeA: true, scores, into: &gradient)
            return (loss, gradient + biasGradient)
        }
        var loss = 0.0
        var gradient = weights.map { $0 / prior } + [Double](repeating: 0, count: classCount)
        for weight in weights { loss += weight * weight }
        loss /= 2 * prior
        for part in parts {
            loss += part.0
            for index in gradient.indices { gradient[index] += part.1[index] }
        }
        return (loss, gradient)
    }
}
