extension CholeskyFactor {
    /// L⁻¹ of b, where an entry of b that lies more than `bound` deviations below what all others let expect is taken to lie
    /// that far below (winsorising; Huber, "Robust Statistics", 1981): how far beyond it lies changes nothing else.
    ///
    /// - Parameter bound: below 0, in deviations of an entry given all others.
    /// - Returns: L⁻¹ of the entries as they are taken, and those.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n³).
    package func winsorised(_ b: [Double], below bound: Double, work: Work) throws -> (
        surprises: [Double], taken: [Double]
    ) {
        precondition(b.count == count, "shapes fit")
        guard count > 0 else { return (forwardSubstituted(b), b) }
        let precision = try inverted(work: work)
        var taken = b
        var weights = solved(b)
        for _ in 0..<Self.mostSweeps {
            try work.check()
            var moved = 0.0
            for index in 0..<count {
                let own = precision[index, index]
                let expected = taken[index] - weights[index] / own
                let value = max(b[index], expected + bound / own.squareRoot())
                let change = value - taken[index]
                guard change != 0 else { continue }
                moved = max(moved, abs(change) * own.squareRoot())
                taken[index] = value
                for other in 0..<count { weights[other] += precision[index, other] * change }
            }
            if moved < 1e-12 { break }
        }
        return (forwardSubstituted(taken), taken)
    }

    private static var mostSweeps: Int { 100 }
}
