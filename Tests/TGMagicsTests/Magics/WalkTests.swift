import JupyterKernel
import TGMagics
import Testing

@Suite struct WalkTests {
    private let notebook = TestNotebook()

    init() throws {
        try notebook.run(
            "%%zoo star\nmodel,dataset,score\na,x,1\nb,x,0.9\nc,x,0.8\nd,x,0.1\na,y,1\ne,y,0.2\ne,z,1\na,z,0.1")
        try notebook.run("%graph build --recipe paper --edges results")
    }

    private func numbers(_ json: JSON?) -> [Double] {
        (json?.array ?? []).compactMap { if case .number(let value) = $0 { value } else { nil } }
    }

    /// The rule of Grover and Leskovec, §3.2.2, worked out by hand: x has the edges a 1, b 0.889, c 0.778.
    @Test func theProbabilityOfAStepIsItsWeightTimesItsBias() throws {
        let (p, q) = (0.25, 2.0)
        let walk = try notebook.json("%walk b --length 3 --p 0.25 --q 2")
        let nodes = (walk["nodes"]?.array ?? []).compactMap(\.string)
        let found = numbers(walk["probabilities"])
        #expect(nodes.count == 3 && nodes[0] == "b" && nodes[1] == "x" && found[0] == 1)
        let weights = ["a": 1, "b": 0.8 / 0.9, "c": 0.7 / 0.9]
        let sum = (weights["b"] ?? 0) / p + ((weights["a"] ?? 0) + (weights["c"] ?? 0)) / q
        let expected = nodes[2] == "b" ? (weights["b"] ?? 0) / p / sum : (weights[nodes[2]] ?? 0) / q / sum
        #expect(abs(found[1] - expected) < 1e-6)
    }

    @Test func aSmallPGoesBackAndForth() throws {
        let nodes = (try notebook.json("%walk b --length 9 --p 0.000001")["nodes"]?.array ?? []).compactMap(\.string)
        #expect(nodes == ["b", "x", "b", "x", "b", "x", "b", "x", "b"])
    }

    @Test func eachStepIsDrawnWithItsNumber() throws {
        let context = RecordingContext()
        try notebook.run("%walk a --length 6", in: context)
        let svg = try #require(context.recorded.displays.first?.data.data["image/svg+xml"]?.string)
        let numbers = svg.matches(of: />([0-9, ]+)<\/text>/).flatMap {
            $0.1.split(separator: ", ").compactMap { Int($0) }
        }
        #expect(numbers.sorted() == Array(1...5))
    }

    @Test func stepsTakenAgainShareALabel() throws {
        let context = RecordingContext()
        try notebook.run("%walk b --length 9 --p 0.000001", in: context)
        let svg = try #require(context.recorded.displays.first?.data.data["image/svg+xml"]?.string)
        #expect(svg.contains(">1, 3, 5, 7</text>") && svg.contains(">2, 4, 6, 8</text>"))
        // The legend names the kinds that are drawn.
        #expect(svg.contains(">fine-tuned on<") && !svg.contains(">other dataset<"))
    }

    @Test func aNodeWithoutEdgesEndsTheWalk() throws {
        let walk = try notebook.json("%walk d")
        #expect(walk["nodes"] == ["d"])
    }
}
