import Support

/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1), for one array of
/// parameters.
package struct Adam<Scalar: LearnerScalar>: Sendable {
    private let rule: Rule
    private var first: [Scalar]
    private var second: [Scalar]
    /// For each row of parameters, the powers of the two decays that its steps so far have made.
    private var firstPower: [Scalar]
    private var secondPower: [Scalar]

    /// - Parameters:
    ///   - count: the number of parameters.
    ///   - rate: the step size α.
    ///   - width: the parameters that always step together: a row's, where rows step one at a time.
    package init(count: Int, rate: Scalar, width: Int? = nil) {
        rule = Rule(rate: rate, width: max(1, width ?? count))
        first = [Scalar](repeating: 0, count: count)
        second = first
        firstPower = [Scalar](repeating: 1, count: count / rule.width)
        secondPower = firstPower
    }

    /// One step of all parameters against their gradients.
    package mutating func step(_ parameters: inout [Scalar], _ gradients: [Scalar]) {
        for row in firstPower.indices {
            countStep(of: row)
            rule.step(
                &parameters, &first, &second, row: row, against: gradients, row: row,
                powers: (firstPower[row], secondPower[row]))
        }
    }

    /// One step of the rows named alone; the others keep their moments ("lazy" Adam, for embeddings of which a batch
    /// sees few).
    ///
    /// - Parameter rows: each once; row `i` of `gradients` is that of `rows[i]`.
    /// - Throws: ``Cancelled``.
    mutating func step(_ parameters: inout [Scalar], rows: [Int32], _ gradients: [Scalar], loop: RowLoop) throws {
        for row in rows { countStep(of: Int(row)) }
        try rule.step(
            &parameters, &first, &second, rows: rows, against: gradients, powers: (firstPower, secondPower), loop: loop)
    }

    private mutating func countStep(of row: Int) {
        firstPower[row] *= rule.firstDecay
        secondPower[row] *= rule.secondDecay
    }

    /// What every step has in common. It takes addresses, so that threads may write rows side by side.
    private struct Rule: Sendable {
        let rate: Scalar
        let width: Int
        let firstDecay: Scalar = 0.9
        let secondDecay: Scalar = 0.999
        let smallest: Scalar = 1e-8

        func step(
            _ parameters: UnsafeMutablePointer<Scalar>, _ first: UnsafeMutablePointer<Scalar>,
            _ second: UnsafeMutablePointer<Scalar>, rows: [Int32], against gradients: UnsafePointer<Scalar>,
            powers: (first: [Scalar], second: [Scalar]), loop: RowLoop
        ) throws(Cancelled) {
            // Each turn writes rows of its own, since each row is named once.
            nonisolated(unsafe) let (parameters, first, second, gradients) = (parameters, first, second, gradients)
            try loop.rows(rows.count, width: width) { turn in
                for place in turn {
                    let row = Int(rows[place])
                    step(
                        parameters, first, second, row: row, against: gradients, row: place,
                        powers: (powers.first[row], powers.second[row]))
                }
            }
        }

        @inline(__always)
        func step(
            _ parameters: UnsafeMutablePointer<Scalar>, _ first: UnsafeMutablePointer<Scalar>,
            _ second: UnsafeMutablePointer<Scalar>, row: Int, against gradients: UnsafePointer<Scalar>,
            row gradientRow: Int, powers: (first: Scalar, second: Scalar)
        ) {
            let firstShare = 1 / (1 - powers.first)
            let secondShare = 1 / (1 - powers.second)
            let (parameters, gradients) = (parameters + row * width, gradients + gradientRow * width)
            let (first, second) = (first + row * width, second + row * width)
            for place in 0..<width {
                let gradient = gradients[place]
                let mean = firstDecay * first[place] + (1 - firstDecay) * gradient
                let square = secondDecay * second[place] + (1 - secondDecay) * gradient * gradient
                first[place] = mean
                second[place] = square
                parameters[place] -= rate * mean * firstShare / ((square * secondShare).squareRoot() + smallest)
            }
        }
    }
}
