import JupyterKernel
import Presentation
import TGMagics
import Testing

@Suite struct ChartTests {
    /// SciPy 1.10, `scipy.cluster.hierarchy.linkage(…, 'average')`: heights and which items each joining holds.
    @Test func averageLinkageJoinsAsSciPyDoes() {
        let distances: [[Double]] = [
            [0.0, 6.403, 8.664, 11.662, 16.435, 7.106, 7.458], [6.403, 0.0, 2.462, 6.083, 10.277, 0.707, 1.768],
            [8.664, 2.462, 0.0, 3.75, 8.807, 1.82, 1.346], [11.662, 6.083, 3.75, 0.0, 9.172, 5.523, 4.43],
            [16.435, 10.277, 8.807, 9.172, 0.0, 9.65, 10.112], [7.106, 0.707, 1.82, 5.523, 9.65, 0.0, 1.458],
            [7.458, 1.768, 1.346, 4.43, 10.112, 1.458, 0.0],
        ]
        let found = AverageLinkage(distances)
        let expected: [(Set<Int>, Double)] = [
            ([1, 5], 0.707), ([2, 6], 1.346), ([7, 8], 1.877), ([3, 9], 4.9465), ([0, 10], 8.2586),
            ([4, 11], 10.742166666666668),
        ]
        #expect(found.joinings.count == expected.count)
        for (joining, (members, height)) in zip(found.joinings, expected) {
            #expect(Set([joining.first, joining.second]) == members && abs(joining.height - height) < 1e-12)
        }
        #expect(found.order.sorted() == Array(0..<7))
        let places = Dictionary(uniqueKeysWithValues: found.order.enumerated().map { ($1, $0) })
        #expect(abs((places[1] ?? 9) - (places[5] ?? 0)) == 1 && abs((places[2] ?? 9) - (places[6] ?? 0)) == 1)
    }

    /// NumPy, `np.percentile([3, 1, 4, 1, 5, 9, 2, 6], [25, 50, 75])`.
    @Test func quartilesAreNumPys() throws {
        let values: [Double] = [3, 1, 4, 1, 5, 9, 2, 6]
        let strip = StripChart.Strip(name: "a", points: values.map { ($0, "") }, label: "")
        let quartiles = try #require(strip.quartiles)
        #expect(quartiles == (1.75, 3.5, 5.25))
        #expect(
            StripChart.Strip(name: "a", points: [(1, ""), (2, ""), (.nan, ""), (3, "")], label: "").quartiles == nil)
    }

    @Test func theBarsOfAWaterfallMeet() {
        let chart = WaterfallChart(
            title: "t", subtitle: "", steps: [.init(name: "a", change: 0.5), .init(name: "b", change: -0.2)],
            sumName: "all")
        let bars = chart.bars
        #expect(bars.map(\.from) == [0, 0.5, 0] && bars.map(\.to) == [0.5, 0.3, 0.3])
    }

    @Test func theLineOfAgreementIsDrawnWithinThePlotOnly() throws {
        func lines(_ points: [(Double, Double)]) -> Int {
            let panel = ScatterChart.Panel(
                title: "m", subtitle: "",
                series: [.init(name: "s", points: points.map { .init(x: $0.0, y: $0.1, name: "n") })])
            let chart = ScatterChart(title: "t", xLabel: "x", yLabel: "y", panels: [panel], agreement: .identity)
            return chart.drawing.svg.components(separatedBy: "stroke-dasharray").count - 1
        }
        #expect(lines([(0, 0), (1, 1)]) == 1)
        #expect(lines([(0, 10), (1, 12)]) == 0)
    }

    @Test func theFarthestPointsHaveTheirNames() {
        let points = (0..<20).map {
            ScatterChart.Point(x: Double($0), y: $0 == 7 ? 19 : Double($0), name: "model-\($0)")
        }
        let chart = ScatterChart(
            title: "t", xLabel: "across", yLabel: "upwards",
            panels: [.init(title: "m", subtitle: "", series: [.init(name: "s", points: points)])],
            agreement: .identity)
        let svg = chart.drawing.svg
        #expect(svg.contains(">model-7<") && svg.contains(">across<") && svg.contains(">upwards<"))
        #expect(svg.matches(of: />model-/).count <= 3)
        #expect(!svg.contains("<mask"), "nothing is cut out for a name")
    }

    @Test(arguments: [(24, 24), (25, 1)]) func dotsHaveKindsOnlyIfALegendNamesThem(count: Int, kinds: Int) {
        let series = (0..<count).map {
            ScatterChart.Series(name: "d\($0)", points: [.init(x: Double($0), y: Double($0))])
        }
        let svg = ScatterChart(
            title: "t", xLabel: "x", yLabel: "y", panels: [.init(title: "m", subtitle: "", series: series)]
        ).drawing.svg
        let dots = svg.matches(of: /<path d="M[^L"]*"( stroke="#[0-9a-f]+"[^>]*| fill="#[0-9a-f]+")\/>/).map {
            String($0.1) + ($0.0.contains("z\"") ? "\($0.0.count { $0 == "l" })" : "")
        }
        #expect(Set(dots).count == kinds && dots.count >= count)
        #expect(svg.contains(">d3</text>") == (kinds > 1))
    }

    /// Where a method predicts a place from worst to best, it is drawn in the units of the results.
    @Test func predictionAndResultHaveOneScale() throws {
        let notebook = TestNotebook()
        let directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
        func svg(_ method: String) throws -> String {
            let context = RecordingContext()
            try notebook.run("%predict --target alpha --method \(method)", in: context)
            return try #require(context.recorded.displays.first?.data.data["image/svg+xml"]?.string)
        }
        #expect(try svg("history").contains("stroke-dasharray"))
        #expect(!(try svg("logme")).contains("stroke-dasharray"))
    }

    // MARK: The graph

    private func notebook(models: Int, datasets: Int, extra: String = "") throws -> (TestNotebook, TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        var rows = "model,dataset,score\n"
        for model in 0..<models {
            for dataset in 0..<datasets {
                rows += "m\(model),d\(dataset),\(Double((model * 7 + dataset * 13) % 23) / 23)\n"
            }
        }
        try directory.write(rows + extra, to: "records.csv")
        let notebook = TestNotebook()
        try notebook.run("%zoo load \(directory.path)")
        return (notebook, directory)
    }

    @Test func fewModelsHaveTheirNamesInTheGraph() throws {
        let (notebook, directory) = try notebook(models: 6, datasets: 4)
        let svg = try #require(try notebook.run("%graph show")?.data["image/svg+xml"]?.string)
        for model in 0..<6 { #expect(svg.contains(">m\(model)</text>")) }
        _ = directory
    }

    @Test func nodesWithoutAnEdgeAreCounted() throws {
        let (notebook, directory) = try notebook(models: 60, datasets: 3)
        let built = try #require(try notebook.run("%graph build")?.data["application/vnd.transfergraph+json"])
        let text = try #require(try notebook.run("%graph show")?.data["text/plain"]?.string)
        let drawn = try #require(text.firstMatch(of: /([0-9]+) models, 3 datasets/)).output.1
        let alone = 60 - (Int(drawn) ?? 0)
        #expect(alone > 0 && text.contains("not drawn: \(alone) nodes without an edge"), "\(text)")
        #expect(built["faint_pairs"]?.integer.map { $0 > 0 } == true)
        _ = directory
    }

    @Test func aTargetWithoutEdgesIsDrawn() throws {
        let (notebook, directory) = try notebook(models: 6, datasets: 4)
        let svg = try #require(
            try notebook.run("%graph build --target d1\n%graph show")?.data["image/svg+xml"]?.string)
        #expect(svg.contains(">d1</text>") && svg.contains("6 models, 4 datasets"))
        _ = directory
    }

    @Test func ofALargeGraphAPartIsDrawnAndTheRestCounted() throws {
        let (notebook, directory) = try notebook(models: 500, datasets: 30)
        let value = try #require(try notebook.run("%graph build --recipe paper\n%graph show"))
        let text = try #require(value.data["text/plain"]?.string)
        #expect(text.contains("not drawn: 380 nodes with weaker edges"))
        #expect(text.contains("strongest of each node are drawn"))
        let svg = try #require(value.data["image/svg+xml"]?.string)
        let lines = svg.matches(of: /M[0-9.]+ [0-9.]+L/).count
        #expect((100...520).contains(lines))
        let table = try #require(try notebook.run("%graph show --table --nodes 10"))
        #expect(table.data["application/vnd.transfergraph+json"]?["rows"]?.array?.count == 10)
        #expect(table.data["text/plain"]?.string?.contains("520 more (530 in all)") == true)
        _ = directory
    }

    @Test func whatIsTooLongForAChartIsCut() {
        let names = (0..<3).map { "organisation-with-a-very-long-name/model-with-a-long-name-too-\($0)" }
        let cut = SVG.labels(names, size: 11, width: 190)
        #expect(Set(cut).count == 3 && cut.allSatisfy { SVG.width(of: $0, size: 11) <= 190 }, "\(cut)")
        #expect(cut[2].hasPrefix("organisation") && cut[2].hasSuffix("-2") && cut[2].contains("…"))
        // Names that differ early keep their beginnings.
        #expect(SVG.labels(["short", names[0]], size: 11, width: 190)[1].hasSuffix("…"))
        let title = "Predicted against actual on " + String(repeating: "a-long-name-", count: 12)
        let chart = ScatterChart(title: title, xLabel: "x", yLabel: "y", panels: [])
        #expect(chart.drawing.svg.contains("Predicted against actual on a-long-name-a-long-n"))
        #expect(chart.drawing.svg.contains("…</text>"))
    }

    // MARK: Tables

    @Test(arguments: [30, 50, 80, 120]) func aTableFitsTheConsoleAndLosesNothing(width: Int) {
        let names = (0..<6).map { "organisation/some-model-with-a-long-name-\($0)-finetuned" }
        let table = Table(
            columns: [.number("rank", .count), .init("model"), .number("predicted", .decimals(3)), .init("evidence")]
                + (0..<5).map { .number("measure \($0)", .decimals(3)) },
            rows: names.enumerated().map { index, name in
                [
                    .integer(index), .text(name), .number(Double(index) / 7),
                    .text("its result 0.93 on dtd; its result 0.\(index)7 on a dataset with a name"),
                ] + (0..<5).map { .number(Double($0 * 10 + index)) }
            })
        let text = table.plainText(width: width)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { String($0).displayWidth <= width }, "\(text)")
        let letters = text.filter { !$0.isWhitespace }
        for index in 0..<6 {
            #expect(letters.contains("finetuned") && text.contains("\(index * 1)"))
            for measure in 0..<5 { #expect(text.contains("\(measure * 10 + index).000")) }
        }
        #expect(table.plainText(width: nil).contains("some-model-with-a-long-name-5-finetuned"))
        #expect(table.plainText(width: nil).split(separator: "\n").count == 8)
    }
}
