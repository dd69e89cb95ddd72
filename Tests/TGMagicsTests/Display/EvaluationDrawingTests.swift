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

    /// The mean, the difference to the history, the counts of models, and the scatter: all of every seed.
    @Test func everythingThatIsShownOfSeveralSeedsIsOfAllOfThem() throws {
        let line = "%evaluate --method random --method tg:rf:n2v --embeddings 1 --dimension 4 --history-ratio 0.3"
        let alone = try [1, 2, 3].map { try notebook.json("\(line) --seed \($0)") }
        let context = RecordingContext()
        let value = try #require(try notebook.run("\(line) --seed 1 --seed 2 --seed 3", in: context))
        let json = try #require(value.data[Self.json])
        func mean(_ figure: (JSON) -> JSON?) throws -> Double {
            try alone.reduce(0) { $0 + (try #require(number(figure($1)))) } / 3
        }
        let text = value.data["text/plain"]?.string ?? ""
        for method in ["random", "tg:rf:n2v"] {
            let told = try #require(number(json["means"]?[method]?["Pearson"]))
            #expect(abs(told - (try mean { $0["means"]?[method]?["Pearson"] })) < 1e-12)
            let comparison = try #require(json["against_history"]?[method]?["Pearson"])
            let difference = try #require(number(comparison["difference"]))
            #expect(abs(difference - (try mean { $0["against_history"]?[method]?["Pearson"]?["difference"] })) < 1e-12)
            #expect(abs(difference - (told - (number(json["means"]?["history"]?["Pearson"]) ?? .nan))) < 1e-12)
            let bounds = try #require(json["intervals"]?[method]?["Pearson"]?.array).map { number($0) ?? .nan }
            #expect(bounds.count == 2 && bounds[0] <= told && told <= bounds[1])
            #expect(text.contains(String(format: "%.3f [%.3f, %.3f]", told, bounds[0], bounds[1])))
            #expect(text.contains(String(format: "%+.3f [", difference)))
            for (place, result) in try #require(json["results"]?.array).enumerated() {
                let predicted = try mean { $0["results"]?.array?[place]["predicted"] }
                #expect(abs((number(result["predicted"]) ?? .nan) - predicted) < 1e-12)
            }
        }
        let means = alone.compactMap { number($0["means"]?["random"]?["Pearson"]) }
        let middle = means.reduce(0, +) / 3
        let deviation = (means.map { ($0 - middle) * ($0 - middle) }.reduce(0, +) / 2).squareRoot()
        #expect(text.contains("over 3 seeds: random \(String(format: "%.3f", deviation))"))
        // A dot for each of 12 models with each seed in 4 targets and 3 panels.
        let svg = try #require(context.recorded.displays.last?.data.data["image/svg+xml"]?.string)
        // Round and square dots are lines of no length, diamonds and triangles closed ones.
        let dots = svg.matches(of: /M[0-9.]+ [0-9.]+(h0|[^L"M]*z)/).count
        // The legend's diamond and triangle beside them.
        #expect(dots == 12 * 3 * 4 * 3 + 2)
    }

    @Test func aComparisonWithAFileIsOfAllSeeds() throws {
        let alone = try [1, 2, 3].map { seed in
            try #require(
                number(try notebook.json("%evaluate --method random --seed \(seed)")["means"]?["random"]?["Pearson"]))
        }
        let file = try directory.write(
            "method,target,pearson\n" + ["alpha", "beta", "gamma"].map { "random,\($0),0\n" }.joined(), to: "zero.csv")
        let all = try [1, 2, 3].map { seed in
            let results = try notebook.json("%evaluate --method random --seed \(seed)")["results"]?.array ?? []
            return results.filter { $0["method"] == "random" }.prefix(3).map {
                number($0["measures"]?["Pearson"]) ?? .nan
            }
        }
        let expected = all.joined().reduce(0, +) / 9
        let json = try notebook.json("e = %evaluate --method random --seed 1 --seed 2 --seed 3\n%compare e \(file)")
        let found = try #require(json["means"]?.array?.first)
        #expect(found["targets"] == 3 && Set(alone).count == 3)
        #expect(abs((number(found["here"]?["Pearson"]) ?? .nan) - expected) < 1e-12)
        #expect(abs((number(found["pearson"]?["difference"]) ?? .nan) - expected) < 1e-12)
        let bounds = try #require(found["pearson_interval"]?.array).map { number($0) ?? .nan }
        #expect(bounds[0] <= expected && expected <= bounds[1])
    }

    @Test func ofOneTargetThereIsNoIntervalOverDatasetsAndItIsSaid() throws {
        let value = try #require(try notebook.run("%evaluate --method logme --target alpha"))
        let json = try #require(value.data[Self.json])
        #expect(json["intervals"]?["logme"]?["Pearson"] == .null)
        #expect(json["model_intervals"]?["logme"]?["Pearson"]?.array?.count == 2)
        let text = value.data["text/plain"]?.string ?? ""
        #expect(text.contains("no interval over datasets") && !text.contains("may be noise"))
    }

    @Test func theTableSaysWhichQuestionEachIntervalAnswers() throws {
        let value = try #require(try notebook.run("%evaluate --method logme"))
        let text = value.data["text/plain"]?.string ?? ""
        #expect(text.contains("on other datasets like these 4, with other models like these"))
        // Of four targets the sign-flip test can say nothing.
        #expect(text.contains("p cannot go below 0.125: no difference can be told from noise"))
        let html = value.data["text/html"]?.string ?? ""
        #expect(html.contains("other datasets and models like these"))
        #expect(html.contains("these datasets, other models like these"))
    }

    @Test(arguments: [UInt64(1) << 63, .max]) func aGreatSeedIsNotNegative(seed: UInt64) throws {
        let json = try notebook.json("%evaluate --method history --seed \(seed)")
        #expect(json["seeds"] == .array([JSON(whole: seed)]))
        #expect(String(decoding: json.serialized, as: UTF8.self).contains("\"seeds\":[\(seed)]"))
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
