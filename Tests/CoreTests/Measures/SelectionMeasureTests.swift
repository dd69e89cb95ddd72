import Testing
import TransferGraphCore

@Suite struct SelectionMeasureTests {
    let actual = [0.5, 0.9, 0.7, 0.8, 0.6]
    let predicted = [0.9, 0.1, 0.8, 0.7, 0.2]

    func close(_ value: Double?, _ expected: Double) -> Bool {
        abs((value ?? .nan) - expected) < 1e-15
    }

    @Test func regretIsWhatTheBestOfTheTopKFallsShortOfTheBest() {
        #expect(close(Measures.regret(at: 1, predicted: predicted, actual: actual), 0.9 - 0.5))
        #expect(close(Measures.regret(at: 2, predicted: predicted, actual: actual), 0.9 - 0.7))
        #expect(close(Measures.regret(at: 3, predicted: predicted, actual: actual), 0.9 - 0.8))
        #expect(Measures.regret(at: 5, predicted: predicted, actual: actual) == 0)
        #expect(Measures.regret(at: 50, predicted: predicted, actual: actual) == 0)
    }

    @Test func relativeAccuracyIsTheTopKsBestOverTheBest() {
        #expect(close(Measures.relativeAccuracy(at: 1, predicted: predicted, actual: actual), 0.5 / 0.9))
        #expect(close(Measures.relativeAccuracy(at: 3, predicted: predicted, actual: actual), 0.8 / 0.9))
        #expect(Measures.relativeAccuracy(at: 1, predicted: [1, 2], actual: [-1, 0]) == nil)
        #expect(Measures.relativeAccuracy(at: 1, predicted: [3, 2, 1], actual: [-0.4, 0.1, 0.2]) == nil)
        #expect(Measures.relativeAccuracy(at: 2, predicted: [3, 2, 1], actual: [-0.4, 0.1, 0.2]) == nil)
        #expect(Measures.relativeAccuracy(at: 1, predicted: [3, 2, 1], actual: [0, 0.1, 0.2]) == 0)
    }

    @Test func percentileIsTheShareOfOtherModelsThatThePickBeats() {
        #expect(Measures.percentile(at: 1, predicted: predicted, actual: actual) == 0)
        #expect(Measures.percentile(at: 2, predicted: predicted, actual: actual) == 0.5)
        #expect(Measures.percentile(at: 3, predicted: predicted, actual: actual) == 0.75)
        #expect(Measures.percentile(at: 5, predicted: predicted, actual: actual) == 1)
        #expect(Measures.percentile(at: 1, predicted: [1, 0, 0], actual: [0.5, 0.5, 0.5]) == 0.5)
    }

    @Test func equalPredictionsArePickedInTheirOrder() {
        #expect(Measures.top(2, of: [1, 1, 1]) == [0, 1])
        #expect(close(Measures.regret(at: 1, predicted: [1, 1, 1], actual: [0.5, 0.9, 0.7]), 0.2))
    }

    /// By all ways to order models whose predictions are equal, one after the other.
    @Test(arguments: 0..<20)
    func equalPredictionsShareTheirRegret(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let actual = (0..<7).map { _ in Double(generator.index(below: 5)) / 4 }
        let predicted = (0..<7).map { _ in Double(generator.index(below: 3)) }
        func orders(_ rest: [Int]) -> [[Int]] {
            if rest.isEmpty { return [[]] }
            let highest = rest.map { predicted[$0] }.max()
            return rest.filter { predicted[$0] == highest }.flatMap { first in
                orders(rest.filter { $0 != first }).map { [first] + $0 }
            }
        }
        let all = orders(Array(0..<7))
        for k in 1...7 {
            let best = all.map { order in order.prefix(k).map { actual[$0] }.max() ?? 0 }
            let expected = best.reduce(0) { $0 + (actual.max() ?? 0) - $1 } / Double(all.count)
            #expect(close(Measures.regret(at: k, predicted: predicted, actual: actual), expected))
        }
    }

    @Test func undefinedIsNil() {
        for measure in Measure.all {
            #expect(measure.value(predicted: [1], actual: [0.5]) == nil)
            #expect(measure.value(predicted: [1, 2], actual: [.nan, 0.5]) == nil)
            #expect(measure.value(predicted: [1, 1, 1], actual: [0.5, 0.9, 0.7]) == nil, "nothing is chosen")
        }
        #expect(Measures.regret(at: 0, predicted: predicted, actual: actual) == nil)
    }

    @Test(arguments: 0..<30)
    func regretNeverGrowsWithKAndAPerfectPredictionHasNone(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let actual = (0..<20).map { _ in generator.uniform() }
        let predicted = (0..<20).map { _ in generator.uniform() }
        var previous = Double.infinity
        for k in 1...20 {
            let regret = try #require(Measures.regret(at: k, predicted: predicted, actual: actual))
            #expect(regret <= previous && regret >= 0)
            previous = regret
        }
        #expect(Measures.regret(at: 1, predicted: actual, actual: actual) == 0)
        #expect(Measures.percentile(at: 1, predicted: actual, actual: actual) == 1)
    }
}
