/// What an evaluation found: for each method, target and seed, predicted beside actual.
public struct Evaluation: Sendable {
    /// One method on one target with one seed, in one fold.
    public struct Cell: Sendable {
        public let method: String
        /// The target's index among the zoo's datasets.
        public let target: Int
        public let seed: UInt64
        public let prediction: Prediction
        /// The models whose results on the target were held out, with prediction and result: what the measures see.
        public let outcome: TargetOutcome
        /// Of how many of those models the mean of all is predicted, as the method knows no result of them.
        public let fillerCount: Int
        /// How long the prediction took, in seconds. Learning an embedding counts for the method that asked first.
        public let seconds: Double
    }

    public let zoo: Zoo
    public let methods: [String]
    public let targets: [Int]
    /// What was held out.
    public let holdOut: HoldOut
    public let seeds: [UInt64]
    public let historyRatio: Double
    public let modelRatio: Double
    /// By method, then target, then seed, then fold.
    public let cells: [Cell]

    /// The cells of one method: by target, then seed, then fold.
    public func cells(of method: String) -> ArraySlice<Cell> {
        guard let place = methods.firstIndex(of: method) else { return [] }
        let size = targets.count * roundCount
        return cells[place * size..<(place + 1) * size]
    }

    /// The cells of one method on one target, by seed, then fold.
    public func cells(of method: String, target: Int) -> ArraySlice<Cell> {
        let cells = cells(of: method)
        guard let place = targets.firstIndex(of: target), !cells.isEmpty else { return [] }
        return cells.dropFirst(place * roundCount).prefix(roundCount)
    }

    /// How often each target was predicted: seeds times folds.
    private var roundCount: Int { seeds.count * holdOut.foldsPerTarget }

    /// The measure of one method on one target, the mean over seeds and folds where it is defined.
    public func value(_ measure: Measure, method: String, target: Int) -> Double? {
        Measure.mean(of: cells(of: method, target: target).map { measure.value(of: $0.outcome) })
    }

    /// The mean over targets (and seeds) of a measure.
    public func mean(_ measure: Measure, method: String) -> Double? {
        Measure.mean(of: targets.map { value(measure, method: method, target: $0) })
    }

    /// Of how many of a method's predictions the mean of all models stands for what is not known, the mean over seeds.
    public func fillerCount(method: String) -> Double {
        Double(cells(of: method).reduce(0) { $0 + $1.fillerCount }) / Double(max(seeds.count, 1))
    }

    /// Whether the targets' results are in one unit, so that a mean of differences of them says something.
    public var hasOneUnit: Bool { zoo.haveOneUnit(targets) }

    /// The rows of an export, with the header `method,target,model,predicted,actual`: by method, target, seed, fold and
    /// model. Where there are folds, each has the models that were held out in it.
    public func csv() -> String {
        let folds = holdOut.foldsPerTarget
        return PredictionExport.csv(
            cells.enumerated().map { place, cell in
                PredictionExport.Part(
                    prediction: cell.prediction,
                    models: folds > 1 ? cell.outcome.models : Array(cell.prediction.values.indices),
                    seed: seeds.count > 1 ? cell.seed : nil, fold: folds > 1 ? place % folds + 1 : nil)
            }, zoo: zoo)
    }
}
