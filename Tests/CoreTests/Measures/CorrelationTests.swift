import Foundation
import Testing
import TransferGraphCore

@Suite struct CorrelationTests {
    struct Case: Decodable {
        let predicted: [Double]
        let actual: [Double]
        let pearson: Double
        let spearman: Double
        let kendall: Double
        let weighted: Double
        let weightedSwapped: Double

        enum CodingKeys: String, CodingKey {
            case predicted, actual, pearson, spearman
            case kendall = "kendall_tau_b"
            case weighted = "weighted_tau"
            case weightedSwapped = "weighted_tau_ranked_by_predicted"
        }
    }

    static func cases() throws -> [Case] {
        guard let folder = SharedOracles.folder else { return [] }
        let text = try String(contentsOf: folder.appendingPathComponent("correlations.json"), encoding: .utf8)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        // Python writes a bare NaN, which JSON does not know.
        let quoted = text.replacingOccurrences(of: ": NaN", with: ": \"NaN\"")
        return try decoder.decode([Case].self, from: Data(quoted.utf8))
    }

    func expect(_ value: Double?, _ expected: Double, _ name: String, _ count: Int) {
        if expected.isNaN {
            #expect(value == nil, "\(name) of \(count)")
        } else {
            #expect(abs((value ?? .nan) - expected) <= 1e-12, "\(name) of \(count): \(String(describing: value))")
        }
    }

    @Test(.enabled(if: SharedOracles.isPresent, SharedOracles.absence))
    func correlationsEqualScipysWithAndWithoutTiesAndForTwoModels() throws {
        let cases = try Self.cases()
        #expect(cases.count == 12)
        for item in cases {
            let count = item.predicted.count
            let (predicted, actual) = (item.predicted, item.actual)
            expect(Measures.pearson(predicted: predicted, actual: actual), item.pearson, "Pearson", count)
            expect(Measures.spearman(predicted: predicted, actual: actual), item.spearman, "Spearman", count)
            expect(Measures.kendall(predicted: predicted, actual: actual), item.kendall, "Kendall", count)
            expect(Measures.weightedKendall(predicted: predicted, actual: actual), item.weighted, "weighted", count)
            expect(
                Measures.weightedKendall(predicted: actual, actual: predicted),
                item.weightedSwapped, "weighted, swapped", count)
        }
    }

    /// The definitions, pair by pair.
    func kendallByPairs(_ first: [Double], _ second: [Double], weight: (Int, Int) -> Double) -> Double {
        func sign(_ value: Double) -> Double { value == 0 ? 0 : value > 0 ? 1 : -1 }
        var (product, one, other) = (0.0, 0.0, 0.0)
        for i in first.indices {
            for j in first.indices where j > i {
                let (a, b) = (sign(first[i] - first[j]), sign(second[i] - second[j]))
                product += a * b * weight(i, j)
                one += a * a * weight(i, j)
                other += b * b * weight(i, j)
            }
        }
        return product / (one * other).squareRoot()
    }

    @Test(arguments: 0..<60)
    func kendallAndWeightedKendallEqualTheirDefinitionsOnTiedRandomValues(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let count = 2 + generator.index(below: 40)
        let levels = 2 + generator.index(below: 30)
        let first = (0..<count).map { _ in Double(generator.index(below: levels)) }
        let second = (0..<count).map { _ in Double(generator.index(below: levels)) }

        let plain = kendallByPairs(first, second) { _, _ in 1 }
        expect(Measures.kendall(predicted: first, actual: second), plain, "Kendall", count)

        let order = first.indices.sorted {
            (first[$0], second[$0], $0) > (first[$1], second[$1], $1)
        }
        var rank = [Int](repeating: 0, count: count)
        for (position, index) in order.enumerated() { rank[index] = position }
        let weighted = kendallByPairs(first, second) { 1 / Double(rank[$0] + 1) + 1 / Double(rank[$1] + 1) }
        expect(Measures.weightedKendallRankedByFirst(first, second), weighted, "weighted", count)
    }

    @Test func correlationsAreUndefinedForConstantsShortInputsAndNaN() {
        let correlations: [Measure] = [.pearson, .spearman, .kendall, .weightedKendall]
        for measure in correlations {
            #expect(measure.value(predicted: [], actual: []) == nil)
            #expect(measure.value(predicted: [1], actual: [2]) == nil)
            #expect(measure.value(predicted: [0.1, 0.1, 0.1], actual: [1, 2, 3]) == nil)
            #expect(measure.value(predicted: [1, 2, 3], actual: [0.7, 0.7, 0.7]) == nil)
            #expect(measure.value(predicted: [1, .nan, 3], actual: [1, 2, 3]) == nil)
            #expect(measure.value(predicted: [1, 2, 3], actual: [1, 2]) == nil)
        }
    }

    @Test func pearsonHasAnAnswerForNumbersOfAnySize() throws {
        let actual = [0.1, 0.9, 0.4, 0.7]
        let small = [-1.0, 1, 0.5, -0.25]
        let expected = try #require(Measures.pearson(predicted: small, actual: actual))
        for size in [Double.greatestFiniteMagnitude, 1e308, 1e160, 1e-160, 1e-300] {
            let value = try #require(Measures.pearson(predicted: small.map { $0 * size }, actual: actual))
            #expect(abs(value - expected) < 1e-12, "\(size)")
        }
    }

    @Test func rankCorrelationsTakeMinusInfinityAsTheLowestAndPearsonHasNoAnswer() {
        let predicted = [-Double.infinity, 1, 2, 3]
        let actual = [0.1, 0.2, 0.3, 0.4]
        #expect(Measures.pearson(predicted: predicted, actual: actual) == nil)
        #expect(abs((Measures.spearman(predicted: predicted, actual: actual) ?? 0) - 1) < 1e-12)
        #expect(abs((Measures.kendall(predicted: predicted, actual: actual) ?? 0) - 1) < 1e-12)
        #expect(abs((Measures.weightedKendall(predicted: predicted, actual: actual) ?? 0) - 1) < 1e-12)
    }
}
