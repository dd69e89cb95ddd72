extension Zoo {
    /// `count` of `targets` spread evenly from the one with the most results to the one with the fewest: in that order,
    /// equal ones as they stand in the zoo, cut into `count` parts as equal as can be, the middle of each part. All of
    /// them where there are no more.
    ///
    /// The rule draws nothing at random: the same zoo has the same sample, whatever the seed.
    ///
    /// - Returns: ascending.
    /// - Complexity: O(n log n).
    public func sample(of targets: [Int], count: Int) -> [Int] {
        guard count > 0, targets.count > count else { return targets }
        let ordered = targets.sorted { (results.column($1).count, $0) < (results.column($0).count, $1) }
        return (0..<count).map { ordered[(2 * $0 + 1) * ordered.count / (2 * count)] }.sorted()
    }
}
