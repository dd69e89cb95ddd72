/// What a person may say of the files that a zoo is read from, and of the choices made from them.
public struct ReadingOptions: Sendable, Equatable {
    public enum Runs: String, Sendable, CaseIterable { case best, median, mean }
    public enum Row: String, Sendable, CaseIterable { case parent, checkpoint }
    public enum Comma: String, Sendable, CaseIterable { case decimal, thousands }

    /// Which names are joined.
    public enum Merging: Sendable, Equatable {
        case none
        /// All that are reported as nearly equal.
        case reported
        /// Only these: from the other name to the one kept.
        case these([String: String])
    }

    public var format = ZooFormat.auto
    /// Which column is what, for tables with headers of their own: from `model`, `dataset`, `score`, `metric`, `split`, …
    /// to the header's name.
    public var columns: [String: String] = [:]
    /// The metric that counts, where a dataset has it.
    public var metric: String?
    /// The direction of every dataset.
    public var higherIsBetter: Bool?
    public var scale: MetricScale?
    /// What several runs come to; `nil`: the mean in tables, the median by parent.
    public var runs: Runs?
    /// What is chosen among; `nil`: the parent where a source's results are of fine-tuned copies.
    public var by: Row?
    public var mergeNames = Merging.none
    /// What a comma in a number means where a column does not tell.
    public var comma: Comma?
    /// Which runs count, in formats that tell them apart.
    public var fineTuning = FineTuning.full

    public init() {}
}
