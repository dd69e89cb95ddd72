import Synchronization
import TransferGraphCore

/// What `auto` and `history` reach on a published zoo with seeds 0, 1 and 2, worked out once for all tests that ask.
enum AutoEvaluations {
    private struct Key: Hashable {
        let path: String
        let ratio: Double
    }

    private static let known = Mutex<[Key: Evaluation]>([:])

    static func evaluation(_ path: String, historyRatio: Double = 1) throws -> Evaluation {
        try known.withLock { known in
            let key = Key(path: path, ratio: historyRatio)
            if let evaluation = known[key] { return evaluation }
            var evaluator = Evaluator(methods: ["auto", "history"])
            evaluator.historyRatio = historyRatio
            evaluator.seeds = [0, 1, 2]
            let evaluation = try evaluator.evaluate(Zoo.load(path: path))
            known[key] = evaluation
            return evaluation
        }
    }

    /// For each target and seed the share of the target's results, normalised, that lie inside their intervals.
    static func coverage(_ evaluation: Evaluation) -> [Double] {
        let normalised = evaluation.zoo.results.minMaxNormalised()
        return evaluation.cells(of: "auto").map { cell in
            let column = normalised.column(cell.prediction.target)
            let inside = column.count { position in
                cell.prediction.intervals?[Int(normalised.models[position])]?.contains(normalised.values[position])
                    ?? false
            }
            return Double(inside) / Double(column.count)
        }
    }
}
