extension CholeskyFactor {
    /// L⁻¹ b with no entry below `bound`: each entry is found after those before it, and b is taken to lie where the bound
    /// puts it (winsorising; Huber, "Robust Statistics", 1981).
    ///
    /// - Returns: the entries, and the b that they are L⁻¹ of.
    /// - Complexity: O(n²).
    package func winsorised(_ b: [Double], below bound: Double) -> (surprises: [Double], taken: [Double]) {
        precondition(b.count == count, "shapes fit")
        let lower = lower
        var surprises: [Double] = []
        var taken: [Double] = []
        for row in b.indices {
            var expected = 0.0
            for column in 0..<row { expected += lower[row, column] * surprises[column] }
            let surprise = max((b[row] - expected) / lower[row, row], bound)
            surprises.append(surprise)
            taken.append(expected + lower[row, row] * surprise)
        }
        return (surprises, taken)
    }
}
