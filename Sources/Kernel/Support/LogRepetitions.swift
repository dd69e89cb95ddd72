import Logging
import Support

/// Decides which log lines follow similar ones so soon that they are only counted.
package final class LogRepetitions: Sendable {
    /// How long after a line others from its place are only counted, in milliseconds.
    package static let period = 500
    /// The length at which messages are truncated, in characters: clients supply parts of them.
    private static let longestMessage = 400

    /// A line of code: all it logs is alike.
    private struct Place: Hashable {
        let file: String
        let line: UInt
    }

    private struct Repetition {
        var until: Instant
        var count = 0
        /// The last of those that were counted.
        var last: LogEvent?

        /// The line that reports those counted, if any were.
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

    /// The lines to write for `event`: a count of those before it, itself, both or none.
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

    /// The counts that are due, and when the next one is.
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
