/// What became of one measurement, and why.
public struct Decision: Sendable, Equatable {
    public enum Reason: UInt8, Sendable, CaseIterable {
        /// It is the result of its model on its dataset.
        case result = 0
        /// It is one of the runs that the result was made from.
        case run
        case noNumber
        case noModel
        case noDataset
        /// Another metric stands for the dataset.
        case otherMetric
        /// The dataset has nothing but losses, precisions and recalls.
        case secondaryMetric
        /// The same model has a value on a split that comes first.
        case otherSplit
        /// A report of higher standing, or of another setting, says something else.
        case disagreement
        /// A report of higher standing says the same.
        case sameReport
        /// It was measured on the dataset that the model was pre-trained on: a feature of the model, not a result.
        case pretrainingDataset
        /// The dataset is the mean of others.
        case meanOfOthers
        /// Another run was taken, where the best or the middle one is.
        case otherRun
        /// What is named is a way to load files, not a dataset.
        case loader
        /// It is a subset's, and the mean of the subsets is the result.
        case part
        /// It is a person's, or a random baseline's: there is no model to choose.
        case baseline
        /// The dataset's metric cannot have this value.
        case impossible

        /// The word for it in files and SQL.
        public var code: String {
            switch self {
            case .result: "result"
            case .run: "run"
            case .noNumber: "no number"
            case .noModel: "no model"
            case .noDataset: "no dataset"
            case .otherMetric: "other metric"
            case .secondaryMetric: "secondary metric"
            case .otherSplit: "other split"
            case .disagreement: "disagreement"
            case .sameReport: "same report"
            case .pretrainingDataset: "pre-training dataset"
            case .meanOfOthers: "mean of others"
            case .otherRun: "other run"
            case .loader: "loader"
            case .part: "part of a mean"
            case .baseline: "baseline"
            case .impossible: "impossible value"
            }
        }

        public init?(code: String) {
            guard let reason = Self.allCases.first(where: { $0.code == code }) else { return nil }
            self = reason
        }

        /// Whether the zoo's result rests on it.
        public var isUsed: Bool { self == .result || self == .run }
    }

    /// How the number that was written becomes the value in the log.
    public enum Factor: UInt8, Sendable {
        case one = 0
        case times100
        case by100

        @inline(__always)
        public func of(_ value: Double) -> Double {
            switch self {
            case .one: value
            case .times100: value * 100
            case .by100: value / 100
            }
        }
    }

    public var reason: Reason
    /// The scale of the value after the factor.
    public var scale: MetricScale
    public var factor: Factor
    public var higherIsBetter: Bool?

    public init(
        _ reason: Reason, scale: MetricScale = .asWritten, factor: Factor = .one, higherIsBetter: Bool? = nil
    ) {
        self.reason = reason
        self.scale = scale
        self.factor = factor
        self.higherIsBetter = higherIsBetter
    }

    /// The decision in two bytes; never 0 or 1.
    public var packed: UInt16 {
        let scale: UInt16 = self.scale == .fraction ? 1 : self.scale == .percent ? 2 : 0
        let direction: UInt16 = higherIsBetter.map { $0 ? 2 : 1 } ?? 0
        return UInt16(reason.rawValue) << 8 | direction << 6 | UInt16(factor.rawValue) << 4 | scale << 2 | 2
    }

    public init(packed: UInt16) {
        reason = Reason(rawValue: UInt8(packed >> 8)) ?? .noNumber
        scale = [.asWritten, .fraction, .percent, .asWritten][Int(packed >> 2 & 3)]
        factor = Factor(rawValue: UInt8(packed >> 4 & 3)) ?? .one
        higherIsBetter = [nil, false, true, nil][Int(packed >> 6 & 3)]
    }
}
