import Support

/// Resamples of the models of an evaluation (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993).
///
/// The unit drawn is the model, with replacement, and one draw holds for every target: a model that is strong is so on many
/// targets, and resampling each target by itself would take that for independent evidence.
package struct ModelResamples: Sendable {
    /// The number of resamples.
    package let count: Int
    /// The place of each model among those drawn.
    private let index: [Int: Int]
    /// How often each resample draws each model, resample after resample.
    private let counts: [UInt8]

    /// - Parameter models: the models of all targets.
    package init(of models: Set<Int>, count: Int, seed: UInt64) {
        self.count = count
        let models = models.sorted()
        index = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, $0) })
        var counts = [UInt8](repeating: 0, count: count * models.count)
        for number in 0..<count {
            var generator = SeededGenerator(seed: seed, purpose: .bootstrap, item: number)
            for _ in models {
                // Of n draws from n models, 256 of the same one do not happen.
                counts[number * models.count + generator.index(below: models.count)] &+= 1
            }
        }
        self.counts = counts
    }

    /// Hands over how often each resample draws each of `models`, some of those of ``init(of:count:seed:)``.
    package func forEach(
        of models: [Int], work: Work, _ body: (_ resample: Int, _ counts: [Int]) -> Void
    ) throws(Cancelled) {
        let places = models.map { index[$0] ?? 0 }
        var drawn = [Int](repeating: 0, count: places.count)
        for number in 0..<count {
            try work.check()
            for (position, place) in places.enumerated() { drawn[position] = Int(counts[number * index.count + place]) }
            body(number, drawn)
        }
    }
}
