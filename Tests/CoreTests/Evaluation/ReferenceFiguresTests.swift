import Foundation
import Testing
import TransferGraphCore

/// What is read of a file of somebody else's figures, and what is not compared.
@Suite struct ReferenceFiguresTests {
    private func figures(_ text: String) throws -> ReferenceFigures {
        let directory = try TemporaryDirectory()
        let file = try directory.write(text, to: "figures.csv")
        defer { withExtendedLifetime(directory) {} }
        return try ReferenceFigures(contentsOf: URL(fileURLWithPath: file))
    }

    @Test func rowsThatAreNotComparedAreKnownWithTheirLines() throws {
        let found = try figures(
            """
            method,target,pearson
            published LogME,a,0.5
            foo,a,0.3
            logme,nowhere,0.2
            LogME,a,0.1
            ,a,0.3
            logme,b,

            """)
        let omissions = found.omissions(methods: ["logme", "history"], targets: ["a", "b"])
        #expect(omissions.map(\.reason) == [.unnamed, .unknownMethod, .unknownTarget, .repeated])
        #expect(omissions.map { $0.rows.map(\.line) } == [[6], [3], [4], [5]])
        #expect(omissions.map { $0.rows.map(\.name) } == [[""], ["foo"], ["nowhere"], ["LogME on a"]])
    }

    @Test(
        arguments: [
            ("spearman", 1.7, -1...1), ("pearson", -1.01, -1...1), ("hit@5", 50, 0...1),
            ("regret_at_1", -0.1, 0...(.infinity)),
        ] as [(String, Double, ClosedRange<Double>)])
    func aFigureBeyondItsMeasureIsRefused(column: String, value: Double, range: ClosedRange<Double>) throws {
        #expect(
            throws: ReferenceError.beyondRange(value, column: column, range: range, file: "figures.csv", line: 3)
        ) { try figures("method,target,\(column)\nlogme,a,0.5\nlogme,b,\(value)\n") }
    }

    @Test func aRoundingIsNotBeyond() throws {
        #expect(try figures("method,target,pearson\nlogme,a,1.0000000001\n").rows.count == 1)
    }
}
