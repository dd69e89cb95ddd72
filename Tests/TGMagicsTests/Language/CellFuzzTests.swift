import CellLanguage
import Foundation
import JupyterKernel
import TGMagics
import Testing

/// Seeded noise for what reads the user's text. `TRANSFERGRAPH_FUZZ_SECONDS` sets how long it runs.
@Suite struct CellFuzzTests {
    private static let seconds =
        ProcessInfo.processInfo.environment["TRANSFERGRAPH_FUZZ_SECONDS"].flatMap { Double($0) } ?? 1

    private static let pieces = [
        "%", "%%", "zoo", "load", "graph", "build", "echo", "predict", "--target", "--top", "=", "$", "$z", "${z}", "z",
        "?",
        "??", "'", "\"", "\\", "\\\n", "\n", "\r\n", " ", "\t", "#", "{", "}", "1", "-1", "99999999999999999999", "é",
        "e\u{301}",
        "🐱", "\u{0}", "\u{feff}", "\u{2028}", "\r", "\\\r", "%time ", "time", "x = ", "–", "“", "\u{200b}", "％", "`",
        "\u{200d}", "?graph", "sql", "SELECT", ";", "/", "~", "*",
    ]

    /// Parsing, completing, inspecting and asking for completeness end, at every cursor, with ranges that lie in the text.
    @Test func whateverIsTypedIsAnswered() {
        let interpreter = CellInterpreter.transferGraph()
        let deadline = Date().addingTimeInterval(Self.seconds)
        var state: UInt64 = 0x5eed
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        while Date() < deadline {
            let code = (0..<below(12)).map { _ in Self.pieces[below(Self.pieces.count)] }.joined()
            let length = code.unicodeScalars.count
            if let cell = try? ParsedCell(code), case .statements(let statements) = cell {
                for statement in statements {
                    #expect(statement.range.upperBound <= length && statement.line >= 1, "\(code.debugDescription)")
                }
            }
            _ = interpreter.isComplete(code)
            let cursor = below(length + 1)
            let completion = interpreter.complete(code, at: cursor)
            #expect(
                completion.range.lowerBound >= 0 && completion.range.upperBound <= length,
                "\(code.debugDescription) at \(cursor)")
            _ = interpreter.inspect(code, at: cursor, detail: below(2))
        }
    }
}
