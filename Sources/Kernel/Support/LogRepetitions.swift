import Logging
import Support

/// Which lines of a log came so soon after others like them that they are only counted.
package final class LogRepetitions: Sendable {
    /// How long after a line others from its place are counted, in milliseconds.
    package static let period = 500
    /// Longer messages are cut, in characters: parts of them are what a client sent.
    private static let longestMessage = 400

    /// A line of the code: what it logs is alike.
    private struct Place: Hashable {
        let file: String
        let line: UInt
    }

    private struct Repetition {
        var until: Instant
        var count = 0
        /// The last of those that were counted.
        var last: LogEvent?

        /// What is written of those that were counted, if any were.
        mutating func takeCount() -> LogEvent? {
            defer {
                last = nil
                count = 0
            }
            guard var line = last else { return nil }
            if count > 1 {
                line.message = "… and \(count.grouped) more like it, the last: \(line.message)"
            }
            return line
        }
    }

    package init() {}

    private let repetitions = Monitor<[Place: Repetition]>([:])

    /// What is to be written now that `event` was logged: a count of those before it, itself, both or nothing.
    package func lines(for event: LogEvent, now: Instant) -> [LogEvent] {
        var event = event
        event.message = Self.singleLine(event.message)
        let place = Place(file: event.file, line: event.line)
        return repetitions.withLock { repetitions in
            var repetition = repetitions[place] ?? Repetition(until: now)
            defer { repetitions[place] = repetition }
            guard now >= repetition.until else {
                repetition.count += 1
                repetition.last = event
                return []
            }
            repetition.until = now + Self.period
            return [repetition.takeCount(), event].compactMap { $0 }
        }
    }

    /// The counts whose time has come, and when the next one's has.
    package func due(_ now: Instant) -> (lines: [LogEvent], next: Instant?) {
        repetitions.withLock { repetitions in
            var lines: [LogEvent] = []
            var next: Instant?
            for (place, var repetition) in repetitions where repetition.count > 0 {
                if now >= repetition.until {
                    if let line = repetition.takeCount() { lines.append(line) }
                    repetition.until = now + Self.period
                    repetitions[place] = repetition
                } else {
                    next = min(next ?? repetition.until, repetition.until)
                }
            }
            return (lines, next)
        }
    }

    /// The message on one line and not too long, whatever a client put into it.
    private static func singleLine(_ message: Logger.Message) -> Logger.Message {
        let text = message.description
        let isShort = text.utf8.count <= longestMessage
        if isShort, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) { return message }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(longestMessage) {
            kept.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
        }
        return "\(String(kept))\(isShort ? "" : "…")"
    }
}
