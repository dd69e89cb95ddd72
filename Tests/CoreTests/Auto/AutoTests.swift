import Foundation
import Testing
import TransferGraphCore

/// What `auto` says of its predictions. What it reaches is in ``AutoRequirementTests`` and ``AutoRegressionTests``.
@Suite(.enabled(if: SharedFiles.areThere, "skipped: the published zoos are not beside the repository"))
struct AutoTests {
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
}
