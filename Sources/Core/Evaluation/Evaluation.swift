/// What leave-one-dataset-out found: for each method, target and seed, predicted beside actual.
public struct Evaluation: Sendable {
    /// One method on one target with one seed.
    public struct Cell: Sendable {
        public let method: String
        /// The target's index among the zoo's datasets.
        public let target: Int
        public let seed: UInt64
        public let prediction: Prediction
        /// The models that have a result, with prediction and result: what the measures see.
        public let outcome: TargetOutcome
        /// How long the prediction took, in seconds. Learning an embedding counts for the method that asked first.
        public let seconds: Double
    }

    public let zoo: Zoo
    public let methods: [String]
    public let targets: [Int]
    public let seeds: [UInt64]
    public let historyRatio: Double
    public let modelRatio: Double
    /// By method, then target, then seed.
    public let cells: [Cell]

    /// The cells of one method: by target, then seed.
    public func cells(of method: String) -> [Cell] { cells.filter { $0.method == method } }

    /// The measure of one method on one target, the mean over seeds where it is defined.
    public func value(_ measure: Measure, method: String, target: Int) -> Double? {
        Measure.mean(of: values(measure, cells.filter { $0.method == method && $0.target == target }))
    }

    /// The mean over targets (and seeds) of a measure.
    public func mean(_ measure: Measure, method: String) -> Double? {
        Measure.mean(of: targets.map { value(measure, method: method, target: $0) })
    }

    /// The mean over targets for each seed, in the seeds' order: their spread is what chance does.
    public func meansBySeed(_ measure: Measure, method: String) -> [Double?] {
        seeds.map { seed in
            Measure.mean(of: values(measure, cells.filter { $0.method == method && $0.seed == seed }))
        }
    }

    /// The outcomes of one method with one seed, by target.
    public func outcomes(of method: String, seed: UInt64? = nil) -> [TargetOutcome] {
        cells.filter { $0.method == method && $0.seed == seed ?? seeds[0] }.map(\.outcome)
    }

    private func values(_ measure: Measure, _ cells: [Cell]) -> [Double?] {
        cells.map { measure.value(predicted: $0.outcome.predicted, actual: $0.outcome.actual) }
    }

    /// The rows of an export, with the header `method,target,model,predicted,actual`: by method, target, seed and model.
    public func csv() -> String {
        PredictionExport.csv(cells.map(\.prediction), zoo: zoo)
    }
}

/// Writes predictions as comma-separated text.
public enum PredictionExport {
    /// The header `method,target,model,predicted,actual` and a row for each model of each prediction, numbers with all
    /// their digits, fields empty where something is not known. Both numbers are in the target's own direction: where lower
    /// is better, a prediction is turned round, so that the correlation of the columns is the table's.
    public static func csv(_ predictions: [Prediction], zoo: Zoo) -> String {
        var text = "method,target,model,predicted,actual\n"
        for prediction in predictions {
            let target = quoted(zoo.datasets[prediction.target].name)
            for (model, value) in prediction.values.enumerated() {
                let actual = zoo.result(model, on: prediction.target)
                let value = value.map { zoo.turned($0, on: prediction.target) }
                text += "\(quoted(prediction.method)),\(target),\(quoted(zoo.models[model].name)),"
                text += "\(value.map { "\($0)" } ?? ""),\(actual.map { "\($0)" } ?? "")\n"
            }
        }
        return text
    }

    /// The field as RFC 4180 wants it.
    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [34, 44, 10, 13].contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
