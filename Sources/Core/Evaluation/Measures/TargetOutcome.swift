/// One method's predictions on one target beside the results that fine-tuning gave.
public struct TargetOutcome: Sendable, Equatable {
    /// The held-out dataset.
    public let target: String
    /// The models, as numbers that mean the same model on every target.
    public let models: [Int]
    /// The predicted result of each of `models`, in any unit: only the measures decide what matters of it.
    public let predicted: [Double]
    /// The actual result of each of `models`.
    public let actual: [Double]

    /// How many of the models the method says something of (see ``Measure/value(predicted:actual:)``).
    public var predictedCount: Int { predicted.count { $0 != -.infinity } }

    /// - Precondition: the three arrays are of one length.
    public init(target: String, models: [Int], predicted: [Double], actual: [Double]) {
        precondition(models.count == predicted.count && models.count == actual.count)
        self.target = target
        self.models = models
        self.predicted = predicted
        self.actual = actual
    }
}

extension Measure {
    /// The measure of one target's outcome.
    public func value(of outcome: TargetOutcome) -> Double? {
        value(predicted: outcome.predicted, actual: outcome.actual)
    }

    /// The mean of the defined ones of `values`.
    public static func mean(of values: [Double?]) -> Double? {
        let defined = values.compactMap { $0 }
        return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
    }
}
