/// The mean silhouette coefficient of the samples with their classes as clusters (Rousseeuw, "Silhouettes", Journal of
/// Computational and Applied Mathematics 1987; as a transferability score: Meiseles and Rokach, "Source Model Selection
/// for Deep Learning in the Time Series Domain", IEEE Access 2020). In −1...1.
enum Silhouette {
    /// A sample alone in its class has the coefficient 0.
    static func value(_ session: ScoreSession, _ metric: PairwiseDistances.Metric) throws -> Double {
        let session = session.sampled()
        let classes = session.data.classes
        let counts = session.classCounts
        let parts = try PairwiseDistances(session, metric).forEachBlock(session) { rows, values in
            var sum = 0.0
            var sums = [Double](repeating: 0, count: counts.count)
            for (position, row) in rows.enumerated() {
                let own = classes[row]
                guard counts[own] > 1 else { continue }
                for index in sums.indices { sums[index] = 0 }
                for other in classes.indices { sums[classes[other]] += values[position * classes.count + other] }
                let inside = sums[own] / Double(counts[own] - 1)
                var outside = Double.infinity
                for index in sums.indices where index != own {
                    outside = min(outside, sums[index] / Double(counts[index]))
                }
                let larger = max(inside, outside)
                if larger > 0 { sum += (outside - inside) / larger }
            }
            return sum
        }
        return parts.reduce(0, +) / Double(classes.count)
    }
}
