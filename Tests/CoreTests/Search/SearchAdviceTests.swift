import Foundation
import Testing
import TransferGraphCore

/// What to fine-tune next, against closed forms and against trying everything.
struct SearchAdviceTests {
    /// An outlook of independent normal draws.
    private func outlook(
        means: [Double], deviations: [Double], revealed: [RevealedResult] = [], samples: Int = 40_000, seed: UInt64 = 1
    ) -> Outlook {
        var generator = SeededGenerator(seed: seed)
        let draws = (0..<samples).flatMap { _ in
            zip(means, deviations).map { $0 + $1 * generator.normal() }
        }
        return Outlook(
            target: 0, models: means.indices.map { $0 + 10 }, mean: means, deviation: deviations, sampleCount: samples,
            samples: draws, revealed: revealed, units: .normalised)
    }

    /// Jones, Schonlau and Welch (1998): σ (z Φ(z) + φ(z)) with z = (μ - best) / σ.
    @Test(arguments: [(0.7, 0.1, 0.75), (0.5, 0.2, 0.9), (0.9, 0.05, 0.6)])
    func expectedGainAndChanceAreThoseOfTheNormalDistribution(mean: Double, deviation: Double, best: Double) throws {
        let advice = SearchAdvice(
            outlook(means: [mean], deviations: [deviation], revealed: [.init(model: 0, value: best)]), limit: 1,
            delta: 0.02)
        let z = (mean - best) / deviation
        let below = 0.5 * erfc(-z / 2.0.squareRoot())
        let expected = deviation * (z * below + exp(-z * z / 2) / (2 * Double.pi).squareRoot())
        let step = try #require(advice.steps.first)
        #expect(step.model == 10)
        #expect(abs(step.gain - expected) < 0.02 * deviation)
        // The distribution function of Student's t with three degrees of freedom.
        let t = (mean - best - 0.02) / deviation
        let more = 0.5 + (t / 3.0.squareRoot() / (1 + t * t / 3) + atan(t / 3.0.squareRoot())) / Double.pi
        #expect(abs(try #require(advice.chanceOfMore) - more) < 0.015)
        #expect(advice.saysStop == (more < SearchAdvice.stopLimit))
    }

    /// A model that does what another one does is no second choice.
    @Test func aTwinOfTheFirstChoiceComesLast() {
        var generator = SeededGenerator(seed: 3)
        var samples: [Double] = []
        for _ in 0..<4000 {
            let shared = 0.80 + 0.1 * generator.normal()
            samples += [shared, shared - 0.001, 0.75 + 0.1 * generator.normal()]
        }
        let twins = Outlook(
            target: 0, models: [0, 1, 2], mean: [0.80, 0.799, 0.75], deviation: [0.1, 0.1, 0.1], sampleCount: 4000,
            samples: samples, revealed: [], units: .normalised)
        let advice = SearchAdvice(twins, limit: 3, delta: 0.01)
        #expect(advice.steps.map(\.model) == [0, 2, 1])
        #expect(advice.chanceOfMore == nil && !advice.saysStop)
    }

    /// Where nothing distinguishes two models, or rounding alone does, the method's own order decides.
    @Test(arguments: [[0, 1, 2], [1, 0, 2], [2, 1, 0]])
    func modelsThatNothingDistinguishesComeInTheMethodsOrder(places: [Int]) {
        let outlook = Outlook(
            target: 0, models: [4, 5, 6], mean: [0.7, 0.7 + 1e-16, 0.7], deviation: [0.1, 0.1, 0.1], sampleCount: 1,
            samples: [0.7, 0.7, 0.7], revealed: [.init(model: 1, value: 0.75)], units: .normalised,
            gains: [0.02 + 1e-15, 0.02, 0.02 - 1e-15], places: places)
        #expect(
            SearchAdvice(outlook, limit: 1, delta: 0.01).steps.map(\.model) == [4 + (places.firstIndex(of: 0) ?? 0)])
    }

    /// With a result known the first is the one that is expected to gain most: 0.6 ± 0.4 and not 0.8 ± 0.05.
    @Test func afterAResultTheMostExpectedGainComesFirst() {
        let advice = SearchAdvice(
            outlook(means: [0.8, 0.6], deviations: [0.05, 0.4], revealed: [.init(model: 0, value: 0.78)]), limit: 2,
            delta: 0.01)
        #expect(advice.steps.map(\.model) == [11, 10])
        #expect(advice.steps[0].gain > advice.steps[1].gain)
    }

    /// No metric goes beyond its end: where the best result is at it, nothing better can come.
    @Test func nothingIsBetterThanTheBestThatAMetricCanBe() {
        let range = ExpectedRange(
            low: 0.5, high: 1, deviation: 0.1, metric: DatasetMetric(name: "accuracy", scale: .fraction))
        let outlook = Outlook(
            target: 0, models: [0], mean: [0.99], deviation: [0.1], sampleCount: 2, samples: [1, 1],
            revealed: [.init(model: 1, value: 0.995)], units: .range(range))
        #expect(SearchAdvice(outlook, limit: 1, delta: 0.01).chanceOfMore == 0)
    }

    /// Every set of eight models within the budget is tried.
    @Test(arguments: 0..<20)
    func aPlanIsWithinItsBudgetAndNearTheBestSet(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let count = 8
        let means = (0..<count).map { _ in 0.5 + 0.2 * generator.uniform() }
        let deviations = (0..<count).map { _ in 0.02 + 0.1 * generator.uniform() }
        let costs = (0..<count).map { _ in 1 + 9 * generator.uniform() }
        let budget = 12.0
        let outlook = outlook(
            means: means, deviations: deviations, revealed: [.init(model: 0, value: 0.62)], samples: 400,
            seed: UInt64(seed))
        let plan = BudgetPlan(outlook, costs: costs, budget: budget)
        #expect(plan.cost <= budget)
        let sum = plan.models.reduce(0) { $0 + costs[$1 - 10] }
        #expect(abs(sum - plan.cost) < 1e-9 && Set(plan.models).count == plan.models.count)
        var best = 0.0
        for set in 1..<(1 << count) {
            let members = (0..<count).filter { set & (1 << $0) != 0 }
            guard members.reduce(0, { $0 + costs[$1] }) <= budget else { continue }
            var total = 0.0
            for sample in 0..<400 {
                let top = members.map { outlook.samples[sample * count + $0] }.max() ?? 0
                total += max(0, top - 0.62)
            }
            best = max(best, total / 400)
        }
        let reached = plan.gains.reduce(0, +)
        #expect(reached <= best + 1e-12)
        #expect(reached >= 0.9 * best, "\(reached) of \(best)")
        if let next = plan.next {
            #expect(!plan.models.contains(next.model) && next.gain > 0)
            #expect(abs(next.budget - plan.cost - costs[next.model - 10]) < 1e-9)
        }
    }
}
