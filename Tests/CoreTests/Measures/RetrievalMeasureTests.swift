import Testing
import TransferGraphCore

@Suite struct RetrievalMeasureTests {
    let predicted = [0.9, 0.1, 0.8, 0.7, 0.2, 0.8, 0.4, 0.4, 0.4, 0.05, 0.3, 0.6]
    let actual = [0.50, 0.90, 0.70, 0.80, 0.60, 0.75, 0.81, 0.66, 0.93, 0.41, 0.55, 0.72]

    /// sklearn.metrics.ndcg_score([(actual - min) / (max - min)], [predicted], k=k), version 1.9.1.
    @Test(arguments: [
        (1, 0.17307692307692313), (3, 0.4336009845082933), (5, 0.5525393719676346), (10, 0.7143434196461506),
        (12, 0.7826927799767219), (20, 0.7826927799767219),
    ])
    func ndcgEqualsScikitLearnsWithTiedPredictions(k: Int, expected: Double) throws {
        #expect(abs(try #require(Measures.ndcg(at: k, predicted: predicted, actual: actual)) - expected) < 1e-14)
    }

    @Test func equalPredictionsGainTheSameInAnyOrder() throws {
        let forth = try #require(Measures.ndcg(at: 5, predicted: predicted, actual: actual))
        let back = try #require(
            Measures.ndcg(at: 5, predicted: predicted.reversed(), actual: actual.reversed()))
        #expect(abs(forth - back) < 1e-14)
    }

    @Test func aHitIsTheBestModelAmongTheFirst() {
        // The best model, of 0.93, is one of three that are predicted sixth to eighth: 0.9, 0.8, 0.8, 0.7, 0.6, then 0.4.
        for (k, hit) in [(1, 0.0), (5, 0), (6, 1.0 / 3), (7, 2.0 / 3), (8, 1), (12, 1), (50, 1)] {
            let found = Measures.hit(at: k, predicted: predicted, actual: actual)
            #expect(abs((found ?? .nan) - hit) < 1e-15, "\(k)")
        }
        #expect(Measures.hit(at: 1, predicted: [1, 2, 3], actual: [5, 4, 5]) == 1, "either of two best models")
    }

    @Test func recallIsTheShareOfTheBestThatIsFound() {
        // Predicted first: models 0, 2, 5, 3, 11. Best: models 8, 1, 6, 3, 5.
        #expect(Measures.recall(at: 1, predicted: predicted, actual: actual) == 0)
        #expect(Measures.recall(at: 5, predicted: predicted, actual: actual) == 2.0 / 5)
        #expect(Measures.recall(at: 12, predicted: predicted, actual: actual) == 1)
        #expect(Measures.recall(at: 50, predicted: predicted, actual: actual) == 1)
        // The second best is either of two: the one found counts.
        #expect(Measures.recall(at: 2, predicted: [3, 0, 2, 1], actual: [9, 7, 7, 1]) == 1)
        // Where the best model is one alone, what finds it is a hit.
        for predicted in [[1.0, 1, 0], [0, 1, 1], [1, 0, 1]] {
            let actual = [0.9, 0.5, 0.4]
            #expect(
                Measures.recall(at: 1, predicted: predicted, actual: actual)
                    == Measures.hit(at: 1, predicted: predicted, actual: actual))
        }
    }

    /// By all ways to order models whose values are equal, one after the other.
    @Test(arguments: 0..<60)
    func equalModelsShareTheirPlaces(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = 2 + generator.index(below: 4)
        let levels = 1 + generator.index(below: 4)
        let actual = (0..<count).map { _ in Double(generator.index(below: levels)) / 4 }
        let predicted = (0..<count).map { _ in Double(generator.index(below: 3)) }
        func orders(by values: [Double], _ rest: [Int]) -> [[Int]] {
            if rest.isEmpty { return [[]] }
            let highest = rest.map { values[$0] }.max()
            return rest.filter { values[$0] == highest }.flatMap { first in
                orders(by: values, rest.filter { $0 != first }).map { [first] + $0 }
            }
        }
        let picked = orders(by: predicted, Array(0..<count))
        let ranked = actual.sorted(by: >)
        for k in 1...count + 1 {
            let hits = picked.count { order in order.prefix(k).contains { actual[$0] == actual.max() } }
            let hit = try #require(Measures.hit(at: k, predicted: predicted, actual: actual))
            #expect(abs(hit - Double(hits) / Double(picked.count)) < 1e-14)
            let found = picked.reduce(0) { sum, order in
                sum + order.prefix(k).count { actual[$0] >= ranked[min(k, count) - 1] }
            }
            let expected = Double(found) / Double(picked.count * min(k, count))
            let recall = try #require(Measures.recall(at: k, predicted: predicted, actual: actual))
            #expect(abs(recall - expected) < 1e-14)
            let turned = Measures.recall(at: k, predicted: predicted.reversed(), actual: actual.reversed())
            #expect(abs((turned ?? .nan) - recall) < 1e-14, "the order of the rows")
        }
    }

    @Test func modelsThatAMethodDoesNotKnowRankLast() {
        let none = -Double.infinity
        let unknown = [none, 2, 1, none]
        #expect(Measure.hit(at: 1).value(predicted: unknown, actual: [0.9, 0.5, 0.4, 0.3]) == 0)
        #expect(Measure.recall(at: 3).value(predicted: unknown, actual: [0.2, 0.5, 0.4, 0.3]) == 2.5 / 3)
        // Gains 1, 1/3, 1/6, 0: the two unknown models share the ranks 3 and 4.
        let first = 1 / 3.0 + 1 / 6.0 / 1.584962500721156
        let shared = (1 + 0) / 2.0 * (1 / 2.0 + 1 / 2.321928094887362)
        let ideal = 1 + 1 / 3.0 / 1.584962500721156 + 1 / 6.0 / 2
        let value = Measure.ndcg(at: 4).value(predicted: unknown, actual: [0.9, 0.5, 0.4, 0.3])
        #expect(abs((value ?? .nan) - (first + shared) / ideal) < 1e-14)
    }

    @Test(arguments: 0..<20)
    func aPerfectPredictionHasThemAll(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let actual = (0..<15).map { _ in generator.normal() }
        for k in [1, 5, 10, 15] {
            for measure in [Measure.ndcg(at: k), .hit(at: k), .recall(at: k)] {
                #expect(measure.value(predicted: actual.map { 3 * $0 - 1 }, actual: actual) == 1, "\(measure.name)")
            }
        }
    }

    @Test func withoutADifferenceInResultsNothingIsGained() {
        #expect(Measures.ndcg(at: 1, predicted: [1, 2], actual: [0.5, 0.5]) == nil)
        #expect(Measures.ndcg(at: 1, predicted: [1, 2], actual: [0.5, .infinity]) == nil)
    }
}
