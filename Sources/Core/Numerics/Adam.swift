import Support

/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015), for one array of parameters: algorithm 1
/// in the order that the end of section 2 recommends, θ ← θ − αₜ m / (√v + ε) with αₜ = α √(1 − β₂ᵗ) / (1 − β₁ᵗ),
/// β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸.
public struct Adam<Scalar: BLASScalar>: Sendable {
    /// The parameters that always step together.
    @usableFromInline let width: Int
    @usableFromInline var first: [Scalar]
    @usableFromInline var second: [Scalar]
    /// β₁ᵗ and β₂ᵗ for each row of parameters, t the number of its steps so far.
    @usableFromInline var powers: [(first: Double, second: Double)]

    /// - Parameters:
    ///   - count: the number of parameters.
    ///   - width: the parameters that always step together: a row's, where rows step one at a time.
    public init(count: Int, width: Int? = nil) {
        self.width = max(1, width ?? count)
        first = [Scalar](repeating: 0, count: count)
        second = first
        powers = [(first: Double, second: Double)](repeating: (1, 1), count: count / self.width)
    }

    /// One step of all parameters against their gradients.
    ///
    /// - Parameters:
    ///   - parameters: as many as the optimiser was made for; each steps in place.
    ///   - gradients: as many.
    ///   - rate: the step size α.
    @inlinable
    public mutating func step(
        _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>, rate: Double
    ) {
        for row in powers.indices {
            let corrected = countedRate(of: row, rate: rate)
            Self.update(
                parameters + row * width, gradients + row * width, &first, &second, at: row * width, count: width,
                rate: corrected)
        }
    }

    /// One step of the rows named alone; the others keep their moments ("lazy" Adam, for embeddings of which a batch
    /// sees few).
    ///
    /// - Parameter rows: each once; row `i` of `gradients` is that of `rows[i]`.
    /// - Throws: `Cancelled`.
    mutating func step(
        _ parameters: inout [Scalar], rows: [Int32], _ gradients: [Scalar], rate: Double, loop: RowLoop
    ) throws {
        let rates = rows.map { countedRate(of: Int($0), rate: rate) }
        try Self.step(
            &parameters, gradients, &first, &second, rows: rows, rates: rates, width: width, loop: loop)
    }

    /// Counts a step of the row and gives its αₜ.
    @inlinable
    mutating func countedRate(of row: Int, rate: Double) -> Scalar {
        powers[row].first *= 0.9
        powers[row].second *= 0.999
        return Scalar(rate * (1 - powers[row].second).squareRoot() / (1 - powers[row].first))
    }

    /// It takes addresses, so that threads may write rows side by side.
    private static func step(
        _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
        _ first: UnsafeMutablePointer<Scalar>, _ second: UnsafeMutablePointer<Scalar>, rows: [Int32], rates: [Scalar],
        width: Int, loop: RowLoop
    ) throws(Cancelled) {
        // Each turn writes rows of its own, since each row is named once.
        nonisolated(unsafe) let (parameters, gradients, first, second) = (parameters, gradients, first, second)
        try loop.rows(rows.count, width: width) { turn in
            for place in turn {
                let start = Int(rows[place]) * width
                update(
                    parameters + start, gradients + place * width, first, second, at: start, count: width,
                    rate: rates[place])
            }
        }
    }

    /// - Parameter start: where the moments of the first parameter lie.
    @inlinable
    static func update(
        _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
        _ first: UnsafeMutablePointer<Scalar>, _ second: UnsafeMutablePointer<Scalar>, at start: Int, count: Int,
        rate: Scalar
    ) {
        let (first, second) = (first + start, second + start)
        for place in 0..<count {
            let gradient = gradients[place]
            let mean = first[place] + 0.1 * (gradient - first[place])
            let square = second[place] + 0.001 * (gradient * gradient - second[place])
            first[place] = mean
            second[place] = square
            parameters[place] -= rate * mean / (square.squareRoot() + 1e-8)
        }
    }
}
