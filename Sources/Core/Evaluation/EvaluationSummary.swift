import Foundation
import Support

/// An evaluation in figures: each method's means over targets and seeds, what they would be on other datasets and with other
/// models, and how they stand beside a baseline's.
///
/// On each target a method has the mean of its values over the seeds. All that follows is computed from those, so that every
/// figure is of all seeds.
public struct EvaluationSummary: Sendable {
    /// One measure of one method.
    public struct Figure: Sendable {
        /// The mean over the seeds on each target; `nil` where it is undefined with every seed.
        public let values: [Double?]
        /// The mean over the targets with each seed.
        public let seedMeans: [Double?]
        /// Where the mean lies on other datasets like these, with other models like these: the t interval over targets, to
        /// whose variance the choice of models adds. `nil` of one target, and where all targets have the same value.
        public let interval: Interval?
        /// Where the mean lies on these same targets, with other models like these: the percentile bootstrap over models.
        /// `nil` where the measure is undefined, or a correlation of two models.
        public let modelInterval: Interval?

        /// What the choice of models adds to the variance of a mean over datasets, beyond what the spread of ``values``
        /// shows (``ModelVariation/sharedVariance``).
        let sharedVariance: Double

        /// The mean over the targets where it is defined.
        public var mean: Double? { Measure.mean(of: values) }

        /// - Parameter canVary: whether another draw of models could give another value.
        init(of measure: Measure, _ measured: Measured, canVary: Bool, _ level: Double) {
            let bySeed = measured.values[measure] ?? []
            values = bySeed.map(Measure.mean(of:))
            seedMeans = (bySeed.first ?? []).indices.map { seed in Measure.mean(of: bySeed.map { $0[seed] }) }
            let variation = measured.alone[measure]
            sharedVariance = canVary ? variation?.sharedVariance ?? 0 : 0
            let defined = values.compactMap(\.self)
            interval =
                variation == nil
                ? nil : .ofMean(defined, sharedVariance: sharedVariance, within: measure.range, level: level)
            modelInterval =
                canVary && !defined.isEmpty ? variation.flatMap { .percentile(of: $0.means, level: level) } : nil
        }

        /// The standard deviation of ``seedMeans``: what chance does. `nil` of fewer than two.
        public var seedDeviation: Double? {
            let means = seedMeans.compactMap(\.self)
            guard means.count > 1 else { return nil }
            let mean = means.reduce(0, +) / Double(means.count)
            let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (squares / Double(means.count - 1)).squareRoot()
        }
    }

    /// What is found of one method.
    public struct Method: Sendable {
        public let name: String
        /// Every measure of ``Measure/all``; intervals for those of ``Measure/standard``.
        public let figures: [Measure: Figure]
        /// The method beside the baseline by each measure of ``Measure/standard``; empty for the baseline itself, and without
        /// one.
        public let comparisons: [Measure: PairedComparison]
        /// How many models whose results are held out each target has, and of how many of them the method says something, the mean over
        /// seeds.
        public let modelCounts: [Int]
        public let predictedCounts: [Double]
        /// The share of the actual results inside their predictions' 80 % intervals, over targets and seeds, and of each
        /// target; `nil` for methods that give no intervals.
        public fileprivate(set) var coverage: Double?
        public fileprivate(set) var targetCoverage: [Double?]
        /// The mean time of a prediction in seconds; 0 where it was not taken.
        public fileprivate(set) var seconds = 0.0

        public subscript(measure: Measure) -> Figure? { figures[measure] }
    }

    public private(set) var methods: [Method]
    /// The name of the method that the others are set beside.
    public let baseline: String
    /// The targets' names.
    public let targets: [String]
    public let seedCount: Int

    public subscript(method: String) -> Method? { methods.first { $0.name == method } }

    /// Summarises the outcomes of several methods on the same targets.
    ///
    /// The means, intervals and tests of the same outcomes are the same on any number of threads.
    ///
    /// - Parameters:
    ///   - outcomes: what each method did on each target with each seed; the same targets and seeds for all.
    ///   - baseline: the method that the others are compared with.
    ///   - resamples: how often the models are drawn; by default 3,000 over the targets' number, but 100 to 1,000.
    ///   - level: the confidence of the intervals.
    ///   - threads: the most to use.
    ///   - work: asked whether to go on, told how far it is.
    /// - Complexity: O(resamples · methods · targets · seeds · models · log models).
    /// - Throws: `Cancelled`.
    public init(
        _ outcomes: [MethodOutcomes], baseline: String = "history", resamples: Int? = nil, level: Double = 0.95,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount, work: Work = .unwatched
    ) throws {
        self.baseline = baseline
        targets = outcomes.first?.byTarget.map { $0.first?.target ?? "" } ?? []
        seedCount = outcomes.first.map { ($0.byTarget.first?.count ?? 0) / $0.foldCount } ?? 0
        let base = outcomes.firstIndex { $0.method == baseline }
        let measured = try Self.measure(
            outcomes, baseline: base, resamples: resamples ?? Self.resamples(targets: targets.count), threads: threads,
            work: work.part(0...0.9))
        let comparisons = try Self.comparisons(
            measured, baseline: base, level: level, threads: threads, work: work.part(0.9...1))
        methods = outcomes.indices.map { method in
            let figures = Measure.all.map { measure in
                Figure(
                    of: measure, measured[method], canVary: !measure.isCorrelation || outcomes[method].canVary, level)
            }
            let byTarget = outcomes[method].byTarget
            let foldCount = outcomes[method].foldCount
            return Method(
                name: outcomes[method].method,
                figures: Dictionary(uniqueKeysWithValues: zip(Measure.all, figures)), comparisons: comparisons[method],
                modelCounts: byTarget.map { $0.prefix(foldCount).reduce(0) { $0 + $1.models.count } },
                predictedCounts: byTarget.map { seeds in
                    Double(seeds.reduce(0) { $0 + $1.predictedCount }) / Double(max(seeds.count / foldCount, 1))
                }, targetCoverage: byTarget.map { _ in nil })
        }
    }

    /// Summarises an evaluation.
    ///
    /// - Throws: `Cancelled`.
    public init(
        _ evaluation: Evaluation, baseline: String = "history", resamples: Int? = nil,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount, work: Work = .unwatched
    ) throws {
        try self.init(evaluation.outcomes, baseline: baseline, resamples: resamples, threads: threads, work: work)
        for (index, name) in evaluation.methods.enumerated() {
            methods[index].coverage = evaluation.coverage(method: name)
            methods[index].targetCoverage = evaluation.targets.map { evaluation.coverage(method: name, target: $0) }
            let seconds = evaluation.cells(of: name).map(\.seconds)
            methods[index].seconds = seconds.reduce(0, +) / Double(max(seconds.count, 1))
        }
    }
}
