import Foundation
import JupyterKernel
import TGMagics
import Testing
import TransferGraphCore

/// The lines of `%evaluate`'s charts stand where its numbers are.
@Suite struct EvaluationDrawingTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory
    private static let json = "application/vnd.transfergraph+json"

    init() throws {
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
    }

    @Test func theHistoryCurveHoldsWhatEachShareGivesAlone() throws {
        let context = RecordingContext()
        let curve = try #require(
            try notebook.run("%evaluate --method logme --history-ratio 1,0.25,0.5 --seed 3", in: context)?.data[
                Self.json])
        #expect(curve["kind"] == "history-curve" && curve["history_ratios"] == [0.25, 0.5, 1.0])
        let steps = try #require(curve["evaluations"]?.array)
        var drawn: [[Double]] = [[], []]
        for (ratio, step) in zip(["0.25", "0.5", "1"], steps) {
            let alone = try notebook.json("%evaluate --method logme --history-ratio \(ratio) --seed 3")
            #expect(step["means"] == alone["means"] && step["intervals"] == alone["intervals"])
            for (index, method) in ["logme", "history"].enumerated() {
                drawn[index].append(try #require(number(alone["means"]?[method]?["Pearson"])))
            }
        }
        let lines = try Self.polylines(#require(context.recorded.displays.last?.data))
        #expect(lines.map(\.count) == [3, 3])
        Self.expect(lines.flatMap { $0.map(\.y) }, toRiseWith: drawn.flatMap(\.self))
        Self.expect(lines.flatMap { $0.map { -$0.x } }, toRiseWith: [0.25, 0.5, 1, 0.25, 0.5, 1])
    }

    @Test func calibrationDrawsTheShareOfResultsBelowEachChance() throws {
        let context = RecordingContext()
        let evaluation = try #require(
            try notebook.run("%evaluate --method auto --calibration", in: context)?.data[Self.json])
        // history gives no intervals: auto's line, and the diagonal it is measured against.
        let lines = try Self.polylines(#require(context.recorded.displays.last?.data))
        #expect(lines.map(\.count) == [19, 2])
        let (from, to) = (lines[1][0], lines[1][1])
        let shares = lines[0].map { ($0.y - from.y) / (to.y - from.y) }
        Self.expect(
            lines[0].map { -$0.x }, toRiseWith: (1...19).map { Double($0) / 20 })
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 + 1e-3 })
        // Between the chances 0.1 and 0.9 lies the interval of 80 %.
        let coverage = try #require(number(evaluation["coverage"]?["auto"]))
        #expect(abs(shares[17] - shares[1] - coverage) < 0.01)
        // A zoo of four targets with twelve results each: shares are multiples of 1/48.
        #expect(shares.allSatisfy { abs($0 * 48 - ($0 * 48).rounded()) < 0.2 })
    }

    @Test func severalSeedsAreShownWithTheirMeanAndDeviation() throws {
        let seeds = [1, 2, 3]
        let alone = try seeds.map { seed in
            try #require(
                number(try notebook.json("%evaluate --method random --seed \(seed)")["means"]?["random"]?["Pearson"]))
        }
        let value = try #require(try notebook.run("%evaluate --method random --seed 1 --seed 2 --seed 3"))
        let mean = alone.reduce(0, +) / 3
        let deviation = (alone.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 2).squareRoot()
        let told = try #require(
            number(value.data[Self.json]?["means"]?["random"]?["Pearson"]))
        #expect(abs(told - mean) < 1e-12)
        let text = value.data["text/plain"]?.string ?? ""
        #expect(text.contains("over 3 seeds: random \(String(format: "%.3f", deviation))"))
    }

    private func number(_ json: JSON?) -> Double? {
        switch json {
        case .number(let value)?: value
        case .integer(let value)?: Double(value)
        default: nil
        }
    }

    /// That one is a straight line's picture of the other, upwards on a page whose y runs down.
    private static func expect(_ places: [Double], toRiseWith values: [Double]) {
        guard places.count == values.count, let low = values.indices.min(by: { values[$0] < values[$1] }),
            let high = values.indices.max(by: { values[$0] < values[$1] }), values[high] > values[low]
        else {
            Issue.record("\(places) and \(values) do not belong together")
            return
        }
        let scale = (places[high] - places[low]) / (values[high] - values[low])
        #expect(scale < 0)
        for (place, value) in zip(places, values) {
            #expect(abs(places[low] + (value - values[low]) * scale - place) < 0.11, "within the drawing's digits")
        }
    }

    /// The points of the lines of a drawing, in its order.
    private static func polylines(_ display: DisplayData) throws -> [[(x: Double, y: Double)]] {
        let svg = try #require(display.data["image/svg+xml"]?.string)
        return svg.components(separatedBy: "\n").filter { $0.contains("fill=\"none\"") && $0.hasPrefix("<path d=\"M") }
            .map { line in
                let path = line.dropFirst("<path d=\"M".count).prefix { $0 != "\"" }
                return path.split(separator: "L").compactMap { point in
                    let numbers = point.split(separator: " ").compactMap { Double($0) }
                    return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
                }
            }
    }
}
