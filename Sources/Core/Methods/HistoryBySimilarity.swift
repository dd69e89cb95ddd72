import Foundation

/// The ``HistoryMean`` with each dataset weighted by its similarity to the target.
///
/// The weight of a dataset at distance d is exp(-(d / s)²), where s is the median distance from the target to the datasets
/// with results; a dataset of unknown distance has the mean weight. Where most distances are unknown, as of a dataset that
/// its user set near some others, s is the largest that is known, and what is unknown lies twice as far. Without any
/// distance it is the plain ``History``.
public struct HistoryBySimilarity: PredictionMethod {
    public let name = "history:similarity"
    public var scale: PredictionScale { .place }

    public init() {}

    public func predict(_ workspace: TargetWorkspace) throws -> Prediction {
        let zoo = workspace.zoo
        let mean = HistoryMean(
            zoo.normalised, modelCount: zoo.known.models.count, datasetWeights: Self.weights(for: zoo))
        return Prediction(method: name, target: zoo.target, values: mean.predictions)
    }

    /// The weight of each dataset's results for the zoo's target, at most 1.
    static func weights(for zoo: HeldOutZoo) -> [Double] {
        let count = zoo.known.datasets.count
        let distances = (0..<count).map { zoo.known.distances?[zoo.target, $0] }
        let relevant = (0..<count).filter { !zoo.normalised.column($0).isEmpty }.compactMap { distances[$0] }.sorted()
        let withResults = (0..<count).count { !zoo.normalised.column($0).isEmpty }
        guard let largest = relevant.last else { return [Double](repeating: 1, count: count) }
        if 2 * relevant.count < withResults {
            let scale = largest > 0 ? largest : 1
            return distances.map { distance in
                let parts = (distance ?? 2 * scale) / scale
                return exp(-parts * parts)
            }
        }
        let middle = relevant.count / 2
        let median =
            relevant.count % 2 == 1 ? relevant[middle] : (relevant[middle - 1] + relevant[middle]) / 2
        guard median > 0 else { return [Double](repeating: 1, count: count) }
        func weight(_ distance: Double) -> Double { exp(-(distance / median) * (distance / median)) }
        let mean = relevant.map(weight).reduce(0, +) / Double(relevant.count)
        return distances.map { $0.map(weight) ?? mean }
    }
}
