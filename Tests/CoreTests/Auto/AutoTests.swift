import Foundation
import Testing
import TransferGraphCore

/// What `auto` reaches on the published zoos, and that it is sure of as much as it should be.
@Suite(.enabled(if: SharedFiles.areThere, "skipped: the published zoos are not beside the repository"))
struct AutoTests {
    /// The best published variant, the history mean, and a bar above both.
    @Test(arguments: [
        (SharedFiles.imageZoo, 0.86, 0.62, 0.002), (SharedFiles.textZoo, 0.825, 0.735, 0.007),
    ])
    func itPassesHistoryAndThePublishedVariants(path: String, pearson: Double, spearman: Double, regret: Double) throws
    {
        let zoo = try Zoo.load(path: path)
        let evaluation = try Evaluator(methods: ["auto", "history"]).evaluate(zoo)
        let reached = try #require(evaluation.mean(.pearson, method: "auto"))
        #expect(reached >= pearson)
        #expect(try #require(evaluation.mean(.spearman, method: "auto")) >= spearman)
        #expect(try #require(evaluation.mean(.regret(at: 5), method: "auto")) <= regret)
        #expect(reached > (try #require(evaluation.mean(.pearson, method: "history"))))
        let coverage = evaluation.cells(of: "auto").map { Self.coverage($0.prediction, in: zoo) }
        let mean = coverage.reduce(0, +) / Double(coverage.count)
        #expect((0.75...0.85).contains(mean), "\(mean)")
    }

    @Test(arguments: [
        (SharedFiles.imageZoo, 0.1, 0.67), (SharedFiles.imageZoo, 0.3, 0.82), (SharedFiles.imageZoo, 0.5, 0.845),
        (SharedFiles.textZoo, 0.1, 0.63), (SharedFiles.textZoo, 0.3, 0.77), (SharedFiles.textZoo, 0.5, 0.795),
    ])
    func itHoldsWithLittleHistory(path: String, ratio: Double, pearson: Double) throws {
        let zoo = try Zoo.load(path: path)
        var evaluator = Evaluator(methods: ["auto"])
        evaluator.historyRatio = ratio
        evaluator.seeds = [0, 1, 2]
        let evaluation = try evaluator.evaluate(zoo)
        #expect(try #require(evaluation.mean(.pearson, method: "auto")) >= pearson)
        let coverage = evaluation.cells(of: "auto").map { Self.coverage($0.prediction, in: zoo) }
        let mean = coverage.reduce(0, +) / Double(coverage.count)
        #expect((0.75...0.85).contains(mean), "\(mean)")
    }

    @Test func theEvidenceAddsUp() throws {
        let zoo = try Zoo.load(path: SharedFiles.imageZoo)
        let prediction = try Auto().predict(TargetWorkspace(zoo.holdingOut(zoo.dataset(named: "pets"))))
        let models = Array(prediction.ranking.prefix(10))
        let explain = try #require(prediction.explanations)
        let explanations = try explain(models, .unwatched)
        #expect(explanations.count == models.count)
        for (model, explanation) in zip(models, explanations) {
            #expect(explanation.addsUp)
            let predicted = try #require(prediction.values[model])
            #expect(abs(explanation.parts.reduce(0) { $0 + $1.contribution } - predicted) < 1e-9)
            #expect(explanation.parts.contains { $0.kind == .record || $0.kind == .neighbour })
            #expect(explanation.parts.last?.kind == .residual)
            // Parts that cancel each other by far would explain nothing.
            #expect(explanation.parts.allSatisfy { abs($0.contribution) < 1 }, "\(explanation)")
        }
    }

    /// The share of the target's results, normalised, that lie inside their intervals.
    private static func coverage(_ prediction: Prediction, in zoo: Zoo) -> Double {
        let normalised = zoo.results.minMaxNormalised()
        let column = zoo.results.column(prediction.target)
        let inside = column.count { position in
            prediction.intervals?[Int(zoo.results.models[position])]?.contains(normalised.values[position]) ?? false
        }
        return Double(inside) / Double(column.count)
    }
}
