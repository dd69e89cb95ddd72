import Logging

/// A rate-limited log: of lines logged in quick succession from one place in the code, the first is written at once and
/// the others are counted; the count is written at most twice a second.
struct LimitedLog: LogHandler {
    private var handler: any LogHandler
    private let repetitions: LogRepetitions

    init(_ handler: any LogHandler, _ repetitions: LogRepetitions) {
        self.handler = handler
        self.repetitions = repetitions
    }

    func log(event: LogEvent) {
        for line in repetitions.lines(for: event, now: .now) { handler.log(event: line) }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set { handler.metadataProvider = newValue }
    }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue }
    }

    var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue }
    }

    /// Writes the counts that are due.
    ///
    /// - Returns: When the next one is.
    func writeCounts(now: Instant) -> Instant? {
        let (lines, next) = repetitions.due(now)
        for line in lines { handler.log(event: line) }
        return next
    }
}
