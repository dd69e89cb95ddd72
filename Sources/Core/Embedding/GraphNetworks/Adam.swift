/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1), for one array of
/// parameters.
package struct Adam<Scalar: LearnerScalar>: Sendable {
    package let rate: Scalar
    private let firstDecay: Scalar = 0.9
    private let secondDecay: Scalar = 0.999
    private let smallest: Scalar = 1e-8
    private var first: [Scalar]
    private var second: [Scalar]
    /// For each block of parameters, the powers of the two decays that its steps so far have made.
    private var firstPower: [Scalar]
    private var secondPower: [Scalar]
    private let width: Int

    /// - Parameters:
    ///   - count: the number of parameters.
    ///   - rate: the step size α.
    ///   - width: the parameters that always step together: a row's, where rows step one at a time.
    package init(count: Int, rate: Scalar, width: Int? = nil) {
        self.rate = rate
        self.width = max(1, width ?? count)
        first = [Scalar](repeating: 0, count: count)
        second = first
        firstPower = [Scalar](repeating: 1, count: count / self.width)
        secondPower = firstPower
    }

    /// One step of all parameters against their gradients.
    package mutating func step(_ parameters: inout [Scalar], _ gradients: [Scalar]) {
        for row in firstPower.indices {
            firstPower[row] *= firstDecay
            secondPower[row] *= secondDecay
        }
        withMoments { moments in
            parameters.withUnsafeMutableBufferPointer { parameters in
                gradients.withUnsafeBufferPointer { gradients in
                    guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else { return }
                    for row in 0..<moments.rowCount {
                        moments.step(parameters + row * moments.width, row: row, gradients + row * moments.width)
                    }
                }
            }
        }
    }

    /// One step of the rows named alone; the others keep their moments ("lazy" Adam, for embeddings of which a batch
    /// sees few).
    ///
    /// - Parameter rows: each once; row `i` of `gradients` is that of `rows[i]`.
    /// - Throws: ``Cancelled``.
    mutating func step(_ parameters: inout [Scalar], rows: [Int32], _ gradients: [Scalar], loop: RowLoop) throws {
        for row in rows {
            firstPower[Int(row)] *= firstDecay
            secondPower[Int(row)] *= secondDecay
        }
        try withMoments { moments in
            try parameters.withUnsafeMutableBufferPointer { parameters in
                try gradients.withUnsafeBufferPointer { gradients in
                    guard let parameters = parameters.baseAddress, let gradients = gradients.baseAddress else { return }
                    let width = moments.width
                    // Each turn writes rows of its own, since each row is named once.
                    nonisolated(unsafe) let (moments, values, slopes) = (moments, parameters, gradients)
                    try loop.rows(rows.count, width: width) { turn in
                        for place in turn {
                            let row = Int(rows[place])
                            moments.step(values + row * width, row: row, slopes + place * width)
                        }
                    }
                }
            }
        }
    }

    /// The running means by their addresses, good within one call of ``withMoments(_:)``.
    private struct Moments {
        let rate: Scalar
        let firstDecay: Scalar
        let secondDecay: Scalar
        let smallest: Scalar
        let width: Int
        let rowCount: Int
        let first: UnsafeMutablePointer<Scalar>
        let second: UnsafeMutablePointer<Scalar>
        let firstPower: UnsafeMutablePointer<Scalar>
        let secondPower: UnsafeMutablePointer<Scalar>

        @inline(__always)
        func step(_ parameters: UnsafeMutablePointer<Scalar>, row: Int, _ gradients: UnsafePointer<Scalar>) {
            let firstShare = 1 / (1 - firstPower[row])
            let secondShare = 1 / (1 - secondPower[row])
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

    private mutating func withMoments(_ body: (Moments) throws -> Void) rethrows {
        let (rate, width, rowCount) = (rate, width, firstPower.count)
        let (firstDecay, secondDecay, smallest) = (firstDecay, secondDecay, smallest)
        try first.withUnsafeMutableBufferPointer { first in
            try second.withUnsafeMutableBufferPointer { second in
                try firstPower.withUnsafeMutableBufferPointer { firstPower in
                    try secondPower.withUnsafeMutableBufferPointer { secondPower in
                        guard let first = first.baseAddress, let second = second.baseAddress,
                            let firstPower = firstPower.baseAddress, let secondPower = secondPower.baseAddress
                        else { return }
                        try body(
                            Moments(
                                rate: rate, firstDecay: firstDecay, secondDecay: secondDecay, smallest: smallest,
                                width: width, rowCount: rowCount, first: first, second: second,
                                firstPower: firstPower, secondPower: secondPower))
                    }
                }
            }
        }
    }
}
