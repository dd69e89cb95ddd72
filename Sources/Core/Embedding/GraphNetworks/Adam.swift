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
        for row in firstPower.indices { step(&parameters, row: row, gradients, gradientRow: row) }
    }

    /// One step of the rows named alone; the others keep their moments ("lazy" Adam, for embeddings of which a batch
    /// sees few).
    ///
    /// - Parameter rows: each once; row `i` of `gradients` is that of `rows[i]`.
    mutating func step(_ parameters: inout [Scalar], rows: [Int32], _ gradients: [Scalar]) {
        for (place, row) in rows.enumerated() { step(&parameters, row: Int(row), gradients, gradientRow: place) }
    }

    @inline(__always)
    private mutating func step(_ parameters: inout [Scalar], row: Int, _ gradients: [Scalar], gradientRow: Int) {
        firstPower[row] *= firstDecay
        secondPower[row] *= secondDecay
        let firstShare = 1 / (1 - firstPower[row])
        let secondShare = 1 / (1 - secondPower[row])
        let start = row * width
        let offset = gradientRow * width
        for place in 0..<width {
            let gradient = gradients[offset + place]
            let mean = firstDecay * first[start + place] + (1 - firstDecay) * gradient
            let square = secondDecay * second[start + place] + (1 - secondDecay) * gradient * gradient
            first[start + place] = mean
            second[start + place] = square
            parameters[start + place] -= rate * mean * firstShare / ((square * secondShare).squareRoot() + smallest)
        }
    }
}
