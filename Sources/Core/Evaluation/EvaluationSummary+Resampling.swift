import Support

/// What the figures of a summary are computed from.
extension EvaluationSummary {
    /// One method's values on the targets, and how their means vary with the draw of models.
    struct Measured {
        /// By target, then seed.
        var values: [Measure: [[Double?]]] = [:]
        /// By the measures of ``Measure/standard``: the means, and the mean differences to the baseline's values.
        var alone: [Measure: ModelVariation] = [:]
        var difference: [Measure: ModelVariation] = [:]
    }

    /// How often the models of an evaluation are drawn where nothing else is asked for: the fewer targets, the more often, as
    /// fewer of them average the draws' own noise.
    package static func resamples(targets: Int) -> Int { min(1000, max(100, 3000 / max(targets, 1))) }

    /// Measures the outcomes of each method, as they are and on resamples of their models.
    static func measure(
        _ outcomes: [MethodOutcomes], baseline: Int?, resamples: Int, threads: Int, work: Work
    ) throws -> [Measured] {
        let targets = Array(0..<(outcomes.first?.byTarget.count ?? 0))
        let models = targets.reduce(into: Set<Int>()) { models, target in
            for outcome in outcomes {
                for round in outcome.byTarget[target].prefix(outcome.foldCount) { models.formUnion(round.models) }
            }
        }
        let draws = ModelResamples(of: models, count: resamples, seed: 0)
        let empty = ModelVariation(resamples: resamples)
        var measured = outcomes.map { _ in
            Measured(
                alone: .init(uniqueKeysWithValues: Measure.standard.map { ($0, empty) }),
                difference: .init(uniqueKeysWithValues: Measure.standard.map { ($0, empty) }))
        }
        // Some targets at a time: what is kept of each is a value for every method, measure and resample.
        let step = 16
        for start in stride(from: 0, to: targets.count, by: step) {
            work.report("intervals", Double(start) / Double(targets.count))
            let block = targets[start..<min(start + step, targets.count)]
            let items = block.flatMap { target in outcomes.map { ($0.byTarget[target], $0.foldCount) } }
            let found = try Parallel.map(items, threads: threads, work: work) { item in
                try measure(item.0, foldCount: item.1, draws, work: work)
            }
            for first in stride(from: 0, to: found.count, by: outcomes.count) {
                for method in outcomes.indices {
                    let (values, resampled) = found[first + method]
                    for (measure, values) in zip(Measure.all, values) {
                        measured[method].values[measure, default: []].append(values)
                    }
                    for (place, measure) in Measure.standard.enumerated() {
                        measured[method].alone[measure]?.add(resampled[place])
                        guard let baseline, baseline != method else { continue }
                        let base = found[first + baseline].resampled[place]
                        measured[method].difference[measure]?.add(zip(resampled[place], base).map { $0 - $1 })
                    }
                }
            }
        }
        return measured
    }

    /// Measures one method on one target.
    ///
    /// - Parameter outcomes: one a seed and fold.
    /// - Returns: by the measures of ``Measure/all``, the value with each seed, the mean over its folds; by those of ``Measure/standard``, the mean over
    ///   seeds and folds on each resample, NaN where it is undefined with all of them.
    private static func measure(
        _ outcomes: [TargetOutcome], foldCount: Int, _ draws: ModelResamples, work: Work
    ) throws(Cancelled) -> (values: [[Double?]], resampled: [[Double]]) {
        var values = Measure.all.map { _ in [Double?]() }
        var sums = Measure.standard.map { _ in [Double](repeating: 0, count: draws.count) }
        var counts = sums
        for outcome in outcomes {
            let outcome = ResampledOutcome(outcome)
            for (place, measure) in Measure.all.enumerated() {
                try work.check()
                values[place].append(outcome.value(measure))
            }
            try draws.forEach(of: outcome.models, work: work) { resample, drawn in
                for (place, value) in outcome.values(of: Measure.standard, counts: drawn).enumerated() {
                    guard let value else { continue }
                    sums[place][resample] += value
                    counts[place][resample] += 1
                }
            }
        }
        let bySeed = values.map { values in
            stride(from: 0, to: values.count, by: foldCount).map {
                Measure.mean(of: Array(values[$0..<$0 + foldCount]))
            }
        }
        return (bySeed, zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : .nan } })
    }

    /// By method: the method beside the baseline, p-values adjusted for the number of methods.
    static func comparisons(
        _ measured: [Measured], baseline: Int?, level: Double, threads: Int, work: Work
    ) throws -> [[Measure: PairedComparison]] {
        guard let baseline else { return measured.map { _ in [:] } }
        work.report("comparisons", 0)
        let columns = try Parallel.map(Measure.standard, threads: threads, work: work) { measure in
            let means = measured.map { ($0.values[measure] ?? []).map(Measure.mean(of:)) }
            var column = try measured.indices.map { method in
                method == baseline
                    ? nil
                    : try PairedComparison(
                        of: means[method], with: means[baseline], by: measure,
                        sharedVariance: measured[method].difference[measure]?.sharedVariance ?? 0, level: level,
                        work: work)
            }
            try PairedComparison.adjust(&column, work: work)
            return column
        }
        return measured.indices.map { method in
            var comparisons: [Measure: PairedComparison] = [:]
            for (measure, column) in zip(Measure.standard, columns) { comparisons[measure] = column[method] }
            return comparisons
        }
    }
}
