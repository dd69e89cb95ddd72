import Testing
import TransferGraphCore

@Suite struct PairedTestTests {
    /// Eight differences: scipy 1.17.1,
    /// `permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf)` and `wilcoxon(d, method="exact")`.
    let eight = [0.021, -0.004, 0.013, 0.234, -0.011, 0.052, 0.007, -0.019]

    @Test func eightDifferencesHaveScipysPValues() throws {
        #expect(try PairedTest.signFlip(eight) == 0.21875)
        #expect(try PairedTest.wilcoxon(eight) == 0.25)
    }

    /// A zero and ties: `permutation_test((ranks,), np.sum, permutation_type="samples", n_resamples=np.inf)` of
    /// `ranks = rankdata(abs(d)) * sign(d)` without the zero (`wilcoxon(method="exact")` takes no account of ties).
    @Test func tiedDifferencesShareTheirRanksAndZerosAreLeftOut() throws {
        #expect(try PairedTest.wilcoxon([0.02, 0.02, -0.02, 0.05, 0.0, 0.01, 0.03, 0.03, -0.01, 0.06]) == 0.05078125)
    }

    /// The share of all 2^24 sums, counted in Python with a dictionary of sums of whole thousandths.
    @Test func twentyFourDifferencesAreCountedExactly() throws {
        let differences = [
            -0.012, -0.028, 0.005, 0.025, 0.046, 0.015, -0.005, -0.012, 0.034, 0.061, 0.02, -0.025, -0.017, 0.06, 0.018,
            -0.04, 0.009, -0.023, -0.007, -0.003, -0.009, 0.029, 0.01, -0.006,
        ]
        #expect(try PairedTest.signFlip(differences) == 0.28674304485321045)
    }

    /// The exact share of all 2^40 sums, counted in the same way.
    @Test func ofMoreThanThirtyDifferencesSignsAreDrawn() throws {
        let differences = [
            0.04, 0.061, -0.069, 0.004, 0.038, 0.049, 0.028, 0.053, 0.017, 0.025, 0.013, -0.024, -0.017, 0.019, -0.009,
            0.046, 0.047, 0.062, 0.007, 0.05, -0.019, -0.016, 0.01, 0.016, -0.04, -0.044, 0.019, -0.018, 0.044, 0.02,
            0.017,
            0.014, 0.035, 0.003, 0.041, -0.008, 0.001, -0.012, 0.026, 0.009,
        ]
        // Four standard deviations of a share of 100,000 draws.
        #expect(abs(try PairedTest.signFlip(differences) - 0.007885916164013906) < 4 * 0.00028)
        #expect(try PairedTest.signFlip(differences, seed: 1) == PairedTest.signFlip(differences, seed: 1))
    }

    @Test func smallCasesAreCountedByHand() throws {
        // Of the eight sums ±1±2±3, all are at least 0 in size, two 6 and four 4.
        #expect(try PairedTest.signFlip([1, 2, -3]) == 1)
        #expect(try PairedTest.signFlip([1, 2, 3]) == 0.25)
        #expect(try PairedTest.signFlip([-1, 2, 3]) == 0.5)
        #expect(try PairedTest.signFlip([]) == 1)
        #expect(try PairedTest.signFlip([0.1, 0.2, 0.3]) == 0.25)
        #expect(try PairedTest.signFlip([0, 0, 0]) == 1)
        #expect(PairedTest.smallestPValue(of: 3) == 0.25)
    }

    /// Five comparisons on eight targets: all 256 assignments in numpy,
    /// `T = abs(S @ N.T)` with `N = D / sqrt((D**2).sum(1, keepdims=True))` and `S = itertools.product([1, -1], repeat=8)`, and
    /// for each row in descending order of its statistic the share of `T[:, that and lower rows].max(1) >= statistic`.
    private static let five = [
        [0.021, -0.004, 0.013, 0.034, -0.011, 0.052, 0.007, 0.019],
        [0.021, -0.004, 0.013, 0.234, -0.011, 0.052, 0.007, -0.019], [0.1, 0.12, 0.09, 0.2, 0.15, 0.11, 0.08, 0.13],
        [-0.01, 0.03, -0.02, 0.05, 0.0, 0.02, -0.04, 0.01], [0.0, 0.0, 0.0, 0.02, 0.03, 0.01, 0.02, 0.02],
    ]

    @Test func comparisonsThatAreMadeTogetherAreAdjustedForEachOther() throws {
        #expect(
            try PairedTest.signFlipTogether(Self.five) == [0.1015625, 0.4453125, 0.0078125, 0.71875, 0.09375])
        for row in Self.five { #expect(try PairedTest.signFlipTogether([row]) == [PairedTest.signFlip(row)]) }
        #expect(try PairedTest.signFlipTogether([]) == [])
        #expect(try PairedTest.signFlipTogether([[0, 0, 0], [1, 1, 1]]) == [1, 0.25])
    }

    @Test func ofMoreThanTwentyTargetsJointSignsAreDrawn() throws {
        let row = (0..<24).map { (place: Int) -> Double in 0.01 + 0.006 * Double((place * 7) % 11 - 5) }
        let exact = try PairedTest.signFlip(row)
        // Four standard deviations of a share of 20,000 draws.
        let tolerance = 4 * (exact * (1 - exact) / 20_000).squareRoot()
        #expect(abs(try PairedTest.signFlipTogether([row])[0] - exact) < tolerance)
    }

    /// Ten methods that share half of their noise and no lead, 400 times: the chance of any p of at most 0.05 is 0.05, and
    /// more than 35 times are as good as impossible.
    @Test func ofManyComparisonsWithoutALeadRarelyAnyIsTakenForReal() throws {
        var found = 0
        for number in 0..<400 {
            var generator = SeededGenerator(seed: UInt64(number))
            let common = (0..<8).map { _ in generator.normal() }
            let rows = (0..<10).map { _ in common.map { $0 + generator.normal() } }
            if try PairedTest.signFlipTogether(rows).contains(where: { $0 <= 0.05 }) { found += 1 }
        }
        #expect(found <= 35 && found > 5, "\(found) of 400")
    }

    @Test func testingCanBeStopped() {
        let stopped = Work(isCancelled: { true }, report: { _, _ in })
        #expect(throws: Cancelled.self) {
            try PairedTest.signFlip([Double](repeating: 1, count: 50), work: stopped)
        }
    }
}
