import JupyterKernel
import Logging
import Testing

/// What is written of a log that somebody tries to flood.
@Suite struct LogTests {
    private func event(_ text: String, line: UInt = 1) -> LogEvent {
        LogEvent(
            level: .warning, message: "\(text)", metadata: nil, source: nil, file: "file", function: "f", line: line)
    }

    @Test func linesFromOnePlaceAreCountedAndTheCountIsWritten() {
        let repetitions = LogRepetitions()
        let start = Instant.now
        #expect(repetitions.lines(for: event("a 0"), now: start).map(\.message) == ["a 0"])
        for number in 1...4_313 { #expect(repetitions.lines(for: event("a \(number)"), now: start).isEmpty) }
        #expect(repetitions.due(start + 1).lines.isEmpty)
        #expect(repetitions.due(start + 1).next == start + LogRepetitions.period)
        let (lines, next) = repetitions.due(start + LogRepetitions.period)
        #expect(lines.map(\.message) == ["… and 4,313 more like it, the last: a 4313"])
        #expect(next == nil)
        #expect(repetitions.due(start + 10_000).lines.isEmpty)
    }

    @Test func linesFromOtherPlacesAreNotHeldUp() {
        let repetitions = LogRepetitions()
        let start = Instant.now
        for line in 1...5 as ClosedRange<UInt> {
            #expect(repetitions.lines(for: event("x", line: line), now: start).count == 1)
        }
    }

    @Test func oneThatWasHeldBackIsWrittenAsItIs() {
        let repetitions = LogRepetitions()
        let start = Instant.now
        _ = repetitions.lines(for: event("first"), now: start)
        _ = repetitions.lines(for: event("second"), now: start)
        let lines = repetitions.lines(for: event("third"), now: start + 600)
        #expect(lines.map(\.message) == ["second", "third"])
    }

    @Test func aMessageIsOneLineAndNotLong() {
        let repetitions = LogRepetitions()
        let forged = repetitions.lines(for: event("a\nerror: forged\u{1b}[31m"), now: .now).first?.message.description
        #expect(forged == "a\u{fffd}error: forged\u{fffd}[31m")
        let long = repetitions.lines(for: event(String(repeating: "é", count: 100_000), line: 2), now: .now)
        #expect(long.first?.message.description.count == 401)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (22_000, "22,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000"),
    ])
    func countsHaveCommas(number: Int, text: String) { #expect(number.grouped == text) }
}
